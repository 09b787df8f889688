#include "protocol/statement/verified.h"

#include <type_traits>

#include "protocol/base/limits.h"
#include "protocol/statement/signed_statement.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/support/result_matchers.h"

namespace regions {

// The node's signer is in node/publish, which this test does not link.
class StatementSigner {
 public:
  static Result<SignedStatement> sign(const Statement& statement, const StatementKey& key) {
    return SignedStatement::make(statement, key);
  }
};

namespace {

class Verified : public testing::Test {
 protected:
  Result<VerifiedStatement> open_at(const UnverifiedEnvelope& envelope, const Entry& entry,
                                    std::uint64_t index) const {
    return open(envelope, encode(entry), index, judge_);
  }
  static Digest id_of(const UnverifiedEnvelope& envelope) {
    return statement_id(envelope.payload_type, envelope.payload);
  }
  // Opens `statement`, signed by key_, at the place that it claims.
  Result<VerifiedStatement> open_own(const Statement& statement) const {
    const UnverifiedEnvelope envelope = envelope_of(statement, key_);
    return open_at(envelope, entry_of(statement, id_of(envelope)), header_of(statement)->sequence);
  }

  PrivateKey key_ = key_from_byte(1);
  PrivateKey other_ = key_from_byte(2);
  JudgedBy judge_{sample_header().federation, "PT16", {key_.public_key()}};
  Statement statement_ = sample_release();
  UnverifiedEnvelope envelope_ = envelope_of(statement_, key_);
  Entry entry_ = entry_of(statement_, id_of(envelope_));
};

TEST_F(Verified, AStatementInItsPlaceOpens) {
  ASSERT_OK_AND(const VerifiedStatement opened, open_at(envelope_, entry_, 7));
  EXPECT_EQ(opened.statement(), statement_);
  EXPECT_EQ(opened.entry(), entry_);
  EXPECT_EQ(opened.id(), id_of(envelope_));
  EXPECT_EQ(opened.index(), 7U);
}

TEST_F(Verified, AnotherKeysSignatureIsRejected) {
  EXPECT_THAT(open_at(envelope_of(statement_, other_), entry_, 7), IsErr(Errc::bad_signature));
  judge_.statement_keys.clear();
  EXPECT_THAT(open_at(envelope_, entry_, 7), IsErr(Errc::bad_signature));
}

TEST_F(Verified, AnyOfTheMembersKeysMaySign) {
  judge_.statement_keys.insert(judge_.statement_keys.begin(), other_.public_key());
  EXPECT_THAT(open_at(envelope_, entry_, 7), IsOk());
}

TEST_F(Verified, AKeyidIsThatOfTheKeyOrNotThere) {
  envelope_.signatures[0].keyid = keyid_of(other_.public_key());
  EXPECT_THAT(open_at(envelope_, entry_, 7), IsErr(Errc::bad_signature));
  envelope_.signatures[0].keyid.clear();
  EXPECT_THAT(open_at(envelope_, entry_, 7), IsOk());
}

TEST_F(Verified, NoneOrTwoSignaturesAreRejected) {
  UnverifiedEnvelope two = envelope_;
  two.signatures.push_back(two.signatures.front());
  EXPECT_THAT(open_at(two, entry_, 7), IsErr(Errc::bad_signature));
  two.signatures[1] = envelope_of(statement_, other_).signatures[0];
  EXPECT_THAT(open_at(two, entry_, 7), IsErr(Errc::bad_signature));
  two.signatures.clear();
  EXPECT_THAT(open_at(two, entry_, 7), IsErr(Errc::bad_signature));
}

TEST_F(Verified, EveryChangedByteOfASignatureIsRejected) {
  for (std::size_t i = 0; i < envelope_.signatures[0].signature.size(); ++i) {
    UnverifiedEnvelope changed = envelope_;
    char& byte = changed.signatures[0].signature[i];
    byte = static_cast<char>(byte ^ 1);
    EXPECT_THAT(open_at(changed, entry_, 7), IsErr(Errc::bad_signature)) << i;
  }
}

TEST_F(Verified, AnEnvelopeOfAnotherEntryIsRejected) {
  Release release = sample_release();
  release.cells[0].value = 41;
  EXPECT_THAT(open_at(envelope_of(release, key_), entry_, 7), IsErr(Errc::mismatch));
  UnverifiedEnvelope retyped = envelope_;
  retyped.payload_type = payload_type_for("withdrawal");
  EXPECT_THAT(open_at(retyped, entry_, 7), IsErr(Errc::mismatch));
}

TEST_F(Verified, AnotherAuthorOrFederationIsRejected) {
  Release release = sample_release();
  release.header.author = "ES";
  EXPECT_THAT(open_own(release), IsErr(Errc::mismatch));
  release = sample_release();
  release.header.federation = digest_of_byte(0x11);
  EXPECT_THAT(open_own(release), IsErr(Errc::mismatch));
}

TEST_F(Verified, AnotherPlaceInTheLogIsRejected) {
  EXPECT_THAT(open_at(envelope_, entry_, 6), IsErr(Errc::mismatch));
  EXPECT_THAT(open_at(envelope_, entry_, 8), IsErr(Errc::mismatch));
}

TEST_F(Verified, EveryFieldOfTheEntryMustBeThePayloads) {
  Entry changed = entry_;
  changed.kind = EntryKind::withdrawal;
  EXPECT_THAT(open_at(envelope_, changed, 7), IsErr(Errc::mismatch));
  changed = entry_;
  changed.audience = AudienceKind::public_audience;
  EXPECT_THAT(open_at(envelope_, changed, 7), IsErr(Errc::mismatch));
  changed = entry_;
  changed.sequence = 8;
  EXPECT_THAT(open_at(envelope_, changed, 8), IsErr(Errc::mismatch));
  changed = entry_;
  changed.issued_at += 60;
  EXPECT_THAT(open_at(envelope_, changed, 7), IsErr(Errc::mismatch));
  changed = entry_;
  changed.statement = digest_of_byte(9);
  EXPECT_THAT(open_at(envelope_, changed, 7), IsErr(Errc::mismatch));
}

TEST_F(Verified, BrokenEntriesAreRejected) {
  const Bytes bytes = encode(entry_);
  EXPECT_THAT(open(envelope_, "", 7, judge_), IsErr(Errc::malformed));
  EXPECT_THAT(open(envelope_, bytes + "x", 7, judge_), IsErr(Errc::malformed));
  Bytes later = bytes;
  later[0] = 2;
  EXPECT_THAT(open(envelope_, later, 7, judge_), IsErr(Errc::unsupported));
}

TEST_F(Verified, AMalformedPayloadOfAKnownKindIsRejectedThoughSigned) {
  const auto envelope = envelope_of(payload_type_for("release"), "\x08\x01junk", key_);
  entry_.statement = id_of(envelope);
  EXPECT_THAT(open_at(envelope, entry_, 7), IsErr(Errc::malformed));
}

TEST_F(Verified, WhatIsNotUnderstoodOpensWithoutBeingRead) {
  const auto later = envelope_of(payload_type_for("release"), "\x08\x02whatever", key_);
  entry_.statement = id_of(later);
  ASSERT_OK_AND(const auto opened, open_at(later, entry_, 7));
  EXPECT_EQ(opened.statement(), Statement(NotUnderstood{payload_type_for("release"), 2}));
  // What can be compared is compared.
  entry_.kind = EntryKind::measure;
  EXPECT_THAT(open_at(later, entry_, 7), IsErr(Errc::mismatch));
  EXPECT_THAT(open_at(later, entry_, 8), IsErr(Errc::mismatch));
  const auto measure = envelope_of(payload_type_for("measure"), "\x08\x01", key_);
  entry_.statement = id_of(measure);
  EXPECT_THAT(open_at(measure, entry_, 7), IsOk());
  const auto forged = envelope_of(payload_type_for("measure"), "\x08\x01", other_);
  EXPECT_THAT(open_at(forged, entry_, 7), IsErr(Errc::bad_signature));
}

TEST_F(Verified, ADocumentIsNoStatement) {
  for (const char* document : {"roster", "keyset"}) {
    const auto envelope = envelope_of(payload_type_for(document), "\x08\x01", key_);
    entry_.statement = id_of(envelope);
    EXPECT_THAT(open_at(envelope, entry_, 7), IsErr(Errc::mismatch));
  }
}

TEST_F(Verified, EveryKindOpensWhereItStands) {
  for (const Statement& statement : sample_statements()) EXPECT_THAT(open_own(statement), IsOk());
}

TEST(SignedStatement, OnlyTheSignerMakesOne) {
  static_assert(!std::is_default_constructible_v<SignedStatement>);
  static_assert(!std::is_constructible_v<SignedStatement, Entry, Bytes>);
  static_assert(!std::is_constructible_v<VerifiedStatement, Statement, Entry, std::uint64_t>);
  static_assert(!std::is_copy_constructible_v<StatementKey>);
}

TEST(SignedStatement, AStatementThatAFollowerWouldRefuseIsNeverSigned) {
  const StatementKey key(key_from_byte(1));
  Release release = sample_release();
  release.cells[0].status = ObsStatus::Q;
  EXPECT_THAT(StatementSigner::sign(release, key), IsErr(Errc::malformed));
  EXPECT_THAT(StatementSigner::sign(NotUnderstood{"x", 1}, key), IsErr(Errc::malformed));
  release = sample_release();
  release.dimensions = {"d"};
  release.cells.clear();
  for (std::size_t i = 0; i < kCellsMax; ++i) {
    release.cells.push_back(
        {{std::string(30, 'c') + std::to_string(100'000 + i)}, 1, ObsStatus::A});
  }
  EXPECT_THAT(StatementSigner::sign(release, key), IsErr(Errc::too_large));
}

TEST(SignedStatement, WhatIsSignedOpensAtTheFollower) {
  const StatementKey key(key_from_byte(1));
  for (const Statement& statement : sample_statements()) {
    ASSERT_OK_AND(const SignedStatement made, StatementSigner::sign(statement, key));
    ASSERT_OK_AND(const auto envelope, decode_envelope(made.envelope()));
    ASSERT_OK_AND(const auto opened,
                  open(envelope, encode(made.entry()), made.entry().sequence,
                       {sample_header().federation, "PT16", {key.public_key()}}));
    EXPECT_EQ(opened.statement(), statement);
    EXPECT_EQ(opened.id(), made.id());
  }
}

}  // namespace
}  // namespace regions
