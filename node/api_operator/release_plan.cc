#include "node/api_operator/release_plan.h"

#include <boost/json.hpp>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/publish/publisher.h"

namespace regions {
namespace json = boost::json;
namespace {

json::array strings(const std::vector<std::string>& all) {
  json::array out;
  for (const std::string& one : all) out.push_back(json::value(one));
  return out;
}

json::value table_json(const PlannedTable& table) {
  json::array tiers;
  for (const Tier tier : table.tiers) tiers.push_back(json::value(std::string(name(tier))));
  return {{"id", table.id},
          {"indicators", strings(table.indicators)},
          {"period", std::string(name(table.period))},
          {"by", strings(table.by)},
          {"method", std::string(name(table.method))},
          {"tiers", tiers}};
}

const char* name_of(DueLine::State state) {
  switch (state) {
    case DueLine::State::released:
      return "released";
    case DueLine::State::existing:
      return "existing";
    case DueLine::State::not_computable:
      return "not_computable";
    case DueLine::State::refused:
      return "refused";
    case DueLine::State::would_release:
      break;
  }
  return "due";
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
  TRY(Plan plan, parse_plan(file, text, catalogue));
  TRY(AdoptedPlan adopted, AdoptedPlan::make(std::move(plan), catalogue));
  if (adopted.digest != *named) {
    return fail(Errc::mismatch, file + ": its digest is " + adopted.digest.hex() +
                                    ", the roster names " + named->hex() +
                                    "; put the federation's plan into " + home.plan().string());
  }
  return std::make_shared<const AdoptedPlan>(std::move(adopted));
}

std::string plan_json(const AdoptedPlan& adopted) {
  const Plan& plan = adopted.plan;
  json::array tables;
  for (const PlannedTable& table : plan.tables) tables.push_back(table_json(table));
  const json::value out = {
      {"format", "regions4.plan/1"}, {"id", plan.id},         {"digest", adopted.digest.hex()},
      {"from", plan.from},           {"until", plan.until},   {"baseline", plan.baseline.text()},
      {"m_from", plan.m_from},       {"l_from", plan.l_from}, {"tables", tables}};
  return json::serialize(out) + "\n";
}

std::string due_json(const DueReport& report, bool dry_run) {
  json::array lines;
  for (const DueLine& line : report.lines) {
    const bool logged = line.release.has_value();
    lines.push_back(
        {{"table", line.table},
         {"indicator", line.indicator},
         {"period", line.period},
         {"method", line.method},
         {"state", name_of(line.state)},
         {"published", line.published},
         {"withheld", line.withheld},
         {"release", logged ? json::value(line.release->id.hex()) : json::value(nullptr)},
         {"log_index", logged ? json::value(line.release->index) : json::value(nullptr)}});
  }
  const json::value out = {{"format", "regions4.due/1"},
                           {"tier", std::string(name(report.tier))},
                           {"dry_run", dry_run},
                           {"lines", lines}};
  return json::serialize(out) + "\n";
}

}  // namespace regions
