#include "policies/disclosure/breakdown.h"

namespace regions {
namespace {

// No amount is too large for a product in it.
__extension__ using Wide = __int128;

// Halves away from zero; amounts are never negative.
std::int64_t rounded_amount(std::int64_t cents) {
  return (cents + kAmountRounding / 2) / kAmountRounding * kAmountRounding;
}

// nullopt: the amount goes out.
std::optional<Withheld> reason_of(const RawAmount& amount, const RuleSet& rules) {
  if (amount.contributors < static_cast<std::int64_t>(rules.minimum)) return Withheld::few_holdings;
  if (amount.sum > kReleasedValueMax - kAmountRounding) return Withheld::too_large;
  if (is_p_sensitive(amount, rules.p_percent)) return Withheld::p_percent;
  if (is_dominated(amount, rules.k_percent)) return Withheld::dominance;
  return {};
}

}  // namespace

bool is_p_sensitive(const RawAmount& amount, std::uint32_t p_percent) {
  const Wide rest = static_cast<Wide>(amount.sum) - amount.largest - amount.second;
  return rest * 100 < static_cast<Wide>(amount.largest) * p_percent;
}

bool is_dominated(const RawAmount& amount, std::uint32_t k_percent) {
  const Wide two = static_cast<Wide>(amount.largest) + amount.second;
  return two * 100 > static_cast<Wide>(amount.sum) * k_percent;
}

SafeTable BreakdownControl::begin(const RawTable& raw, std::string table, std::string_view method,
                                  const RuleSet& rules) {
  SafeTable safe;
  safe.indicator_ = raw.indicator_;
  safe.definition_ = raw.definition_;
  safe.period_ = raw.period_;
  safe.table_ = std::move(table);
  safe.dimensions_ = raw.dimensions_;
  safe.method_ = method;
  safe.method_version_ = kMethodVersion;
  safe.minimum_ = rules.minimum;
  return safe;
}

Result<SafeTable> BreakdownControl::cell_key(const RawTable& raw, std::string table,
                                             const PerturbationTable& noise, const RuleSet& rules) {
  SafeTable safe = begin(raw, std::move(table), kMethodCellKey, rules);
  for (const RawTable::Cell& cell : raw.cells_) {
    if (cell.count < 0) {
      return fail(Errc::corrupt, raw.indicator_ + " " + raw.period_ + ": a negative count");
    }
    safe.cells_.push_back({cell.categories, perturb(noise, cell.count, cell.key)});
  }
  return safe;
}

Result<SafeTable> BreakdownControl::rounded(const RawTable& raw, std::string table,
                                            const RuleSet& rules) {
  if (rules.coalition > 1) {
    return fail(Errc::refused,
                raw.indicator_ + ": the rules name a coalition of " +
                    std::to_string(rules.coalition) +
                    ", which this version cannot apply to amounts; set coalition = 1");
  }
  SafeTable safe = begin(raw, std::move(table), kMethodRounded, rules);
  for (const RawTable::Cell& cell : raw.cells_) {
    const bool withheld = reason_of(cell.amount, rules).has_value();
    safe.cells_.push_back({cell.categories, withheld
                                                ? std::nullopt
                                                : std::optional(rounded_amount(cell.amount.sum))});
  }
  return safe;
}

WithheldCounts BreakdownControl::why_withheld(const RawTable& raw, const RuleSet& rules) {
  WithheldCounts why;
  for (const RawTable::Cell& cell : raw.cells_) {
    if (const auto reason = reason_of(cell.amount, rules)) ++why[*reason];
  }
  return why;
}

Result<int> BreakdownControl::tier(const RawTable& baseline, std::int64_t m_from,
                                   std::int64_t l_from) {
  if (baseline.cells_.size() != 1) {
    return fail(Errc::corrupt, "the baseline of the tiers: one cell expected");
  }
  const std::int64_t count = baseline.cells_[0].count;
  return count < m_from ? 0 : (count < l_from ? 1 : 2);
}

}  // namespace regions
