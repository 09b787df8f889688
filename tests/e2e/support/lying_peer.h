// A member that lies: serves the folder of an exported log over real TLS with that member's own
// key, where a test may have changed a byte of anything.
#pragma once

#include <atomic>
#include <thread>

#include "node/net/tls.h"
#include "tests/e2e/support/process.h"

namespace regions {

class LyingPeer {
 public:
  // `listener`: a listening socket, not owned. `home`: whose TLS key to show.
  LyingPeer(int listener, const std::filesystem::path& home, std::filesystem::path folder);
  ~LyingPeer();
  int requests() const { return requests_; }

 private:
  void accept_loop();
  void serve(int descriptor);
  std::string answer(const std::string& method, std::string target, const std::string& body) const;

  const int listener_;
  const std::filesystem::path folder_;
  TlsContext context_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

}  // namespace regions
