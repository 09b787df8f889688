#include <boost/json.hpp>

#include "node/api_operator/replies.h"
#include "node/base/limits.h"
#include "node/storage/rocksdb_store.h"

namespace regions {
namespace json = boost::json;
namespace {

Result<json::object> records_json(Node& node) {
  TRY(const auto counts, read_counts(node.records().reader()));
  TRY(const auto facts, node.facts());
  json::object out = {{"own_cooperations", counts.own_cooperations()},
                      {"partner_cooperations", counts.partner_cooperations()},
                      {"undated", counts.undated()},
                      {"enterprises", counts.enterprises()},
                      {"known_nace", counts.known_nace()},
                      {"unknown_place", counts.unknown_place()},
                      {"partner_enterprises", counts.partner_enterprises()},
                      {"actors", counts.actors()},
                      {"first_year", nullptr},
                      {"last_year", nullptr}};
  if (facts->first_year() <= facts->last_year()) {
    out["first_year"] = facts->first_year();
    out["last_year"] = facts->last_year();
  }
  return out;
}

json::value federation_json(const Membership* membership) {
  if (membership == nullptr) return nullptr;
  return {{"id", membership->roster().federation().hex()},
          {"roster", membership->roster().version()},
          {"genesis", membership->roster().version() == 1
                          ? json::value(membership->roster().digest().hex())
                          : json::value(nullptr)},
          {"members", membership->roster().roster().members.size()}};
}

// What this build reads and writes; a home or store of a newer format is refused at start.
json::object formats_json() { return {{"config", kConfigFormat}, {"store", kStoreFormat}}; }

}  // namespace

std::vector<std::string> problems_of(Node& node) {
  std::vector<std::string> out;
  if (const auto publisher = node.publisher(); !publisher) {
    out.push_back(publisher.error().context);
    return out;
  }
  const auto membership = node.membership();
  for (const Member& member : membership->roster().roster().members) {
    if (membership->keyset(member.id) == nullptr) {
      out.push_back("key set of " + member.id + " is not installed: regionctl keyset install FILE");
    }
  }
  if (static_cast<std::uint64_t>(node.clock().now()) > membership->roster().roster().expires_at) {
    out.push_back("the roster has expired");
  }
  const auto running = node.running();
  if (!running) {
    out.push_back("regiond is not running on this home");
    return out;
  }
  for (const PeerStatus& peer : running->peers()) {
    if (peer.state != "following")
      out.push_back("peer " + peer.member + ": " + peer.state + ": " + peer.reason);
    if (peer.state == "following" && peer.bad > 0) {
      out.push_back("peer " + peer.member + ": " + std::to_string(peer.bad) +
                    " bad statements: " + peer.reason);
    }
  }
  return out;
}

Result<std::string> status_json(Node& node) {
  const auto problems = problems_of(node);
  const auto membership = node.membership();
  const LogHead head = node.own_head();
  const auto running = node.running();
  TRY(json::object records, records_json(node));
  json::array reasons;
  for (const std::string& problem : problems) reasons.push_back(json::value(problem));
  const json::value out = {
      {"format", "regions4.status/1"},
      {"healthy", problems.empty()},
      {"reasons", reasons},
      {"member", node.config().member},
      {"federation", node.config().federation},
      {"roster", federation_json(membership.get())},
      {"running", running.has_value()},
      {"address", running ? json::value(running->address) : json::value(nullptr)},
      {"version", running ? json::value(running->version) : json::value(nullptr)},
      {"started_at", running ? json::value(running->started_at) : json::value(nullptr)},
      {"formats", formats_json()},
      {"log",
       {{"origin",
         membership ? json::value(membership->origin(node.config().member)) : json::value(nullptr)},
        {"size", head.size},
        {"root", head.checkpoint.empty() ? json::value(nullptr) : json::value(head.root.hex())}}},
      {"records", records}};
  return json::serialize(out) + "\n";
}

}  // namespace regions
