// Whole nodes in this process, composed as regiond composes one, but for the operator's socket: who
// operates calls the API.
#pragma once

#include <deque>

#include "node/api_operator/operator_api.h"
#include "node/net/peer_port.h"
#include "tests/support/federation/test_federation.h"

namespace regions::bench {

// A listening socket on loopback for one member of a federation to come; closed with the object
// unless a port took it over.
class Listener {
 public:
  Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();
  std::string endpoint() const { return "127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  int take() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
  int port_ = 0;
};

// A founded federation whose members listen.
struct Founded {
  explicit Founded(const std::vector<std::string>& ids);
  std::map<std::string, Listener> listeners;
  std::optional<TestFederation> federation;
};

class RunningNode {
 public:
  // Makes the home with everything installed, opens it and imports five firms a year for the first
  // `years` years from kFirstYear on.
  RunningNode(const std::filesystem::path& home, Founded& founded, const std::string& member,
              int years);
  ~RunningNode();
  // Serves and follows from now on.
  void start();
  // Releases ENT-COOP of the year kFirstYear + `number`.
  void release(int number);
  // Whether entry `index` of `member` is held and verified.
  bool holds(const std::string& member, std::uint64_t index) const;
  // Verified statements over all peers.
  std::uint64_t verified() const;
  std::uint64_t size() const { return node_->own_head().size; }

  static constexpr int kFirstYear = 1900;

 private:
  Founded& founded_;
  const std::string member_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<Node> node_;
  std::optional<PrivateKey> tls_key_;
  std::unique_ptr<PeerPort> port_;
};

}  // namespace regions::bench
