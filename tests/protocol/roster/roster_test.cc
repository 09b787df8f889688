#include "protocol/roster/roster.h"

#include <functional>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"
#include "protocol/proto/roster.pb.h"
#include "protocol/statement/strict_proto.h"
#include "tests/protocol/roster/founding.h"
#include "tests/protocol/statement/wire_forms.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

struct RosterMutation {
  const char* what;
  std::function<void(Roster&)> change;
  Errc code = Errc::malformed;
};

void expect_refused(const Founding& founding, const std::vector<RosterMutation>& mutations) {
  for (const RosterMutation& mutation : mutations) {
    Founding changed = founding;
    mutation.change(changed.roster);
    EXPECT_FALSE(check(changed.roster)) << mutation.what;
    EXPECT_FALSE(unsigned_envelope(changed.roster)) << mutation.what;
    EXPECT_THAT(decode_roster(encode_payload(changed.roster)), IsErr(mutation.code))
        << mutation.what;
    EXPECT_THAT(open_genesis(changed.signed_by_all()), IsErr(mutation.code)) << mutation.what;
  }
}

TEST(Roster, EveryBrokenFieldIsRejected) {
  expect_refused(
      three(),
      {{"no charter", [](Roster& r) { r.charter.clear(); }},
       {"broken charter", [](Roster& r) { r.charter += 'x'; }},
       {"version 0", [](Roster& r) { r.version = 0; }},
       {"version 1 with a previous one", [](Roster& r) { r.prev.bytes.fill(1); }},
       {"version 2 without a previous one", [](Roster& r) { r.version = 2; }},
       {"no issued-at", [](Roster& r) { r.issued_at = 0; }},
       {"issued-at with seconds", [](Roster& r) { r.issued_at += 1; }},
       {"expires-at with seconds", [](Roster& r) { r.expires_at += 1; }},
       {"expires when issued", [](Roster& r) { r.expires_at = r.issued_at; }},
       {"no members", [](Roster& r) { r.members.clear(); }},
       {"no algorithms", [](Roster& r) { r.role_algorithms.clear(); }},
       {"a role left out", [](Roster& r) { r.role_algorithms.pop_back(); }},
       {"roles unsorted", [](Roster& r) { std::swap(r.role_algorithms[0], r.role_algorithms[1]); }},
       {"role without algorithms", [](Roster& r) { r.role_algorithms[2].algorithms.clear(); }},
       {"algorithm twice",
        [](Roster& r) { r.role_algorithms[2].algorithms.push_back(Algorithm::ed25519); }},
       {"unknown algorithm",
        [](Roster& r) { r.role_algorithms[2].algorithms.push_back(Algorithm{6}); },
        Errc::unsupported},
       {"schema kind twice",
        [](Roster& r) { r.accepted_schemas.push_back(r.accepted_schemas[3]); }},
       {"schema without a version", [](Roster& r) { r.accepted_schemas[0].versions.clear(); }},
       {"schema version 0", [](Roster& r) { r.accepted_schemas[0].versions = {0}; }},
       {"schema versions unsorted",
        [](Roster& r) {
          r.accepted_schemas[0].versions = {2, 1};
        }},
       {"quota of no entries", [](Roster& r) { r.quota.entries_per_day = 0; }},
       {"quota of no bytes", [](Roster& r) { r.quota.bytes_per_day = 0; }},
       {"quota of no heads", [](Roster& r) { r.quota.heads_per_minute = 0; }},
       {"empty release plan", [](Roster& r) { r.release_plan = Digest{}; }}});
}

TEST(Roster, EveryBrokenMemberFieldIsRejected) {
  expect_refused(
      three(),
      {{"no id", [](Roster& r) { r.members[1].id.clear(); }},
       {"id in lower case", [](Roster& r) { r.members[1].id = "es"; }},
       {"id twice", [](Roster& r) { r.members[1].id = "DE24"; }},
       {"members unsorted", [](Roster& r) { std::swap(r.members[0], r.members[1]); }},
       {"no status", [](Roster& r) { r.members[1].status = Status{0}; }},
       {"unknown status", [](Roster& r) { r.members[1].status = Status{5}; }},
       {"no territory", [](Roster& r) { r.members[1].territory.clear(); }},
       {"territory in lower case", [](Roster& r) { r.members[1].territory = {"es1"}; }},
       {"territory of one letter", [](Roster& r) { r.members[1].territory = {"E"}; }},
       {"territory of digits", [](Roster& r) { r.members[1].territory = {"12"}; }},
       {"territory of six characters", [](Roster& r) { r.members[1].territory = {"ES1234"}; }},
       {"territories unsorted",
        [](Roster& r) {
          r.members[1].territory = {"ES2", "ES1"};
        }},
       {"no NUTS version", [](Roster& r) { r.members[1].nuts_version.clear(); }},
       {"no date", [](Roster& r) { r.members[1].territory_from.clear(); }},
       {"13th month", [](Roster& r) { r.members[1].territory_from = "2024-13-01"; }},
       {"30 February", [](Roster& r) { r.members[1].territory_from = "2024-02-30"; }},
       {"day 0", [](Roster& r) { r.members[1].territory_from = "2024-02-00"; }},
       {"date with slashes", [](Roster& r) { r.members[1].territory_from = "2024/02/01"; }},
       {"no governance key", [](Roster& r) { r.members[1].governance.clear(); }},
       {"own quota of nothing", [](Roster& r) {
          r.members[1].quota = Quota{0, 1, 1};
        }}});
}

TEST(Roster, EveryBadGovernanceKeyIsRejected) {
  expect_refused(
      three(),
      {{"short key", [](Roster& r) { r.members[1].governance[0].bytes.pop_back(); },
        Errc::untrusted},
       {"low-order key", [](Roster& r) { r.members[1].governance[0].bytes.assign(32, '\0'); },
        Errc::untrusted},
       {"the neutral element",
        [](Roster& r) {
          r.members[1].governance[0].bytes.assign(32, '\0');
          r.members[1].governance[0].bytes[0] = 1;
        },
        Errc::untrusted},
       {"key that is not canonical",
        [](Roster& r) { r.members[1].governance[0].bytes.assign(32, '\xff'); }, Errc::untrusted},
       {"another algorithm", [](Roster& r) { r.members[1].governance[0].algorithm = Algorithm{6}; },
        Errc::unsupported},
       {"key twice in one member",
        [](Roster& r) { r.members[1].governance[1] = r.members[1].governance[0]; }, Errc::conflict},
       {"key of two members",
        [](Roster& r) { r.members[1].governance[1] = r.members[2].governance[1]; }, Errc::conflict},
       {"keys other than the charter's",
        [](Roster& r) { r.members[1].governance[0] = MemberKeys(99).governance().public_key(); },
        Errc::mismatch}});
}

TEST(Roster, OverlappingTerritoriesAreRejected) {
  expect_refused(
      three(),
      {{"the same code", [](Roster& r) { r.members[2].territory = {"ES"}; }, Errc::conflict},
       {"a part of another's", [](Roster& r) { r.members[2].territory = {"ES13"}; },
        Errc::conflict},
       {"what contains another's", [](Roster& r) { r.members[2].territory = {"DE"}; },
        Errc::conflict},
       {"a part, with others between",
        [](Roster& r) {
          r.members[1].territory = {"ES1", "ES2"};
          r.members[2].territory = {"DE3", "ES111", "PT"};
        },
        Errc::conflict},
       {"within one member",
        [](Roster& r) {
          r.members[1].territory = {"ES", "ES1"};
        },
        Errc::conflict},
       {"another NUTS version", [](Roster& r) { r.members[2].nuts_version = "2024"; },
        Errc::conflict}});
  Founding apart = three();
  apart.roster.members[1].territory = {"ES1", "ES2"};
  apart.roster.members[2].territory = {"ES3", "PT16"};
  EXPECT_THAT(open_genesis(apart.signed_by_all()), IsOk());
}

TEST(Roster, ThresholdsOutOfBoundsAreRejected) {
  struct Bounds {
    std::size_t members;
    std::uint32_t least, most;
  };
  for (const Bounds& bounds : {Bounds{1, 1, 1}, Bounds{2, 2, 2}, Bounds{3, 2, 2}, Bounds{4, 3, 3},
                               Bounds{5, 3, 4}, Bounds{8, 5, 7}, Bounds{15, 8, 14}}) {
    Founding founding(many_ids(bounds.members));
    for (std::uint32_t threshold = 0; threshold <= bounds.members + 1; ++threshold) {
      founding.roster.threshold = threshold;
      const auto opened = open_genesis(founding.signed_by_all());
      if (threshold >= bounds.least && threshold <= bounds.most) {
        EXPECT_THAT(opened, IsOk()) << bounds.members << ": " << threshold;
      } else {
        EXPECT_THAT(opened, IsErr(Errc::refused)) << bounds.members << ": " << threshold;
      }
    }
  }
}

TEST(Roster, ABoardIsForMoreThan15MembersAndCountsItsSeats) {
  expect_refused(three(), {{"board of a few", [](Roster& r) { r.board = {"ES"}; }, Errc::refused}});
  Founding large(many_ids(16));
  EXPECT_THAT(open_genesis(large.signed_by_all()), IsErr(Errc::refused));
  large.roster.board = many_ids(5);
  large.roster.threshold = 4;
  EXPECT_THAT(open_genesis(large.signed_by_all()), IsOk());
  expect_refused(large,
                 {{"four seats", [](Roster& r) { r.board.pop_back(); }, Errc::refused},
                  {"sixteen seats", [](Roster& r) { r.board = many_ids(16); }, Errc::too_large},
                  {"a stranger's seat", [](Roster& r) { r.board[4] = "ZZ"; }, Errc::refused},
                  {"a seat twice", [](Roster& r) { r.board[1] = r.board[0]; }},
                  {"all five seats", [](Roster& r) { r.threshold = 5; }, Errc::refused},
                  {"two of five", [](Roster& r) { r.threshold = 2; }, Errc::refused}});
}

TEST(Roster, CommitteesThatProveNothingAreRejected) {
  Founding founding(many_ids(8));
  const auto ids = many_ids(8);
  const std::vector<std::string> witnesses(ids.begin() + 1, ids.end());
  founding.roster.committees = {{ids[0], witnesses, 2, 5}};
  EXPECT_THAT(open_genesis(founding.signed_by_all()), IsOk());
  founding.roster.committees = {{ids[0], {ids[1], ids[2]}, 0, 2}};
  EXPECT_THAT(open_genesis(founding.signed_by_all()), IsOk());
  founding.roster.committees = {{ids[0], witnesses, 2, 5}};
  expect_refused(
      founding,
      {{"two quorums without an honest witness in common", [](Roster& r) { r.committees[0].q = 4; },
        Errc::refused},
       {"a quorum that the liars can block", [](Roster& r) { r.committees[0].q = 6; },
        Errc::refused},
       {"more liars than witnesses", [](Roster& r) { r.committees[0].f = 8; }, Errc::refused},
       {"f of 2^32 - 1", [](Roster& r) { r.committees[0].f = UINT32_MAX; }, Errc::refused},
       {"quorum 0", [](Roster& r) { r.committees[0].q = 0; }, Errc::refused},
       {"no witnesses", [](Roster& r) { r.committees[0].witnesses.clear(); }, Errc::refused},
       {"the author as witness", [](Roster& r) { r.committees[0].log = "AAB"; }, Errc::refused},
       {"a stranger as witness", [](Roster& r) { r.committees[0].witnesses[6] = "ZZ"; },
        Errc::refused},
       {"a stranger's log", [](Roster& r) { r.committees[0].log = "ZZ"; }, Errc::refused},
       {"a witness twice",
        [](Roster& r) { r.committees[0].witnesses[1] = r.committees[0].witnesses[0]; }},
       {"two for one log", [](Roster& r) { r.committees.push_back(r.committees[0]); }}});
}

TEST(Roster, AnUnsaidFOfACommitteeIsRejected) {
  Founding founding(many_ids(3));
  founding.roster.committees = {{"AAA", {"AAB", "AAC"}, 0, 2}};
  regions4::v1::Roster wire;
  ASSERT_TRUE(wire.ParseFromString(encode_payload(founding.roster)));
  EXPECT_THAT(decode_roster(serialize(wire)), IsOk());
  wire.mutable_committees(0)->clear_f();
  EXPECT_THAT(decode_roster(serialize(wire)), IsErr(Errc::malformed));
}

TEST(Roster, MembersOfRoster1AreTheFounders) {
  expect_refused(three(),
                 {{"a founder left out",
                   [](Roster& r) {
                     r.members.pop_back();
                     r.threshold = 2;
                   },
                   Errc::mismatch},
                  {"a founder renamed", [](Roster& r) { r.members[1].id = "FR"; }, Errc::mismatch},
                  {"a founder who observes",
                   [](Roster& r) {
                     r.members[1].status = Status::observer;
                     r.threshold = 2;
                   },
                   Errc::mismatch},
                  {"a member who did not found",
                   [](Roster& r) {
                     r.members.push_back({"SI",
                                          Status::member,
                                          {"SI"},
                                          "2021",
                                          "2024-01-01",
                                          {MemberKeys(77).governance().public_key()},
                                          {}});
                     r.threshold = 3;
                   },
                   Errc::mismatch}});
}

TEST(Roster, LaxEncodingsAreRejected) {
  const Bytes whole = encode_payload(three().roster);
  const std::vector<Bytes> fields = split_fields(whole);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto twice = fields;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), fields[i]);
    EXPECT_FALSE(decode_roster(join(twice))) << i;
    auto without = fields;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    const auto decoded = decode_roster(join(without));
    if (decoded) {
      EXPECT_NE(*decoded, three().roster) << i;
    }
  }
  EXPECT_THAT(decode_roster(whole + varint_field(99, 1)), IsErr(Errc::malformed));
  EXPECT_THAT(decode_roster(whole + varint_field(15, 0)), IsErr(Errc::malformed));
  EXPECT_THAT(decode_roster(whole + varint_field(15, 2)), IsErr(Errc::malformed));
  EXPECT_THAT(decode_roster(whole + varint_field(15, 1)), IsOk());
  // A packed list written unpacked: another encoding of the same numbers.
  Bytes unpacked = whole;
  const Bytes row = bytes_field(10, varint_field(1, 1) + bytes_field(2, "\x01"));
  const std::size_t at = unpacked.find(row);
  ASSERT_NE(at, Bytes::npos);
  unpacked.replace(at, row.size(), bytes_field(10, varint_field(1, 1) + varint_field(2, 1)));
  EXPECT_THAT(decode_roster(unpacked), IsErr(Errc::malformed));
  unpacked = whole;
  unpacked.replace(at, row.size(), bytes_field(10, varint_field(1, 1) + bytes_field(2, "")));
  EXPECT_THAT(decode_roster(unpacked), IsErr(Errc::malformed));
}

TEST(Roster, EveryChangedBitIsRejectedOrMeansSomethingElse) {
  const Bytes whole = encode_payload(three().roster);
  for (std::size_t i = 0; i < whole.size() * 8; ++i) {
    Bytes changed = whole;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    const auto decoded = decode_roster(changed);
    if (!decoded) continue;
    EXPECT_NE(*decoded, three().roster) << i;
    EXPECT_EQ(encode_payload(*decoded), changed) << i;
  }
}

TEST(Roster, ALaterSchemaVersionIsUnsupported) {
  EXPECT_THAT(decode_roster(varint_field(1, 2)), IsErr(Errc::unsupported));
  EXPECT_THAT(decode_roster(""), IsErr(Errc::malformed));
}

TEST(Roster, ListsAreBoundedBeforeParsing) {
  Bytes members = varint_field(1, 1);
  for (std::size_t i = 0; i <= kMembersMax; ++i) members += bytes_field(9, "");
  EXPECT_THAT(decode_roster(members), IsErr(Errc::too_large));
}

}  // namespace
}  // namespace regions
