// Which equations say something that the others do not. In tables of several dimensions most
// totals are sums in several ways; a linear program with all of them is several times slower.
#pragma once

#include <vector>

#include "policies/disclosure/solver/linear_program.h"

namespace regions {

// The shortest rows that say all that `rows` say (matroid greedy), in their order. Exact up to the
// prime of OpenMoves; all of them where elimination takes too long. Pure.
std::vector<LinearRow> independent(std::size_t columns, const std::vector<LinearRow>& rows);

}  // namespace regions
