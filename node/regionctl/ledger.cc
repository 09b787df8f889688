// withdraw; ledger show, forget, erase-members.
#include <boost/json.hpp>
#include <chrono>
#include <iostream>

#include "node/ledger/limits.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/dry_run.h"
#include "node/regionctl/rows.h"

namespace regions {
namespace {

namespace json = boost::json;

std::string day_text(const json::value& seconds) {
  using namespace std::chrono;
  const auto at = sys_seconds(std::chrono::seconds(seconds.to_number<std::int64_t>()));
  const year_month_day day(floor<days>(at));
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

std::string number(const json::value& value) { return json::serialize(value); }

Result<void> withdraw(const Invocation& invocation, const std::string& id,
                      const std::string& reason) {
  const Params params{{"release", id}, {"reason", reason}};
  TRY(const Bytes answer, call(invocation, "POST", make_target("/v1/withdraw", params)));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value done = json::parse(answer);
  const json::value& withdrawn = done.at("withdrawn");
  std::cout << text_of(done, "table") << " of " << text_of(done, "indicator") << ", "
            << text_of(done, "period") << ": "
            << (done.at("existing").as_bool() ? "withdrawn before" : "withdrawn") << " as entry "
            << withdrawn.at("log_index") << ", " << text_of(withdrawn, "reason") << "\n";
  if (done.at("holds_now").is_string()) {
    std::cout << (done.at("superseded").as_bool() ? "  a later release held and still holds: "
                                                  : "  the release before it holds again: ")
              << text_of(done, "holds_now") << "\n";
  } else {
    std::cout << "  no release of it holds; what was published stays known\n";
  }
  return {};
}

std::string state_text(const json::value& one) {
  const json::value& withdrawn = one.at("withdrawn");
  if (withdrawn.is_null()) return text_of(one, "state");
  return "withdrawn " + day_text(withdrawn.at("at")) + ", " + text_of(withdrawn, "reason");
}

Result<void> show(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/ledger"));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value ledger = json::parse(answer);
  std::vector<std::vector<std::string>> rows = {{"entry", "indicator", "period", "table", "version",
                                                 "released", "out", "withheld", "by", "release",
                                                 "state"}};
  for (const json::value& one : ledger.at("releases").as_array()) {
    rows.push_back({number(one.at("log_index")), text_of(one, "indicator"), text_of(one, "period"),
                    text_of(one, "table"), number(one.at("version")), day_text(one.at("at")),
                    number(one.at("published")), number(one.at("withheld")), text_of(one, "by"),
                    text_of(one, "release"), state_text(one)});
  }
  print_rows(rows);
  for (const json::value& one : ledger.at("refusals").as_array()) {
    std::cout << "refused " << one.at("times") << " times, last on " << day_text(one.at("last_at"))
              << ": " << text_of(one, "table") << " of " << text_of(one, "indicator") << ", "
              << text_of(one, "period") << ": " << text_of(one, "reason") << "\n";
  }
  for (const json::value& one : ledger.at("amounts").as_array()) {
    std::cout << "decided on " << day_text(one.at("at")) << ": amounts of "
              << text_of(one, "indicator") << ", decision " << one.at("decision") << ": "
              << one.at("published") << " cells out, " << one.at("withheld") << " withheld ("
              << text_of(one, "method") << "), " << one.at("disclosed").as_array().size()
              << " figures that earlier releases had told\n";
  }
  std::cout << near_text(ledger.at("near").as_array(), true);
  return {};
}

void print_figures(const json::value& figures, const std::string& what) {
  for (const json::value& one : figures.as_array()) {
    std::cout << "  " << what << ": " << text_of(one, "table") << " of "
              << text_of(one, "indicator") << ", " << text_of(one, "period") << "\n";
  }
}

// From standard input: what is typed as an argument stands in the history of the shell. The node
// says how many ids are too many.
std::string ids_from_input() {
  std::string ids, line;
  for (std::size_t read = 0; read <= kForgottenAtOnceMax && std::getline(std::cin, line);) {
    if (line.empty() || line == "\r") continue;
    ids += line + "\n";
    ++read;
  }
  return ids;
}

// Those that stand in a decision are taken out in any case; one that does not is an error.
Result<void> forget(const Invocation& invocation, bool dry_run) {
  const Params params = dry_run ? Params{{"dry_run", "1"}} : Params{};
  TRY(const Bytes answer,
      call(invocation, "POST", make_target("/v1/ledger/forget", params), ids_from_input()));
  const json::value told = json::parse(answer);
  std::size_t decisions = 0, place = 0;
  std::string unknown;
  for (const json::value& one : told.at("decisions").as_array()) {
    ++place;
    decisions += one.to_number<std::size_t>();
    if (one == 0) unknown += (unknown.empty() ? "" : ", ") + std::to_string(place);
  }
  if (invocation.json) {
    std::cout << answer;
  } else {
    std::cout << (dry_run ? "would be taken out of " : "taken out of ") << decisions
              << " decisions\n";
    print_figures(told.at("stand"), "can be corrected no more");
    print_figures(told.at("harder"), "a correction takes one more holding for each that is gone");
  }
  if (unknown.empty()) return {};
  return fail(Errc::not_found, "number " + unknown +
                                   " of the ids is in no decision: it was counted in none, taken "
                                   "out before, or is not the id of a holding. The others were "
                                   "not held up by it");
}

struct EraseOptions {
  std::string year, indicator, decision;
  bool dry_run = false;
};

Result<void> erase_members(const Invocation& invocation, const EraseOptions& options) {
  Params params;
  if (!options.year.empty()) params["period"] = options.year;
  if (!options.indicator.empty()) params["indicator"] = options.indicator;
  if (!options.decision.empty()) params["decision"] = options.decision;
  if (options.dry_run) params["dry_run"] = "1";
  TRY(const Bytes answer, call(invocation, "POST", make_target("/v1/ledger/erase", params)));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value done = json::parse(answer);
  const json::array& decisions = done.at("decisions").as_array();
  for (const json::value& one : decisions) {
    std::cout << (options.dry_run ? "would erase " : "erased ") << one.at("tags")
              << " tags of decision " << one.at("number") << "\n";
  }
  if (decisions.empty()) std::cout << "no tags are left there\n";
  print_figures(done.at("stand"), "can be corrected no more");
  return {};
}

void add_erase_members(Commands& commands, CLI::App* ledger) {
  const Invocation& invocation = commands.invocation;
  auto options = std::make_shared<EraseOptions>();
  CLI::App* erased = commands.add(
      ledger, "erase-members",
      "erase by whom a year's headlines, or a decision about amounts, were made up; its figures "
      "can never be corrected after that, only withdrawn");
  CLI::Option* year = erased->add_option("--period", options->year,
                                         "the year whose headlines they are, in all versions; who "
                                         "came too near to them is erased too");
  CLI::Option* indicator =
      erased->add_option("--indicator", options->indicator, "the amount, with --decision");
  CLI::Option* decision = erased->add_option("--decision", options->decision,
                                             "the number of the decision: regionctl ledger show");
  indicator->needs(decision)->excludes(year);
  decision->needs(indicator);
  erased->add_flag("--dry-run", options->dry_run, "say what would be erased, erase nothing");
  commands.on(erased, [options, &invocation] { return erase_members(invocation, *options); });
}

}  // namespace

void add_ledger(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  auto id = std::make_shared<std::string>(), reason = std::make_shared<std::string>();
  CLI::App* back = commands.add(&commands.app, "withdraw", "state that a release holds no longer");
  back->add_option("ID", *id, "the release, 64 hex digits: regionctl ledger show")->required();
  back->add_option("--reason", *reason,
                   "error-in-records, error-in-computation or legal-obligation")
      ->required();
  commands.on(back, [id, reason, &invocation] { return withdraw(invocation, *id, *reason); });

  CLI::App* ledger =
      commands.add(&commands.app, "ledger", "what was decided here; for the operator alone");
  ledger->require_subcommand(1);
  CLI::App* shown = commands.add(ledger, "show", "every release, withdrawal and refusal");
  commands.on(shown, [&invocation] { return show(invocation); });
  CLI::App* gone = commands.add(ledger, "forget",
                                "take holdings (an enterprise without one: its register id), whose "
                                "ids are read from standard "
                                "input, one a line, out of what they would be recognised by; "
                                "amounts that counted them can be "
                                "corrected no more (exit 1 where an id is in no decision)");
  auto dry_run = std::make_shared<bool>();
  gone->add_flag("--dry-run", *dry_run, "say what that costs, take nothing out");
  commands.on(gone, [dry_run, &invocation] { return forget(invocation, *dry_run); });
  add_erase_members(commands, ledger);
  add_ledger_witnesses(commands, ledger);
}

}  // namespace regions
