// The roster: who is in the federation and by which rules (protocol/spec/roster.md). A Roster is a
// value; only a VerifiedRoster, which open_genesis() alone makes, may be acted upon.
#pragma once

#include <optional>
#include <vector>

#include "protocol/roster/charter.h"
#include "protocol/roster/roles.h"
#include "protocol/statement/dsse.h"

namespace regions {

enum class Status : std::uint8_t { member = 1, observer = 2, suspended = 3, retired = 4 };
std::string_view name(Status status);

// What a follower takes from one log before it stops reading for the day or the minute.
struct Quota {
  std::uint32_t entries_per_day = 10'000;
  std::uint64_t bytes_per_day = 256ULL * 1024 * 1024;
  std::uint32_t heads_per_minute = 60;

  bool operator==(const Quota&) const = default;
};

struct Member {
  std::string id;
  Status status = Status::member;
  std::vector<std::string> territory;  // NUTS codes, ascending
  std::string nuts_version = "2021";
  std::string territory_from;         // the date since when it is so, YYYY-MM-DD
  std::vector<PublicKey> governance;  // one or two
  std::optional<Quota> quota;         // instead of the roster's

  bool operator==(const Member&) const = default;
};

struct RoleAlgorithms {
  Role role = Role::statement;
  std::vector<Algorithm> algorithms;  // ascending

  bool operator==(const RoleAlgorithms&) const = default;
};

struct AcceptedSchema {
  std::string kind;
  std::vector<std::uint32_t> versions;  // ascending

  bool operator==(const AcceptedSchema&) const = default;
};

// Who witnesses the log of one member: n witnesses, of which f may lie and q make a quorum.
struct Committee {
  std::string log;
  std::vector<std::string> witnesses;  // ascending
  std::uint32_t f = 0;
  std::uint32_t q = 0;

  bool operator==(const Committee&) const = default;
};

// Ed25519 for every role; the four kinds of schema version 1.
std::vector<RoleAlgorithms> default_role_algorithms();
std::vector<AcceptedSchema> default_accepted_schemas();

struct Roster {
  Bytes charter;  // encode(Charter)
  std::uint32_t version = 1;
  Digest prev;  // SHA-256 of the payload of version - 1; zero for version 1
  std::uint64_t issued_at = 0;
  std::uint64_t expires_at = 0;
  std::uint32_t threshold = 0;
  std::vector<std::string> board;  // above 15 members only; ascending
  std::vector<Member> members;     // ascending by id
  std::vector<RoleAlgorithms> role_algorithms = default_role_algorithms();
  std::vector<AcceptedSchema> accepted_schemas = default_accepted_schemas();
  Quota quota;
  std::vector<Committee> committees;   // ascending by log; none: all others witness each log
  std::optional<Digest> release_plan;  // absent: headlines only
  bool public_log = false;

  bool operator==(const Roster&) const = default;
};

inline constexpr std::string_view kRosterPayloadType =
    "application/vnd.regions4.roster.v1+protobuf";

// Every rule of spec/roster.md but the signatures. malformed, too_large, untrusted (inadmissible
// key), conflict (overlapping territories, one key twice), refused (threshold, board or committee
// out of bounds), mismatch (founders and members differ).
Result<void> check(const Roster& roster);

Bytes encode_payload(const Roster& roster);
// Strict; the result passes check(). unsupported: a later schema version or unknown algorithm.
Result<Roster> decode_roster(ByteView payload);

// The envelope of a roster that passes check(), still without signatures.
Result<Bytes> unsigned_envelope(const Roster& roster);

// `envelope` with the signature of one more member. A key that has signed already changes nothing.
// untrusted: not a governance key of the roster; conflict: that member has signed with its other
// key; malformed and the errors of check(): not a roster that may be signed.
Result<Bytes> add_signature(ByteView envelope, const PrivateKey& governance);

class VerifiedRoster {
 public:
  const Digest& federation() const { return federation_; }
  const std::string& name() const { return name_; }
  std::uint32_t version() const { return roster_.version; }
  // SHA-256 of the payload; of version 1 the genesis fingerprint.
  const Digest& digest() const { return digest_; }
  const Roster& roster() const { return roster_; }
  // nullptr: not in the roster. Whoever it names may be suspended or retired: look at the status.
  const Member* find(std::string_view id) const;
  // Whose place a NUTS code lies in: the member (not retired) with a territory code that is a
  // prefix of `nuts`; nullptr: nobody's, or too coarse to tell.
  const Member* home_of(std::string_view nuts) const;
  // The governance keys of all members, whatever their status.
  bool is_governance_key(const PublicKey& key) const;

 private:
  friend Result<VerifiedRoster> open_genesis(const UnverifiedEnvelope& envelope);
  VerifiedRoster(Roster roster, std::string name, const Digest& federation, const Digest& digest)
      : roster_(std::move(roster)),
        name_(std::move(name)),
        federation_(federation),
        digest_(digest) {}

  Roster roster_;
  std::string name_;
  Digest federation_;
  Digest digest_;
};

// Roster 1, signed by every founder with one of its governance keys; a founder counts once, and
// signatures that verify under no governance key count for nothing. bad_signature names who is
// missing; mismatch: not version 1; further the errors of decode_roster().
Result<VerifiedRoster> open_genesis(const UnverifiedEnvelope& envelope);

}  // namespace regions
