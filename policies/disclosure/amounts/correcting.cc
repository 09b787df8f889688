#include "policies/disclosure/amounts/correcting.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/amounts/rounding.h"

namespace regions {
namespace {

bool holds(const std::vector<MarginOfPeriod>& tables, const MarginOfPeriod& table) {
  return std::binary_search(tables.begin(), tables.end(), table);
}

}  // namespace

Correcting::Correcting(const AmountRequest& request,
                       const std::vector<const Dimension*>& dimensions, const OrderedRows& rows,
                       const std::vector<EarlierAmounts>& earlier, const AmountMembers& now)
    : request_(request),
      dimensions_(dimensions),
      rows_(rows),
      earlier_(earlier),
      now_(now),
      places_(dimensions_) {
  work_.pivots_left = request.pivots_max;
}

Result<void> Correcting::link() {
  for (const EarlierAmounts& one : earlier_) {
    std::vector<MarginOfPeriod>& tables = decided_.emplace_back();
    for (const AmountCell& cell : one.cells) {
      TRY(const Place place, places_.of(cell));
      tables.push_back(place.table);
    }
    std::sort(tables.begin(), tables.end());
    tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
  }
  std::set<MarginOfPeriod> shown;
  for (const auto& tables : decided_) shown.insert(tables.begin(), tables.end());
  TRY(auto linked, LinkedAmounts::make(dimensions_, {shown.begin(), shown.end()}));
  linked_.emplace(std::move(linked));
  for (const DecidedAmount& past : request_.history.cells) {
    TRY(const Place place, places_.of(past.cell));
    const auto* block = linked_->find(place.table.margin, years_of(place.table.period));
    if (block == nullptr) return fail(Errc::corrupt, "history of amounts: no decision made it");
    past_.emplace(block->first + place.cell, past);
  }
  TRY(contents_, fill_contents(*linked_, rows_.rows));
  TRY(knowers_, find_knowers(*linked_, rows_.rows, rows_.parties.size(), request_.rules.coalition));
  TRY(auto rules, AmountRules::of(request_.rules));
  rules_.emplace(std::move(rules));
  model_ = make_model(*linked_, contents_, knowers_, *rules_, std::vector<Level>(linked_->size()),
                      std::vector<std::int64_t>(linked_->size()));
  return {};
}

Result<std::string> Correcting::judge(const Candidate& candidate, bool& changes) const {
  const auto* block = linked_->find(candidate.place.margin, years_of(candidate.place.period));
  changes = false;
  bool is_publishable = true;
  for (CellId id = block->first; id < block->first + block->size; ++id) {
    const auto past = past_.find(id);
    if (past == past_.end()) return fail(Errc::corrupt, "history of amounts: half a table");
    if (!past->second.value) continue;
    const std::int64_t cents = contents_[id].sum;
    changes = changes || rounded_amount(cents) != *past->second.value;
    is_publishable = is_publishable && !model_.sensitive[id] && cents <= kAmountLargest;
  }
  if (!changes) return std::string();
  const bool kept =
      std::all_of(candidate.decisions.begin(), candidate.decisions.end(), [&](std::size_t at) {
        const auto& members = earlier_[at].members;
        return members && members->erased == 0 && members->codes == now_.codes &&
               members->secret == now_.secret;
      });
  if (!kept) return std::string(kNotKept);
  return std::string(is_publishable ? std::string_view() : kNoLongerSafe);
}

// Between any two moments, of the tables that had been out by the earlier one.
Result<bool> Correcting::is_safe(const std::vector<Candidate>& together) {
  std::set<std::size_t> moments;
  for (const Candidate& one : together) moments.insert(one.decisions.begin(), one.decisions.end());
  std::vector<const AmountMembers*> all;
  for (const std::size_t at : moments) all.push_back(&*earlier_[at].members);
  all.push_back(&now_);
  const CommonParties parties(all);
  std::vector<std::vector<AmountRow>> rows;
  for (const AmountMembers* one : all) rows.push_back(parties.rows_of(*one));
  std::size_t then = 0;
  for (auto moment = moments.begin(); moment != moments.end(); ++moment, ++then) {
    std::vector<Candidate> told;
    std::set<int> years;
    for (const Candidate& one : together) {
      if (one.decisions.front() > *moment) continue;
      told.push_back(one);
      for (const int year : years_of(one.place.period)) years.insert(year);
    }
    for (std::size_t later = then + 1; later < rows.size(); ++later) {
      const AmountChanges changes =
          changes_between(rows[then], rows[later], {years.begin(), years.end()});
      if (changes.moved) return false;
      for (const auto* direction : {&changes.up, &changes.down}) {
        TRY(const bool safe, is_safe(*direction, told));
        if (!safe) return false;
      }
    }
  }
  return true;
}

// Whoever sees both releases knows what changed in the told tables, and that nothing did where
// nothing has.
Result<bool> Correcting::is_safe(const std::vector<AmountRow>& rows,
                                 const std::vector<Candidate>& told) {
  if (rows.empty()) return true;
  PartyId parties = 0;
  for (const AmountRow& row : rows) {
    parties = std::max(parties, row.holding + 1);
    for (const PartyId party : row.known_to) parties = std::max(parties, party + 1);
  }
  TRY(auto contents, fill_contents(*linked_, rows));
  for (CellContent& content : contents) content.harmless = content.contributors == 0;
  TRY(const auto knowers, find_knowers(*linked_, rows, parties, request_.rules.coalition));
  const AmountModel model =
      make_model(*linked_, contents, knowers, *rules_, std::vector<Level>(linked_->size()),
                 std::vector<std::int64_t>(linked_->size()));
  Pattern withheld;
  for (const CellContent& content : contents) withheld.push_back(content.contributors > 0);
  for (const Candidate& one : told) {
    const auto* block = linked_->find(one.place.margin, years_of(one.place.period));
    for (CellId id = block->first; id < block->first + block->size; ++id) {
      if (!past_.at(id).value) continue;
      if (withheld[id] && model.sensitive[id]) return false;
      withheld[id] = 0;
    }
  }
  TRY(const AmountGuards guards, guards_of(model, withheld, {}));
  TRY(const auto broken,
      find_breaches(model.system, withheld, guards.observers, guards.guards, work_));
  return broken.empty();
}

void Correcting::take(const Candidate& candidate, CorrectedAmounts& made) const {
  const auto* block = linked_->find(candidate.place.margin, years_of(candidate.place.period));
  for (CellId id = block->first; id < block->first + block->size; ++id) {
    DecidedAmount decided = past_.at(id);
    decided.cents = contents_[id].sum;
    if (decided.value) decided.value = rounded_amount(decided.cents);
    made.decided.push_back(std::move(decided));
  }
}

Result<void> Correcting::run(CorrectedAmounts& made) {
  TRY_VOID(link());
  std::vector<Candidate> together;
  for (std::size_t at = 0; at < request_.tables.size(); ++at) {
    TRY(const MarginOfPeriod place, places_.of(request_.tables[at]));
    Candidate candidate{place, {}};
    for (std::size_t decision = 0; decision < decided_.size(); ++decision) {
      if (holds(decided_[decision], place)) candidate.decisions.push_back(decision);
    }
    if (candidate.decisions.empty()) {
      return fail(Errc::corrupt, "a table of amounts was released that nothing decided");
    }
    bool changes = false;
    TRY(made.why_not[at], judge(candidate, changes));
    if (!changes || !made.why_not[at].empty()) continue;
    together.push_back(candidate);
    TRY(const bool safe, is_safe(together));
    if (safe) {
      made.corrected[at] = 1;
      take(candidate, made);
    } else {
      together.pop_back();
      made.why_not[at] = kTooFewChanged;
    }
  }
  return {};
}

}  // namespace regions
