// The bodies of the operator's answers and the reading of requests. JSON keys are part of the
// contract with scripts (README).
#pragma once

#include <map>
#include <string>

#include "node/api_operator/node.h"
#include "node/federation/render.h"
#include "node/federation/render_progress.h"
#include "node/net/local_socket.h"
#include "node/records/import.h"

namespace regions {

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kTextType = "text/plain; charset=utf-8";
inline constexpr std::string_view kBytesType = "application/octet-stream";

// One whole answer of 200 with a JSON body.
Result<void> reply(LocalResponder& responder, std::string_view json);
std::string error_json(const Error& error);

// The whole body, at most `bytes_max`, else too_large.
Result<Bytes> read_body(LocalRequest& request, std::size_t bytes_max);
// invalid_input: a parameter is missing.
Result<std::string> param(const std::map<std::string, std::string>& params,
                          const std::string& name);

// What a release is to state, when it says so; not beside a dry run.
Result<std::optional<Digest>> confirmed_digest(const std::map<std::string, std::string>& params);

struct Query {
  Question question;
  Format format = Format::table;
};
Result<ProgressQuestion> parse_progress(const std::map<std::string, std::string>& params);
Result<Query> parse_query(const std::map<std::string, std::string>& params);

// Why the node is not healthy, most basic first; empty: it is.
std::vector<std::string> problems_of(Node& node);
Result<std::string> status_json(Node& node);
std::string peers_json(const std::vector<PeerStatus>& peers);
// `coverage`: of a dry run, to judge the figure by; it stays in the node.
std::string release_json(const ReleaseReport& report,
                         const std::optional<records::Counts>& coverage);
std::string import_json(const ImportSummary& summary, const std::string& rejects);

}  // namespace regions
