// Which keys stood in a file already: 128 bits of SHA-256 each, in one flat table, so that millions
// fit in memory. Two keys that collide are not to be had (2^64 tries).
#pragma once

#include <cstring>
#include <vector>

#include "protocol/crypto/sha256.h"

namespace regions {

class SeenKeys {
 public:
  SeenKeys() : slots_(1024) {}

  // True when `key` was not there yet.
  bool insert(ByteView key) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    Slot slot;
    std::memcpy(&slot, sha256(key).bytes.data(), sizeof slot);
    if (slot.low == 0 && slot.high == 0) slot.low = 1;  // zero marks a free place
    if (!place(slots_, slot)) return false;
    ++count_;
    return true;
  }
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Slot&) const = default;
  };

  static bool place(std::vector<Slot>& slots, const Slot& slot) {
    for (std::size_t at = slot.low & (slots.size() - 1);; at = (at + 1) & (slots.size() - 1)) {
      if (slots[at] == slot) return false;
      if (slots[at] != Slot{}) continue;
      slots[at] = slot;
      return true;
    }
  }
  void grow() {
    std::vector<Slot> larger(slots_.size() * 2);
    for (const Slot& slot : slots_) {
      if (slot != Slot{}) place(larger, slot);
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;  // a power of two of them, at most half full
  std::size_t count_ = 0;
};

}  // namespace regions
