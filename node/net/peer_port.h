// The peer port: serves this node's shared wing to members over mutual TLS, and drives one follower
// per peer. A plain header; Beast stays in the source (DESIGN 10).
//
// Threads: one of its own runs everything inside. All functions may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/exchange/follower.h"
#include "node/exchange/peer_service.h"

namespace regions {

struct PeerPortOptions {
  Store* shared = nullptr;
  const Clock* clock = nullptr;
  Random* random = nullptr;
  const Catalogue* catalogue = nullptr;
  const PrivateKey* tls_key = nullptr;
  std::string member;
  std::string listen;                   // HOST:PORT
  std::optional<int> inherited_socket;  // a listening socket handed in (LISTEN_FDS)
  std::shared_ptr<const Plan> plan;     // nullptr: headlines only
};

// What the port has done since it started.
struct PortCounters {
  std::uint64_t connections = 0;  // now
  std::uint64_t refused = 0;
  std::uint64_t requests = 0;
  std::uint64_t answer_bytes = 0;
};

class PeerPort {
 public:
  // Binds and starts. io: the address cannot be bound.
  static Result<std::unique_ptr<PeerPort>> start(PeerPortOptions options,
                                                 std::shared_ptr<const Membership> membership);
  ~PeerPort();  // stops within a second; what was acknowledged is durable

  // From now on these pins count; followers start for members that have none yet.
  void use(std::shared_ptr<const Membership> membership);
  // Wakes the long-polls after a commit of our own log.
  void head_changed();
  std::vector<PeerStatus> peers() const;
  PortCounters counters() const;
  // Asks the port's thread for a sign of life; whether it gave the one asked for last time. True
  // the first time.
  bool alive();
  // Where it listens, as HOST:PORT.
  std::string address() const;

 private:
  class Impl;
  explicit PeerPort(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace regions
