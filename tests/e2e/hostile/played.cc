#include "tests/e2e/hostile/peer_acts.h"

namespace regions {
namespace {

namespace json = boost::json;

std::uint64_t number(const json::object& peer, const char* key) {
  return peer.empty() ? 0 : peer.at(key).to_number<std::uint64_t>();
}

std::string text(const json::object& peer, const char* key) {
  return peer.empty() ? "" : std::string(peer.at(key).as_string());
}

// No state: any but following.
bool says(const json::object& peer, const std::string& state, const std::string& reason) {
  const std::string now = text(peer, "state");
  return (state.empty() ? now != "following" : now == state) &&
         text(peer, "reason").find(reason) != std::string::npos;
}

}  // namespace

Played::Played(const Nodes& all, std::string who)
    : id(std::move(who)),
      nodes(all),
      log(all.federation(), store, id),
      service(store, id),
      server(all.listener(id), all.key(id, Role::tls), service) {}

bool Played::caught_up(int limit_seconds) {
  return eventually(seconds(limit_seconds), [&] {
    const json::object peer = nodes.peer(id);
    return text(peer, "state") == "following" && number(peer, "size") == log.size() &&
           number(peer, "verified") + not_verified_ == log.size();
  });
}

std::string Played::with_any_envelope(const PeerCall& call) const {
  if (call.target != "/envelopes") return server.honest(call);
  Bytes body;
  for (std::size_t i = 0; i < call.body.size(); i += kHashBytes) {
    const auto found = store.get(Area::envelopes, call.body.substr(i, kHashBytes)).value();
    append_u32(body, static_cast<std::uint32_t>(found ? found->size() : 0));
    body += found.value_or("");
  }
  return HostileServer::http("200 OK", body);
}

void Played::finish(Acts& acts, const std::string& name, const std::string& expected,
                    const std::function<bool(const json::object&)>& seen, int limit_seconds) {
  const std::int64_t from = now_ms();
  json::object last;
  const bool held = eventually(seconds(limit_seconds), [&] {
    last = nodes.peer(id);
    return !last.empty() && seen(last);
  });
  const std::int64_t took = now_ms() - from;
  server.be_honest();
  const bool recovered = caught_up(30);
  std::string got = json::serialize(last);
  if (!recovered) got += ", after it never the whole log: " + json::serialize(nodes.peer(id));
  acts.add("serves: " + name, expected, got, held && recovered, took);
}

void Played::refused(Acts& acts, const std::string& name, Act act, const std::string& state,
                     const std::string& reason, int limit_seconds, std::size_t statements) {
  server.act(std::move(act));
  log.append_withdrawals(statements);
  finish(
      acts, name, state + ": " + reason,
      [&](const json::object& peer) { return says(peer, state, reason); }, limit_seconds);
}

void Played::greeted(Acts& acts, const std::string& name, Greeting greeting,
                     const std::string& state, const std::string& reason, int limit_seconds) {
  server.greet(std::move(greeting));
  finish(
      acts, name, state + ": " + reason,
      [&](const json::object& peer) { return says(peer, state, reason); }, limit_seconds);
}

void Played::stated(Acts& acts, const std::string& name,
                    const std::function<void(TestLog&)>& append, const std::string& counter) {
  const std::uint64_t before = number(nodes.peer(id), counter.c_str());
  const std::uint64_t size = log.size();
  append(log);
  not_verified_ += log.size() - size;
  // An honest node serves nothing that it does not understand itself; this one does.
  server.act([this](Channel& channel, const PeerCall& call) {
    return channel.send(with_any_envelope(call));
  });
  finish(
      acts, name, counter + " + 1, the log is followed on",
      [&](const json::object& peer) {
        return number(peer, counter.c_str()) == before + log.size() - size &&
               number(peer, "size") == log.size();
      },
      20);
}

}  // namespace regions
