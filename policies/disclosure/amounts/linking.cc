#include "policies/disclosure/amounts/linking.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/amounts/empty_cells.h"
#include "policies/disclosure/amounts/limits.h"
#include "policies/disclosure/amounts/rounding.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

// Between 1 and 2 times what the public features of the cell say: its years, and how many there are
// beside it. Nothing of its value, so that nobody can replay the choice with a guess.
double cost_of(const LinkedAmounts& linked, CellId id, ByteView region_key) {
  const LinkedAmounts::Block& block = linked.block_of(id);
  TaggedWriter message("amount-cost");
  message.field(linked.name(id));
  const Digest digest = hmac_sha256(region_key, {message.take()});
  const double keyed = static_cast<double>(read_u32(digest.view().substr(0, 4))) / 4294967296.0;
  return static_cast<double>(block.years.size()) / static_cast<double>(block.size) * (1 + keyed);
}

std::string text_of(const Party& party) {
  switch (party.kind) {
    case PartyKind::holding:
      return "holding " + party.name;
    case PartyKind::actor:
      return "actor " + party.name;
    case PartyKind::member:
      break;
  }
  return "member " + party.name;
}

AmountMethod method_of(const ProtectionResult& result) {
  if (result.whole) return AmountMethod::whole;
  switch (result.suppression.method) {
    case PatternMethod::optimum:
      return AmountMethod::optimum;
    case PatternMethod::incumbent:
      return AmountMethod::incumbent;
    case PatternMethod::none:
    case PatternMethod::repair:
      break;
  }
  return AmountMethod::repair;
}

}  // namespace

Linking::Linking(const AmountRequest& request, std::vector<const Dimension*> dimensions,
                 OrderedRows rows)
    : request_(request),
      dimensions_(std::move(dimensions)),
      rows_(std::move(rows)),
      places_(dimensions_) {}

Result<void> Linking::link() {
  std::vector<MarginOfPeriod> shown;
  for (const DecidedAmount& past : request_.history.cells) {
    TRY(const Place place, places_.of(past.cell));
    shown.push_back(place.table);
  }
  for (const AmountTable& table : request_.tables) {
    TRY(auto place, places_.of(table));
    asked_.emplace(place, static_cast<std::size_t>(&table - request_.tables.data()));
    shown.push_back(std::move(place));
  }
  std::sort(shown.begin(), shown.end());
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  TRY(const auto hidden, hidden_tables(shown));
  TRY(auto linked, LinkedAmounts::make(dimensions_, shown, hidden));
  linked_.emplace(std::move(linked));
  TRY(contents_, fill_contents(*linked_, rows_.rows));
  TRY_VOID(read_history());
  TRY_VOID(read_external());
  TRY(knowers_, find_knowers(*linked_, rows_.rows, rows_.parties.size(), request_.rules.coalition));
  TRY(auto rules, AmountRules::of(request_.rules));
  rules_.emplace(std::move(rules));
  mark_harmless(*linked_, *rules_, contents_);
  model_ = make_model(*linked_, contents_, knowers_, *rules_, promised_, corrected_);
  return {};
}

// Those of figures that stand elsewhere. And what will be told when all that is planned is there:
// of each margin its periods and their pieces, once their years have ended. Who rules them only
// then finds them told already, by the totals of years that went out before.
Result<std::vector<std::pair<Margin, Years>>> Linking::hidden_tables(
    const std::vector<MarginOfPeriod>& shown) const {
  std::vector<std::pair<Margin, Years>> hidden;
  for (const AmountCell& cell : request_.history.external) {
    TRY(const Place place, places_.of(cell));
    hidden.emplace_back(place.table.margin, years_of(place.table.period));
  }
  int ended = 0;
  for (const MarginOfPeriod& one : shown) ended = std::max(ended, one.period.last_year());
  std::map<Margin, std::vector<Years>> planned;
  for (const AmountTable& table : request_.planned) {
    TRY(const MarginOfPeriod place, places_.of(table));
    planned[place.margin].push_back(years_of(place.period));
  }
  for (auto& [margin, told] : planned) {
    for (Years& piece : pieces_of(told)) told.push_back(std::move(piece));
    for (Years& years : told) {
      if (years.back() <= ended) hidden.emplace_back(margin, std::move(years));
    }
  }
  return hidden;
}

Result<void> Linking::read_history() {
  value_.resize(linked_->size());
  past_.assign(linked_->size(), 0);
  known_ = past_;
  promised_.resize(linked_->size());
  corrected_.assign(linked_->size(), 0);
  for (const DecidedAmount& past : request_.history.cells) {
    TRY(const Place place, places_.of(past.cell));
    const auto* block = linked_->find(place.table.margin, years_of(place.table.period));
    const CellId id = block->first + place.cell;
    if (past_[id]) {
      return fail(Errc::corrupt,
                  "history of amounts: " + linked_->name(id) + " stands there twice");
    }
    past_[id] = 1;
    value_[id] = past.value;
    promised_[id] = past.level;
    if (!past.value) continue;
    // A released figure stays what it was. Where the records say something else by now, the figure
    // of now is another one: who gets it from other tables learns what was corrected.
    corrected_[id] = std::abs(contents_[id].sum - past.cents);
    known_[id] = corrected_[id] == 0;
  }
  for (const LinkedAmounts::Block& block : linked_->blocks()) {
    const auto begin = past_.begin() + block.first;
    const auto known = std::count(begin, begin + block.size, 1);
    if (known == 0 || known == block.size) continue;
    return fail(Errc::corrupt, "history of amounts: half a table of " + block.period->text());
  }
  return {};
}

Result<void> Linking::read_external() {
  for (const AmountCell& cell : request_.history.external) {
    TRY(const Place place, places_.of(cell));
    const auto* block = linked_->find(place.table.margin, years_of(place.table.period));
    known_[block->first + place.cell] = 1;
  }
  return {};
}

bool Linking::is_fresh(CellId id) const {
  return linked_->block_of(id).period.has_value() && !past_[id];
}

ProtectionTask Linking::task() const {
  ProtectionTask made{&model_, {}, {}, {}};
  for (CellId id = 0; id < linked_->size(); ++id) {
    const bool fresh = is_fresh(id);
    const bool open = fresh && !model_.sensitive[id] && contents_[id].sum <= kAmountLargest;
    made.fresh.push_back(fresh);
    made.role.push_back(known_[id] ? CellRole::published
                        : open     ? CellRole::eligible
                                   : CellRole::primary);
    made.cost.push_back(cost_of(*linked_, id, request_.region_key));
  }
  return made;
}

Error Linking::near(const Work& work, const Error& error) const {
  return work.at ? error.in("near " + linked_->name(*work.at)) : error;
}

Result<ProtectedAmounts> Linking::protect() {
  const ProtectionTask asked = task();
  Work work;
  work.pivots_left = request_.pivots_max;
  const auto protection = protect_cells(asked, work);
  if (!protection) return near(work, protection.error());
  const ProtectionResult& result = *protection;
  ProtectedAmounts made;
  made.observers = knowers_.size();
  made.programs = work.programs;
  decide(asked, result, made);
  report(result, made);
  return made;
}

WithheldAmount Linking::why_withheld(CellId id) const {
  const LinkedAmounts::Block& block = linked_->block_of(id);
  WithheldAmount why{asked_.at({block.margin, *block.period}), linked_->name(id), {}, {}};
  if (const auto rule = rules_->reason(contents_[id])) {
    why.reason = *rule;
  } else if (contents_[id].sum > kAmountLargest) {
    why.reason = Withheld::too_large;
  } else if (model_.sensitive[id]) {
    why.reason = Withheld::observer;
    std::vector<std::size_t> near;
    for (std::size_t at = 0; at < knowers_.size(); ++at) {
      const Knower::Cell* own = knowers_[at].find(id);
      if (own != nullptr && rules_->against(contents_[id], own)) near.push_back(at);
    }
    why.who = who_of(near);
  } else {
    why.reason = Withheld::others;
  }
  return why;
}

void Linking::decide(const ProtectionTask& asked, const ProtectionResult& result,
                     ProtectedAmounts& made) {
  for (CellId id = 0; id < linked_->size(); ++id) {
    if (!asked.fresh[id]) continue;
    const std::int64_t cents = contents_[id].sum;
    // What is known from elsewhere needs no protection, and is not confirmed where it is unsafe.
    const bool is_safe = !model_.sensitive[id] && cents <= kAmountLargest;
    made.safe_cents += is_safe ? cents : 0;
    DecidedAmount decided{cell_of(*linked_, id), std::nullopt, {}, cents};
    if (result.suppression.withheld[id] || !is_safe) {
      ++(is_safe ? made.besides : made.unsafe);
      decided.level = model_.everybody[id].value_or(Level());
      made.withheld.push_back(why_withheld(id));
    } else {
      made.published_cents += cents;
      decided.value = value_[id] = rounded_amount(cents);
    }
    made.decided.push_back(std::move(decided));
  }
  made.method = made.decided.empty() ? AmountMethod::none : method_of(result);
  made.cost = result.suppression.cost;
  made.bound = result.suppression.bound;
}

void Linking::report(const ProtectionResult& result, ProtectedAmounts& made) const {
  std::map<std::string, AmountInterval> intervals;
  for (const AmountInterval& last : request_.history.intervals) intervals[last.cell] = last;
  for (const Reached& one : result.reached) {
    intervals[linked_->name(one.reach.interval.cell)] = interval_of(one.reach.interval, "anybody");
    if (!model_.sensitive[one.reach.interval.cell] || one.cells.size() > kWitnessedCellsMax) {
      continue;
    }
    if (!one.reach.low.empty()) made.witnesses.push_back(witness_of(one, false));
    if (!one.reach.high.empty()) made.witnesses.push_back(witness_of(one, true));
  }
  for (CellId id = 0; id < linked_->size(); ++id) {
    const auto at = intervals.find(linked_->name(id));
    if (at != intervals.end() && result.suppression.withheld[id]) {
      made.intervals.push_back(at->second);
    }
  }
  for (const Disclosed& one : result.disclosed) made.disclosed.push_back(finding_of(one));
  for (CellId id = 0; id < linked_->size(); ++id) {
    if (corrected_[id] != 0) made.outdated.push_back(cell_of(*linked_, id));
  }
}

Result<AttackedAmounts> Linking::attack() {
  const ProtectionTask asked = task();
  Pattern withheld;
  for (const CellRole role : asked.role) withheld.push_back(role != CellRole::published);
  Work work;
  AttackedAmounts made;
  made.observers = knowers_.size();
  TRY(const AmountGuards guards, guards_of(model_, withheld, {}));
  TRY(const auto broken,
      find_breaches(model_.system, withheld, guards.observers, guards.guards, work));
  for (const Breach& breach : broken) {
    const Guard& guard = guards.guards[breach.guard];
    made.findings.push_back(finding_of({guard, guards.knowers(guard.observer), breach}));
  }
  TRY(const auto reached, find_reached(model_, withheld, {}, guards, work));
  for (const Reached& one : reached) {
    const auto knowers = guards.knowers(static_cast<std::uint32_t>(one.observer));
    made.intervals.push_back(interval_of(one.reach.interval, who_of(knowers)));
  }
  made.programs = work.programs;
  return made;
}

AmountInterval Linking::interval_of(const CellInterval& one, std::string who) const {
  const std::int64_t value = contents_[one.cell].sum;
  return {linked_->name(one.cell), std::move(who), std::max<std::int64_t>(value - one.below, 0),
          value + one.above,       one.open_above, linked_->block_of(one.cell).period.has_value()};
}

AmountWitness Linking::witness_of(const Reached& one, bool up) const {
  AmountWitness witness{linked_->name(one.reach.interval.cell), up, {}};
  const auto& distance = up ? one.reach.high : one.reach.low;
  for (std::size_t at = 0; at < one.cells.size(); ++at) {
    const CellId cell = one.cells[at];
    witness.values.push_back({linked_->name(cell), contents_[cell].sum + distance[at]});
  }
  return witness;
}

AmountFinding Linking::finding_of(const Disclosed& one) const {
  AmountFinding finding{{}, who_of(one.knowers), one.asked.level, one.left.below, one.left.above};
  for (const CellId id : one.asked.cells) finding.cells.push_back(linked_->name(id));
  return finding;
}

// Long classes are cut off: they are for a person to read.
std::string Linking::who_of(const std::vector<std::size_t>& knowers) const {
  constexpr std::size_t kNamed = 5;
  if (knowers.empty()) return "anybody";
  std::string text;
  for (std::size_t at = 0; at < knowers.size(); ++at) {
    if (at == kNamed) return text + ", and " + std::to_string(knowers.size() - kNamed) + " more";
    std::string together;
    for (const PartyId party : knowers_[knowers[at]].parties) {
      together += (together.empty() ? "" : " with ") + text_of(rows_.parties[party]);
    }
    text += (at == 0 ? "" : ", ") + together;
  }
  return text;
}

Result<std::vector<SafeTable::Cell>> Linking::cells_of(const AmountTable& table) const {
  TRY(const MarginOfPeriod place, places_.of(table));
  const LinkedAmounts::Block& block = *linked_->find(place.margin, years_of(place.period));
  std::vector<SafeTable::Cell> cells;
  for (CellId id = block.first; id < block.first + block.size; ++id) {
    SafeTable::Cell cell{{}, value_[id]};
    for (auto& [dimension, code] : cell_of(*linked_, id).categories) {
      cell.categories.push_back(std::move(code));
    }
    cells.push_back(std::move(cell));
  }
  std::sort(cells.begin(), cells.end(),
            [](const auto& a, const auto& b) { return a.categories < b.categories; });
  return cells;
}

}  // namespace regions
