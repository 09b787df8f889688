// plan show, check, next; release --due.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <map>
#include <set>

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

// Columns as wide as what stands in them, two blanks apart.
void print_rows(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] + 2 - row[i].size(), ' ');
    }
    std::cout << line << "\n";
  }
}

std::string text_of(const json::value& object, const char* key) {
  return std::string(object.at(key).as_string());
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
            << plan.at("cell_key").at("variance").to_number<double>() << "; none is 1 or 2\n\n";
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

// Reasons of refused tables that a report shows.
constexpr std::size_t kRefusalsShown = 10;

std::string in_words(const std::string& state) {
  if (state == "existing") return "released before";
  return state == "not_computable" ? "not computable" : state;
}

// The first of each reason; the others are alike.
void print_refusals(const json::object& due) {
  std::set<std::string> shown;
  for (const json::value& line : due.at("lines").as_array()) {
    const std::string reason = text_of(line, "reason");
    if (reason.empty() || shown.size() >= kRefusalsShown || !shown.insert(reason).second) continue;
    std::cout << "refused: " << text_of(line, "table") << " of " << text_of(line, "indicator")
              << ", " << text_of(line, "period") << ": " << reason << "\n";
  }
}

// By method how many tables are in which state, and the cells of those that go out now.
void print_due(const json::object& due) {
  struct Tally {
    std::map<std::string, std::size_t> states;
    std::uint64_t published = 0, withheld = 0;
  };
  std::map<std::string, Tally> methods;
  for (const json::value& line : due.at("lines").as_array()) {
    Tally& tally = methods[text_of(line, "method")];
    ++tally.states[text_of(line, "state")];
    tally.published += line.at("published").to_number<std::uint64_t>();
    tally.withheld += line.at("withheld").to_number<std::uint64_t>();
  }
  std::cout << "tier " << std::string(due.at("tier").as_string()) << ", tables and cells:\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [method, tally] : methods) {
    std::string states;
    for (const auto& [state, count] : tally.states) {
      states += (states.empty() ? "" : ", ") + std::to_string(count) + " " + in_words(state);
    }
    if (tally.published + tally.withheld > 0) {
      states += "; " + std::to_string(tally.published) + " cells out, " +
                std::to_string(tally.withheld) + " withheld";
    }
    rows.push_back({"  " + method, states});
  }
  print_rows(rows);
  print_refusals(due);
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
                                   " tables are due; regionctl release --due states them\n");
  if (not_computable > 0) {
    std::cout << not_computable << " tables cannot be computed from the records\n";
  }
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
