// RFC 6962 inclusion and consistency proofs: verifier and prover.
//
// Pure functions, any thread. The verifiers follow RFC 9162 2.1.3.2 and 2.1.4.2 and take everything
// from a peer: any size, index, hash and proof length gives an answer, never a crash.
// Spec: protocol/spec/tree.md.
#pragma once

#include <functional>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// bad_proof unless `proof` (leaf to root) shows that the leaf with `leaf_hash` is number `index` of
// the tree of `size` leaves with that root. Needs index < size <= kTreeSizeMax and exactly as many
// hashes as the position asks for.
Result<void> verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                              const std::vector<Digest>& proof, const Digest& root);

// bad_proof unless `proof` shows that the tree (size1, root1) is the beginning of (size2, root2).
// size1 = 0 is refused: nothing to compare; the caller decides what an empty beginning means. Equal
// sizes need an empty proof and equal roots.
Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, const Digest& root1,
                                const Digest& root2, const std::vector<Digest>& proof);

// The same for roots and hashes as they came, of any length, before anybody knows that they are
// hashes: one that is not 32 bytes long is bad_proof. Equal sizes have nothing to hash: equal roots
// and an empty proof agree, whatever the roots are.
Result<void> verify_inclusion(ByteView leaf_hash, std::uint64_t index, std::uint64_t size,
                              const std::vector<Bytes>& proof, ByteView root);
Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, ByteView root1,
                                ByteView root2, const std::vector<Bytes>& proof);

// Root of the complete subtree over leaves [index * 2^level, (index + 1) * 2^level). Asked only for
// subtrees that lie whole within the tree at hand.
using HashSource = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;

// Each returns the first error of the source as it is; too_large past kTreeSizeMax.
Result<Digest> root_of(std::uint64_t size, const HashSource& hashes);
// not_found when index >= size.
Result<std::vector<Digest>> prove_inclusion(std::uint64_t index, std::uint64_t size,
                                            const HashSource& hashes);
// not_found unless 0 < size1 <= size2.
Result<std::vector<Digest>> prove_consistency(std::uint64_t size1, std::uint64_t size2,
                                              const HashSource& hashes);

}  // namespace regions
