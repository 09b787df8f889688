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
  Digest noise_digest;

  // The catalogue is the one that the plan was parsed with. Without `noise` the table that the
  // plan's parameters give; invalid_input: they give none. refused: `noise` is not what the plan
  // promises.
  static Result<AdoptedPlan> make(Plan plan, const Catalogue& catalogue,
                                  std::optional<PerturbationTable> noise = {});
};

// A plan's text as it may be adopted: parse_plan(), and a perturbation table for its cell key.
// Errors name `file`.
Result<AdoptedPlan> read_plan(const std::string& file, std::string_view toml,
                              const Catalogue& catalogue,
                              std::optional<PerturbationTable> noise = {});

// The plan alone, kept alive by what holds it; nullptr for nullptr.
inline std::shared_ptr<const Plan> plan_of(const std::shared_ptr<const AdoptedPlan>& adopted) {
  return adopted ? std::shared_ptr<const Plan>(adopted, &adopted->plan) : nullptr;
}

}  // namespace regions
