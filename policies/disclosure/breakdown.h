// Disclosure control of breakdowns of counts (DISCLOSURE 2), by the cell key. Besides the headline
// rule and the protection of amounts the only maker of a SafeTable.
//
// Pure and stateless; the same table gives the same cells.
#pragma once

#include "policies/catalogue/tables.h"
#include "policies/disclosure/perturbation_table.h"
#include "policies/disclosure/raw_table.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/safe_table.h"

namespace regions {

class BreakdownControl {
 public:
  // Every cell with its noise: none is withheld, 0 stays 0, no 1 or 2 appears. `table`: id of the
  // planned table. corrupt: counts that no records can give.
  static Result<SafeTable> cell_key(const RawTable& raw, std::string table,
                                    const PerturbationTable& noise, const RuleSet& rules);

  // 0 below `m_from` enterprises, 1 below `l_from`, else 2: all that is told of the count of the
  // baseline window. corrupt: not one cell.
  static Result<int> tier(const RawTable& baseline, std::int64_t m_from, std::int64_t l_from);

 private:
  static SafeTable begin(const RawTable& raw, std::string table, std::string_view method,
                         const RuleSet& rules);
};

}  // namespace regions
