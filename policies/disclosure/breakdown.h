// Disclosure control of breakdowns (DISCLOSURE 2): counts by the cell key, amounts by the p% rule
// and rounding. Besides the headline rule the only maker of a SafeTable.
//
// Pure and stateless; the same table gives the same cells.
#pragma once

#include "policies/catalogue/tables.h"
#include "policies/disclosure/perturbation_table.h"
#include "policies/disclosure/raw_table.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/safe_table.h"
#include "policies/disclosure/withheld.h"

namespace regions {

class BreakdownControl {
 public:
  // Every cell with its noise: none is withheld, 0 stays 0, no 1 or 2 appears. `table`: id of the
  // planned table. corrupt: counts that no records can give.
  static Result<SafeTable> cell_key(const RawTable& raw, std::string table,
                                    const PerturbationTable& noise, const RuleSet& rules);

  // A sum in cents, rounded to kAmountRounding after protection; withheld where fewer holdings than
  // the minimum contribute (2 or fewer always), the second largest could tell the largest to
  // within p%, or the two largest hold more than k% (SDC handbook 4.2; equality is safe); and where
  // the sum is more than a release can hold. refused: the rules name a coalition, whose
  // members would have to be subtracted first.
  static Result<SafeTable> rounded(const RawTable& raw, std::string table, const RuleSet& rules);
  // Why rounded() withholds what it does, the first reason of each cell; for the operator alone.
  static WithheldCounts why_withheld(const RawTable& raw, const RuleSet& rules);

  // 0 below `m_from` enterprises, 1 below `l_from`, else 2: all that is told of the count of the
  // baseline window. corrupt: not one cell.
  static Result<int> tier(const RawTable& baseline, std::int64_t m_from, std::int64_t l_from);

 private:
  static SafeTable begin(const RawTable& raw, std::string table, std::string_view method,
                         const RuleSet& rules);
};

// The p% rule: sum - largest - second < p/100 * largest.
bool is_p_sensitive(const RawAmount& amount, std::uint32_t p_percent);
// (n,k)-dominance with n = 2: largest + second > k/100 * sum (SDC handbook 4.2.1).
bool is_dominated(const RawAmount& amount, std::uint32_t k_percent);

}  // namespace regions
