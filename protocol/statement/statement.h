// What a member can state, and the one encoding of it (protocol/spec/statements.md). Values only;
// who said it, and whether it is true to its log, is verified.h's business.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/log/entry.h"
#include "protocol/statement/kinds.h"

namespace regions {

struct Audience {
  AudienceKind kind = AudienceKind::federation;
  std::vector<std::string> members;  // ascending; only and always for `named`

  bool operator==(const Audience&) const = default;
};

// What every payload carries.
struct Header {
  Digest federation;
  std::string author;
  std::uint64_t sequence = 0;
  std::uint64_t issued_at = 0;  // POSIX seconds, a multiple of 60
  std::uint32_t schema_version = kSchemaVersion;
  Audience audience;
  Digest blind;  // 32 random bytes, drawn once: nobody can guess the digest of a small payload

  bool operator==(const Header&) const = default;
};

// SDMX OBS_STATUS: normal, provisional, missing because suppressed.
enum class ObsStatus : std::uint8_t { A = 1, P = 2, Q = 3 };

struct Cell {
  std::vector<std::string> categories;  // one per dimension of the release, in that order
  std::optional<std::int64_t> value;    // absent if and only if status is Q
  ObsStatus status = ObsStatus::Q;

  bool operator==(const Cell&) const = default;
};

// How the cells were protected. `rule_set` and `witnesses` are HMACs under secrets that stay in the
// confidential store (PROTOCOL 10).
struct Claim {
  std::string method;
  std::uint32_t method_version = 1;
  std::uint32_t minimum = 0;
  Digest rule_set;
  std::optional<Digest> witnesses;

  bool operator==(const Claim&) const = default;
};

struct Release {
  Header header;
  std::string indicator;
  Digest definition;
  std::string period;  // "2017", or "2018-2020" for a window or programme
  std::string table;
  std::uint32_t roster_version = 0;
  std::string nuts_version;
  std::vector<std::string> dimensions;
  std::vector<Cell> cells;  // ascending by categories
  Claim claim;
  std::optional<Digest> supersedes;

  bool operator==(const Release&) const = default;
};

// Why a release no longer holds: a closed list of codes.
enum class WithdrawalReason : std::uint32_t {
  error_in_records = 1,
  error_in_computation = 2,
  legal_obligation = 3,
};

struct Withdrawal {
  Header header;
  Digest release;
  WithdrawalReason reason = WithdrawalReason::error_in_records;

  bool operator==(const Withdrawal&) const = default;
};

struct KeysetAdopted {
  Header header;
  std::uint32_t number = 0;
  Digest digest;  // SHA-256 of the key set's payload

  bool operator==(const KeysetAdopted&) const = default;
};

struct RosterAdopted {
  Header header;
  std::uint32_t version = 0;
  Digest digest;  // SHA-256 of the roster's payload

  bool operator==(const RosterAdopted&) const = default;
};

// A kind or schema version that this build has no codec for: stored, counted, read again after an
// upgrade, never evidence of misbehaviour.
struct NotUnderstood {
  std::string payload_type;
  std::uint32_t schema_version = 0;  // 0: the payload names none

  bool operator==(const NotUnderstood&) const = default;
};

using Statement = std::variant<Release, Withdrawal, KeysetAdopted, RosterAdopted, NotUnderstood>;

// Whether the statement keeps every rule that decoding demands. malformed or too_large names the
// field; a NotUnderstood is malformed.
Result<void> check(const Statement& statement);

// The encoding of a statement that passes check(). Not for NotUnderstood.
Bytes encode_payload(const Statement& statement);
std::string payload_type_of(const Statement& statement);

// Strict. NotUnderstood for a kind or schema version without a codec; malformed or too_large for a
// payload that claims a known one and breaks it.
Result<Statement> decode_payload(std::string_view payload_type, ByteView payload);

// nullptr for NotUnderstood.
const Header* header_of(const Statement& statement);

// The leaf of a statement with identity `id`. Not for NotUnderstood.
Entry entry_of(const Statement& statement, const Digest& id);

}  // namespace regions
