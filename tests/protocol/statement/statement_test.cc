#include "protocol/statement/statement.h"

#include <functional>

#include "protocol/base/limits.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/protocol/statement/wire_forms.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

Result<Statement> again(const Statement& statement) {
  return decode_payload(payload_type_of(statement), encode_payload(statement));
}

struct Mutation {
  const char* what;
  std::function<void(Release&)> change;
  Errc code = Errc::malformed;
};

void expect_refused(const Release& from, const std::vector<Mutation>& mutations) {
  for (const Mutation& mutation : mutations) {
    Release release = from;
    mutation.change(release);
    EXPECT_THAT(check(Statement(release)), IsErr(mutation.code)) << mutation.what;
    EXPECT_THAT(again(release), IsErr(mutation.code)) << mutation.what;
  }
}

TEST(Statement, EveryBrokenHeaderFieldIsRejected) {
  expect_refused(
      sample_release(),
      {{"no federation", [](Release& r) { r.header.federation = {}; }},
       {"no author", [](Release& r) { r.header.author.clear(); }},
       {"author in lower case", [](Release& r) { r.header.author = "pt16"; }},
       {"author too long", [](Release& r) { r.header.author = "PT1600000"; }},
       {"sequence out of range", [](Release& r) { r.header.sequence = kTreeSizeMax + 1; }},
       {"issued-at 0", [](Release& r) { r.header.issued_at = 0; }},
       {"issued-at with seconds", [](Release& r) { r.header.issued_at += 1; }},
       {"issued-at after 9999", [](Release& r) { r.header.issued_at = kTimeMax + 41; }},
       {"no blind", [](Release& r) { r.header.blind = {}; }},
       {"no schema version", [](Release& r) { r.header.schema_version = 0; }},
       {"no audience", [](Release& r) { r.header.audience.kind = AudienceKind{0}; }},
       {"unknown audience", [](Release& r) { r.header.audience.kind = AudienceKind{4}; }},
       {"members of all", [](Release& r) { r.header.audience.members = {"ES"}; }},
       {"named nobody", [](Release& r) { r.header.audience.kind = AudienceKind::named; }},
       {"bad member",
        [](Release& r) {
          r.header.audience = {AudienceKind::named, {"es"}};
        }},
       {"member twice",
        [](Release& r) {
          r.header.audience = {AudienceKind::named, {"ES", "ES"}};
        }},
       {"members unsorted",
        [](Release& r) {
          r.header.audience = {AudienceKind::named, {"PT", "ES"}};
        }},
       {"too many members",
        [](Release& r) {
          r.header.audience.kind = AudienceKind::named;
          r.header.audience.members.assign(kAudienceMembersMax + 1, "ES");
        },
        Errc::too_large}});
}

TEST(Statement, EveryBrokenReleaseFieldIsRejected) {
  expect_refused(
      sample_release(),
      {{"no indicator", [](Release& r) { r.indicator.clear(); }},
       {"indicator with a space", [](Release& r) { r.indicator = "ENT COOP"; }},
       {"long indicator", [](Release& r) { r.indicator.assign(65, 'A'); }, Errc::too_large},
       {"no definition", [](Release& r) { r.definition = {}; }},
       {"no period", [](Release& r) { r.period.clear(); }},
       {"period of five digits", [](Release& r) { r.period = "20170"; }},
       {"period with letters", [](Release& r) { r.period = "20l7"; }},
       {"year 1899", [](Release& r) { r.period = "1899"; }},
       {"year 3000", [](Release& r) { r.period = "3000"; }},
       {"window backwards", [](Release& r) { r.period = "2020-2018"; }},
       {"window of one year", [](Release& r) { r.period = "2018-2018"; }},
       {"window with a slash", [](Release& r) { r.period = "2018/2020"; }},
       {"no table", [](Release& r) { r.table.clear(); }},
       {"roster version 0", [](Release& r) { r.roster_version = 0; }},
       {"no NUTS version", [](Release& r) { r.nuts_version.clear(); }},
       {"NUTS version of letters", [](Release& r) { r.nuts_version = "v021"; }},
       {"no cells", [](Release& r) { r.cells.clear(); }},
       {"no claim method", [](Release& r) { r.claim.method.clear(); }},
       {"claim method version 0", [](Release& r) { r.claim.method_version = 0; }},
       {"claim minimum 0", [](Release& r) { r.claim.minimum = 0; }},
       {"no rule set", [](Release& r) { r.claim.rule_set = {}; }},
       {"empty witnesses", [](Release& r) { r.claim.witnesses = Digest{}; }},
       {"empty supersedes", [](Release& r) { r.supersedes = Digest{}; }}});
}

TEST(Statement, EveryBrokenCellIsRejected) {
  expect_refused(sample_table(),
                 {{"category missing", [](Release& r) { r.cells[0].categories.pop_back(); }},
                  {"category too many", [](Release& r) { r.cells[0].categories.push_back("x"); }},
                  {"empty category", [](Release& r) { r.cells[0].categories[1].clear(); }},
                  {"value of a withheld cell", [](Release& r) { r.cells[1].value = 2; }},
                  {"published without a value", [](Release& r) { r.cells[0].value.reset(); }},
                  {"no status", [](Release& r) { r.cells[0].status = ObsStatus{0}; }},
                  {"unknown status", [](Release& r) { r.cells[0].status = ObsStatus{4}; }},
                  {"cell twice", [](Release& r) { r.cells[1] = r.cells[0]; }},
                  {"cells unsorted", [](Release& r) { std::swap(r.cells[0], r.cells[3]); }},
                  {"dimension twice", [](Release& r) { r.dimensions[1] = r.dimensions[0]; }},
                  {"dimension without a name", [](Release& r) { r.dimensions[0].clear(); }},
                  {"nine dimensions",
                   [](Release& r) {
                     r.dimensions.clear();
                     for (char c = 'a'; c <= 'i'; ++c) r.dimensions.push_back(std::string(1, c));
                   },
                   Errc::too_large}});
}

TEST(Statement, BrokenWithdrawalsAndAdoptionsAreRejected) {
  Withdrawal withdrawal = sample_withdrawal();
  withdrawal.release = {};
  EXPECT_THAT(again(withdrawal), IsErr(Errc::malformed));
  for (const std::uint32_t reason : {0U, 4U, 257U}) {
    withdrawal = sample_withdrawal();
    withdrawal.reason = WithdrawalReason{reason};
    EXPECT_THAT(again(withdrawal), IsErr(Errc::malformed)) << reason;
  }
  KeysetAdopted keyset = sample_keyset_adopted();
  keyset.number = 0;
  EXPECT_THAT(again(keyset), IsErr(Errc::malformed));
  keyset = sample_keyset_adopted();
  keyset.digest = {};
  EXPECT_THAT(again(keyset), IsErr(Errc::malformed));
  keyset = sample_keyset_adopted();
  keyset.header.audience = {AudienceKind::named, {"ES"}};
  EXPECT_THAT(again(keyset), IsErr(Errc::malformed));
  RosterAdopted roster = sample_roster_adopted();
  roster.version = 0;
  EXPECT_THAT(again(roster), IsErr(Errc::malformed));
  roster = sample_roster_adopted();
  roster.digest = {};
  EXPECT_THAT(again(roster), IsErr(Errc::malformed));
  roster = sample_roster_adopted();
  roster.header.audience = {AudienceKind::named, {"ES"}};
  EXPECT_THAT(again(roster), IsErr(Errc::malformed));
}

TEST(Statement, MoreCellsThanAllowedAreRejectedBeforeParsing) {
  const std::string type = payload_type_for("release");
  const Bytes head = varint_field(1, 1);
  Bytes cells;
  for (std::size_t i = 0; i <= kCellsMax; ++i) cells += bytes_field(10, "");
  EXPECT_THAT(decode_payload(type, head + cells), IsErr(Errc::too_large));
  Bytes categories;
  for (std::size_t i = 0; i <= kDimensionsMax; ++i) categories += bytes_field(1, "x");
  EXPECT_THAT(decode_payload(type, head + bytes_field(10, categories)), IsErr(Errc::too_large));
}

TEST(Statement, TheMostCellsFit) {
  Release release = sample_release();
  release.dimensions = {"d"};
  release.cells.clear();
  for (std::size_t i = 0; i < kCellsMax; ++i) {
    release.cells.push_back({{std::to_string(100'000 + i)}, std::nullopt, ObsStatus::Q});
  }
  EXPECT_THAT(again(release), IsOk());
}

TEST(Statement, EveryTruncationIsRejected) {
  for (const Statement& statement : sample_statements()) {
    const Bytes whole = encode_payload(statement);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const auto cut =
          decode_payload(payload_type_of(statement), ByteView(whole).substr(0, length));
      if (cut) {
        EXPECT_NE(*cut, statement) << length;
      }
    }
  }
}

TEST(Statement, EveryChangedBitIsRejectedOrMeansSomethingElse) {
  for (const Statement& statement : sample_statements()) {
    const Bytes whole = encode_payload(statement);
    for (std::size_t i = 0; i < whole.size() * 8; ++i) {
      Bytes changed = whole;
      changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
      const auto decoded = decode_payload(payload_type_of(statement), changed);
      if (!decoded) continue;
      EXPECT_NE(*decoded, statement) << i;
      if (header_of(*decoded) != nullptr) {
        EXPECT_EQ(encode_payload(*decoded), changed) << i;
      }
    }
  }
}

TEST(Statement, EveryFieldTwiceMissingOrOutOfOrderIsRejected) {
  for (const Statement& statement : sample_statements()) {
    const std::string type = payload_type_of(statement);
    const std::vector<Bytes> fields = split_fields(encode_payload(statement));
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto twice = fields;
      twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), fields[i]);
      EXPECT_FALSE(decode_payload(type, join(twice))) << type << " field twice: " << i;
      auto without = fields;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      const auto decoded = decode_payload(type, join(without));
      if (decoded) {
        EXPECT_NE(*decoded, statement) << type << " field missing: " << i;
      }
      // Two elements of one list may change places; that is another statement.
      if (i == 0 || fields[i - 1].front() == fields[i].front()) continue;
      auto swapped = fields;
      std::swap(swapped[i - 1], swapped[i]);
      EXPECT_FALSE(decode_payload(type, join(swapped))) << type << " out of order: " << i;
    }
  }
}

TEST(Statement, UnknownFieldsAreRejectedAtEveryDepth) {
  for (const Statement& statement : sample_statements()) {
    const std::string type = payload_type_of(statement);
    const std::vector<Bytes> fields = split_fields(encode_payload(statement));
    EXPECT_THAT(decode_payload(type, join(fields) + varint_field(100, 1)), IsErr(Errc::malformed));
    EXPECT_THAT(decode_payload(type, join(fields) + bytes_field(536870911, "x")),
                IsErr(Errc::malformed));
    // In the header, which is field 2 of every payload, and in its audience.
    const Header& header = *header_of(statement);
    Bytes audience = varint_field(1, static_cast<unsigned>(header.audience.kind));
    const auto with = [&](const Bytes& in_audience, const Bytes& in_header) {
      auto changed = fields;
      Bytes bytes = bytes_field(1, header.federation.view()) + bytes_field(2, header.author);
      if (header.sequence != 0) bytes += varint_field(3, header.sequence);
      bytes += varint_field(4, header.issued_at) + bytes_field(5, audience + in_audience) +
               bytes_field(6, header.blind.view()) + in_header;
      changed[1] = bytes_field(2, bytes);
      return decode_payload(type, join(changed));
    };
    ASSERT_THAT(with("", ""), IsOk());
    EXPECT_THAT(with(varint_field(3, 1), ""), IsErr(Errc::malformed));
    EXPECT_THAT(with("", bytes_field(7, "x")), IsErr(Errc::malformed));
  }
}

TEST(Statement, ExplicitDefaultsAndLongVarintsAreRejected) {
  const std::string type = payload_type_for("keyset-adopted");
  const std::vector<Bytes> fields = split_fields(encode_payload(sample_keyset_adopted()));
  const Bytes header = fields[1].substr(fields[1].find('\x0a', 1));
  const auto with_header = [&](const Bytes& bytes) {
    return decode_payload(type, fields[0] + bytes_field(2, bytes) + fields[2] + fields[3]);
  };
  ASSERT_THAT(with_header(header), IsOk());
  // The sample's sequence is 0, hence absent; standing there as 0 is another encoding of the same.
  const auto parts = split_fields(header);
  EXPECT_THAT(
      with_header(parts[0] + parts[1] + varint_field(3, 0) + parts[2] + parts[3] + parts[4]),
      IsErr(Errc::malformed));
  const Bytes long_one("\x18\x81\x00", 3);
  EXPECT_THAT(decode_payload(type, fields[0] + fields[1] + long_one + fields[3]),
              IsErr(Errc::malformed));
  EXPECT_THAT(decode_payload(type, Bytes("\x08\x81\x00", 3) + fields[1] + fields[2] + fields[3]),
              IsErr(Errc::malformed));
  // 2^32 + 1 in a uint32: a lax reader would cut it down to 1.
  EXPECT_THAT(
      decode_payload(type, fields[0] + fields[1] + varint_field(3, (1ULL << 32) + 1) + fields[3]),
      IsErr(Errc::malformed));
}

TEST(Statement, AWithheldValueIsAbsentAndAZeroIsThere) {
  Release release = sample_release();
  release.cells[0].value = 0;
  ASSERT_OK_AND(const Statement zero, again(release));
  EXPECT_EQ(std::get<Release>(zero).cells[0].value, 0);
  EXPECT_NE(encode_payload(release).find(Bytes("\x10\x00", 2)), Bytes::npos);
  release.cells[0] = {{}, std::nullopt, ObsStatus::Q};
  ASSERT_OK_AND(const Statement withheld, again(release));
  EXPECT_EQ(std::get<Release>(withheld).cells[0].value, std::nullopt);
}

TEST(Statement, EveryKindSurvivesTheRoundTrip) {
  for (const Statement& statement : sample_statements()) {
    EXPECT_THAT(check(statement), IsOk());
    ASSERT_OK_AND(const Statement decoded, again(statement));
    EXPECT_EQ(decoded, statement);
  }
  Release window = sample_release();
  window.period = "2018-2020";
  window.header.audience = {AudienceKind::named, {"ES", "PT16"}};
  window.cells[0].value = INT64_MIN;
  ASSERT_OK_AND(const Statement decoded, again(window));
  EXPECT_EQ(std::get<Release>(decoded), window);
}

TEST(Statement, AnUnknownKindIsNotUnderstoodAndNoError) {
  for (const char* kind : {"receipt", "evidence", "query", "refusal", "listing", "measure", "round",
                           "something-new"}) {
    ASSERT_OK_AND(const Statement statement,
                  decode_payload(payload_type_for(kind), "\x08\x01rest"));
    EXPECT_EQ(statement, Statement(NotUnderstood{payload_type_for(kind), 1}));
    EXPECT_EQ(header_of(statement), nullptr);
    EXPECT_THAT(check(statement), IsErr(Errc::malformed));
  }
  ASSERT_OK_AND(const Statement empty, decode_payload("text/plain", ""));
  EXPECT_EQ(empty, Statement(NotUnderstood{"text/plain", 0}));
}

TEST(Statement, ALaterSchemaVersionIsNotUnderstoodWhateverFollowsIt) {
  const std::string type = payload_type_for("release");
  ASSERT_OK_AND(const Statement statement, decode_payload(type, Bytes("\x08\x02") + "\xff\xff"));
  EXPECT_EQ(statement, Statement(NotUnderstood{type, 2}));
  // No version, version 0 and a version of more than 32 bits are no later versions.
  EXPECT_THAT(decode_payload(type, ""), IsErr(Errc::malformed));
  EXPECT_THAT(decode_payload(type, Bytes("\x08\x00", 2)), IsErr(Errc::malformed));
  EXPECT_THAT(decode_payload(type, varint_field(1, 1ULL << 32)), IsErr(Errc::malformed));
}

TEST(Kinds, APayloadTypeNamesItsKind) {
  EXPECT_EQ(kind_named_by("application/vnd.regions4.release.v1+protobuf"), "release");
  EXPECT_EQ(kind_named_by("application/vnd.regions4.release.v12+protobuf"), "release");
  EXPECT_EQ(kind_named_by("application/vnd.regions4.a.v1.v2+protobuf"), "a.v1");
  for (const char* other :
       {"", "application/vnd.regions4.", "application/vnd.regions4.release+protobuf",
        "application/vnd.regions4.release.v+protobuf",
        "application/vnd.regions4.release.vx+protobuf", "application/vnd.regions4..v1+protobuf",
        "application/vnd.regions4.release.v1+json"}) {
    EXPECT_EQ(kind_named_by(other), std::nullopt) << other;
  }
  EXPECT_EQ(entry_kind_of("query"), EntryKind::private_kind);
  EXPECT_EQ(entry_kind_of("refusal"), EntryKind::private_kind);
  EXPECT_EQ(entry_kind_of("round"), EntryKind::private_kind);
  EXPECT_EQ(entry_kind_of("roster"), std::nullopt);
}

}  // namespace
}  // namespace regions
