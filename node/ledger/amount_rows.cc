#include "node/ledger/amount_rows.h"

#include <algorithm>
#include <map>

#include "node/ledger/ledger_rows.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

constexpr std::string_view kAnybody = "anybody";
constexpr std::string_view kSomebody = "somebody";

Error damaged() { return fail(Errc::corrupt, "a decision about amounts is damaged"); }

ledger::Rules to_row(const RuleSet& rules) {
  ledger::Rules row;
  row.set_version(rules.version);
  row.set_minimum(rules.minimum);
  row.set_coalition(rules.coalition);
  row.set_waives_observers(rules.headline_waives_observer_rule);
  row.set_p_percent(rules.p_percent);
  row.set_k_percent(rules.k_percent);
  return row;
}

RuleSet from_row(const ledger::Rules& row) {
  return {row.version(),          row.minimum(),   row.coalition(),
          row.waives_observers(), row.p_percent(), row.k_percent()};
}

void add_amount(const DecidedAmount& amount, ledger::Amount& row) {
  row.set_period(amount.cell.period);
  for (const auto& [dimension, category] : amount.cell.categories) {
    row.add_dimensions(dimension);
    row.add_categories(category);
  }
  if (amount.value) row.set_value(*amount.value);
  row.set_lower(amount.level.lower);
  row.set_upper(amount.level.upper);
  row.set_cents(amount.cents);
}

Result<DecidedAmount> from_row(const ledger::Amount& row) {
  DecidedAmount out;
  out.cell.period = row.period();
  if (row.dimensions_size() != row.categories_size()) return damaged();
  for (int i = 0; i < row.dimensions_size(); ++i) {
    if (i > 0 && row.dimensions(i - 1) >= row.dimensions(i)) return damaged();
    out.cell.categories.emplace_back(row.dimensions(i), row.categories(i));
  }
  out.level = {row.lower(), row.upper(), 0};
  out.cents = row.cents();
  if (out.cents < 0 || out.level.lower < 0 || out.level.upper < 0) return damaged();
  if (!row.has_value()) return out;
  // Nothing else was ever published, so nothing else may be stated again.
  if (row.value() < 0 || row.value() > kReleasedValueMax || row.value() % kAmountRounding != 0) {
    return damaged();
  }
  out.value = row.value();
  return out;
}

Result<AmountRow> from_row(const ledger::AmountRow& row, std::size_t parties) {
  AmountRow out;
  out.holding = row.holding();
  out.known_to = {row.known_to().begin(), row.known_to().end()};
  out.is_public = row.is_public();
  out.year = row.year();
  out.cents = row.cents();
  out.categories = {row.categories().begin(), row.categories().end()};
  const bool is_known = std::all_of(out.known_to.begin(), out.known_to.end(),
                                    [&](PartyId id) { return id < parties; });
  if (out.holding >= parties || !is_known || out.cents <= 0) return damaged();
  return out;
}

AmountFinding from_row(const ledger::Disclosed& row) {
  return {{row.cells().begin(), row.cells().end()},
          std::string(row.to_anybody() ? kAnybody : kSomebody),
          {row.asked_lower(), row.asked_upper(), 0},
          row.below(),
          row.above()};
}

// Names once, and where each stands.
class NamesOfCells {
 public:
  explicit NamesOfCells(ledger::Witnesses& row) : row_(row) {}
  std::uint32_t at(const std::string& name) {
    const auto [found, is_new] = known_.emplace(name, static_cast<std::uint32_t>(known_.size()));
    if (is_new) row_.add_cells(name);
    return found->second;
  }

 private:
  ledger::Witnesses& row_;
  std::map<std::string, std::uint32_t> known_;
};

}  // namespace

ledger::Amounts to_row(const AmountDecision& decision) {
  ledger::Amounts row;
  row.set_decided_at(decision.decided_at);
  row.set_rule_set(Bytes(decision.rule_set.view()));
  *row.mutable_rules() = to_row(decision.rules);
  row.set_definition(Bytes(decision.definition.view()));
  row.set_method(static_cast<std::uint32_t>(decision.method));
  row.set_cost(decision.cost);
  row.set_bound(decision.bound);
  for (const DecidedAmount& amount : decision.cells) add_amount(amount, *row.add_amounts());
  for (const AmountInterval& one : decision.intervals) {
    ledger::Interval& interval = *row.add_intervals();
    interval.set_cell(one.cell);
    interval.set_lower(one.lower);
    interval.set_upper(one.upper);
    interval.set_open_above(one.open_above);
    interval.set_planned(one.planned);
  }
  for (const AmountFinding& one : decision.disclosed) {
    ledger::Disclosed& disclosed = *row.add_disclosed();
    for (const std::string& cell : one.cells) disclosed.add_cells(cell);
    disclosed.set_to_anybody(one.who == kAnybody);
    disclosed.set_asked_lower(one.asked.lower);
    disclosed.set_asked_upper(one.asked.upper);
    disclosed.set_below(one.below);
    disclosed.set_above(one.above);
  }
  return row;
}

Result<AmountDecision> from_row(const ledger::Amounts& row) {
  AmountDecision out;
  out.decided_at = row.decided_at();
  const auto rule_set = Digest::from_bytes(row.rule_set(), "rule set");
  const auto definition = Digest::from_bytes(row.definition(), "definition");
  if (!rule_set || !definition) return damaged();
  out.rule_set = *rule_set;
  out.definition = *definition;
  out.rules = from_row(row.rules());
  if (out.rules.minimum < kMinimumFloor) return damaged();
  if (row.method() > static_cast<std::uint32_t>(AmountMethod::whole)) return damaged();
  out.method = static_cast<AmountMethod>(row.method());
  out.cost = row.cost();
  out.bound = row.bound();
  for (const ledger::Amount& amount : row.amounts()) {
    TRY(out.cells.emplace_back(), from_row(amount));
  }
  for (const ledger::Interval& one : row.intervals()) {
    out.intervals.push_back({one.cell(), std::string(kAnybody), one.lower(), one.upper(),
                             one.open_above(), one.planned()});
  }
  for (const ledger::Disclosed& one : row.disclosed()) out.disclosed.push_back(from_row(one));
  return out;
}

ledger::AmountMembers to_row(const AmountMembers& members) {
  ledger::AmountMembers out;
  out.set_secret(members.secret);
  out.set_codes(Bytes(members.codes.view()));
  out.set_parties(packed(members.parties));
  out.set_erased(members.erased);
  for (const AmountRow& one : members.rows) {
    ledger::AmountRow& row = *out.add_rows();
    row.set_holding(one.holding);
    for (const PartyId party : one.known_to) row.add_known_to(party);
    row.set_is_public(one.is_public);
    row.set_year(one.year);
    row.set_cents(one.cents);
    for (const std::uint32_t category : one.categories) row.add_categories(category);
  }
  return out;
}

Result<AmountMembers> from_row(const ledger::AmountMembers& row) {
  AmountMembers out{row.secret(), {}, {}, {}, row.erased()};
  const auto codes = Digest::from_bytes(row.codes(), "codes");
  if (!codes || out.secret.size() != 32) return damaged();
  out.codes = *codes;
  TRY(out.parties, unpacked(row.parties()));
  for (const ledger::AmountRow& one : row.rows()) {
    TRY(out.rows.emplace_back(), from_row(one, out.parties.size()));
  }
  return out;
}

ledger::Witnesses to_row(const std::vector<AmountWitness>& witnesses) {
  ledger::Witnesses row;
  NamesOfCells names(row);
  for (const AmountWitness& one : witnesses) {
    ledger::Witness& witness = *row.add_witnesses();
    witness.set_cell(names.at(one.cell));
    witness.set_up(one.up);
    for (const auto& [cell, cents] : one.values) {
      witness.add_of(names.at(cell));
      witness.add_cents(cents);
    }
  }
  return row;
}

Result<std::vector<AmountWitness>> from_row(const ledger::Witnesses& row) {
  const auto known = static_cast<std::uint32_t>(row.cells_size());
  const auto name = [&](std::uint32_t at) { return row.cells(static_cast<int>(at)); };
  std::vector<AmountWitness> out;
  for (const ledger::Witness& witness : row.witnesses()) {
    if (witness.cell() >= known || witness.of_size() != witness.cents_size()) return damaged();
    AmountWitness& one = out.emplace_back(AmountWitness{name(witness.cell()), witness.up(), {}});
    for (int i = 0; i < witness.of_size(); ++i) {
      if (witness.of(i) >= known) return damaged();
      one.values.emplace_back(name(witness.of(i)), witness.cents(i));
    }
  }
  return out;
}

}  // namespace regions
