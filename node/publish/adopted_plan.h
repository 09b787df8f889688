// The release plan in force, with what follows from it. Immutable; shared.
#pragma once

#include "policies/disclosure/perturbation_table.h"
#include "policies/plan/plan.h"

namespace regions {

struct AdoptedPlan {
  Plan plan;
  Digest digest;
  PerturbationTable noise;

  // invalid_input: the plan's cell key has no perturbation table. The catalogue is the one that the
  // plan was parsed with.
  static Result<AdoptedPlan> make(Plan plan, const Catalogue& catalogue);
};

}  // namespace regions
