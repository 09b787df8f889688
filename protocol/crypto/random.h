// Randomness is passed in: the system's in the programs, seeded in tests.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

class Random {
 public:
  virtual ~Random() = default;
  // `count` fresh random bytes. A source that cannot deliver ends the process: a key or blind drawn
  // from less than full entropy is worse than no node.
  virtual Bytes bytes(std::size_t count) = 0;

  Digest digest();
};

// OpenSSL's CSPRNG, seeded by the kernel.
class SystemRandom final : public Random {
 public:
  Bytes bytes(std::size_t count) override;
};

}  // namespace regions
