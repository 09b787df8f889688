// Serves one connection of one member. Included by sources of node/net alone.
#pragma once

#include <atomic>
#include <functional>
#include <set>

#include "node/exchange/peer_service.h"
#include "node/net/http_types.h"

namespace regions::net {

// Those who wait for a longer log. Owned by the port's thread.
class HeadWaiters {
 public:
  // Returns after `milliseconds`, when wake() is called, or when the caller hangs up or sends more
  // on `socket`, on which nothing else may be under way.
  Task<void> wait(Socket& socket, int milliseconds);
  void wake();

 private:
  std::set<Timer*> timers_;
};

// Added up over all connections; read from any thread.
struct SessionCounters {
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> answer_bytes = 0;
};

// What the port lends to a connection.
struct SessionParts {
  HeadWaiters& waiters;
  SessionCounters& counters;
  const std::function<bool()>& admitted;
};

// Reads requests and answers them until the peer closes, a limit or a deadline is passed, or
// `admitted` no longer holds for the member (asked before every answer).
Task<void> serve(TlsStream& stream, const std::string& member, const PeerService& service,
                 SessionParts parts);

}  // namespace regions::net
