// The release plan in force, with what follows from it. Immutable; shared.
#pragma once

#include <memory>

#include "policies/disclosure/perturbation_table.h"
#include "policies/plan/plan.h"

namespace regions {

struct AdoptedPlan {
  Plan plan;
  Digest digest;
  PerturbationTable noise;  // its bounds are public; what hides a count are the keys

  // invalid_input: the plan's cell key has no perturbation table. The catalogue is the one that the
  // plan was parsed with.
  static Result<AdoptedPlan> make(Plan plan, const Catalogue& catalogue);
};

// The plan alone, kept alive by what holds it; nullptr for nullptr.
inline std::shared_ptr<const Plan> plan_of(const std::shared_ptr<const AdoptedPlan>& adopted) {
  return adopted ? std::shared_ptr<const Plan>(adopted, &adopted->plan) : nullptr;
}

}  // namespace regions
