#include "protocol/log/tree.h"

#include <bit>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

// Distinct prefixes keep a node from being presented as a leaf (second preimages).
constexpr ByteView kLeafPrefix{"\x00", 1};
constexpr ByteView kNodePrefix{"\x01", 1};

}  // namespace

Digest leaf_hash(ByteView entry) { return sha256({kLeafPrefix, entry}); }

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256({kNodePrefix, left.view(), right.view()});
}

Digest empty_root() { return sha256(""); }

Digest fold_peaks(const std::vector<Digest>& peaks) {
  if (peaks.empty()) return empty_root();
  Digest root = peaks.back();
  for (auto peak = peaks.rbegin() + 1; peak != peaks.rend(); ++peak) root = node_hash(*peak, root);
  return root;
}

Result<CompactTree> CompactTree::from(std::uint64_t size, std::vector<Digest> peaks) {
  if (size > kTreeSizeMax) return fail(Errc::too_large, "tree size " + std::to_string(size));
  if (peaks.size() != static_cast<std::size_t>(std::popcount(size))) {
    return fail(Errc::malformed, "tree of size " + std::to_string(size) + " with " +
                                     std::to_string(peaks.size()) + " subtree roots");
  }
  CompactTree tree;
  tree.size_ = size;
  tree.peaks_ = std::move(peaks);
  return tree;
}

void CompactTree::append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Digest CompactTree::root() const { return fold_peaks(peaks_); }

}  // namespace regions
