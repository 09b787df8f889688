// plan show, check, next; release --due.
#include <boost/json.hpp>
#include <iomanip>
#include <iostream>
#include <map>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/publish/adopted_plan.h"
#include "node/regionctl/commands.h"

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

void print_table(const json::object& table) {
  const auto text = [&](const char* key) { return std::string(table.at(key).as_string()); };
  std::cout << std::left << std::setw(26) << text("id") << std::setw(11) << text("period")
            << std::setw(10) << text("method") << std::setw(7)
            << joined(table.at("tiers").as_array()) << std::setw(30)
            << joined(table.at("by").as_array()) << joined(table.at("indicators").as_array())
            << "\n";
}

Result<void> show(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/plan"));
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
            << plan.at("cell_key").at("variance").to_number<double>() << "; none is 1 or 2\n\n"
            << std::left << std::setw(26) << "table" << std::setw(11) << "period" << std::setw(10)
            << "method" << std::setw(7) << "tiers" << std::setw(30) << "by"
            << "indicators\n";
  for (const json::value& table : plan.at("tables").as_array()) print_table(table.as_object());
  return {};
}

Result<void> check_file(const std::string& file) {
  TRY(const Bytes text, read_file(file, kConfigBytesMax));
  TRY(const AdoptedPlan adopted, read_plan(file, text, Catalogue::builtin()));
  std::cout << "release plan " << adopted.plan.id << " holds to the rules; digest "
            << adopted.digest.hex() << "\n";
  return {};
}

// What of the lines was in which state, by method.
void print_due(const json::object& due) {
  std::map<std::string, std::map<std::string, std::size_t>> tally;
  std::map<std::string, std::uint64_t> published, withheld;
  for (const json::value& line : due.at("lines").as_array()) {
    const std::string method(line.at("method").as_string());
    ++tally[method][std::string(line.at("state").as_string())];
    published[method] += line.at("published").to_number<std::uint64_t>();
    withheld[method] += line.at("withheld").to_number<std::uint64_t>();
  }
  std::cout << "tier " << std::string(due.at("tier").as_string()) << "\n";
  for (const auto& [method, states] : tally) {
    std::cout << method << ":";
    for (const auto& [state, count] : states) std::cout << " " << count << " " << state;
    std::cout << "; cells " << published[method] << " out, " << withheld[method] << " withheld\n";
  }
}

Result<void> next(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "POST", "/v1/release/due?dry_run=1"));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value due = json::parse(answer);
  std::size_t count = 0;
  for (const json::value& line : due.at("lines").as_array()) {
    if (line.at("state").as_string() != "due") continue;
    ++count;
    std::cout << std::left << std::setw(11) << std::string(line.at("period").as_string())
              << std::setw(26) << std::string(line.at("table").as_string()) << std::setw(20)
              << std::string(line.at("indicator").as_string())
              << std::string(line.at("method").as_string()) << "\n";
  }
  std::cout << count << " tables are due; regionctl release --due states them\n";
  return {};
}

}  // namespace

Result<void> release_due(const Invocation& invocation, const std::string& period, bool dry_run) {
  Params params;
  if (!period.empty()) params["period"] = period;
  if (dry_run) params["dry_run"] = "1";
  TRY(const Bytes answer, call(invocation, "POST", make_target("/v1/release/due", params)));
  if (invocation.json) {
    std::cout << answer;
  } else {
    print_due(json::parse(answer).as_object());
  }
  return {};
}

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
