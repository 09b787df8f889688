// Every rule that a logged statement must keep before anything uses it.
#include "policies/catalogue/tables.h"
#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

class AcceptorTest : public ExchangeBench {
 protected:
  // What the acceptor says of a statement as the next entry of ES's log.
  Judgement judged(const Statement& statement) { return judged(statement, "ES"); }
  Judgement judged(const Statement& statement, const std::string& signer) {
    const auto envelope = envelope_of(statement, federation.key(signer, Role::statement));
    return judged(envelope, entry_of(statement, {}));
  }
  Judgement judged(const UnverifiedEnvelope& envelope, Entry entry) {
    entry.statement = statement_id(envelope.payload_type, envelope.payload);
    return federation.acceptor()->judge("ES", entry.sequence, encode(entry),
                                        encode_envelope(envelope));
  }
  // The same where the roster names the default plan.
  Judgement planned(const Release& release) {
    const Acceptor acceptor(federation.membership(), Catalogue::builtin(), shared_default_plan());
    const auto envelope = envelope_of(release, federation.key("ES", Role::statement));
    const Entry entry = entry_of(release, statement_id(envelope.payload_type, envelope.payload));
    return acceptor.judge("ES", release.header.sequence, encode(entry), encode_envelope(envelope));
  }
  Release by_group() { return log.table("technology-group", "2018-2020", {"technology_group"}); }
  Release amount(std::optional<std::int64_t> cents) {
    return log.table("total", "2014-2020", {}, cents, "COOP-FUND-EUR");
  }
  // A statement at another index than the next.
  template <class Kind>
  Kind at(std::uint64_t index, Kind statement) {
    statement.header.sequence = index;
    return statement;
  }
  void expect(const Judgement& judgement, StatementState state, const std::string& reason) {
    EXPECT_EQ(judgement.state, state) << judgement.reason;
    EXPECT_THAT(judgement.reason, testing::HasSubstr(reason));
    EXPECT_EQ(judgement.reason.empty(), reason.empty()) << judgement.reason;
  }
  KeysetAdopted keyset_adopted(std::uint32_t number = 1) {
    return {log.header(), number, federation.membership()->keyset("ES")->digest()};
  }
  RosterAdopted roster_adopted(std::uint32_t version = 1) {
    return {log.header(), version, federation.membership()->roster().digest()};
  }
};

TEST_F(AcceptorTest, MemberWithoutAKeySetIsNotJudgedYet) {
  MemoryStore store;
  federation.install(store, "ES");
  const Acceptor acceptor(Membership::load(store).value(), Catalogue::builtin());
  const Release release = log.release("2017");
  const auto envelope = envelope_of(release, federation.key("ES", Role::statement));
  const Entry entry = entry_of(release, statement_id(envelope.payload_type, envelope.payload));
  expect(acceptor.judge("ES", 2, encode(entry), encode_envelope(envelope)), StatementState::pending,
         "not installed");
}

TEST_F(AcceptorTest, BytesThatAreNotTheAuthorsAreAskedForAgain) {
  const Release release = log.release("2017");
  const auto envelope = envelope_of(release, federation.key("ES", Role::statement));
  const Entry entry = entry_of(release, statement_id(envelope.payload_type, envelope.payload));
  const auto judge = [&](const Bytes& bytes) {
    return federation.acceptor()->judge("ES", 2, encode(entry), bytes);
  };
  expect(judge(""), StatementState::pending, "envelope");
  expect(judge("garbage"), StatementState::pending, "envelope");
  const auto other = envelope_of(log.release("2018"), federation.key("ES", Role::statement));
  expect(judge(encode_envelope(other)), StatementState::pending, "logged digest");
  expect(judged(release, "DE24"), StatementState::pending, "bad_signature");
  auto twice = envelope;
  twice.signatures.push_back(twice.signatures.front());
  expect(judge(encode_envelope(twice)), StatementState::pending, "exactly one");
  for (const Role role : {Role::log, Role::witness, Role::tls}) {
    const auto wrong = envelope_of(release, federation.key("ES", role));
    expect(judge(encode_envelope(wrong)), StatementState::pending, "bad_signature");
  }
  expect(judge(encode_envelope(envelope)), StatementState::verified, "");
}

TEST_F(AcceptorTest, EntryOfAnotherLengthIsInvalidNotACrash) {
  const Bytes envelope =
      encode_envelope(envelope_of(log.release("2017"), federation.key("ES", Role::statement)));
  for (const std::size_t length : {0u, 1u, 31u, 55u, 57u}) {
    expect(federation.acceptor()->judge("ES", 2, Bytes(length, 'x'), envelope),
           StatementState::invalid, "56 bytes");
  }
}

TEST_F(AcceptorTest, ReleaseBeforeTheAdoptionsIsInvalid) {
  expect(judged(at(0, log.release("2017"))), StatementState::invalid, "does not adopt key set 1");
  expect(judged(at(1, log.release("2017"))), StatementState::invalid, "does not adopt roster 1");
  expect(judged(at(0, roster_adopted())), StatementState::invalid, "does not adopt key set 1");
  expect(judged(at(1, keyset_adopted())), StatementState::invalid, "does not adopt roster 1");
  expect(judged(at(0, keyset_adopted())), StatementState::verified, "");
  expect(judged(at(1, roster_adopted())), StatementState::verified, "");
}

TEST_F(AcceptorTest, AdoptionOfAnotherDocumentIsInvalid) {
  KeysetAdopted keyset = at(0, keyset_adopted());
  keyset.digest = digest_of_byte(9);
  expect(judged(keyset), StatementState::invalid, "not the installed one");
  RosterAdopted roster = at(1, roster_adopted());
  roster.digest = digest_of_byte(9);
  expect(judged(roster), StatementState::invalid, "not the installed one");
}

TEST_F(AcceptorTest, NumberOneIsAdoptedOnceAndALaterNumberIsNotUnderstood) {
  expect(judged(keyset_adopted()), StatementState::invalid, "another place");
  expect(judged(roster_adopted()), StatementState::invalid, "another place");
  expect(judged(keyset_adopted(2)), StatementState::not_understood, "key set 2");
  expect(judged(roster_adopted(2)), StatementState::not_understood, "roster 2");
  expect(judged(at(0, keyset_adopted(2))), StatementState::invalid, "another place");
  expect(judged(at(1, roster_adopted(2))), StatementState::invalid, "another place");
}

TEST_F(AcceptorTest, EntryThatDiffersFromItsPayloadIsInvalid) {
  const Release release = log.release("2017");
  const auto envelope = envelope_of(release, federation.key("ES", Role::statement));
  const Entry right = entry_of(release, {});
  Entry wrong = right;
  wrong.kind = EntryKind::withdrawal;
  expect(judged(envelope, wrong), StatementState::invalid, "kind");
  wrong = right;
  wrong.audience = AudienceKind::public_audience;
  expect(judged(envelope, wrong), StatementState::invalid, "audience");
  wrong = right;
  wrong.issued_at += 60;
  expect(judged(envelope, wrong), StatementState::invalid, "issued-at");
  wrong = right;
  ++wrong.sequence;
  expect(judged(envelope, wrong), StatementState::invalid, "sequence");
}

TEST_F(AcceptorTest, StatementOfAnotherFederationOrAuthorIsInvalid) {
  Release release = log.release("2017");
  release.header.federation = digest_of_byte(1);
  expect(judged(release), StatementState::invalid, "another federation");
  release = log.release("2017");
  release.header.author = "DE24";
  expect(judged(release), StatementState::invalid, "another author");
}

TEST_F(AcceptorTest, PayloadThatBreaksItsFormatIsInvalid) {
  const Release release = log.release("2017");
  Bytes payload = encode_payload(release);
  payload.push_back('\0');
  expect(
      judged(envelope_of(payload_type_of(release), payload, federation.key("ES", Role::statement)),
             entry_of(release, {})),
      StatementState::invalid, "malformed");
}

TEST_F(AcceptorTest, ReleaseUnderAnotherRosterVersionIsInvalid) {
  Release release = log.release("2017");
  release.roster_version = 2;
  expect(judged(release), StatementState::invalid, "roster version");
}

TEST_F(AcceptorTest, WhatThisBuildDoesNotKnowIsNotUnderstood) {
  Release release = log.release("2017");
  release.indicator = "NEW-COOP";
  expect(judged(release), StatementState::not_understood, "NEW-COOP");
  release = log.release("2017");
  release.definition = digest_of_byte(3);
  expect(judged(release), StatementState::not_understood, "another definition");
  release = log.release("2017");
  release.table = "by-technology";
  expect(judged(release), StatementState::not_understood, "by-technology");
  release = log.release("2017");
  release.claim.method = "cell-key";
  expect(judged(release), StatementState::not_understood, "cell-key");
  release = log.release("2017");
  release.claim.method_version = 2;
  expect(judged(release), StatementState::not_understood, "version 2");
  Entry entry = entry_of(log.release("2017"), {});
  entry.kind = EntryKind::measure;
  expect(judged(envelope_of(payload_type_for("measure"), "anything",
                            federation.key("ES", Role::statement)),
                entry),
         StatementState::not_understood, "measure");
}

TEST_F(AcceptorTest, HeadlineThatBreaksTheHeadlineRulesIsInvalid) {
  Release release = log.release("2017-2018");
  expect(judged(release), StatementState::invalid, "not a year");
  release = log.release("2017");
  release.dimensions = {"technology"};
  release.cells = {{{"ai"}, 5, ObsStatus::A}};
  expect(judged(release), StatementState::invalid, "one cell");
  release.cells.push_back({{"iot"}, 5, ObsStatus::A});
  expect(judged(release), StatementState::invalid, "one cell");
  release = log.release("2017");
  release.claim.minimum = 2;
  expect(judged(release), StatementState::invalid, "minimum of 3");
  for (const std::int64_t value : {-1, 0, 1, 2}) {
    expect(judged(log.release("2017", value)), StatementState::invalid, "below its own minimum");
  }
  release = log.release("2017", 4);
  release.claim.minimum = 5;
  expect(judged(release), StatementState::invalid, "below its own minimum");
}

TEST_F(AcceptorTest, TableThatIsNotPlannedIsNotUnderstoodHoweverWrong) {
  Release release = by_group();
  release.claim.minimum = 1;
  release.cells.pop_back();
  expect(judged(release), StatementState::not_understood, "table technology-group of ENT-COOP");
  release.table = "by-moon";
  expect(planned(release), StatementState::not_understood, "table by-moon");
  // Another indicator, another kind of period, a period beyond the plan, a range that is none.
  expect(planned(log.table("place", "2018-2020", {"place"}, 12, "SME-COOP")),
         StatementState::not_understood, "table place of SME-COOP");
  expect(planned(log.table("place", "2018", {"place"})), StatementState::not_understood,
         "table place of ENT-COOP in 2018");
  expect(planned(log.table("place", "2012-2014", {"place"})), StatementState::not_understood,
         "2012-2014");
  expect(planned(log.table("place", "2030-2032", {"place"})), StatementState::not_understood,
         "2030-2032");
  expect(planned(log.table("place", "2018-2021", {"place"})), StatementState::not_understood,
         "2018-2021");
  expect(planned(log.release("2017", 5, "ENT-COOP-INTERREG")), StatementState::not_understood,
         "headline of ENT-COOP-INTERREG");
}

TEST_F(AcceptorTest, PlannedTableOfAnotherShapeIsInvalid) {
  Release release = by_group();
  release.dimensions = {"actor_group"};
  expect(planned(release), StatementState::invalid, "other dimensions");
  release = by_group();
  release.dimensions.clear();
  release.cells = cells_of({}, 12);
  expect(planned(release), StatementState::invalid, "other dimensions");
  release = by_group();
  release.cells.pop_back();
  expect(planned(release), StatementState::invalid, "5 cells are planned, it has 4");
  release = by_group();
  release.cells[0].categories = {"_T"};
  expect(planned(release), StatementState::invalid, "no category _T of technology_group");
  release = by_group();
  release.cells.push_back({{"quantum"}, 12, ObsStatus::A});
  expect(planned(release), StatementState::invalid, "no category quantum");
  release =
      log.table("nace-group-technology-group", "2018-2020", {"technology_group", "nace_group"});
  expect(planned(release), StatementState::invalid, "other dimensions");
}

TEST_F(AcceptorTest, PlannedTableByAnotherMethodIsInvalidAndALaterVersionNotUnderstood) {
  Release release = by_group();
  release.claim.method = "exact";
  expect(planned(release), StatementState::invalid, "by exact, the plan says cell-key");
  release = amount(500'000);
  release.claim.method = "cell-key";
  expect(planned(release), StatementState::invalid, "the plan says rounded");
  release = by_group();
  release.claim.method_version = 2;
  expect(planned(release), StatementState::not_understood, "method cell-key version 2");
  release = by_group();
  release.claim.minimum = 2;
  expect(planned(release), StatementState::invalid, "minimum of 3");
}

TEST_F(AcceptorTest, ValuesThatTheMethodNeverGivesAreInvalid) {
  for (const std::int64_t value : {-1, 1, 2}) {
    Release release = by_group();
    release.cells[3].value = value;
    expect(planned(release), StatementState::invalid, "never gives");
  }
  Release release = by_group();
  release.cells[3] = {release.cells[3].categories, std::nullopt, ObsStatus::Q};
  expect(planned(release), StatementState::invalid, "withholds a cell");
  for (const std::int64_t cents : {-100'000, 1, 50'000, 100'001}) {
    expect(planned(amount(cents)), StatementState::invalid, "multiple of 100000");
  }
  expect(planned(log.release("2017", kReleasedValueMax + 1)), StatementState::invalid, "beyond");
  expect(planned(amount(90'071'992'547'500'000)), StatementState::invalid, "beyond");
}

TEST_F(AcceptorTest, TableForAnotherTierThanThePlanGivesIsInvalid) {
  Plan plan = *shared_default_plan();
  plan.member_tiers = {{"ES", Tier::M}, {"PT16", Tier::S}};
  const auto judged_by = [&](const Release& release) {
    const Acceptor acceptor(federation.membership(), Catalogue::builtin(),
                            std::make_shared<const Plan>(plan));
    const auto envelope = envelope_of(release, federation.key("ES", Role::statement));
    const Entry entry = entry_of(release, statement_id(envelope.payload_type, envelope.payload));
    return acceptor.judge("ES", release.header.sequence, encode(entry), encode_envelope(envelope));
  };
  const Release of_l = log.table("technology-group", "2018", {"technology_group"});
  expect(judged_by(of_l), StatementState::invalid, "not for tier M, which the plan gives");
  expect(judged_by(by_group()), StatementState::verified, "");
  // Nobody but the region knows a tier that is not given.
  plan.member_tiers.erase("ES");
  expect(judged_by(of_l), StatementState::verified, "");
  plan.member_tiers["ES"] = Tier::S;
  expect(judged_by(by_group()), StatementState::invalid, "not for tier S");
  expect(judged_by(amount(500'000)), StatementState::verified, "");
  expect(judged_by(log.release("2017", 3)), StatementState::verified, "");
}

TEST_F(AcceptorTest, PlannedTablesAreVerified) {
  expect(planned(log.release("2017", 3)), StatementState::verified, "");
  expect(planned(log.release("2017", kReleasedValueMax)), StatementState::verified, "");
  expect(planned(by_group()), StatementState::verified, "");
  for (const std::int64_t value : {0, 3}) {
    expect(planned(log.table("technology-group", "2018", {"technology_group"}, value)),
           StatementState::verified, "");
  }
  expect(planned(log.table("nace-group-technology-group", "2021-2023",
                           {"nace_group", "technology_group"}, 7, "SME-COOP")),
         StatementState::verified, "");
  Release provisional = log.table("total", "2024-2026", {}, 9, "SME-COOP-INTERREG");
  provisional.cells[0].status = ObsStatus::P;
  expect(planned(provisional), StatementState::verified, "");
  expect(planned(amount(0)), StatementState::verified, "");
  expect(planned(amount(123'400'000)), StatementState::verified, "");
  expect(planned(amount(std::nullopt)), StatementState::verified, "");
}

TEST_F(AcceptorTest, HeadlinesAndWithdrawalsAreVerified) {
  expect(judged(log.release("2017", 3)), StatementState::verified, "");
  expect(judged(log.release("2017", std::nullopt)), StatementState::verified, "");
  expect(judged(log.release("2017", 3, "SME-COOP")), StatementState::verified, "");
  Release provisional = log.release("2017", 3);
  provisional.cells[0].status = ObsStatus::P;
  expect(judged(provisional), StatementState::verified, "");
  expect(judged(log.withdrawal(digest_of_byte(1))), StatementState::verified, "");
}

TEST_F(AcceptorTest, EntriesAreSortedBeforeTheirPayloadIsHere) {
  const Bytes entry = encode(entry_of(log.release("2017"), {}));
  const Acceptor& acceptor = *federation.acceptor();
  expect(acceptor.judge_entry(entry), StatementState::pending, "");
  Bytes changed = entry;
  changed[0] = 2;
  expect(acceptor.judge_entry(changed), StatementState::not_understood, "version");
  changed = entry;
  changed[1] = 77;
  expect(acceptor.judge_entry(changed), StatementState::not_understood, "kind");
  changed = entry;
  changed[2] = 9;
  expect(acceptor.judge_entry(changed), StatementState::not_understood, "audience");
  changed = entry;
  changed[3] = 1;
  expect(acceptor.judge_entry(changed), StatementState::invalid, "malformed");
  changed = entry;
  changed[2] = 3;
  expect(acceptor.judge_entry(changed), StatementState::undisclosed, "named");
}

}  // namespace
}  // namespace regions
