// A member that the node under test follows, and that answers as a test says: honestly from its
// log, or in whatever way breaks the protocol. Real TLS on a listening socket, one thread a
// connection.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "node/exchange/peer_service.h"
#include "tests/e2e/hostile/channel.h"

namespace regions {

// What the server does with one request; false: the connection is closed.
using Act = std::function<bool(Channel& channel, const PeerCall& call)>;
// What it does with a connection before the handshake; false: it is closed.
using Greeting = std::function<bool(Channel& channel)>;

class HostileServer {
 public:
  // `listener`: not owned. `service`: what an honest answer is.
  HostileServer(int listener, PrivateKey tls_key, const PeerService& service);
  ~HostileServer();

  // From now on; a waiting long-poll is answered so. Connections are cut first when the greeting
  // changes.
  void act(Act act);
  void greet(Greeting greeting);
  void be_honest();

  // An honest HTTP answer, and one of any status, headers and body.
  std::string honest(const PeerCall& call) const;
  static std::string http(const std::string& status, std::string_view body,
                          const std::string& headers = "");
  int requests() const { return requests_; }
  SSL_CTX* context() { return context_.get().native_handle(); }

 private:
  void accept_loop();
  void serve(Channel& channel);
  bool answer(Channel& channel, const PeerCall& call);
  void cut_connections();

  const int listener_;
  const PeerService& service_;
  TlsContext context_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> requests_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t version_ = 0;     // of act_ and greeting_; guarded by mutex_
  Act act_;                       // guarded by mutex_; empty: honest
  Greeting greeting_;             // guarded by mutex_
  std::list<Channel*> channels_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace regions
