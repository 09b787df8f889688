// Whether a release is a table that may exist: a headline, or one that the release plan asks for,
// in its shape and by its method (DISCLOSURE 2 and 3).
//
// Pure; any thread.
#pragma once

#include "node/exchange/judgement.h"
#include "policies/plan/plan.h"
#include "protocol/statement/statement.h"

namespace regions {

// `release` passed check(), its indicator is the catalogue's and so is its definition. `plan` was
// parsed with `catalogue`; nullptr: headlines only. A table that is not planned is not understood,
// never invalid: another build may know it.
Judgement judge_table(const Release& release, const Plan* plan, const Catalogue& catalogue);

}  // namespace regions
