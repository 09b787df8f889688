// The cheapest safe pattern by cut generation (Fischetti and Salazar 2001): the master problem
// chooses cells, the attacker's linear programs say which cut the choice breaks, until none does.
//
// Pure, single-threaded, limits counted in rounds, nodes and pivots.
#pragma once

#include "policies/disclosure/suppression/problem.h"

namespace regions {

// `incumbent`: a safe pattern. method optimum: none costs less than `cost`; incumbent: a limit came
// first, and `bound` says how far the optimum may be. Ends at `until` of work.effort.
Result<Suppression> find_optimum(const SuppressionProblem& problem, const Pattern& incumbent,
                                 const SuppressionLimits& limits, std::uint64_t until, Work& work);

}  // namespace regions
