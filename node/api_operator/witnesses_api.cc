// The witnesses behind the claim of a release: shown to the operator, opened for an auditor.
#include <boost/json.hpp>

#include "node/api_operator/operator_api.h"
#include "node/api_operator/replies.h"

namespace regions {
namespace json = boost::json;
namespace {

Result<OpenedRelease> opened(Node& node, const std::map<std::string, std::string>& params) {
  TRY(const std::string id, param(params, "release"));
  const auto release = Digest::from_hex(id, "ID");
  if (!release) return fail(Errc::invalid_input, "ID: the 64 hex digits of a release expected");
  TRY(Publisher * publisher, node.publisher());
  return publisher->open_witnesses(*release);
}

// Everything but the secret, which is no answer's business.
std::string witnesses_json(const OpenedRelease& report) {
  json::array witnesses;
  for (const AmountWitness& one : report.witnesses) {
    json::object values;
    for (const auto& [figure, cents] : one.values) values[figure] = cents;
    witnesses.push_back(
        {{"figure", one.cell}, {"end", one.up ? "upper" : "lower"}, {"cents", values}});
  }
  const LedgerRelease& release = report.release;
  const json::value out = {{"format", "regions4.witnesses/1"},
                           {"release", release.ref.id.hex()},
                           {"indicator", release.figure.indicator},
                           {"period", release.figure.period},
                           {"table", release.figure.table},
                           {"decision", release.decision},
                           {"claim", report.claimed.hex()},
                           {"matches", report.matches()},
                           {"witnesses", witnesses}};
  return json::serialize(out) + "\n";
}

}  // namespace

Result<void> OperatorApi::witnesses(Call& call) {
  TRY(const OpenedRelease report, opened(node_, call.params));
  return reply(call.responder, witnesses_json(report));
}

Result<void> OperatorApi::open_claim(Call& call) {
  TRY(const OpenedRelease report, opened(node_, call.params));
  TRY_VOID(call.responder.begin(200, kBytesType));
  return call.responder.write(encode(report.opening));
}

}  // namespace regions
