// What an operator can ask of a node, as HTTP: served on the Unix socket by regiond, and called
// directly by regionctl when no regiond runs. One code for both ways.
//
//   GET  /v1/status  /v1/peers  /v1/metrics  /v1/roster
//   GET  /v1/query?indicator&period&by&region&format
//   GET  /v1/progress?indicator&baseline&period&region&json
//   POST /v1/roster  /v1/keyset  (an envelope)      POST /v1/keyset/create?endpoint
//   POST /v1/release?indicator&period&table&dry_run|confirm
//   GET  /v1/log/export?member
//   POST /v1/release/due?period&dry_run|confirm&revise     GET /v1/plan?tier
//   POST /v1/withdraw?release&reason                       GET /v1/ledger
//   POST /v1/ledger/forget?dry_run  (ids, one a line)
//   POST /v1/ledger/erase?period|indicator&decision&dry_run
//   GET  /v1/ledger/witnesses?release                      POST /v1/ledger/open?release
//   POST /v1/import?kind&role&source&rejects  body: u32 length, that much mapping TOML, then the
//   CSV
//
// Errors are JSON {"error":{"code","message"}} with status 400 to 503. Every POST is an act: it is
// kept with who asked for it (act_trail.h).
#pragma once

#include <map>

#include "node/api_operator/act_trail.h"
#include "node/api_operator/node.h"
#include "node/net/local_socket.h"

namespace regions {

class OperatorApi {
 public:
  // `node` must outlive the object.
  explicit OperatorApi(Node& node) : node_(node) {}
  void handle(LocalRequest& request, LocalResponder& responder);

 private:
  using Params = std::map<std::string, std::string>;
  struct Call {
    const Params& params;
    LocalRequest& request;
    LocalResponder& responder;
    std::string by;  // who asks, as act_trail.h says it
  };
  using Method = Result<void> (OperatorApi::*)(Call&);
  static const std::map<std::string, Method>& routes();
  void end_act(const Act& act, const Result<void>& done);

  Result<void> status(Call& call);
  Result<void> peers(Call& call);
  Result<void> metrics(Call& call);
  Result<void> show_roster(Call& call);
  Result<void> install_roster(Call& call);
  Result<void> install_keyset(Call& call);
  Result<void> create_keyset(Call& call);
  Result<void> release(Call& call);
  Result<void> release_chosen(Call& call, const DueChoice& choice);
  Result<void> release_due(Call& call);
  Result<void> plan(Call& call);
  // In ledger_api.cc:
  Result<void> withdraw(Call& call);
  Result<void> ledger(Call& call);
  Result<void> forget(Call& call);
  Result<void> erase(Call& call);
  // In witnesses_api.cc:
  Result<void> witnesses(Call& call);
  Result<void> open_claim(Call& call);
  Result<void> query(Call& call);
  Result<void> progress(Call& call);
  Result<void> export_log(Call& call);
  Result<void> import(Call& call);

  Node& node_;
};

// HTTP status of an error.
unsigned http_status(Errc code);

}  // namespace regions
