// One valid statement of each kind, and envelopes around them.
#pragma once

#include "protocol/statement/verified.h"

namespace regions {

inline Digest digest_of_byte(std::uint8_t byte) {
  Digest digest;
  digest.bytes.fill(byte);
  return digest;
}

inline Header sample_header() {
  return {digest_of_byte(0xfe), "PT16", 7, 1'700'000'040, 1, {}, digest_of_byte(0xb1)};
}

inline Release sample_release() {
  Release release;
  release.header = sample_header();
  release.indicator = "ENT-COOP";
  release.definition = digest_of_byte(0xde);
  release.period = "2017";
  release.table = "headline";
  release.roster_version = 1;
  release.nuts_version = "2021";
  release.cells = {{{}, 40, ObsStatus::A}};
  release.claim = {"exact", 1, 3, digest_of_byte(0xc1), std::nullopt};
  return release;
}

// A release of two dimensions, with a zero, a provisional, a negative and a withheld cell.
inline Release sample_table() {
  Release release = sample_release();
  release.dimensions = {"technology", "size"};
  release.cells = {{{"ai", "micro"}, 0, ObsStatus::A},
                   {{"ai", "small"}, std::nullopt, ObsStatus::Q},
                   {{"iot", "micro"}, 12, ObsStatus::P},
                   {{"iot", "small"}, -5, ObsStatus::A}};
  release.claim.witnesses = digest_of_byte(0x17);
  release.supersedes = digest_of_byte(0x5e);
  return release;
}

inline Withdrawal sample_withdrawal() {
  return {sample_header(), digest_of_byte(0x4e), WithdrawalReason::error_in_records};
}

inline KeysetAdopted sample_keyset_adopted() {
  KeysetAdopted adopted{sample_header(), 1, digest_of_byte(0x5a)};
  adopted.header.sequence = 0;
  return adopted;
}

inline RosterAdopted sample_roster_adopted() {
  RosterAdopted adopted{sample_header(), 1, digest_of_byte(0x20)};
  adopted.header.sequence = 1;
  return adopted;
}

inline std::vector<Statement> sample_statements() {
  return {sample_release(), sample_table(), sample_withdrawal(), sample_keyset_adopted(),
          sample_roster_adopted()};
}

inline PrivateKey key_from_byte(std::uint8_t byte) {
  return std::move(*PrivateKey::from_seed(Bytes(32, static_cast<char>(byte))));
}

inline UnverifiedEnvelope envelope_of(const std::string& payload_type, const Bytes& payload,
                                      const PrivateKey& key) {
  return {
      payload_type, payload, {{keyid_of(key.public_key()), key.sign(pae(payload_type, payload))}}};
}

inline UnverifiedEnvelope envelope_of(const Statement& statement, const PrivateKey& key) {
  return envelope_of(payload_type_of(statement), encode_payload(statement), key);
}

}  // namespace regions
