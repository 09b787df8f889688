#include "node/api_operator/ledger_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "node/api_operator/operator_api.h"
#include "node/api_operator/replies.h"
#include "node/api_operator/shown.h"
#include "node/ledger/limits.h"
#include "node/publish/withdrawal_reason.h"
#include "node/records/limits.h"

namespace regions {
namespace json = boost::json;
namespace {

json::value or_null(const std::optional<Digest>& digest) {
  return digest ? json::value(digest->hex()) : json::value(nullptr);
}

json::object amounts_json(const AmountDecision& one) {
  const auto published =
      std::count_if(one.cells.begin(), one.cells.end(),
                    [](const DecidedAmount& amount) { return amount.value.has_value(); });
  return {{"indicator", one.indicator},
          {"decision", one.number},
          {"at", one.decided_at},
          {"method", std::string(name(one.method))},
          {"cost", one.cost},
          {"bound", one.bound},
          {"published", published},
          {"withheld", static_cast<std::ptrdiff_t>(one.cells.size()) - published},
          {"disclosed", disclosed_json(one.disclosed)}};
}

json::value withdrawn_json(const std::optional<WithdrawnRelease>& withdrawn) {
  if (!withdrawn) return nullptr;
  return {{"statement", withdrawn->statement.id.hex()},
          {"log_index", withdrawn->statement.index},
          {"reason", std::string(name(withdrawn->reason))},
          {"at", withdrawn->at},
          {"by", withdrawn->by}};
}

// `holds`: the index of the version of its figure that holds.
json::object release_json(const LedgerRelease& one, std::uint64_t holds) {
  const char* state = one.ref.index == holds ? "current" : "superseded";
  return {{"indicator", one.figure.indicator},
          {"period", one.figure.period},
          {"table", one.figure.table},
          {"version", one.version},
          {"state", one.withdrawn ? "withdrawn" : state},
          {"release", one.ref.id.hex()},
          {"log_index", one.ref.index},
          {"at", one.at},
          {"by", one.by},
          {"decision", one.decision == 0 ? json::value(nullptr) : json::value(one.decision)},
          {"published", one.published},
          {"withheld", one.withheld},
          {"supersedes", or_null(one.supersedes)},
          {"withdrawn", withdrawn_json(one.withdrawn)}};
}

json::array figures_json(const std::vector<FigureName>& figures) {
  json::array out;
  for (const FigureName& one : figures) {
    out.push_back({{"indicator", one.indicator}, {"period", one.period}, {"table", one.table}});
  }
  return out;
}

// One a line; a line of a text of Windows ends in a carriage return.
Result<std::vector<std::string>> ids_of(const Bytes& text) {
  std::vector<std::string> ids;
  for (std::size_t at = 0, line = 1; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string id = text.substr(at, end - at);
    at = end + 1;
    if (id.ends_with('\r')) id.pop_back();
    if (id.size() > kRecordIdBytesMax) {
      return fail(Errc::too_large, "line " + std::to_string(line) + ": an id has at most " +
                                       std::to_string(kRecordIdBytesMax) + " bytes");
    }
    if (!id.empty()) ids.push_back(std::move(id));
  }
  if (!ids.empty() && ids.size() <= kForgottenAtOnceMax) return ids;
  return fail(Errc::invalid_input, "ids of holdings or enterprises expected, one a line, at most " +
                                       std::to_string(kForgottenAtOnceMax));
}

}  // namespace

std::string withdrawal_json(const WithdrawReport& report) {
  const LedgerRelease& one = report.release;
  const json::value out = {{"format", "regions4.withdrawal/1"},
                           {"indicator", one.figure.indicator},
                           {"period", one.figure.period},
                           {"table", one.figure.table},
                           {"release", one.ref.id.hex()},
                           {"existing", report.existing},
                           {"withdrawn", withdrawn_json(one.withdrawn)},
                           {"holds_now", or_null(report.holds_now)},
                           {"superseded", report.superseded}};
  return json::serialize(out) + "\n";
}

std::string erased_json(const ErasedReport& report, bool dry_run) {
  json::array decisions;
  for (const ErasedReport::Decision& one : report.decisions) {
    decisions.push_back({{"number", one.number}, {"tags", one.tags}});
  }
  const json::value out = {{"format", "regions4.erased/1"},
                           {"dry_run", dry_run},
                           {"decisions", decisions},
                           {"stand", figures_json(report.stand)}};
  return json::serialize(out) + "\n";
}

std::string ledger_json(const LedgerReport& report) {
  std::map<FigureName, std::uint64_t> holds;
  for (const LedgerRelease& one : report.releases) {
    if (!one.withdrawn) holds[one.figure] = one.ref.index;
  }
  json::array releases, refusals;
  for (const LedgerRelease& one : report.releases) {
    const auto held = holds.find(one.figure);
    releases.push_back(release_json(one, held == holds.end() ? 0 : held->second));
  }
  for (const Refusal& one : report.refusals) {
    refusals.push_back({{"indicator", one.figure.indicator},
                        {"period", one.figure.period},
                        {"table", one.figure.table},
                        {"reason", one.reason},
                        {"times", one.times},
                        {"first_at", one.first_at},
                        {"last_at", one.last_at},
                        {"by", one.by}});
  }
  json::array amounts;
  for (const AmountDecision& one : report.amounts) amounts.push_back(amounts_json(one));
  const json::value out = {{"format", "regions4.ledger/1"},
                           {"releases", releases},
                           {"refusals", refusals},
                           {"near", near_json(report.waived)},
                           {"amounts", amounts}};
  return json::serialize(out) + "\n";
}

Result<void> OperatorApi::withdraw(Call& call) {
  TRY(const std::string id, param(call.params, "release"));
  TRY(const std::string why, param(call.params, "reason"));
  TRY(const WithdrawalReason reason, parse_withdrawal_reason(why));
  const auto release = Digest::from_hex(id, "ID");
  if (!release) {
    return fail(Errc::invalid_input, "ID: the 64 hex digits of a release expected");
  }
  TRY(Publisher * publisher, node_.publisher());
  TRY(const WithdrawReport report, publisher->withdraw(*release, reason, call.by));
  return reply(call.responder, withdrawal_json(report));
}

Result<void> OperatorApi::ledger(Call& call) {
  TRY(Publisher * publisher, node_.publisher());
  TRY(const LedgerReport report, publisher->ledger());
  return reply(call.responder, ledger_json(report));
}

// Of one year's headlines, or of one decision about amounts.
Result<void> OperatorApi::erase(Call& call) {
  const bool is_year = call.params.contains("period"), dry_run = call.params.contains("dry_run");
  if (is_year == call.params.contains("indicator")) {
    return fail(Errc::invalid_input,
                "--period with a year of the headlines expected, or --indicator with --decision");
  }
  TRY(Publisher * publisher, node_.publisher());
  if (is_year) {
    TRY(const std::string year, param(call.params, "period"));
    TRY(const auto report, publisher->erase_members(year, dry_run));
    return reply(call.responder, erased_json(report, dry_run));
  }
  TRY(const std::string indicator, param(call.params, "indicator"));
  TRY(const std::string text, param(call.params, "decision"));
  const auto decision = parse_decimal(text);
  if (!decision || *decision > kVersionsMax) {
    return fail(Errc::invalid_input,
                "--decision: the number of one expected; regionctl ledger show lists them");
  }
  TRY(const auto report,
      publisher->erase_amount_members(indicator, static_cast<std::uint32_t>(*decision), dry_run));
  return reply(call.responder, erased_json(report, dry_run));
}

// The ids come as a body: what stands in a target may stand in a log.
Result<void> OperatorApi::forget(Call& call) {
  const auto read = read_body(call.request, kForgottenAtOnceMax * (kRecordIdBytesMax + 2));
  if (!read) return read.error().in("the ids of holdings or enterprises");
  TRY(const auto ids, ids_of(*read));
  TRY(Publisher * publisher, node_.publisher());
  const bool dry_run = call.params.contains("dry_run");
  TRY(const ForgottenReport report, publisher->forget(ids, dry_run));
  const json::value out = {{"format", "regions4.forgotten/1"},
                           {"dry_run", dry_run},
                           {"decisions", json::value_from(report.decisions)},
                           {"stand", figures_json(report.stand)},
                           {"harder", figures_json(report.harder)}};
  return reply(call.responder, json::serialize(out) + "\n");
}

}  // namespace regions
