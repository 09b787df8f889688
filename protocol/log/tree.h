// RFC 6962 Merkle tree: hashes, and the right edge of a growing tree.
//
// A value type; one thread at a time. Sizes are 64-bit leaf counts, at most kTreeSizeMax where they
// come from elsewhere. Spec: protocol/spec/tree.md.
#pragma once

#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// SHA-256(0x00 || entry), RFC 6962 2.1.
Digest leaf_hash(ByteView entry);
// SHA-256(0x01 || left || right), RFC 6962 2.1.
Digest node_hash(const Digest& left, const Digest& right);
// SHA-256 of nothing: the root of the tree without leaves.
Digest empty_root();

// The roots of the complete subtrees that a tree of `size` leaves falls into, largest first: one
// for each bit of the size. All that appending and the root need.
class CompactTree {
 public:
  CompactTree() = default;
  // malformed when the number of peaks is not that of the size; too_large past kTreeSizeMax.
  static Result<CompactTree> from(std::uint64_t size, std::vector<Digest> peaks);

  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  Digest root() const;
  const std::vector<Digest>& peaks() const { return peaks_; }

  bool operator==(const CompactTree&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;
};

// The root over peaks ordered largest first; empty_root() when there is none.
Digest fold_peaks(const std::vector<Digest>& peaks);

}  // namespace regions
