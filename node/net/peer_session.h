// Serves one connection of one member. Included by sources of node/net alone.
#pragma once

#include <functional>
#include <set>

#include "node/exchange/peer_service.h"
#include "node/net/http_types.h"

namespace regions::net {

// Those who wait for a longer log. Owned by the port's thread.
class HeadWaiters {
 public:
  // Returns after `milliseconds` or when wake() is called.
  Task<void> wait(Executor executor, int milliseconds);
  void wake();

 private:
  std::set<Timer*> timers_;
};

// Reads requests and answers them until the peer closes, a limit or a deadline is passed, or
// `admitted` no longer holds for the member (asked before every answer).
Task<void> serve(TlsStream& stream, const std::string& member, const PeerService& service,
                 HeadWaiters& waiters, const std::function<bool()>& admitted);

}  // namespace regions::net
