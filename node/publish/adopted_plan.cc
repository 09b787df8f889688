#include "node/publish/adopted_plan.h"

#include "policies/disclosure/perturbation_generator.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

PerturbationParameters parameters_of(const Plan& plan) {
  PerturbationParameters parameters;
  parameters.max_noise = static_cast<std::int32_t>(plan.cell_key.d);
  parameters.variance = static_cast<double>(plan.cell_key.variance_hundredths) / 100;
  return parameters;
}

// Tells tables apart within one home; no other node sees it.
Digest digest_of(const PerturbationTable& table) {
  Bytes rows;
  for (const PerturbationTable::Row& row : table.rows()) {
    append_u32(rows, static_cast<std::uint32_t>(row.size()));
    for (const PerturbationTable::Entry& entry : row) {
      append_u32(rows, static_cast<std::uint32_t>(entry.v));
      append_u64(rows, entry.ub);
    }
  }
  return sha256(rows);
}

}  // namespace

Result<AdoptedPlan> AdoptedPlan::make(Plan plan, const Catalogue& catalogue,
                                      std::optional<PerturbationTable> noise) {
  const PerturbationParameters parameters = parameters_of(plan);
  if (noise) {
    TRY_VOID(noise->require(parameters));
  } else {
    TRY(noise, generate_perturbation_table(parameters));
  }
  const Digest digest = plan_digest(plan, catalogue);
  const Digest noise_digest = digest_of(*noise);
  return AdoptedPlan{std::move(plan), digest, std::move(*noise), noise_digest};
}

Result<AdoptedPlan> read_plan(const std::string& file, std::string_view toml,
                              const Catalogue& catalogue, std::optional<PerturbationTable> noise) {
  TRY(Plan plan, parse_plan(file, toml, catalogue));
  auto adopted = AdoptedPlan::make(std::move(plan), catalogue, std::move(noise));
  if (!adopted) return adopted.error().in(file + ": cell_key");
  return adopted;
}

}  // namespace regions
