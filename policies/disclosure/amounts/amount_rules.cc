#include "policies/disclosure/amounts/amount_rules.h"

#include <algorithm>

namespace regions {
namespace {

// Symmetric but for what lies below 0; never closer than the rounding.
Level level_of(std::int64_t distance, std::int64_t value) {
  const std::int64_t upper = std::max(distance, kLevelLeast);
  return {std::min(upper, value), upper, 0};
}

// What remains of a cell: its sum and its largest holding.
Contributions remaining(const CellContent& cell, const Knower::Cell* own) {
  const std::int64_t sum = cell.open - (own == nullptr ? 0 : own->own);
  std::int64_t largest = 0;
  for (const HoldingPart& part : cell.parts) {
    if (part.cents <= largest) break;
    std::int64_t known = 0;
    if (own != nullptr) {
      const auto at =
          std::lower_bound(own->parts.begin(), own->parts.end(), part.holding,
                           [](const HoldingPart& one, PartyId id) { return one.holding < id; });
      if (at != own->parts.end() && at->holding == part.holding) known = at->cents;
    }
    largest = std::max(largest, part.cents - known);
  }
  auto made = Contributions::summary(sum > 0 ? 1 : 0, sum, {largest});
  CHECK(made.has_value());  // whoever knows rows knows no more than there are
  return std::move(*made);
}

Contributions contributions_of(const CellContent& cell) {
  std::vector<Contribution> units;
  for (const HoldingPart& part : cell.parts) units.push_back({part.holding, part.cents});
  const auto who = Contributions::of(std::move(units));
  CHECK(who.has_value());  // sums were checked when the cells were filled
  return *who;
}

}  // namespace

Result<AmountRules> AmountRules::of(const RuleSet& rules) {
  constexpr std::int64_t kPart = Percent::kWhole / 100;
  TRY(const Percent p, Percent::make(rules.p_percent * kPart));
  TRY(const Percent k, Percent::make(rules.k_percent * kPart));
  RuleBook book;
  TRY(const auto dominance, DominanceRule::make(2, k));
  TRY(const auto concentration, PriorPosteriorRule::p(p, rules.coalition));
  TRY(const auto remains, PriorPosteriorRule::p(p, 1));
  book.dominance = {dominance};
  book.concentration = {concentration};
  book.zero_unsafe = false;  // an amount of 0 is no contribution
  return AmountRules(std::move(book), remains, rules.minimum);
}

std::optional<Level> AmountRules::against_everybody(const CellContent& cell) const {
  if (cell.contributors == 0) return Level{0, cell.harmless ? 0 : kLevelLeast, 0};
  const auto verdict = book_.judge(contributions_of(cell));
  if (!verdict && !is_few(cell)) return std::nullopt;
  if (cell.open == 0) return Level{};  // all of it is public: withheld, and known all the same
  return level_of(verdict ? verdict->level.upper : 0, cell.open);
}

std::optional<Withheld> AmountRules::reason(const CellContent& cell) const {
  if (is_few(cell)) return Withheld::few_holdings;
  const auto verdict = book_.judge(contributions_of(cell));
  if (!verdict) return std::nullopt;
  return verdict->reason == Reason::dominance ? Withheld::dominance : Withheld::p_percent;
}

Level AmountRules::against_correction(std::int64_t change, std::int64_t value) const {
  const auto alone = Contributions::summary(1, change, {change});
  CHECK(alone.has_value());
  return level_of(remaining_.level_without_one(*alone), value);
}

std::optional<Level> AmountRules::against(const CellContent& cell, const Knower::Cell* own) const {
  const Contributions rest = remaining(cell, own);
  const std::int64_t distance = remaining_.level_without_one(rest);
  if (distance <= 0) return std::nullopt;
  return level_of(distance, rest.sum());
}

std::optional<Level> AmountRules::against_insider(const CellContent& cell,
                                                  const Knower::Cell* own) const {
  const Contributions rest = remaining(cell, own);
  const std::int64_t distance = remaining_.level_without_one(rest);
  if (rest.sum() == 0 || (distance <= 0 && !is_few(cell))) return std::nullopt;
  return level_of(distance, rest.sum());
}

}  // namespace regions
