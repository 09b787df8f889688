#include "protocol/roster/keyset.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

static_assert(signer_of(Signable::key_set) == Role::governance);

Result<KeySet> decode(const UnverifiedEnvelope& envelope) {
  if (envelope.payload_type != kKeySetPayloadType) return fail(Errc::malformed, "not a key set");
  return decode_keyset(envelope.payload);
}

Result<void> check_signature(const UnverifiedEnvelope& envelope, const Member& member) {
  if (envelope.signatures.size() != 1) {
    return fail(Errc::bad_signature, "a key set carries exactly one signature");
  }
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  for (const PublicKey& key : member.governance) {
    if (verify(key, message, envelope.signatures.front())) return {};
  }
  return fail(Errc::bad_signature, "not by a governance key of " + member.id);
}

Result<void> check_against(const KeySet& key_set, const VerifiedRoster& roster) {
  for (const RoleKey& key : key_set.keys) {
    const std::string where = std::string(name(key.role)) + " key";
    const auto& rows = roster.roster().role_algorithms;
    const auto& allowed = rows[static_cast<std::size_t>(key.role) - 1].algorithms;
    if (std::find(allowed.begin(), allowed.end(), key.key.algorithm) == allowed.end()) {
      return fail(Errc::untrusted, where + ": the roster does not allow its algorithm");
    }
    // A key that may change the roster must not lie on a node.
    if (roster.is_governance_key(key.key)) {
      return fail(Errc::conflict, where + ": is a governance key");
    }
  }
  return {};
}

}  // namespace

Result<Bytes> unsigned_envelope(const KeySet& key_set) {
  TRY_VOID(check(key_set));
  return encode_envelope({std::string(kKeySetPayloadType), encode_payload(key_set), {}});
}

Result<Bytes> sign_keyset(ByteView bytes, const PrivateKey& governance) {
  TRY(UnverifiedEnvelope envelope, decode_envelope(bytes));
  TRY(const KeySet key_set, decode(envelope));
  const PublicKey& key = governance.public_key();
  for (const RoleKey& used : key_set.keys) {
    if (used.key == key) return fail(Errc::conflict, "a key of the set cannot sign the set");
  }
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  for (const EnvelopeSignature& signature : envelope.signatures) {
    if (verify(key, message, signature)) return Bytes(bytes);
    return fail(Errc::conflict, "the key set is signed already, by another key");
  }
  envelope.signatures.push_back({keyid_of(key), governance.sign(message)});
  return encode_envelope(envelope);
}

std::vector<PublicKey> VerifiedKeySet::keys(Role role) const {
  std::vector<PublicKey> found;
  for (const RoleKey& key : key_set_.keys) {
    if (key.role == role) found.push_back(key.key);
  }
  return found;
}

JudgedBy VerifiedKeySet::judge() const {
  return {key_set_.federation, key_set_.member, keys_that_sign(Signable::statement)};
}

Result<VerifiedKeySet> open_keyset(const UnverifiedEnvelope& envelope,
                                   const VerifiedRoster& roster) {
  TRY(KeySet key_set, decode(envelope));
  if (key_set.federation != roster.federation()) {
    return fail(Errc::mismatch, "key set of another federation");
  }
  const Member* member = roster.find(key_set.member);
  if (member == nullptr || member->status == Status::retired) {
    return fail(Errc::untrusted, "key set of " + key_set.member + ", who is no member");
  }
  if (key_set.number != 1) return fail(Errc::mismatch, "not key set 1");
  TRY_VOID(check_signature(envelope, *member));
  TRY_VOID(check_against(key_set, roster));
  return VerifiedKeySet(std::move(key_set), sha256(envelope.payload));
}

}  // namespace regions
