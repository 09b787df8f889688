#include "node/cube/headline_pass.h"

#include <algorithm>

#include "node/records/values.h"

namespace regions {
namespace {

constexpr std::string_view kMeasure = "distinct-enterprises";

Result<const Indicator*> headline_of(const Catalogue& catalogue, std::string_view code) {
  const Indicator* indicator = catalogue.find(code);
  if (indicator == nullptr) {
    return fail(Errc::not_found, "the catalogue has no indicator " + std::string(code));
  }
  if (indicator->measure != kMeasure || indicator->counting_rules != 1) {
    return fail(Errc::unsupported,
                std::string(code) + ": measure " + indicator->measure + " by counting rules " +
                    std::to_string(indicator->counting_rules) + " is not known to this build");
  }
  return indicator;
}

}  // namespace

Result<HeadlinePass> HeadlinePass::run(const Reader& reader, const Catalogue& catalogue) {
  TRY(const Indicator* ent, headline_of(catalogue, "ENT-COOP"));
  TRY(const Indicator* sme, headline_of(catalogue, "SME-COOP"));
  HeadlinePass pass(catalogue, *ent, *sme);
  TRY_VOID(walk(reader, pass));
  pass.close(pass.ent_);
  pass.close(pass.sme_);
  return pass;
}

std::vector<int> HeadlinePass::active_years() const {
  std::vector<int> years;
  for (std::size_t i = 0; i < kYears; ++i) {
    if (years_[i]) years.push_back(kYearMin + static_cast<int>(i));
  }
  return years;
}

Result<void> HeadlinePass::enterprise(const records::Enterprise& enterprise) {
  close(ent_);
  close(sme_);
  enterprise_ = enterprise;
  if (is_own(enterprise)) {
    for (const auto& state : enterprise.states()) knows_nace_ |= !state.nace().empty();
  }
  return {};
}

Result<void> HeadlinePass::cooperation(const records::Cooperation& cooperation) {
  if (cooperation.role() != records::ROLE_OWN) return {};
  if (cooperation.status() == records::STATUS_CANCELLED) return {};
  if (!cooperation.has_start() || !cooperation.has_end()) return {};
  const int first = year_of(cooperation.start()), last = year_of(cooperation.end());
  if (first < kYearMin || last > kYearMax) {
    return fail(Errc::corrupt, "a stored cooperation lies outside the years 1900 to 2999");
  }
  const bool ent = has_technology(*ent_.indicator, cooperation);
  const bool sme = has_technology(*sme_.indicator, cooperation);
  for (int year = first; year <= last; ++year) {
    years_.set(index(year));
    if (ent) ent_.active.set(index(year));
    if (sme) sme_.active.set(index(year));
  }
  return {};
}

bool HeadlinePass::has_technology(const Indicator& indicator,
                                  const records::Cooperation& cooperation) const {
  if (indicator.condition(Attribute::technology) == nullptr) return true;
  const auto& codes = cooperation.technologies();
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
    return catalogue_->admits(indicator, Attribute::technology, code);
  });
}

// Adds the enterprise at hand to the years in which it meets the indicator's other conditions.
void HeadlinePass::close(YearTally& tally) {
  for (std::size_t i = tally.active._Find_first(); i < kYears; i = tally.active._Find_next(i)) {
    const std::int32_t day = last_day_of(kYearMin + static_cast<int>(i));
    if (home_on(enterprise_, day) == records::HOME_ELSEWHERE) continue;
    const records::State* state = state_on(enterprise_, day);
    const auto admits = [&](Attribute attribute, const std::string& code) {
      return catalogue_->admits(*tally.indicator, attribute, code);
    };
    static const std::string kUnknown;
    if (!admits(Attribute::nace, state != nullptr ? state->nace() : kUnknown)) continue;
    if (!admits(Attribute::size, state != nullptr ? state->size() : kUnknown)) continue;
    ++tally.counts[i];
  }
  tally.active.reset();
}

}  // namespace regions
