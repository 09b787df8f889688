// Derived cells: sums of withheld cells that published totals leave open (DISCLOSURE 4), also
// through parts of which some parts are known. Pure.
#pragma once

#include "policies/disclosure/attack/system.h"
#include "protocol/base/result.h"

namespace regions {

// Through how many totals they are followed: every further one needs another published figure.
inline constexpr int kOpenSumsDepth = 6;

// Two cells or more; ascending, each once. too_large: more than `most`.
Result<std::vector<std::vector<CellId>>> open_sums(const CellSystem& system,
                                                   const Pattern& withheld, std::size_t most,
                                                   int depth);

}  // namespace regions
