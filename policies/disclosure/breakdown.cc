#include "policies/disclosure/breakdown.h"

namespace regions {

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

Result<int> BreakdownControl::tier(const RawTable& baseline, std::int64_t m_from,
                                   std::int64_t l_from) {
  if (baseline.cells_.size() != 1) {
    return fail(Errc::corrupt, "the baseline of the tiers: one cell expected");
  }
  const std::int64_t count = baseline.cells_[0].count;
  return count < m_from ? 0 : (count < l_from ? 1 : 2);
}

}  // namespace regions
