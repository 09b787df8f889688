#include "node/api_operator/release_plan.h"

#include <algorithm>
#include <boost/json.hpp>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "policies/disclosure/limits.h"
#include "policies/disclosure/perturbation_file.h"

namespace regions {
namespace json = boost::json;
namespace {

json::value table_json(const PlannedTable& table) {
  json::array tiers;
  for (const Tier tier : table.tiers) tiers.push_back(json::value(std::string(name(tier))));
  return {{"id", table.id},
          {"indicators", json::value_from(table.indicators)},
          {"period", std::string(name(table.period))},
          {"by", json::value_from(table.by)},
          {"method", std::string(name(table.method))},
          {"tiers", tiers}};
}

// The variance as a number with two decimals.
json::value cell_key_json(const Plan& plan) {
  return {{"D", plan.cell_key.d},
          {"variance", static_cast<double>(plan.cell_key.variance_hundredths) / 100}};
}

const char* name_of(OwnTier::Why why) {
  switch (why) {
    case OwnTier::Why::given:
      return "given";
    case OwnTier::Why::frozen:
      return "frozen";
    case OwnTier::Why::counted:
      return "counted";
    case OwnTier::Why::baseline_runs:
      break;
  }
  return "baseline_runs";
}

json::value tier_json(const OwnTier& own) {
  return {{"tier", std::string(name(own.tier))}, {"why", name_of(own.why)}};
}

// A table of noise that the operator gives in place of the generated one.
Result<std::optional<PerturbationTable>> load_noise(const Home& home) {
  std::error_code ignored;
  if (!std::filesystem::exists(home.perturbation(), ignored)) {
    return std::optional<PerturbationTable>();
  }
  TRY(const Bytes text, read_file(home.perturbation(), kPerturbationFileBytesMax));
  TRY(auto table, parse_perturbation_table(home.perturbation().string(), text));
  return std::optional(std::move(table));
}

}  // namespace

Result<std::shared_ptr<const AdoptedPlan>> load_release_plan(const Home& home,
                                                             const Catalogue& catalogue,
                                                             const VerifiedRoster& roster) {
  const auto& named = roster.roster().release_plan;
  if (!named) return std::shared_ptr<const AdoptedPlan>();
  std::string file = "the built-in release plan";
  Bytes text(default_plan_toml());
  std::error_code ignored;
  if (std::filesystem::exists(home.plan(), ignored)) {
    file = home.plan().string();
    TRY(text, read_file(home.plan(), kConfigBytesMax));
  }
  TRY(auto noise, load_noise(home));
  const std::string noise_file = noise ? home.perturbation().string() : "";
  auto read = read_plan(file, text, catalogue, std::move(noise));
  if (!read && !noise_file.empty()) return read.error().in(noise_file);
  TRY(AdoptedPlan adopted, std::move(read));
  if (adopted.digest != *named) {
    return fail(Errc::mismatch, file + ": its digest is " + adopted.digest.hex() +
                                    ", the roster names " + named->hex() +
                                    "; put the federation's plan into " + home.plan().string());
  }
  return std::make_shared<const AdoptedPlan>(std::move(adopted));
}

std::string plan_json(const AdoptedPlan& adopted, const std::optional<OwnTier>& own) {
  const Plan& plan = adopted.plan;
  json::array tables;
  for (const PlannedTable& table : plan.tables) tables.push_back(table_json(table));
  const json::value out = {{"format", "regions4.plan/1"},
                           {"id", plan.id},
                           {"digest", adopted.digest.hex()},
                           {"from", plan.from},
                           {"until", plan.until},
                           {"baseline", plan.baseline.text()},
                           {"m_from", plan.m_from},
                           {"l_from", plan.l_from},
                           {"cell_key", cell_key_json(plan)},
                           {"own_tier", own ? tier_json(*own) : json::value(nullptr)},
                           {"tables", tables}};
  return json::serialize(out) + "\n";
}

bool goes_out_by_plan(const AdoptedPlan* adopted, const std::string& indicator,
                      const std::string& text, const std::string& table) {
  const auto period = Period::parse(text);
  if (adopted == nullptr || !period) return false;
  const auto& tables = adopted->plan.tables;
  const auto asked = [&](const PlannedTable& one) {
    const auto& named = one.indicators;
    return one.period == period->kind() && (table.empty() || one.id == table) &&
           std::find(named.begin(), named.end(), indicator) != named.end();
  };
  const auto is_headline = [&](const PlannedTable& one) {
    return asked(one) && one.method == Method::exact;
  };
  return std::any_of(tables.begin(), tables.end(), asked) &&
         std::none_of(tables.begin(), tables.end(), is_headline);
}

Error not_due(const AdoptedPlan& adopted, const DueChoice& choice) {
  const auto period = Period::parse(choice.period);
  if (!period || !adopted.plan.covers(*period)) {
    return fail(Errc::refused, std::string(kNotPlanned));
  }
  return fail(Errc::refused, choice.indicator + " " + choice.period +
                                 " goes out by plan, where the region's tier has it and once the "
                                 "period has ended; nothing was stated. regionctl plan next says "
                                 "what is due");
}

}  // namespace regions
