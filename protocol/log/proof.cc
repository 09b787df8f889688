#include "protocol/log/proof.h"

#include <algorithm>
#include <bit>
#include <span>

#include "protocol/base/limits.h"
#include "protocol/log/tree.h"

namespace regions {
namespace {

using Hashes = std::span<const Digest>;

Error bad(std::string what) { return fail(Errc::bad_proof, std::move(what)); }

// The path from leaf `index` to the root of `size` leaves: `inner` steps within the largest subtree
// in which the leaf has a sibling on either side, then `border` steps along the right edge, where
// every sibling is on the left.
struct Shape {
  unsigned inner;
  unsigned border;
};

Shape shape_of(std::uint64_t index, std::uint64_t size) {
  const auto inner = static_cast<unsigned>(std::bit_width(index ^ (size - 1)));
  return {inner, static_cast<unsigned>(std::popcount(index >> inner))};
}

Digest climb_inner(Digest hash, Hashes proof, std::uint64_t index) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    const bool is_right = ((index >> i) & 1) != 0;
    hash = is_right ? node_hash(proof[i], hash) : node_hash(hash, proof[i]);
  }
  return hash;
}

// As climb_inner, but leaves out the siblings on the right: they came later than the old tree.
Digest climb_inner_old(Digest hash, Hashes proof, std::uint64_t index) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    if (((index >> i) & 1) != 0) hash = node_hash(proof[i], hash);
  }
  return hash;
}

Digest climb_border(Digest hash, Hashes proof) {
  for (const Digest& left : proof) hash = node_hash(left, hash);
  return hash;
}

// Leaves [first, first + count), `first` a multiple of a power of two that is at least `count`.
Result<Digest> range_root(std::uint64_t first, std::uint64_t count, const HashSource& hashes) {
  std::vector<Digest> peaks;
  while (count > 0) {
    const auto level = static_cast<unsigned>(std::bit_width(count) - 1);
    TRY(Digest hash, hashes(level, first >> level));
    peaks.push_back(hash);
    first += std::uint64_t{1} << level;
    count -= std::uint64_t{1} << level;
  }
  return fold_peaks(peaks);
}

// Where a tree of `count` > 1 leaves splits: the largest power of two below `count`.
std::uint64_t split_of(std::uint64_t count) { return std::bit_floor(count - 1); }

Result<void> check_size(std::uint64_t size) {
  if (size > kTreeSizeMax) return fail(Errc::too_large, "tree size " + std::to_string(size));
  return {};
}

}  // namespace

Result<void> verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                              const std::vector<Digest>& proof, const Digest& root) {
  if (index >= size || size > kTreeSizeMax) return bad("inclusion: index or size out of range");
  const auto [inner, border] = shape_of(index, size);
  if (proof.size() != inner + border) {
    return bad("inclusion: " + std::to_string(proof.size()) + " hashes, " +
               std::to_string(inner + border) + " expected");
  }
  const Hashes all(proof);
  const Digest top = climb_inner(leaf_hash, all.first(inner), index);
  if (climb_border(top, all.subspan(inner)) != root) return bad("inclusion: another root");
  return {};
}

Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, const Digest& root1,
                                const Digest& root2, const std::vector<Digest>& proof) {
  if (size1 == 0) return bad("consistency: from an empty tree there is nothing to prove");
  if (size1 > size2 || size2 > kTreeSizeMax) return bad("consistency: sizes out of range");
  if (size1 == size2) {
    if (!proof.empty()) return bad("consistency: equal sizes with hashes");
    if (root1 != root2) return bad("consistency: equal sizes with different roots");
    return {};
  }
  // The climb starts at the last complete subtree of the old tree. Where that is the whole old
  // tree, its root is the start and the proof leaves it out.
  const auto start_level = static_cast<unsigned>(std::countr_zero(size1));
  auto [inner, border] = shape_of(size1 - 1, size2);
  inner -= start_level;
  const std::size_t given = std::has_single_bit(size1) ? 0 : 1;
  if (proof.size() != given + inner + border) {
    return bad("consistency: " + std::to_string(proof.size()) + " hashes, " +
               std::to_string(given + inner + border) + " expected");
  }
  const Digest start = given == 0 ? root1 : proof.front();
  const Hashes steps = Hashes(proof).subspan(given);
  const std::uint64_t index = (size1 - 1) >> start_level;
  const Digest old_top = climb_inner_old(start, steps.first(inner), index);
  if (climb_border(old_top, steps.subspan(inner)) != root1) {
    return bad("consistency: another first root");
  }
  const Digest new_top = climb_inner(start, steps.first(inner), index);
  if (climb_border(new_top, steps.subspan(inner)) != root2) {
    return bad("consistency: another second root");
  }
  return {};
}

Result<Digest> root_of(std::uint64_t size, const HashSource& hashes) {
  TRY_VOID(check_size(size));
  return range_root(0, size, hashes);
}

Result<std::vector<Digest>> prove_inclusion(std::uint64_t index, std::uint64_t size,
                                            const HashSource& hashes) {
  TRY_VOID(check_size(size));
  if (index >= size) return fail(Errc::not_found, "inclusion: no such leaf in this tree");
  std::vector<Digest> proof;
  std::uint64_t first = 0, count = size;
  while (count > 1) {  // PATH of RFC 6962 2.1.1, from the root down
    const std::uint64_t left = split_of(count);
    const bool in_left = index - first < left;
    TRY(Digest sibling,
        in_left ? range_root(first + left, count - left, hashes) : range_root(first, left, hashes));
    proof.push_back(sibling);
    first += in_left ? 0 : left;
    count = in_left ? left : count - left;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<std::vector<Digest>> prove_consistency(std::uint64_t size1, std::uint64_t size2,
                                              const HashSource& hashes) {
  TRY_VOID(check_size(size2));
  if (size1 == 0 || size1 > size2) return fail(Errc::not_found, "consistency: no such pair");
  std::vector<Digest> proof;
  std::uint64_t first = 0, count = size2;
  while (first + count != size1) {  // SUBPROOF of RFC 6962 2.1.2, from the root down
    const std::uint64_t left = split_of(count);
    const bool in_left = size1 - first <= left;
    TRY(Digest sibling,
        in_left ? range_root(first + left, count - left, hashes) : range_root(first, left, hashes));
    proof.push_back(sibling);
    first += in_left ? 0 : left;
    count = in_left ? left : count - left;
  }
  if (first != 0) {  // not the whole old tree: the verifier does not know this subtree's root
    TRY(Digest start, range_root(first, count, hashes));
    proof.push_back(start);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

}  // namespace regions
