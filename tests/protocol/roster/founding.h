// A federation founded in memory, from fixed seeds: members, governance keys, node keys, roster 1
// and key sets, each step as PROTOCOL 1 has it. A test changes what it wants before signing.
#pragma once

#include <map>
#include <memory>

#include "protocol/roster/keyset.h"

namespace regions {

inline constexpr std::uint64_t kFoundingTime = 1'700'000'040;
inline constexpr std::uint64_t kTenYears = 60ULL * 60 * 24 * 3650;

// Keys of one member; `number` tells members apart.
struct MemberKeys {
  explicit MemberKeys(std::uint8_t number) : number_(number) {}
  PrivateKey governance(std::uint8_t which = 0) const { return seeded(which); }
  PrivateKey of(Role role) const {
    return seeded(static_cast<std::uint8_t>(0x10 + static_cast<int>(role)));
  }

 private:
  PrivateKey seeded(std::uint8_t use) const {
    Bytes seed(32, static_cast<char>(number_));
    seed.back() = static_cast<char>(use);
    return std::move(*PrivateKey::from_seed(seed));
  }
  std::uint8_t number_;
};

// The roster of `ids` (ascending), each its own territory, two governance keys each.
struct Founding {
  explicit Founding(std::vector<std::string> ids) {
    charter.name = "north-south";
    charter.random.bytes.fill(0x7a);
    roster.issued_at = kFoundingTime;
    roster.expires_at = kFoundingTime + kTenYears;
    const std::size_t m = ids.size();
    roster.threshold = static_cast<std::uint32_t>(m < 3 ? m : m / 2 + 1);
    for (std::size_t i = 0; i < m; ++i) {
      keys.emplace(ids[i], MemberKeys(static_cast<std::uint8_t>(i + 1)));
      const MemberKeys& own = keys.at(ids[i]);
      std::vector<PublicKey> governance{own.governance(0).public_key(),
                                        own.governance(1).public_key()};
      charter.founders.push_back({ids[i], governance});
      roster.members.push_back(
          {ids[i], Status::member, {ids[i]}, "2021", "2024-01-01", governance, {}});
    }
    seal_charter();
  }

  void seal_charter() { roster.charter = encode(charter); }

  // The envelope with the first governance key of every member named in `signers`; the rules are
  // not asked, so that a test can sign what no tool would.
  UnverifiedEnvelope signed_by(const std::vector<std::string>& signers) const {
    UnverifiedEnvelope envelope{std::string(kRosterPayloadType), encode_payload(roster), {}};
    const Bytes message = pae(envelope.payload_type, envelope.payload);
    for (const std::string& id : signers) {
      const PrivateKey key = keys.at(id).governance();
      envelope.signatures.push_back({keyid_of(key.public_key()), key.sign(message)});
    }
    return envelope;
  }
  UnverifiedEnvelope signed_by_all() const {
    std::vector<std::string> all;
    for (const auto& [id, own] : keys) all.push_back(id);
    return signed_by(all);
  }

  // Key set 1 of a member, with proofs of possession.
  KeySet key_set(const std::string& id) const {
    KeySet set;
    set.federation = federation_id(charter);
    set.member = id;
    set.issued_at = kFoundingTime;
    set.endpoints = {endpoints.contains(id) ? endpoints.at(id) : "localhost:7443"};
    for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
      const PrivateKey key = keys.at(id).of(role);
      set.keys.push_back(
          {role, key.public_key(), kFoundingTime, kFoundingTime + kTenYears,
           key.sign(possession_message(set.federation, id, role, key.public_key()))});
    }
    return set;
  }
  // Signed by `by`, again without asking the rules.
  UnverifiedEnvelope signed_key_set(const KeySet& set, const PrivateKey& by) const {
    UnverifiedEnvelope envelope{std::string(kKeySetPayloadType), encode_payload(set), {}};
    envelope.signatures.push_back(
        {keyid_of(by.public_key()), by.sign(pae(envelope.payload_type, envelope.payload))});
    return envelope;
  }
  UnverifiedEnvelope signed_key_set(const std::string& id) const {
    return signed_key_set(key_set(id), keys.at(id).governance());
  }

  Charter charter;
  Roster roster;
  std::map<std::string, MemberKeys> keys;
  std::map<std::string, std::string> endpoints;  // of those who have one of their own
};

// Three members, and ids for many.
inline Founding three() { return Founding({"DE24", "ES", "PT16"}); }
inline std::vector<std::string> many_ids(std::size_t count) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) {
    ids.push_back({'A', static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)});
  }
  return ids;
}

}  // namespace regions
