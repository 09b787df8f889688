// Connections that have not shown a member's key yet. There are few places for them; when one more
// comes, the oldest of the network that holds the most is closed. So a stranger who opens many
// pushes out his own, and not the member whose handshake is under way from elsewhere. Included by
// sources of node/net alone; one thread.
#pragma once

#include <functional>
#include <list>
#include <string>

#include "node/net/http_types.h"

namespace regions::net {

class Handshakes {
  struct One {
    std::string network;
    std::function<void()> close;
    bool leaving = false;
  };
  using List = std::list<One>;

 public:
  // Taken for as long as the object lives.
  class Place {
   public:
    // `close` makes the caller's coroutine end soon; it is called once at the most.
    Place(Handshakes& all, std::string network, std::function<void()> close);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    Handshakes& all_;
    List::iterator one_;
  };

 private:
  void make_room();

  List open_;  // oldest first
  List leaving_;
};

// Addresses that one party is likely to have many of: an address of IPv4, 64 bits of IPv6.
std::string network_of(const asio::ip::address& address);

}  // namespace regions::net
