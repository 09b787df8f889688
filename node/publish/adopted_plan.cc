#include "node/publish/adopted_plan.h"

#include "policies/disclosure/perturbation_generator.h"

namespace regions {

Result<AdoptedPlan> AdoptedPlan::make(Plan plan, const Catalogue& catalogue) {
  PerturbationParameters parameters;
  parameters.max_noise = static_cast<std::int32_t>(plan.cell_key.d);
  parameters.variance = static_cast<double>(plan.cell_key.variance_hundredths) / 100;
  auto noise = generate_perturbation_table(parameters);
  if (!noise) return noise.error().in("release plan " + plan.id + ": cell_key");
  const Digest digest = plan_digest(plan, catalogue);
  return AdoptedPlan{std::move(plan), digest, std::move(*noise)};
}

}  // namespace regions
