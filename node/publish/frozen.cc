// What the first releases by plan freeze at a region: its tier and the table of noise.
#include "node/cube/cube.h"
#include "node/publish/day.h"
#include "node/publish/publisher.h"
#include "policies/catalogue/tables.h"
#include "policies/disclosure/breakdown.h"

namespace regions {

// Whether the window that the tiers are counted in has ended.
bool Publisher::baseline_ended() const {
  const int today = static_cast<int>(day_of(parts_.clock->now()).year());
  return parts_.plan->plan.baseline.last_year() < today;
}

Result<OwnTier> Publisher::tier(const Facts& facts) const {
  const Plan& plan = parts_.plan->plan;
  const auto given = plan.member_tiers.find(parts_.member);
  if (given != plan.member_tiers.end()) return OwnTier{given->second, OwnTier::Why::given};
  TRY(const auto frozen, ledger_.frozen_tier(parts_.plan->digest));
  if (frozen) return OwnTier{static_cast<Tier>(*frozen), OwnTier::Why::frozen};
  if (!baseline_ended()) return OwnTier{Tier::S, OwnTier::Why::baseline_runs};
  const TableSpec total{parts_.catalogue->find(kHeadlineAll), plan.baseline.kind(), {}};
  const auto baseline = CubeBuilder::tables(
      facts, *parts_.catalogue, {total}, {plan.baseline.first_year(), plan.baseline.last_year()});
  TRY(const int tier, BreakdownControl::tier(baseline.at(0), plan.m_from, plan.l_from));
  return OwnTier{static_cast<Tier>(tier), OwnTier::Why::counted};
}

Result<OwnTier> Publisher::own_tier() const {
  if (!parts_.plan) return fail(Errc::refused, "the roster names no release plan");
  TRY(const auto facts, parts_.facts());
  return tier(*facts);
}

// With the first release that stands on it. A call before the baseline is over, or before anything
// was imported, must not decide for all time.
Result<void> Publisher::freeze_tier(const Facts& facts, const OwnTier& tier) {
  if (tier.why != OwnTier::Why::counted || facts.cooperations().empty()) return {};
  return ledger_.freeze_tier(parts_.plan->digest, static_cast<int>(tier.tier));
}

// The same firms must get the same value in every table and year.
Result<void> Publisher::check_noise() const {
  if (!parts_.plan) return {};
  TRY(const auto frozen, ledger_.frozen_noise(parts_.plan->digest));
  if (!frozen || *frozen == parts_.plan->noise_digest) return {};
  return fail(Errc::mismatch,
              "perturbation table: another one than this region released with under plan " +
                  parts_.plan->plan.id +
                  ", so that the same firms would get other values; put perturbation.csv of the "
                  "home back as it was then, or away if there was none");
}

Result<void> Publisher::freeze_noise() {
  TRY(const auto frozen, ledger_.frozen_noise(parts_.plan->digest));
  if (frozen) return {};
  return ledger_.freeze_noise(parts_.plan->digest, parts_.plan->noise_digest);
}

}  // namespace regions
