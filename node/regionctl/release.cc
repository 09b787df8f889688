// release, for one headline and for what the plan asks for.
#include <boost/json.hpp>
#include <iostream>
#include <map>
#include <set>

#include "node/regionctl/commands.h"
#include "node/regionctl/dry_run.h"
#include "node/regionctl/rows.h"

namespace regions {
namespace {

namespace json = boost::json;

// Reasons of refused tables that a report shows.
constexpr std::size_t kRefusalsShown = 10;

std::string in_words(const std::string& state) {
  if (state == "existing") return "released before";
  return state == "not_computable" ? "not computable" : state;
}

// The first of each reason, and how many more there are.
void print_refusals(const json::object& due) {
  std::set<std::string> shown;
  std::size_t more = 0, other = 0;  // tables that are not shown, and of them for other reasons
  for (const json::value& line : due.at("lines").as_array()) {
    const std::string reason = text_of(line, "reason");
    if (reason.empty()) continue;
    if (shown.contains(reason) || shown.size() >= kRefusalsShown) {
      ++more;
      if (!shown.contains(reason)) ++other;
      continue;
    }
    shown.insert(reason);
    std::cout << (text_of(line, "state") == "existing" ? "stands: " : "refused: ")
              << text_of(line, "table") << " of " << text_of(line, "indicator") << ", "
              << text_of(line, "period") << ": " << reason << "\n";
  }
  if (more == 0) return;
  std::cout << "and " << more << " more tables, "
            << (other == 0 ? "for the same reasons"
                           : std::to_string(other) + " of them for other reasons")
            << ": --json\n";
}

// By method how many tables are in which state, and the cells of those that go out now.
void print_due(const json::object& due) {
  struct Tally {
    std::map<std::string, std::size_t> states;
    std::uint64_t published = 0, withheld = 0;
  };
  std::map<std::string, Tally> methods;
  bool any_before = false;
  for (const json::value& line : due.at("lines").as_array()) {
    any_before = any_before || text_of(line, "state") == "existing";
    Tally& tally = methods[text_of(line, "method")];
    ++tally.states[text_of(line, "state")];
    if (!line.as_object().contains("cells")) continue;  // what is out already is not told again
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
  if (any_before) {
    std::cout << "what was released before stays as it is, whatever the records say now; --revise "
                 "brings it up to date as far as the rules let\n";
  }
  print_refusals(due);
  std::cout << missing_text(due.at("years_without_records").as_array());
}

// The call that asks for the same without a dry run.
std::string command_of(const Params& params) {
  const auto indicator = params.find("indicator");
  std::string out =
      "regionctl release " + (indicator == params.end() ? "--due" : indicator->second);
  if (params.contains("revise")) out += " --revise";
  for (const std::string name : {"period", "table"}) {
    if (const auto at = params.find(name); at != params.end())
      out += " --" + name + " " + at->second;
  }
  return out;
}

// The tables, and by what they may be let out as they are.
void print_dry_run(const json::object& due, const Params& params) {
  const std::string tables = shown_tables(due);
  if (tables.empty()) return;
  std::cout
      << "\nas peers would see them (c withheld, p provisional); why something is withheld is "
         "for you alone\n"
      << tables << shown_amounts(due) << "\nnothing was stated; to state exactly this:\n"
      << command_of(params) << " --confirm " << std::string(due.at("digest").as_string()) << "\n";
}

void print_due(const json::object& due, const Params& params) {
  print_due(due);
  if (params.contains("dry_run")) print_dry_run(due, params);
}

// Of tables that were asked for by their name: refused where nothing of them goes out. Among all
// that is due that is no failure, a correction that must not be is nothing wrong.
int exit_of(const json::object& due) {
  std::set<std::string> states;
  for (const json::value& line : due.at("lines").as_array()) states.insert(text_of(line, "state"));
  const bool some = states.contains("released") || states.contains("due");
  return states.contains("refused") && !some ? kFailed : kDone;
}

Result<int> release_due(const Invocation& invocation, const Params& params) {
  TRY(const Bytes answer, call(invocation, "POST", make_target("/v1/release/due", params)));
  if (invocation.json) {
    std::cout << answer;
  } else {
    print_due(json::parse(answer).as_object(), params);
  }
  return kDone;
}

struct ReleaseCommand {
  std::string indicator;
  std::optional<std::string> period;
  std::optional<std::string> table;
  std::optional<std::string> confirm;
  bool dry_run = false;
  bool due = false;
  bool revise = false;

  Params params() const {
    Params out;
    if (!indicator.empty()) out["indicator"] = indicator;
    // Given and empty is not the same as absent: a script whose variable is empty confirms nothing.
    if (period) out["period"] = *period;
    if (table) out["table"] = *table;
    if (confirm) out["confirm"] = *confirm;
    if (dry_run) out["dry_run"] = "1";
    if (revise) out["revise"] = "1";
    return out;
  }
};

// What an operator should know before the figure is fixed.
void print_dry_run(const json::object& release) {
  const json::value& reason = release.at("reason");
  if (reason.is_string()) std::cout << " (" << std::string(reason.as_string()) << ")";
  std::cout << ", as peers would see it; nothing was stated\n";
  const std::string period(release.at("period").as_string());
  if (release.at("existing").as_bool()) {
    std::cout << "  it was released before and stays as it is\n";
  } else if (release.at("behind").as_bool()) {
    std::cout << "  the other headline of " << period
              << " has fixed it; the records changed since, by too little to decide anew\n";
  } else if (release.at("decided_before").as_bool()) {
    std::cout << "  the headlines of " << period << " were decided before\n";
  } else if (release.at("supersedes").is_string()) {
    std::cout << "  it corrects release " << text_of(release, "supersedes") << "\n";
  } else {
    std::cout << "  a release fixes both headlines of " << period
              << (release.at("provisional").as_bool() ? ", and the year has not ended" : "")
              << "\n";
  }
  if (!release.at("existing").as_bool()) {
    std::cout << "  decided together: " << decided_text(release.at("decides").as_array())
              << "; the digest covers all of it\n";
  }
  std::cout << near_text(release.at("near").as_array(), !release.at("reason").is_string());
  const json::value& cell = release.at("cells").as_array().at(0);
  std::cout << "  method " << std::string(release.at("method").as_string()) << ", obs_status "
            << std::string(cell.at("obs_status").as_string()) << ", conf_status "
            << std::string(cell.at("conf_status").as_string()) << "\n";
  const json::object& coverage = release.at("coverage").as_object();
  std::cout << "  the records: " << coverage.at("enterprises") << " enterprises, "
            << coverage.at("unknown_place") << " of unknown place, " << coverage.at("known_nace")
            << " of known NACE; " << coverage.at("own_cooperations") << " cooperations, "
            << coverage.at("undated") << " without a start or an end\n";
  if (release.at("existing").as_bool()) return;
  std::cout << "  to state exactly this: regionctl release "
            << std::string(release.at("indicator").as_string()) << " --period " << period
            << " --confirm " << std::string(release.at("digest").as_string()) << "\n";
}

void print_released(const json::object& release) {
  std::cout << (release.at("existing").as_bool() ? ", released before" : ", released")
            << " as entry " << release.at("log_index") << ", statement "
            << std::string(release.at("release").as_string()) << "\n";
  if (release.at("supersedes").is_string() && !release.at("existing").as_bool()) {
    std::cout << "  in place of " << text_of(release, "supersedes") << "\n";
  }
  if (release.at("provisional").as_bool() && !release.at("existing").as_bool()) {
    std::cout << "  the year has not ended; both its headlines are fixed as the records are now\n";
  }
}

void print_release(const json::object& release, bool dry_run) {
  const json::object& cell = release.at("cells").as_array().at(0).as_object();
  std::cout << std::string(release.at("indicator").as_string()) << " "
            << std::string(release.at("period").as_string()) << ": ";
  if (cell.at("value").is_null()) {
    std::cout << "withheld";
  } else {
    std::cout << cell.at("value")
              << (cell.at("obs_status").as_string() == "P" ? " (provisional)" : "");
  }
  if (dry_run) {
    print_dry_run(release);
  } else {
    print_released(release);
  }
  if (release.at("without_records").as_bool()) {
    std::cout << missing_text({json::value(text_of(release, "period"))});
  }
}

Result<int> release(const Invocation& invocation, const ReleaseCommand& command) {
  if (command.due && command.indicator.empty() && !command.table) {
    return release_due(invocation, command.params());
  }
  if (command.revise && !command.due) {
    return fail(Errc::invalid_input, "--revise: goes with --due (and --period for some of it)");
  }
  if (command.due || command.indicator.empty() || !command.period) {
    return fail(Errc::invalid_input,
                "INDICATOR and --period expected, or --due without INDICATOR and --table");
  }
  TRY(const Bytes answer, call(invocation, "POST", make_target("/v1/release", command.params())));
  const json::object said = json::parse(answer).as_object();
  const bool is_planned = text_of(said, "format") == "regions4.due/1";
  if (invocation.json) {
    std::cout << answer;
  } else if (is_planned) {
    print_due(said, command.params());
  } else {
    print_release(said, command.dry_run);
  }
  return is_planned ? exit_of(said) : kDone;
}

}  // namespace

void add_release(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  auto out = std::make_shared<ReleaseCommand>();
  CLI::App* let_out =
      commands.add(&commands.app, "release", "state protected figures to the federation");
  let_out->add_option("INDICATOR", out->indicator,
                      "SME-COOP or ENT-COOP of a year, or what the plan has of any indicator");
  let_out->add_option("--period", out->period,
                      "one period, such as 2018 or 2018-2020; with --due periods of these years "
                      "alone, A..B");
  let_out->add_option("--table", out->table, "with INDICATOR one table of the plan alone");
  let_out->add_flag("--due", out->due, "everything that the release plan asks for by now");
  let_out->add_flag("--revise", out->revise,
                    "with --due also what would say something else by now, once a year");
  CLI::Option* dry =
      let_out->add_flag("--dry-run", out->dry_run, "show what peers would see, state nothing");
  let_out
      ->add_option("--confirm", out->confirm,
                   "the digest that a dry run showed: state exactly that, or refuse")
      ->excludes(dry);
  commands.on_verdict(let_out, [out, &invocation] { return release(invocation, *out); });
}

}  // namespace regions
