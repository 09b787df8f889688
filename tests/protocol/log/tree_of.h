// A tree over a list of leaves, computed by the definition of RFC 6962 2.1 alone, to hold the real
// code against.
#pragma once

#include "protocol/log/proof.h"
#include "protocol/log/tree.h"

namespace regions {

// "leaf 0", "leaf 1", ..
inline Digest test_leaf(std::uint64_t index) { return leaf_hash("leaf " + std::to_string(index)); }

// MTH(D[first:first+count]).
inline Digest root_by_definition(std::uint64_t first, std::uint64_t count) {
  if (count == 0) return empty_root();
  if (count == 1) return test_leaf(first);
  std::uint64_t left = 1;
  while (left * 2 < count) left *= 2;
  return node_hash(root_by_definition(first, left), root_by_definition(first + left, count - left));
}

// Complete subtrees over test_leaf(); fails for one that `size` leaves do not fill.
inline HashSource hashes_of(std::uint64_t size) {
  return [size](unsigned level, std::uint64_t index) -> Result<Digest> {
    if (index >= size >> level) return fail(Errc::not_found, "beyond the tree");
    return root_by_definition(index << level, std::uint64_t{1} << level);
  };
}

// Ways a proof may be damaged: each hash flipped, dropped, doubled, swapped with the next, and one
// added at either end.
inline std::vector<std::vector<Digest>> damaged(const std::vector<Digest>& proof) {
  std::vector<std::vector<Digest>> all;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto flipped = proof, dropped = proof, doubled = proof, swapped = proof;
    flipped[i].bytes[i % 32] ^= 0x10;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
    all.push_back(flipped);
    all.push_back(dropped);
    all.push_back(doubled);
    if (i + 1 < proof.size()) {
      std::swap(swapped[i], swapped[i + 1]);
      all.push_back(swapped);
    }
  }
  auto before = proof, after = proof;
  before.insert(before.begin(), Digest{});
  after.push_back(Digest{});
  all.push_back(before);
  all.push_back(after);
  return all;
}

}  // namespace regions
