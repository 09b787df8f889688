// query, progress, status, peers, metrics.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "node/regionctl/commands.h"
#include "policies/plan/plan.h"

namespace regions {
namespace {

namespace json = boost::json;

std::string text(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

void print_status(const json::object& status) {
  std::cout << "member " << text(status.at("member")) << " of " << text(status.at("federation"))
            << ": " << (status.at("healthy").as_bool() ? "healthy" : "not healthy") << "\n";
  for (const json::value& reason : status.at("reasons").as_array())
    std::cout << "  " << text(reason) << "\n";
  if (const json::value& roster = status.at("roster"); roster.is_object()) {
    std::cout << "roster " << text(roster.at("roster")) << ": " << text(roster.at("members"))
              << " members, genesis " << text(roster.at("genesis")) << "\n";
  }
  const json::object& log = status.at("log").as_object();
  std::cout << "log: " << text(log.at("size")) << " entries, root " << text(log.at("root"))
            << "\nrecords:";
  for (const auto& [key, value] : status.at("records").as_object()) {
    std::cout << " " << std::string(key) << "=" << text(value);
  }
  std::cout << "\n";
}

Result<bool> status(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/status"));
  const json::object parsed = json::parse(answer).as_object();
  if (invocation.json) {
    std::cout << answer;
  } else {
    print_status(parsed);
  }
  return parsed.at("healthy").as_bool();
}

Result<void> peers(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/peers"));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  const json::value parsed = json::parse(answer);
  for (const json::value& peer : parsed.at("peers").as_array()) {
    std::cout << text(peer.at("member")) << "  " << text(peer.at("state")) << "  size "
              << text(peer.at("size")) << ", verified " << text(peer.at("verified")) << ", pending "
              << text(peer.at("pending")) << ", bad " << text(peer.at("bad"));
    if (!peer.at("reason").as_string().empty())
      std::cout << "  (" << text(peer.at("reason")) << ")";
    std::cout << "\n";
  }
  return {};
}

Result<void> metrics(const Invocation& invocation) {
  TRY(const Bytes answer, call(invocation, "GET", "/v1/metrics"));
  std::cout << answer;
  return {};
}

// "region,programme; region,year,size": what can be asked of an indicator. Empty: nothing, or there
// is no plan.
std::string planned_margins(const Invocation& invocation, const std::string& indicator) {
  const auto answer = call(invocation, "GET", "/v1/plan");
  if (!answer) return "";
  const json::value plan = json::parse(*answer);
  std::string out;
  for (const json::value& table : plan.at("tables").as_array()) {
    const json::array& of = table.at("indicators").as_array();
    if (std::find(of.begin(), of.end(), json::value(indicator)) == of.end()) continue;
    out += (out.empty() ? "" : "; ") + std::string("region,") + text(table.at("period"));
    for (const json::value& dimension : table.at("by").as_array()) out += "," + text(dimension);
  }
  return out;
}

// A node gives one reason for whatever is not planned; what is planned everybody may read.
Error with_margins(const Invocation& invocation, const Params& params, const Error& error) {
  const auto indicator = params.find("indicator");
  if (error.code != Errc::refused || error.context != kNotPlanned || indicator == params.end()) {
    return error;
  }
  const std::string margins = planned_margins(invocation, indicator->second);
  if (margins.empty()) return error;
  return fail(error.code, error.context + "; --by for " + indicator->second + ": " + margins);
}

Result<void> query(const Invocation& invocation, const Params& asked) {
  Params params;
  for (const auto& [key, value] : asked) {
    if (!value.empty()) params[key] = value;
  }
  if (invocation.json && !params.contains("format")) params["format"] = "json";
  const auto answer = call(invocation, "GET", make_target("/v1/query", params));
  if (!answer) return with_margins(invocation, params, answer.error());
  std::cout << *answer;
  return {};
}

Result<void> progress(const Invocation& invocation, const Params& asked) {
  Params params;
  for (const auto& [key, value] : asked) {
    if (!value.empty()) params[key] = value;
  }
  const bool json = params.erase("format") > 0 && asked.at("format") == "json";
  if (json || invocation.json) params["json"] = "1";
  TRY(const Bytes answer, call(invocation, "GET", make_target("/v1/progress", params)));
  std::cout << answer;
  return {};
}

}  // namespace

void add_answers(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  auto asked = std::make_shared<Params>();
  CLI::App* ask =
      commands.add(&commands.app, "query", "a federated answer from verified statements");
  ask->add_option("INDICATOR", (*asked)["indicator"], "such as SME-COOP")->required();
  ask->add_option("--period", (*asked)["period"],
                  "a period or a range, A..B (default: all that were released)");
  ask->add_option("--by", (*asked)["by"],
                  "a planned margin: region, then year, window or programme, then dimensions "
                  "(default: region,year)");
  ask->add_option("--region", (*asked)["region"], "members, separated by commas (default: all)");
  ask->add_option("--format", (*asked)["format"], "table, json or csv (default: table)");
  commands.on(ask, [asked, &invocation] { return query(invocation, *asked); });

  auto compared = std::make_shared<Params>();
  CLI::App* way = commands.add(&commands.app, "progress",
                               "from a baseline towards the aim, comparing like with like");
  way->add_option("INDICATOR", (*compared)["indicator"], "such as SME-COOP")->required();
  way->add_option("--baseline", (*compared)["baseline"], "default: the catalogue's");
  way->add_option("--period", (*compared)["period"], "default: the catalogue's");
  way->add_option("--region", (*compared)["region"], "members, separated by commas (default: all)");
  way->add_option("--format", (*compared)["format"], "table or json (default: table)")
      ->check(CLI::IsMember({"table", "json"}));
  commands.on(way, [compared, &invocation] { return progress(invocation, *compared); });

  CLI::App* health = commands.add(&commands.app, "status",
                                  "is this node healthy, and what it holds (exit 0 or 1)");
  int& exit_code = commands.exit_code;
  health->callback([&invocation, &exit_code] {
    const auto healthy = status(invocation);
    exit_code = healthy ? (*healthy ? kDone : kFailed) : report(healthy.error());
  });

  CLI::App* others = commands.add(&commands.app, "peers", "how far each peer's log is followed");
  commands.on(others, [&invocation] { return peers(invocation); });

  CLI::App* gauges = commands.add(&commands.app, "metrics",
                                  "figures for a monitoring system, in the text format of "
                                  "Prometheus");
  commands.on(gauges, [&invocation] { return metrics(invocation); });
}

}  // namespace regions
