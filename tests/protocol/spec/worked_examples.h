// The worked examples of envelope.md, statements.md, charter.md, roster.md, keyset.md, roles.md and
// export.md, computed: one federation of one member, its documents and the beginning of its log.
// All seeds are one byte, 32 times.
#pragma once

#include <map>

#include "protocol/base/ids.h"
#include "protocol/crypto/sha256.h"
#include "protocol/evidence/export_verifier.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/tile.h"
#include "protocol/log/tree.h"
#include "protocol/roster/key_record.h"
#include "protocol/roster/keyset.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/protocol/statement/wire_forms.h"

namespace regions {

using Examples = std::map<std::string, std::string>;

inline constexpr std::uint64_t kExampleTime = 1'700'000'040;
inline constexpr std::uint64_t kExampleEnd = kExampleTime + 315'360'000;

// Seeds: governance 05, statement 01, log 02, witness 03, tls 04 (the numbers of the roles).
inline PrivateKey example_key(Role role) { return key_from_byte(static_cast<std::uint8_t>(role)); }

inline Charter example_charter() {
  return {"demo", digest_of_byte(0xcc), {{"ES", {example_key(Role::governance).public_key()}}}};
}

inline Roster example_roster() {
  Roster roster;
  roster.charter = encode(example_charter());
  roster.issued_at = kExampleTime;
  roster.expires_at = kExampleEnd;
  roster.threshold = 1;
  roster.members = {{"ES",
                     Status::member,
                     {"ES"},
                     "2021",
                     "2023-11-14",
                     {example_key(Role::governance).public_key()},
                     {}}};
  return roster;
}

inline KeySet example_key_set() {
  KeySet set;
  set.federation = federation_id(example_charter());
  set.member = "ES";
  set.issued_at = kExampleTime;
  set.endpoints = {"es.example:7443"};
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    const PrivateKey key = example_key(role);
    set.keys.push_back(
        {role, key.public_key(), kExampleTime, kExampleEnd,
         key.sign(possession_message(set.federation, "ES", role, key.public_key()))});
  }
  return set;
}

inline UnverifiedEnvelope governed(std::string_view payload_type, const Bytes& payload) {
  return envelope_of(std::string(payload_type), payload, example_key(Role::governance));
}
inline UnverifiedEnvelope example_roster_envelope() {
  return governed(kRosterPayloadType, encode_payload(example_roster()));
}
inline UnverifiedEnvelope example_key_set_envelope() {
  return governed(kKeySetPayloadType, encode_payload(example_key_set()));
}

// Entry `index` of the log: key set 1 adopted, roster 1 adopted, a release, its withdrawal.
inline Statement example_statement(std::uint64_t index) {
  const Header header{federation_id(example_charter()),
                      "ES",
                      index,
                      kExampleTime + 60 * index,
                      1,
                      {},
                      digest_of_byte(static_cast<std::uint8_t>(0xb0 + index))};
  const auto id_of = [](const Statement& statement) {
    return statement_id(payload_type_of(statement), encode_payload(statement));
  };
  if (index == 0) return KeysetAdopted{header, 1, sha256(encode_payload(example_key_set()))};
  if (index == 1) return RosterAdopted{header, 1, sha256(encode_payload(example_roster()))};
  if (index == 3) {
    return Withdrawal{header, id_of(example_statement(2)), WithdrawalReason::error_in_records};
  }
  Release release = sample_release();
  release.header = header;
  release.dimensions = {"size"};
  release.cells = {{{"medium"}, 40, ObsStatus::A},
                   {{"micro"}, 0, ObsStatus::P},
                   {{"small"}, std::nullopt, ObsStatus::Q}};
  return release;
}

inline UnverifiedEnvelope example_envelope(std::uint64_t index) {
  return envelope_of(example_statement(index), example_key(Role::statement));
}

inline Examples charter_example() {
  const Bytes bytes = encode(example_charter());
  return {{"charter", to_hex(bytes)}, {"federation id", federation_id(example_charter()).hex()}};
}

inline Examples roster_example() {
  const UnverifiedEnvelope envelope = example_roster_envelope();
  return {{"payload", to_hex(envelope.payload)},
          {"genesis fingerprint", sha256(envelope.payload).hex()},
          {"keyid", envelope.signatures[0].keyid},
          {"signature", to_hex(envelope.signatures[0].signature)}};
}

inline Examples keyset_example() {
  const KeySet set = example_key_set();
  const UnverifiedEnvelope envelope = example_key_set_envelope();
  return {{"possession message",
           to_hex(possession_message(set.federation, "ES", Role::statement, set.keys[0].key))},
          {"possession", to_hex(set.keys[0].possession)},
          {"payload", to_hex(envelope.payload)},
          {"digest", sha256(envelope.payload).hex()},
          {"signature", to_hex(envelope.signatures[0].signature)}};
}

inline Examples envelope_example() {
  const UnverifiedEnvelope envelope = example_envelope(0);
  return {{"payload type", to_hex(envelope.payload_type)},
          {"payload", to_hex(envelope.payload)},
          {"pae", to_hex(pae(envelope.payload_type, envelope.payload))},
          {"identity", statement_id(envelope.payload_type, envelope.payload).hex()},
          {"public key", to_hex(example_key(Role::statement).public_key().bytes)},
          {"keyid", envelope.signatures[0].keyid},
          {"signature", to_hex(envelope.signatures[0].signature)},
          {"envelope", to_hex(encode_envelope(envelope))}};
}

inline Examples statements_example() {
  return {{"keyset-adopted", to_hex(encode_payload(example_statement(0)))},
          {"roster-adopted", to_hex(encode_payload(example_statement(1)))},
          {"release", to_hex(encode_payload(example_statement(2)))},
          {"withdrawal", to_hex(encode_payload(example_statement(3)))}};
}

inline Examples roles_example() {
  Examples examples;
  for (unsigned role = 1; role <= kRoles; ++role) {
    const PrivateKey key = example_key(static_cast<Role>(role));
    examples[std::string(name(static_cast<Role>(role)))] =
        to_hex(Bytes(1, static_cast<char>(role)) + key_record(key.public_key()));
  }
  return examples;
}

// The folder of the log's first two entries: path -> bytes.
inline std::map<std::string, Bytes> export_files() {
  const Charter charter = example_charter();
  const std::string origin = log_origin(charter.name, federation_id(charter), "ES", 1);
  const PrivateKey log_key = example_key(Role::log);
  std::map<std::string, Bytes> files;
  std::vector<Bytes> entries;
  CompactTree tree;
  for (std::uint64_t index = 0; index < 2; ++index) {
    const UnverifiedEnvelope envelope = example_envelope(index);
    const Digest id = statement_id(envelope.payload_type, envelope.payload);
    files["envelope/" + id.hex() + ".dsse"] = encode_envelope(envelope);
    entries.push_back(encode(entry_of(example_statement(index), id)));
    tree.append(leaf_hash(entries.back()));
    files["tile/0/000.p/2"] += leaf_hash(entries.back()).view();
  }
  files["tile/entries/000.p/2"] = encode_bundle(entries);
  files["roster/1.dsse"] = encode_envelope(example_roster_envelope());
  files["keyset/1.dsse"] = encode_envelope(example_key_set_envelope());
  files["vkey"] = encode_vkey({origin, log_key.public_key()}) + "\n";
  files["checkpoint"] = sign_checkpoint({origin, 2, tree.root()}, log_key);
  return files;
}

inline Examples export_example() {
  const auto files = export_files();
  Examples examples;
  for (const char* path : {"vkey", "checkpoint", "tile/0/000.p/2", "tile/entries/000.p/2"}) {
    examples[path] = to_hex(files.at(path));
  }
  for (const auto& [path, bytes] : files) examples["sha256 " + path] = sha256(bytes).hex();
  return examples;
}

}  // namespace regions
