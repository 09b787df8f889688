// Publishes again what no guard needs, the most expensive first. Every guard keeps a whole-number
// completion all the time, so that a safe pattern stays proven safe wherever this ends.
//
// Pure and deterministic.
#pragma once

#include "policies/disclosure/suppression/problem.h"

namespace regions {

// `withheld`: safe. Ends at `until` of work.effort.
Result<void> prune(const SuppressionProblem& problem, Pattern& withheld, std::uint64_t until,
                   Work& work);

}  // namespace regions
