// A member's key set: the keys that its node uses, each proved to be in the member's hands, and
// where the node is reached (protocol/spec/keyset.md). Only a VerifiedKeySet, which open_keyset()
// alone makes, may be acted upon.
#pragma once

#include "protocol/roster/roster.h"
#include "protocol/statement/verified.h"

namespace regions {

struct RoleKey {
  Role role = Role::statement;  // any but governance
  PublicKey key;
  std::uint64_t valid_from = 0;
  std::uint64_t valid_until = 0;
  Bytes possession;  // signature of possession_message() by the key itself

  bool operator==(const RoleKey&) const = default;
};

struct KeySet {
  Digest federation;
  std::string member;
  std::uint32_t number = 1;
  Digest prev;  // SHA-256 of the payload of number - 1; zero for number 1
  std::uint64_t issued_at = 0;
  std::vector<std::string> endpoints;  // "host:port", in order of preference
  std::vector<RoleKey> keys;           // ascending by role, then key

  bool operator==(const KeySet&) const = default;
};

inline constexpr std::string_view kKeySetPayloadType =
    "application/vnd.regions4.keyset.v1+protobuf";

// What a key signs to prove that whoever holds it wants it in this role of this member, so that
// nobody can enter another's key as its own.
Bytes possession_message(const Digest& federation, std::string_view member, Role role,
                         const PublicKey& key);

// Every rule of spec/keyset.md that needs no roster, proofs of possession included. malformed,
// too_large, untrusted (inadmissible key), conflict (one key twice), bad_signature (a proof).
Result<void> check(const KeySet& key_set);

Bytes encode_payload(const KeySet& key_set);
// Strict; the result passes check().
Result<KeySet> decode_keyset(ByteView payload);

// The envelope of a key set that passes check(), still without its signature.
Result<Bytes> unsigned_envelope(const KeySet& key_set);

// `envelope` with the one signature of its member's governance key. Whether the key is one, the
// roster says: open_keyset(). conflict: another key has signed already.
Result<Bytes> sign_keyset(ByteView envelope, const PrivateKey& governance);

class VerifiedKeySet {
 public:
  const KeySet& key_set() const { return key_set_; }
  const std::string& member() const { return key_set_.member; }
  // SHA-256 of the payload.
  const Digest& digest() const { return digest_; }
  std::vector<PublicKey> keys(Role role) const;
  // The keys whose signature on `what` counts.
  std::vector<PublicKey> keys_that_sign(Signable what) const { return keys(signer_of(what)); }
  // How open() is to judge the statements of this member.
  JudgedBy judge() const;

 private:
  friend Result<VerifiedKeySet> open_keyset(const UnverifiedEnvelope& envelope,
                                            const VerifiedRoster& roster);
  VerifiedKeySet(KeySet key_set, const Digest& digest)
      : key_set_(std::move(key_set)), digest_(digest) {}

  KeySet key_set_;
  Digest digest_;
};

// Key set 1 of a member of `roster`, signed by exactly one of that member's governance keys.
// untrusted: no such member, retired, or an algorithm the roster does not allow; mismatch: another
// federation, or not number 1; conflict: a governance key in use; bad_signature.
Result<VerifiedKeySet> open_keyset(const UnverifiedEnvelope& envelope,
                                   const VerifiedRoster& roster);

}  // namespace regions
