// Proofs whose hashes are bytes that came from elsewhere (proof.h).
#include "protocol/base/limits.h"
#include "protocol/log/proof.h"

namespace regions {
namespace {

Result<Digest> hash_from(ByteView bytes, const char* what) {
  if (bytes.size() != kHashBytes) {
    return fail(Errc::bad_proof, std::string(what) + ": not 32 bytes long");
  }
  return Digest::from_bytes(bytes, what);
}

Result<std::vector<Digest>> hashes_from(const std::vector<Bytes>& proof) {
  if (proof.size() > kProofHashesMax) return fail(Errc::bad_proof, "proof: over 63 hashes");
  std::vector<Digest> hashes;
  for (const Bytes& bytes : proof) {
    TRY(const Digest hash, hash_from(bytes, "proof"));
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace

Result<void> verify_inclusion(ByteView leaf_hash, std::uint64_t index, std::uint64_t size,
                              const std::vector<Bytes>& proof, ByteView root) {
  TRY(const Digest leaf, hash_from(leaf_hash, "inclusion: leaf"));
  TRY(const Digest top, hash_from(root, "inclusion: root"));
  TRY(const std::vector<Digest> hashes, hashes_from(proof));
  return verify_inclusion(leaf, index, size, hashes, top);
}

Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2, ByteView root1,
                                ByteView root2, const std::vector<Bytes>& proof) {
  TRY(const std::vector<Digest> hashes, hashes_from(proof));
  if (size1 != 0 && size1 == size2 && hashes.empty() && root1 == root2) return {};
  TRY(const Digest first, hash_from(root1, "consistency: first root"));
  TRY(const Digest second, hash_from(root2, "consistency: second root"));
  return verify_consistency(size1, size2, first, second, hashes);
}

}  // namespace regions
