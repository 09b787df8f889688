// A network between network namespaces, whose links are as good or bad as a test says, each
// direction by itself. Every node stands in a namespace of its own whose only way out is a TUN
// device; one thread of this process reads its packets and brings them to the other ends. TCP is
// the kernel's.
//
// Own code and not tc netem, which is a module that small kernels lack (the containers and micro
// machines that builds run on), and which knows no link by both of its ends. The namespaces have no
// name: they, their devices and all packets are gone with this process however it ends.
//
// Threads: set() from any; everything else from the test's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/support/seat.h"

namespace regions {

struct Link {
  int delay_ms = 0;            // one way
  double loss = 0;             // of packets, 0 to 1
  bool cut = false;            // nothing gets through
  bool refuses_dials = false;  // as a firewall does that lets only the other side dial
};

struct Carried {
  std::uint64_t packets = 0;  // brought to the other end
  std::uint64_t bytes = 0;
  std::uint64_t lost = 0;  // by loss or a cut
};

class Wires {
 public:
  // Why a network cannot be made here; empty when it can.
  static std::string unavailable();

  // One namespace for each, at most 200; all links perfect. `seed`: of the losses.
  Wires(const std::vector<std::string>& ids, std::uint64_t seed);
  ~Wires();
  Wires(const Wires&) = delete;
  Wires& operator=(const Wires&) = delete;

  // Where a node of RealFederation runs. Its listening socket is the taker's.
  Seat seat(const std::string& id) const;
  // From now on, for packets sent from here on.
  void set(const std::string& from, const std::string& to, const Link& link);
  void set_all(const Link& link);
  Carried carried() const;

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace regions
