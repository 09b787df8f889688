// Reads a cell key through the only thing that looks at one: whoever may choose the table learns
// the key, bit by bit.
#pragma once

#include "policies/disclosure/cell_key.h"

namespace regions {

// 32 lookups of a count of 1,000, halving what is left of the keys.
inline std::uint32_t key_read(const CellKey& key) {
  std::uint64_t low = 0, high = kCellKeys;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto table = PerturbationTable::make({{{0, kCellKeys}}, {{-1, middle}, {1, kCellKeys}}});
    (perturb(*table, 1'000, key) == 999 ? high : low) = middle;
  }
  return static_cast<std::uint32_t>(low);
}

}  // namespace regions
