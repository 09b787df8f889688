// A member that is no more than its log and its peer port, in memory: it states what a measurement
// wants stated and follows those whose key sets it was given.
#pragma once

#include "tests/bench/nodes.h"

namespace regions::bench {

class LightPeer {
 public:
  // Knows `others` and itself; founded, with its two adoptions in the log.
  LightPeer(Founded& founded, const std::string& member, std::vector<std::string> others);
  void start();
  TestLog& log() { return *log_; }
  // After an append: peers that wait are answered.
  void tell() { port_->head_changed(); }
  // How much of the log of `member` is verified here.
  std::uint64_t verified(const std::string& member) const;

 private:
  Founded& founded_;
  const std::string member_;
  SystemClock clock_;
  SystemRandom random_;
  MemoryStore store_;
  std::optional<TestLog> log_;
  const PrivateKey tls_key_;
  std::unique_ptr<PeerPort> port_;
};

}  // namespace regions::bench
