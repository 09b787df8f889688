// plan show, check, next.
#include <boost/json.hpp>
#include <iostream>
#include <map>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/publish/adopted_plan.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/rows.h"

namespace regions {
namespace {

namespace json = boost::json;

std::string joined(const json::array& words) {
  std::string out;
  for (const json::value& word : words) {
    out += (out.empty() ? "" : ",") + std::string(word.as_string());
  }
  return out.empty() ? "-" : out;
}

// "this region is of tier M, frozen". Other regions' tiers only they know, and a node without its
// key set has none yet.
std::string own_tier(const json::value& own) {
  if (!own.is_object()) return "this region has no tier before its key set is installed";
  static const std::map<std::string, std::string> kWhy = {
      {"given", "given by the plan"},
      {"frozen", "frozen"},
      {"counted", "as the records are now; frozen with the first release --due"},
      {"baseline_runs", "until the window that tiers are counted in has ended"}};
  return "this region is of tier " + text_of(own, "tier") + ", " + kWhy.at(text_of(own, "why"));
}

Result<void> show(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/plan?tier=1"));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value plan = json::parse(answer);
  std::cout << "release plan " << std::string(plan.at("id").as_string()) << ", " << plan.at("from")
            << " to " << plan.at("until") << ", digest "
            << std::string(plan.at("digest").as_string()) << "\ntiers by ENT-COOP "
            << std::string(plan.at("baseline").as_string()) << ": M from " << plan.at("m_from")
            << ", L from " << plan.at("l_from") << "\nnoise of every value by cell key: at most "
            << plan.at("cell_key").at("D") << " either way, variance "
            << plan.at("cell_key").at("variance").to_number<double>() << "; none is 1 or 2\n"
            << own_tier(plan.at("own_tier")) << "\n\n";
  std::vector<std::vector<std::string>> rows = {
      {"table", "period", "method", "tiers", "by", "indicators"}};
  for (const json::value& table : plan.at("tables").as_array()) {
    rows.push_back({text_of(table, "id"), text_of(table, "period"), text_of(table, "method"),
                    joined(table.at("tiers").as_array()), joined(table.at("by").as_array()),
                    joined(table.at("indicators").as_array())});
  }
  print_rows(rows);
  return {};
}

Result<void> check_file(const std::string& file) {
  TRY(const Bytes text, read_file(file, kConfigBytesMax));
  TRY(const AdoptedPlan adopted, read_plan(file, text, Catalogue::builtin()));
  std::cout << "release plan " << adopted.plan.id << " holds to the rules; digest "
            << adopted.digest.hex() << "\n";
  return {};
}

Result<void> next(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "POST", "/v1/release/due?dry_run=1"));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value due = json::parse(answer);
  std::vector<std::vector<std::string>> rows;
  std::size_t not_computable = 0;
  for (const json::value& line : due.at("lines").as_array()) {
    if (text_of(line, "state") == "not_computable") ++not_computable;
    if (text_of(line, "state") != "due") continue;
    rows.push_back({text_of(line, "period"), text_of(line, "table"), text_of(line, "indicator"),
                    text_of(line, "method")});
  }
  print_rows(rows);
  std::cout << (rows.empty() ? "nothing is due\n"
                             : std::to_string(rows.size()) +
                                   " tables are due; regionctl release --due --dry-run shows "
                                   "them, without --dry-run it states them\n");
  if (not_computable > 0) {
    std::cout << not_computable << " tables cannot be computed from the records\n";
  }
  return {};
}

}  // namespace

void add_plan(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  CLI::App* plan = commands.add(&commands.app, "plan", "the federation's release plan");
  plan->require_subcommand(1);
  CLI::App* shown = commands.add(plan, "show", "print the plan that the roster names");
  commands.on(shown, [&invocation] { return show(invocation); });
  auto file = std::make_shared<std::string>();
  CLI::App* checked = commands.add(plan, "check", "hold a plan file against the rules");
  checked->add_option("FILE", *file, "a file of format regions4.plan/1")->required();
  commands.on(checked, [file] { return check_file(*file); });
  CLI::App* to_come = commands.add(plan, "next", "what is due and not released yet");
  commands.on(to_come, [&invocation] { return next(invocation); });
}

}  // namespace regions
