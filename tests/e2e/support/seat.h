// Where a node of a RealFederation stands: the socket it is handed, the address its peers dial, and
// what leads into its network.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace regions {

struct Seat {
  int listener = -1;  // listening; whoever takes the seat closes it
  std::string host;
  int port = 0;
  std::vector<std::string> enter{};  // words before the program's name

  std::string address() const { return host + ":" + std::to_string(port); }
};

// A seat for each id, asked once.
using Seats = std::function<Seat(const std::string& id)>;

// A free port on loopback.
Seat loopback_seat(const std::string& id);

}  // namespace regions
