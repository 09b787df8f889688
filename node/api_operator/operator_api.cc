#include "node/api_operator/operator_api.h"

#include <boost/json.hpp>
#include <boost/url/parse.hpp>

#include "node/api_operator/act_trail.h"
#include "node/api_operator/metrics.h"
#include "node/api_operator/release_plan.h"
#include "node/api_operator/replies.h"
#include "node/api_operator/shown.h"
#include "node/base/limits.h"
#include "node/base/log.h"
#include "node/log/log_export.h"

namespace regions {
namespace json = boost::json;

unsigned http_status(Errc code) {
  switch (code) {
    case Errc::not_found:
      return 404;
    case Errc::unauthorised:
    case Errc::untrusted:
      return 403;
    case Errc::conflict:
    case Errc::refused:
    case Errc::not_computable:
      return 409;
    case Errc::too_large:
      return 413;
    case Errc::busy:
    case Errc::cancelled:
    case Errc::timed_out:
      return 503;
    case Errc::io:
    case Errc::corrupt:
      return 500;
    default:
      return 400;
  }
}

const std::map<std::string, OperatorApi::Method>& OperatorApi::routes() {
  static const std::map<std::string, Method> kRoutes = {
      {"GET /v1/status", &OperatorApi::status},
      {"GET /v1/peers", &OperatorApi::peers},
      {"GET /v1/metrics", &OperatorApi::metrics},
      {"GET /v1/roster", &OperatorApi::show_roster},
      {"POST /v1/roster", &OperatorApi::install_roster},
      {"POST /v1/keyset", &OperatorApi::install_keyset},
      {"POST /v1/keyset/create", &OperatorApi::create_keyset},
      {"POST /v1/release", &OperatorApi::release},
      {"POST /v1/release/due", &OperatorApi::release_due},
      {"GET /v1/plan", &OperatorApi::plan},
      {"POST /v1/withdraw", &OperatorApi::withdraw},
      {"GET /v1/ledger", &OperatorApi::ledger},
      {"POST /v1/ledger/forget", &OperatorApi::forget},
      {"POST /v1/ledger/erase", &OperatorApi::erase},
      {"GET /v1/ledger/witnesses", &OperatorApi::witnesses},
      {"POST /v1/ledger/open", &OperatorApi::open_claim},
      {"GET /v1/query", &OperatorApi::query},
      {"GET /v1/progress", &OperatorApi::progress},
      {"GET /v1/log/export", &OperatorApi::export_log},
      {"POST /v1/import", &OperatorApi::import},
  };
  return kRoutes;
}

void OperatorApi::handle(LocalRequest& request, LocalResponder& responder) {
  const auto answer = [&](const Error& error) {
    if (responder.begun()) {
      return log(LogLevel::warning, "operator_answer",
                 {{"target", request.target}, {"reason", error.text()}});
    }
    const auto begun = responder.begin(http_status(error.code), kJsonType);
    if (begun) (void)responder.write(error_json(error));
  };
  const auto target = boost::urls::parse_origin_form(request.target);
  if (!target) return answer(fail(Errc::malformed, "request target"));
  const std::string path(target->encoded_path());
  const auto found = routes().find(request.method + " " + path);
  if (found == routes().end()) return answer(fail(Errc::not_found, request.method + " " + path));
  Params params;
  for (const auto& param : target->params())
    params.emplace(std::string(param.key), std::string(param.value));
  const bool is_act = request.method == "POST";
  const Act act = act_of(path, params, request.caller);
  // Who lets out what another looked at is known before it is out, or it stays in.
  if (is_act && params.contains("confirm")) {
    if (const auto noted = note_act(node_, act, "asked"); !noted) return answer(noted.error());
  }
  Call call{params, request, responder, act.by};
  const auto done = (this->*found->second)(call);
  if (is_act) end_act(act, done);
  if (!done) return answer(done.error());
}

void OperatorApi::end_act(const Act& act, const Result<void>& done) {
  const auto noted = note_act(node_, act, done ? "done" : name(done.error().code));
  if (!noted) log(LogLevel::error, "operator_act", {{"reason", noted.error().text()}});
}

Result<void> OperatorApi::status(Call& call) {
  TRY(const std::string text, status_json(node_));
  return reply(call.responder, text);
}

Result<void> OperatorApi::peers(Call& call) {
  const auto running = node_.running();
  if (!running) return fail(Errc::refused, "peers are followed by regiond, which is not running");
  return reply(call.responder, peers_json(running->peers()));
}

Result<void> OperatorApi::metrics(Call& call) {
  TRY(const std::string text, node_metrics(node_));
  TRY_VOID(call.responder.begin(200, kMetricsType));
  return call.responder.write(text);
}

Result<void> OperatorApi::show_roster(Call& call) {
  TRY(const Bytes document, Membership::roster_document(node_.shared(), 1));
  TRY_VOID(call.responder.begin(200, kBytesType));
  return call.responder.write(document);
}

Result<void> OperatorApi::install_roster(Call& call) {
  TRY(const Bytes envelope, read_body(call.request, kDocumentBytesMax));
  TRY(const VerifiedRoster roster, node_.install_roster(envelope));
  const json::object out = {{"federation", roster.name()},
                            {"federation_id", roster.federation().hex()},
                            {"version", roster.version()},
                            {"genesis", roster.digest().hex()},
                            {"members", roster.roster().members.size()}};
  return reply(call.responder, json::serialize(out) + "\n");
}

Result<void> OperatorApi::install_keyset(Call& call) {
  TRY(const Bytes envelope, read_body(call.request, kDocumentBytesMax));
  TRY(const VerifiedKeySet keyset, node_.install_keyset(envelope));
  const json::object out = {{"member", keyset.member()},
                            {"number", keyset.key_set().number},
                            {"digest", keyset.digest().hex()},
                            {"own", keyset.member() == node_.config().member}};
  return reply(call.responder, json::serialize(out) + "\n");
}

Result<void> OperatorApi::create_keyset(Call& call) {
  const auto endpoint = call.params.find("endpoint");
  TRY(const Bytes envelope,
      node_.create_keyset(endpoint == call.params.end() || endpoint->second.empty()
                              ? node_.config().listen
                              : endpoint->second));
  TRY_VOID(call.responder.begin(200, kBytesType));
  return call.responder.write(envelope);
}

// A headline is decided by itself; every other table goes out by plan.
Result<void> OperatorApi::release(Call& call) {
  TRY(const std::string indicator, param(call.params, "indicator"));
  TRY(const std::string period, param(call.params, "period"));
  TRY(Publisher * publisher, node_.publisher());
  const auto plan = node_.plan();
  const auto table = call.params.find("table");
  const bool has_table = table != call.params.end();
  if (goes_out_by_plan(plan.get(), indicator, period, has_table ? table->second : "")) {
    TRY_VOID(node_.catalogue().require(indicator));
    return release_chosen(call, {indicator, period, has_table ? table->second : ""});
  }
  const bool dry = call.params.contains("dry_run");
  TRY(const auto confirmed, confirmed_digest(call.params));
  const auto decided = dry ? publisher->dry_run(indicator, period)
                           : publisher->release(indicator, period, confirmed, call.by);
  if (!decided) return decided.error();
  const ReleaseReport& report = *decided;
  std::optional<records::Counts> coverage;
  if (dry) {
    TRY(coverage, read_counts(node_.records().reader()));
  }
  return reply(call.responder, release_json(report, coverage));
}

Result<void> OperatorApi::release_chosen(Call& call, const DueChoice& choice) {
  TRY(Publisher * publisher, node_.publisher());
  const bool dry = call.params.contains("dry_run");
  TRY(const auto confirmed, confirmed_digest(call.params));
  TRY(const DueReport report,
      publisher->release_due(dry, {kYearMin, kYearMax}, confirmed, false, call.by, choice));
  if (report.lines.empty()) {
    return not_due(*node_.plan(), choice);
  }
  return reply(call.responder, due_json(report, node_.catalogue(), dry));
}

Result<void> OperatorApi::release_due(Call& call) {
  TRY(Publisher * publisher, node_.publisher());
  const bool dry = call.params.contains("dry_run");
  YearSpan years{kYearMin, kYearMax};
  if (const auto asked = call.params.find("period"); asked != call.params.end()) {
    TRY(const auto periods, parse_period_range(asked->second));
    TRY(const Period first, Period::parse(periods.front()));
    TRY(const Period last, Period::parse(periods.back()));
    years = {first.first_year(), last.last_year()};
  }
  TRY(const auto confirmed, confirmed_digest(call.params));
  TRY(const DueReport report,
      publisher->release_due(dry, years, confirmed, call.params.contains("revise"), call.by));
  return reply(call.responder, due_json(report, node_.catalogue(), dry));
}

Result<void> OperatorApi::plan(Call& call) {
  const auto plan = node_.plan();
  if (!plan) return fail(Errc::not_found, "the roster names no release plan: headlines only");
  std::optional<OwnTier> tier;
  if (const auto publisher = node_.publisher(); publisher && call.params.contains("tier")) {
    TRY(tier, (*publisher)->own_tier());
  }
  return reply(call.responder, plan_json(*plan, tier));
}

Result<void> OperatorApi::query(Call& call) {
  TRY(const Query query, parse_query(call.params));
  const auto membership = node_.membership();
  if (!membership)
    return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  const auto snapshot = node_.shared().snapshot();
  const auto plan = plan_of(node_.plan());
  TRY(const Answer answer, ask(*snapshot, *membership, node_.catalogue(), query.question,
                               node_.config().member, node_.clock().now(), plan.get()));
  TRY_VOID(call.responder.begin(200, query.format == Format::json ? kJsonType : kTextType));
  return call.responder.write(render(answer, query.format));
}

Result<void> OperatorApi::progress(Call& call) {
  TRY(const ProgressQuestion question, parse_progress(call.params));
  const auto membership = node_.membership();
  if (!membership)
    return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  const auto snapshot = node_.shared().snapshot();
  const auto plan = plan_of(node_.plan());
  TRY(const Progress progress,
      regions::progress(*snapshot, *membership, node_.catalogue(), question, node_.config().member,
                        node_.clock().now(), plan.get()));
  const bool json = call.params.contains("json");
  TRY_VOID(call.responder.begin(200, json ? kJsonType : kTextType));
  return call.responder.write(json ? render_progress_json(progress)
                                   : render_progress_text(progress));
}

// Frames: u32 path length, path, u32 length, bytes; the end of the body is the end of the export
// only after a frame with an empty path.
Result<void> OperatorApi::export_log(Call& call) {
  const auto membership = node_.membership();
  if (!membership)
    return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  const auto asked = call.params.find("member");
  const std::string member = asked == call.params.end() ? node_.config().member : asked->second;
  if (membership->roster().find(member) == nullptr) {
    return fail(Errc::invalid_input, "--member " + member + ": no such member");
  }
  const auto snapshot = node_.shared().snapshot();
  bool begun = false;
  const ExportSink sink = [&](const std::string& path, ByteView bytes) -> Result<void> {
    if (!begun) TRY_VOID(call.responder.begin(200, kBytesType));
    begun = true;
    Bytes frame;
    append_u32(frame, static_cast<std::uint32_t>(path.size()));
    frame += path;
    append_u32(frame, static_cast<std::uint32_t>(bytes.size()));
    frame.append(bytes);
    return call.responder.write(frame);
  };
  const auto exported = regions::export_log(*snapshot, *membership, member, sink);
  // Once the answer has begun an error can only show as the missing last frame.
  if (!exported && begun) {
    log(LogLevel::error, "log_export", {{"reason", exported.error().text()}});
    return {};
  }
  TRY_VOID(exported);
  return sink("", "");
}

}  // namespace regions
