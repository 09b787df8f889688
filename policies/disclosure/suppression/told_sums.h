// Derived cells: sums of withheld cells that published figures tell though no cell is told
// (DISCLOSURE 4). Pure and deterministic.
#pragma once

#include <initializer_list>

#include "policies/disclosure/attack/open_sums.h"

namespace regions {

inline constexpr std::size_t kToldSumsMax = 100'000;

// All pairs of which the sum is told, by however many figures, and what open_sums() finds at the
// first of `depths` at which it is not too much. Each sum once, its cells ascending.
// too_large: more than kToldSumsMax pairs or, at every depth, sums; or the elimination that finds
// pairs grows beyond kOpenMovesTermsMax.
Result<std::vector<std::vector<CellId>>> told_sums(const CellSystem& system,
                                                   const Pattern& withheld,
                                                   std::initializer_list<int> depths = {
                                                       kOpenSumsDepth});

}  // namespace regions
