#include "protocol/roster/roster.h"

#include <algorithm>
#include <map>
#include <set>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

static_assert(signer_of(Signable::roster) == Role::governance);

struct GovernanceKey {
  const Member* member;
  const PublicKey* key;
};

// By keyid, and all once more under the empty one, which leaves open whose signature it is.
std::multimap<std::string, GovernanceKey> governance_keys(const Roster& roster) {
  std::multimap<std::string, GovernanceKey> keys;
  for (const Member& member : roster.members) {
    for (const PublicKey& key : member.governance) {
      keys.insert({keyid_of(key), {&member, &key}});
      keys.insert({"", {&member, &key}});
    }
  }
  return keys;
}

// The members of whom the envelope carries a valid signature. Members are counted, not signatures:
// two keys of one member, or one key twice, are one.
Result<std::set<std::string_view>> signers(const UnverifiedEnvelope& envelope,
                                           const Roster& roster) {
  const auto keys = governance_keys(roster);
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  std::set<std::string_view> found;
  std::size_t verifications = 0;
  for (const EnvelopeSignature& signature : envelope.signatures) {
    const auto [begin, end] = keys.equal_range(signature.keyid);
    for (auto at = begin; at != end; ++at) {
      if (++verifications > kRosterVerificationsMax) {
        return fail(Errc::too_large, "roster: too many signatures without a keyid");
      }
      if (!verify(*at->second.key, message, signature)) continue;
      found.insert(at->second.member->id);
      break;
    }
  }
  return found;
}

Result<Roster> decode(const UnverifiedEnvelope& envelope) {
  if (envelope.payload_type != kRosterPayloadType) return fail(Errc::malformed, "not a roster");
  return decode_roster(envelope.payload);
}

const Member* member_of_key(const Roster& roster, const PublicKey& key) {
  for (const Member& member : roster.members) {
    const auto& keys = member.governance;
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) return &member;
  }
  return nullptr;
}

}  // namespace

std::string_view name(Status status) {
  switch (status) {
    case Status::member:
      return "member";
    case Status::observer:
      return "observer";
    case Status::suspended:
      return "suspended";
    case Status::retired:
      return "retired";
  }
  return "unknown";
}

std::vector<RoleAlgorithms> default_role_algorithms() {
  std::vector<RoleAlgorithms> rows;
  for (unsigned role = 1; role <= kRoles; ++role) {
    rows.push_back({static_cast<Role>(role), {Algorithm::ed25519}});
  }
  return rows;
}

std::vector<AcceptedSchema> default_accepted_schemas() {
  return {{"keyset-adopted", {1}}, {"release", {1}}, {"roster-adopted", {1}}, {"withdrawal", {1}}};
}

Result<Bytes> unsigned_envelope(const Roster& roster) {
  TRY_VOID(check(roster));
  Bytes envelope = encode_envelope({std::string(kRosterPayloadType), encode_payload(roster), {}});
  if (envelope.size() > kEnvelopeBytesMax) return fail(Errc::too_large, "roster over 1 MiB");
  return envelope;
}

Result<Bytes> add_signature(ByteView bytes, const PrivateKey& governance) {
  TRY(UnverifiedEnvelope envelope, decode_envelope(bytes));
  TRY(const Roster roster, decode(envelope));
  const Member* member = member_of_key(roster, governance.public_key());
  if (member == nullptr) return fail(Errc::untrusted, "not a governance key of this roster");
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  for (const EnvelopeSignature& signature : envelope.signatures) {
    for (const PublicKey& key : member->governance) {
      if (!verify(key, message, signature)) continue;
      if (key == governance.public_key()) return Bytes(bytes);
      return fail(Errc::conflict, member->id + " has signed with its other key");
    }
  }
  envelope.signatures.push_back({keyid_of(governance.public_key()), governance.sign(message)});
  Bytes signed_bytes = encode_envelope(envelope);
  // Another signature may be the one that no longer fits what every reader accepts.
  TRY_VOID(decode_envelope(signed_bytes));
  return signed_bytes;
}

const Member* VerifiedRoster::find(std::string_view id) const {
  const auto at = std::lower_bound(
      roster_.members.begin(), roster_.members.end(), id,
      [](const Member& member, std::string_view wanted) { return member.id < wanted; });
  return at != roster_.members.end() && at->id == id ? &*at : nullptr;
}

const Member* VerifiedRoster::home_of(std::string_view nuts) const {
  for (const Member& member : roster_.members) {
    if (member.status == Status::retired) continue;
    for (const std::string& code : member.territory) {
      if (nuts.starts_with(code)) return &member;
    }
  }
  return nullptr;
}

bool VerifiedRoster::is_governance_key(const PublicKey& key) const {
  return member_of_key(roster_, key) != nullptr;
}

Result<VerifiedRoster> open_genesis(const UnverifiedEnvelope& envelope) {
  TRY(Roster roster, decode(envelope));
  if (roster.version != 1) return fail(Errc::mismatch, "not roster 1");
  TRY(const Charter charter, decode_charter(roster.charter));
  TRY(const auto found, signers(envelope, roster));
  std::string missing;
  for (const Founder& founder : charter.founders) {
    if (!found.contains(founder.member)) missing += (missing.empty() ? "" : ", ") + founder.member;
  }
  if (!missing.empty()) return fail(Errc::bad_signature, "roster 1 is not signed by " + missing);
  return VerifiedRoster(std::move(roster), charter.name, federation_id(charter),
                        sha256(envelope.payload));
}

}  // namespace regions
