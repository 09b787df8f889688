// Deterministic randomness: SHA-256 in counter mode over a seed. Prints nothing; tests name the
// seed.
#pragma once

#include "protocol/crypto/random.h"
#include "protocol/crypto/sha256.h"

namespace regions {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  Bytes bytes(std::size_t count) override {
    Bytes out;
    while (out.size() < count) {
      Bytes block;
      append_u64(block, seed_);
      append_u64(block, counter_++);
      out.append(sha256(block).view());
    }
    out.resize(count);
    return out;
  }

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
};

}  // namespace regions
