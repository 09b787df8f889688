#include "node/tables/summary.h"

#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

namespace json = boost::json;

// More findings than these are in the report.
constexpr std::size_t kFindingsShown = 20;

std::string_view method_name(PatternMethod method) {
  switch (method) {
    case PatternMethod::optimum:
      return "optimum";
    case PatternMethod::incumbent:
      return "incumbent";
    case PatternMethod::repair:
      return "repair";
    case PatternMethod::none:
      break;
  }
  return "none";
}

json::object cost_json(const Assembly& assembly, const Pattern& withheld) {
  const PatternCost cost = cost_of(assembly, withheld);
  return {{"primaries", cost.primaries},
          {"secondaries", cost.secondaries},
          {"cost", format_value(cost.worth, assembly.worth_decimals)}};
}

json::array findings_json(const BuiltTable& built, const CellReport& report) {
  json::array all;
  for (const Finding& finding : report.findings) {
    if (all.size() == kFindingsShown) break;
    const auto number = [&](std::int64_t value) {
      return format_value(value, built.table.decimals);
    };
    all.push_back(json::object{{"cell", built.table.name(finding.cell)},
                               {"cells", finding.cells},
                               {"inferred_by", finding.who},
                               {"level_below", number(finding.level.lower)},
                               {"level_above", number(finding.level.upper)},
                               {"left_below", number(finding.below)},
                               {"left_above", number(finding.above)}});
  }
  return all;
}

json::array names(const BuiltTable& built, const std::vector<CellId>& cells) {
  json::array all;
  for (const CellId cell : cells) all.push_back(json::value(built.table.name(cell)));
  return all;
}

json::object protected_json(const BuiltTable& built, Convention convention, const Protected& made) {
  const Suppression& found = made.suppression;
  json::object out = cost_json(*made.assembly, found.withheld);
  out["method"] = std::string(method_name(found.method));
  out["objective"] = found.cost;
  out["bound"] = found.bound;
  out["gap"] = found.cost > 0 ? (found.cost - found.bound) / found.cost : 0.0;
  out["programs"] = found.programs;
  out["cuts"] = found.cuts;
  out["nodes"] = found.nodes;
  out["guards_for_insiders"] = made.insiders;
  out["guards_for_sums"] = made.told_sums;
  out["insiders"] = !made.owners_only                ? "all"
                    : convention == Convention::full ? "owners of whole cells only"
                                                     : "sums of two cells only";
  out["disclosed"] = names(built, made.report.disclosed);
  return out;
}

// What the full pattern costs beyond the other, both as the other convention counts costs and
// unsafe cells.
json::value extra_cost(const Protected& made, const Protected& full) {
  const Assembly& assembly = *made.assembly;
  const std::int64_t extra = cost_of(assembly, full.suppression.withheld).worth -
                             cost_of(assembly, made.suppression.withheld).worth;
  return json::value(format_value(extra, assembly.worth_decimals));
}

json::object attacked_json(const BuiltTable& built, const Attacked& attacked) {
  json::object out = cost_json(*attacked.assembly, attacked.withheld);
  out["safe"] = attacked.report.findings.empty();
  out["unsafe"] = attacked.report.findings.size();
  out["findings"] = findings_json(built, attacked.report);
  out["disclosed"] = names(built, attacked.report.disclosed);
  out["programs"] = attacked.programs;
  return out;
}

}  // namespace

json::object summary_of(const ProtectSummary& summary) {
  const BuiltTable& built = *summary.built;
  json::object out = protected_json(built, summary.convention, *summary.made);
  out["convention"] = std::string(name(summary.convention));
  out["cells"] = built.table.cells().size();
  out["equations"] = built.table.equations().size();
  if (summary.published != nullptr) out["published"] = attacked_json(built, *summary.published);
  if (summary.full != nullptr) {
    json::object full = protected_json(built, Convention::full, *summary.full);
    full["extra_cost"] = extra_cost(*summary.made, *summary.full);
    out["full"] = std::move(full);
  }
  if (!summary.full_refused.empty()) out["full_refused"] = summary.full_refused;
  return out;
}

json::object summary_of(const BuiltTable& built, Convention convention, const Attacked& attacked) {
  json::object out = attacked_json(built, attacked);
  out["convention"] = std::string(name(convention));
  out["cells"] = built.table.cells().size();
  out["equations"] = built.table.equations().size();
  return out;
}

}  // namespace regions
