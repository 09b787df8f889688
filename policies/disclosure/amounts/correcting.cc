#include "policies/disclosure/amounts/correcting.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "policies/disclosure/amounts/rounding.h"

namespace regions {
namespace {

bool holds(const std::vector<MarginOfPeriod>& tables, const MarginOfPeriod& table) {
  return std::binary_search(tables.begin(), tables.end(), table);
}

bool share_a_year(const MarginOfPeriod& one, const MarginOfPeriod& other) {
  const auto years = years_of(one.period), others = years_of(other.period);
  return std::any_of(years.begin(), years.end(), [&](int year) {
    return std::find(others.begin(), others.end(), year) != others.end();
  });
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
  for (const MarginOfPeriod& table : shown) {
    Candidate one = candidate_of(table);
    if (one.decisions.size() > 1) corrected_.push_back(std::move(one));
  }
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

Correcting::Candidate Correcting::candidate_of(const MarginOfPeriod& table) const {
  Candidate out{table, {}};
  for (std::size_t decision = 0; decision < decided_.size(); ++decision) {
    if (holds(decided_[decision], table)) out.decisions.push_back(decision);
  }
  return out;
}

bool Correcting::is_kept(std::size_t decision) const {
  const auto& members = earlier_[decision].members;
  return members && members->erased == 0 && members->codes == now_.codes &&
         members->secret == now_.secret;
}

bool Correcting::is_known(const Candidate& candidate) const {
  const auto kept = [&](const Candidate& one) {
    return std::all_of(one.decisions.begin(), one.decisions.end(),
                       [&](std::size_t at) { return is_kept(at); });
  };
  return kept(candidate) &&
         std::all_of(corrected_.begin(), corrected_.end(), [&](const Candidate& one) {
           return kept(one) || !share_a_year(one.place, candidate.place);
         });
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
  if (!is_known(candidate)) return std::string(kNotKept);
  return std::string(is_publishable ? std::string_view() : kNoLongerSafe);
}

// Of the tables that had been out by the earlier moment: those asked for, and those that another
// call has corrected since, which tell the rest of what changed.
std::vector<Correcting::Candidate> Correcting::told_between(
    std::size_t then, std::size_t later, const std::vector<Candidate>& together) const {
  std::vector<Candidate> told;
  for (const Candidate& one : together) {
    if (one.decisions.front() <= then) told.push_back(one);
  }
  if (told.empty()) return told;
  for (const Candidate& one : corrected_) {
    const auto next = std::upper_bound(one.decisions.begin(), one.decisions.end(), then);
    const bool both =
        next != one.decisions.begin() && next != one.decisions.end() && *next <= later;
    if (both) told.push_back(one);
  }
  return told;
}

// Between any two moments.
Result<bool> Correcting::is_safe(const std::vector<Candidate>& together) {
  std::set<std::size_t> moments;
  for (const auto* some : {&together, &std::as_const(corrected_)}) {
    for (const Candidate& one : *some) {
      std::copy_if(one.decisions.begin(), one.decisions.end(),
                   std::inserter(moments, moments.end()),
                   [&](std::size_t at) { return is_kept(at); });
    }
  }
  std::vector<const AmountMembers*> all;
  for (const std::size_t at : moments) all.push_back(&*earlier_[at].members);
  all.push_back(&now_);
  const CommonParties parties(all);
  std::vector<std::vector<AmountRow>> rows;
  for (const AmountMembers* one : all) rows.push_back(parties.rows_of(*one));
  std::vector<std::size_t> at(moments.begin(), moments.end());
  at.push_back(decided_.size());
  for (std::size_t then = 0; then < at.size(); ++then) {
    for (std::size_t later = then + 1; later < at.size(); ++later) {
      const auto told = told_between(at[then], at[later], together);
      if (told.empty()) continue;
      std::set<int> years;
      for (const Candidate& one : told) {
        for (const int year : years_of(one.place.period)) years.insert(year);
      }
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
    const Candidate candidate = candidate_of(place);
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
