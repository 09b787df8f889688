// An attacker of amount tables that shares nothing with the product: every row's year and
// categories are one unknown, every published figure one equation over them, and GLPK says how far
// a figure can lie from the truth. It knows no margins, components, classes or guards; the rules
// are written again from DISCLOSURE 2 and 4.
#pragma once

#include <string>
#include <vector>

#include "tests/policies/disclosure/amounts/small_amounts.h"

namespace regions {

// Somebody came too near a figure, in cents.
struct OracleBreach {
  std::string figure, who;
  double below = 0, above = 0;
  std::int64_t asked = 0;
};

struct OracleRules {
  std::int64_t minimum = 3;
  std::int64_t p_percent = 10;
  std::int64_t k_percent = 90;
  std::size_t coalition = 1;  // 1 or 2
};

// Attacks everything in `decided` (released at whatever time), over the years first to last, by
// every observer alone, or with one other. Figures: those decided, what a published total leaves
// of its parts, what a period leaves of those within it.
std::vector<OracleBreach> attack_exactly(const SmallAmounts& amounts,
                                         const std::vector<const Dimension*>& dimensions,
                                         const std::vector<DecidedAmount>& decided, int first,
                                         int last, const OracleRules& rules);

}  // namespace regions
