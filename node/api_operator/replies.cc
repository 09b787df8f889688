#include "node/api_operator/replies.h"

#include <boost/json.hpp>

#include "node/api_operator/shown.h"
#include "policies/catalogue/period.h"

namespace regions {
namespace json = boost::json;
namespace {

json::value or_null(std::int64_t time) {
  return time == 0 ? json::value(nullptr) : json::value(time);
}

// By commas; blanks around a word are a typist's.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const std::size_t first = std::min(text.find_first_not_of(' ', from), comma);
    std::size_t end = comma;
    while (end > first && text[end - 1] == ' ') --end;
    out.push_back(text.substr(first, end - first));
    from = comma + 1;
  }
  return out;
}

}  // namespace

Result<void> reply(LocalResponder& responder, std::string_view text) {
  TRY_VOID(responder.begin(200, kJsonType));
  return responder.write(text);
}

std::string error_json(const Error& error) {
  const json::value out = {
      {"error", {{"code", std::string(name(error.code))}, {"message", error.context}}}};
  return json::serialize(out) + "\n";
}

Result<Bytes> read_body(LocalRequest& request, std::size_t bytes_max) {
  Bytes body;
  char piece[16 * 1024];
  for (;;) {
    TRY(const std::size_t got, request.body(piece, sizeof piece));
    if (got == 0) return body;
    if (body.size() + got > bytes_max) {
      return fail(Errc::too_large, "more than " + std::to_string(bytes_max) + " bytes");
    }
    body.append(piece, got);
  }
}

Result<std::string> param(const std::map<std::string, std::string>& params,
                          const std::string& name) {
  const auto found = params.find(name);
  if (found == params.end()) return fail(Errc::invalid_input, "parameter " + name + " is missing");
  return found->second;
}

Result<std::optional<Digest>> confirmed_digest(const std::map<std::string, std::string>& params) {
  const auto found = params.find("confirm");
  if (found == params.end()) return std::optional<Digest>();
  if (params.contains("dry_run")) {
    return fail(Errc::invalid_input, "--confirm states, --dry-run does not: give one of them");
  }
  const auto digest = Digest::from_hex(found->second, "--confirm");
  if (digest) return std::optional(*digest);
  return fail(Errc::invalid_input, "--confirm: the 64 hex digits that --dry-run showed expected");
}

Result<Query> parse_query(const std::map<std::string, std::string>& params) {
  Query query;
  TRY(query.question.indicator, param(params, "indicator"));
  if (const auto period = params.find("period"); period != params.end()) {
    TRY(query.question.periods, parse_period_range(period->second));
  }
  if (const auto by = params.find("by"); by != params.end()) query.question.by = split(by->second);
  if (const auto region = params.find("region"); region != params.end()) {
    query.question.regions = split(region->second);
  }
  if (const auto format = params.find("format"); format != params.end()) {
    TRY(query.format, parse_format(format->second));
  }
  return query;
}

Result<ProgressQuestion> parse_progress(const std::map<std::string, std::string>& params) {
  ProgressQuestion question;
  TRY(question.indicator, param(params, "indicator"));
  for (const auto& [name, wanted] :
       {std::pair("baseline", &question.baseline), std::pair("period", &question.period)}) {
    const auto found = params.find(name);
    if (found == params.end()) continue;
    TRY(*wanted, Period::parse(found->second));
  }
  if (const auto region = params.find("region"); region != params.end()) {
    question.regions = split(region->second);
  }
  return question;
}

std::string peers_json(const std::vector<PeerStatus>& peers) {
  json::array out;
  for (const PeerStatus& peer : peers) {
    out.push_back({{"member", peer.member},
                   {"state", peer.state},
                   {"size", peer.size},
                   {"verified", peer.verified},
                   {"pending", peer.pending},
                   {"bad", peer.bad},
                   {"not_understood", peer.not_understood},
                   {"as_of", or_null(peer.as_of)},
                   {"reason", peer.reason}});
  }
  const json::value whole = {{"format", "regions4.peers/1"}, {"peers", out}};
  return json::serialize(whole) + "\n";
}

namespace {

// For the operator alone, who has the records.
json::value why_withheld(const ReleaseReport& report) {
  if (report.why.empty()) return nullptr;
  return json::value(std::string(in_words(report.why.begin()->first)));
}

json::value coverage_json(const records::Counts& counts) {
  return {{"enterprises", counts.enterprises()},
          {"unknown_place", counts.unknown_place()},
          {"known_nace", counts.known_nace()},
          {"own_cooperations", counts.own_cooperations()},
          {"undated", counts.undated()}};
}

}  // namespace

std::string release_json(const ReleaseReport& report,
                         const std::optional<records::Counts>& coverage) {
  const SafeTable& table = report.table;
  const bool logged = report.release.has_value();
  const json::value out = {
      {"format", "regions4.release/1"},
      {"indicator", table.indicator()},
      {"period", table.period()},
      {"table", table.table()},
      {"method", table.method()},
      {"minimum", table.minimum()},
      {"dry_run", coverage.has_value()},
      {"provisional", report.provisional},
      {"reason", coverage ? why_withheld(report) : json::value(nullptr)},
      {"coverage", coverage ? coverage_json(*coverage) : json::value(nullptr)},
      {"existing", report.existing},
      {"decided_before", report.decided_before},
      {"behind", report.behind},
      {"supersedes",
       report.supersedes ? json::value(report.supersedes->hex()) : json::value(nullptr)},
      {"published", table.published()},
      {"withheld", table.withheld()},
      {"cells", cells_json(table, report.provisional)},
      {"without_records", report.without_records},
      {"decides", decided_json(report.decided, report.provisional)},
      {"near", near_json(report.near)},
      {"digest", report.digest.hex()},
      {"release", logged ? json::value(report.release->id.hex()) : json::value(nullptr)},
      {"log_index", logged ? json::value(report.release->index) : json::value(nullptr)}};
  return json::serialize(out) + "\n";
}

std::string import_json(const ImportSummary& summary, const std::string& rejects) {
  json::object nulls;
  json::array absent;
  for (const auto& [column, near] : summary.absent) {
    absent.push_back(
        {{"column", column}, {"near", near.empty() ? json::value(nullptr) : json::value(near)}});
  }
  for (const auto& [column, count] : summary.nulls) {
    if (count > 0) nulls[column] = count;
  }
  const json::value out = {
      {"format", "regions4.import/1"},
      {"source", summary.source_name},
      {"read", summary.read},
      {"added", summary.added},
      {"changed", summary.changed},
      {"unchanged", summary.unchanged},
      {"rejected", summary.rejected},
      {"undated", summary.undated},
      {"unknown_place", summary.unknown_place},
      {"nulls", nulls},
      {"absent", absent},
      {"rejects", rejects.empty() ? json::value(nullptr) : json::value(rejects)}};
  return json::serialize(out) + "\n";
}

}  // namespace regions
