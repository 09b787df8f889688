// Secondary suppression: proven optimum, else the best safe pattern found with its gap, else none
// (DISCLOSURE 5). Whatever comes out has passed the attack; a pattern that has not is no answer.
#pragma once

#include "policies/disclosure/suppression/problem.h"

namespace regions {

struct SuppressionOutcome {
  Suppression best;  // method none: nothing may be published
  // A guard that no choice keeps, or that is broken by every pattern found.
  std::optional<std::size_t> impossible;
};

// timed_out, too_large: nothing safe within the limits.
Result<SuppressionOutcome> suppress(const SuppressionProblem& problem,
                                    const SuppressionLimits& limits, Work& work);

}  // namespace regions
