// Federated answers: what counts, what does not, and how it is said.
#include "node/federation/answer.h"

#include "node/base/limits.h"
#include "node/federation/render.h"
#include "tests/node/federation/answer_bench.h"
#include "tests/support/fault_store.h"

namespace regions {
namespace {

class AnswerTest : public AnswerBench {};

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(AnswerTest, UnknownIndicatorRegionOrMarginIsRefusedWithTheNearest) {
  auto refused = try_ask({"ENT-COP"});
  EXPECT_THAT(refused, IsErr(Errc::invalid_input));
  EXPECT_THAT(refused.error().context, HasSubstr("ENT-COOP"));
  refused = try_ask({"ENT-COOP", {}, {"region", "year"}, {"PT61"}});
  EXPECT_THAT(refused, IsErr(Errc::invalid_input));
  EXPECT_THAT(refused.error().context, HasSubstr("PT16"));
  for (const std::vector<std::string>& by :
       std::vector<std::vector<std::string>>{{},
                                             {"region"},
                                             {"year", "region"},
                                             {"region", "year", "technolgy"},
                                             {"yaer"},
                                             {""},
                                             {"region", "year", "size", "size"},
                                             {"size", "year"},
                                             {"year", "window"}}) {
    EXPECT_THAT(try_ask({"ENT-COOP", {}, by}), IsErr(Errc::invalid_input));
  }
  EXPECT_THAT(try_ask({"ENT-COOP", {"2018-2020"}}), IsErr(Errc::invalid_input));
}

TEST_F(AnswerTest, WithoutAnyReleaseThereIsNoPeriod) {
  const Answer answer = asked();
  EXPECT_THAT(answer.cells, IsEmpty());
  EXPECT_THAT(answer.totals, IsEmpty());
  EXPECT_EQ(answer.coverage.size(), 3u);
  EXPECT_THAT(render_table(answer), HasSubstr("no member has released"));
}

TEST_F(AnswerTest, OneCellPerMemberAndPeriodSortedWithOWhereNothingWasReleased) {
  es.append(es.release("2018", 7));
  de.append(de.release("2017", 40));
  es.append(es.release("2017", std::nullopt));
  Release provisional = pt.release("2018", 3);
  provisional.cells[0].status = ObsStatus::P;
  const Digest id = pt.append(provisional);
  const Answer answer = asked();
  EXPECT_THAT(lines(answer), ElementsAre("DE24 2017 40 A F", "ES 2017 - Q C", "PT16 2017 - O F",
                                         "DE24 2018 - O F", "ES 2018 7 A F", "PT16 2018 3 P F"));
  EXPECT_EQ(answer.cells[5].release, id);
  EXPECT_EQ(answer.cells[5].log_index, 2u);
  EXPECT_EQ(answer.cells[2].release, std::nullopt);
  EXPECT_EQ(answer.cells[2].log_index, std::nullopt);
  for (const AnswerCell& cell : answer.cells) EXPECT_EQ(cell.method, "exact");
}

TEST_F(AnswerTest, TotalIsExactOnlyWhereEveryRegionIsKnown) {
  for (TestLog* log : {&de, &es, &pt}) log->append(log->release("2017", 10));
  de.append(de.release("2018", 10));
  es.append(es.release("2018", std::nullopt));
  es.append(es.release("2019", std::nullopt));
  const Answer answer = asked();
  ASSERT_EQ(answer.totals.size(), 3u);
  EXPECT_EQ(answer.totals[0].value, 30);
  EXPECT_EQ(answer.totals[0].bound, "exact");
  EXPECT_EQ(answer.totals[1].value, 10);
  EXPECT_EQ(answer.totals[1].bound, "at_least");
  EXPECT_EQ(answer.totals[1].known, 1u);
  EXPECT_EQ(answer.totals[1].regions, 3u);
  EXPECT_EQ(answer.totals[2].value, std::nullopt);
  EXPECT_EQ(answer.totals[2].bound, "at_least");
  EXPECT_EQ(answer.totals[2].max_error, 0u);
}

TEST_F(AnswerTest, PeriodsAskedForAreTheAnswersEvenWhereNobodyReleased) {
  es.append(es.release("2017", 7));
  const Answer answer = asked({"2016", "2017", "2016"});
  EXPECT_EQ(answer.totals.size(), 2u);
  EXPECT_EQ(lines(answer)[0], "DE24 2016 - O F");
  EXPECT_EQ(lines(answer)[4], "ES 2017 7 A F");
  EXPECT_EQ(answer.totals[0].value, std::nullopt);
  EXPECT_EQ(asked({"1999"}).cells.size(), 3u);
}

TEST_F(AnswerTest, RegionsAskedForLimitCellsCoverageAndTotalsButNotPeriods) {
  es.append(es.release("2017", 7));
  de.append(de.release("2018", 9));
  const Answer answer = try_ask({"ENT-COOP", {}, {"region", "year"}, {"ES", "ES"}}).value();
  EXPECT_THAT(lines(answer), ElementsAre("ES 2017 7 A F", "ES 2018 - O F"));
  EXPECT_EQ(answer.coverage.size(), 1u);
  EXPECT_EQ(answer.totals[0].bound, "exact");
  EXPECT_EQ(answer.totals[0].regions, 1u);
}

TEST_F(AnswerTest, ByYearHasTotalsAndNoCells) {
  es.append(es.release("2017", 7));
  const Answer answer = try_ask({"ENT-COOP", {}, {"year"}}).value();
  EXPECT_THAT(answer.cells, IsEmpty());
  ASSERT_EQ(answer.totals.size(), 1u);
  EXPECT_EQ(answer.totals[0].value, 7);
  EXPECT_EQ(answer.totals[0].bound, "at_least");
  EXPECT_THAT(render_table(answer), HasSubstr(">=7"));
}

TEST_F(AnswerTest, OtherIndicatorsAndUnverifiedStatementsDoNotCount) {
  es.append(es.release("2017", 7, "SME-COOP"));
  es.append(es.release("2017", 2));  // invalid: below its minimum
  Release unknown = es.release("2017", 9);
  unknown.definition = digest_of_byte(1);
  es.append(unknown);
  EXPECT_THAT(asked().cells, IsEmpty());
  EXPECT_EQ(state(asked(), "ES"), "partial");
}

TEST_F(AnswerTest, SecondReleaseCountsOnlyWhenItNamesTheOneBefore) {
  const Digest first = es.append(es.release("2017", 7));
  es.append(es.release("2017", 8));  // names none
  Release wrong = es.release("2017", 9);
  wrong.supersedes = digest_of_byte(7);
  es.append(wrong);
  EXPECT_EQ(asked().cells[1].value, 7);
  Release right = es.release("2017", 10);
  right.supersedes = first;
  const Digest second = es.append(right);
  EXPECT_EQ(asked().cells[1].value, 10);
  EXPECT_EQ(asked().cells[1].release, second);
  EXPECT_EQ(asked().coverage[1].releases, 1u);
}

TEST_F(AnswerTest, WithdrawnReleaseIsNotReleasedAndTheOneBeforeHoldsAgain) {
  const Digest first = es.append(es.release("2017", 7));
  Release next = es.release("2017", 10);
  next.supersedes = first;
  const Digest second = es.append(next);
  // Only its author withdraws a release.
  de.append(de.withdrawal(second));
  EXPECT_EQ(asked().cells[1].value, 10);
  es.append(es.withdrawal(second));
  EXPECT_EQ(asked().cells[1].value, 7);
  EXPECT_EQ(asked().cells[1].release, first);
  es.append(es.withdrawal(first));
  EXPECT_THAT(asked().cells, IsEmpty());
  // A new one goes on from the last in the log.
  Release again = es.release("2017", 11);
  again.supersedes = second;
  es.append(again);
  EXPECT_EQ(asked().cells[1].value, 11);
}

TEST_F(AnswerTest, PublicReleaseStandsBesideTheFederationsOne) {
  es.append(es.release("2017", 7));
  Release open_to_all = es.release("2017", 7);
  open_to_all.header.audience.kind = AudienceKind::public_audience;
  const Digest id = es.append(open_to_all);
  EXPECT_EQ(asked().cells[1].release, id);
}

TEST_F(AnswerTest, WhoWasLastHeardOfByAClockThatWasAheadIsLate) {
  clock.advance(2 * kLateSeconds);
  seen("ES");
  clock.advance(-kLateSeconds);
  EXPECT_EQ(state(asked(), "ES"), "complete");  // a clock that is put right by less
  clock.advance(-1);
  EXPECT_EQ(state(asked(), "ES"), "late");
}

TEST_F(AnswerTest, CoverageSaysWhoIsInLateOrAbsent) {
  EXPECT_EQ(state(asked(), "ES"), "complete");
  EXPECT_EQ(state(asked(), "PT16"), "complete");
  clock.advance(kLateSeconds);
  EXPECT_EQ(state(asked(), "ES"), "complete");
  clock.advance(1);
  EXPECT_EQ(state(asked(), "ES"), "late");
  EXPECT_EQ(state(asked(), "PT16"), "complete");  // this node is never late
  es.append_unknown(1);
  Batch batch;
  put_statement_row(batch, "ES", 2, {StatementState::pending, {}, ""});
  ASSERT_OK(store.commit(batch));
  const Answer answer =
      ask(store, *federation.membership(), Catalogue::builtin(), {"ENT-COOP"}, "PT16", clock.now())
          .value();
  EXPECT_EQ(state(answer, "ES"), "partial");
  MemoryStore empty;
  federation.install(empty);
  const Answer alone =
      ask(empty, *federation.membership(), Catalogue::builtin(), {"ENT-COOP"}, "PT16", clock.now())
          .value();
  EXPECT_EQ(state(alone, "ES"), "absent");
  EXPECT_EQ(alone.coverage[1].as_of, 0);
}

TEST_F(AnswerTest, StatementForOtherMembersDoesNotMakeALogPartial) {
  Batch batch;
  put_statement_row(batch, "ES", 2, {StatementState::undisclosed, {}, "for named members"});
  judge_all();
  ASSERT_OK(store.commit(batch));
  EXPECT_EQ(state(asked(), "ES"), "complete");
}

TEST_F(AnswerTest, DamagedOrMissingEnvelopeIsCorruptNotAnotherNumber) {
  const Digest id = es.append(es.release("2017", 7));
  judge_all();
  const Bytes envelope = *store.get(Area::envelopes, id.view()).value();
  for (std::size_t i = 0; i + 130 < envelope.size(); ++i) {
    Bytes damaged = envelope;
    damaged[i] = static_cast<char>(damaged[i] ^ 2);
    Batch batch;
    batch.put(Area::envelopes, id.view(), damaged);
    ASSERT_OK(store.commit(batch));
    EXPECT_FALSE(try_ask({"ENT-COOP"})) << i;
  }
  Batch batch;
  batch.erase(Area::envelopes, id.view());
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(try_ask({"ENT-COOP"}), IsErr(Errc::corrupt));
}

TEST_F(AnswerTest, EveryFailingReadFailsTheAnswer) {
  es.append(es.release("2017", 7));
  judge_all();
  FaultStore faulty(store);
  for (std::uint64_t n = 1;; ++n) {
    faulty.fail_at(n, FaultStore::Flavour::not_applied);
    const auto answer = ask(faulty, *federation.membership(), Catalogue::builtin(), {"ENT-COOP"},
                            "PT16", clock.now());
    EXPECT_EQ(answer.has_value(), !faulty.failed()) << n;
    if (!faulty.failed()) break;
  }
}

// The same statements, another node: everything but as_of is the same.
TEST_F(AnswerTest, TwoNodesAnswerAlikeButForAsOf) {
  es.append(es.release("2017", 7));
  de.append(de.release("2018", std::nullopt));
  Answer here = asked();
  clock.advance(600);
  Answer there = try_ask({"ENT-COOP"}, "ES").value();
  EXPECT_NE(render_json(here), render_json(there));
  for (Answer* answer : {&here, &there}) {
    for (Coverage& coverage : answer->coverage) coverage.as_of = 0;
  }
  EXPECT_EQ(state(here, "PT16"), "complete");
  there.coverage[2].state = here.coverage[2].state;  // PT16's own log was never seen by itself
  EXPECT_EQ(render_json(here), render_json(there));
  EXPECT_EQ(render_csv(here), render_csv(there));
}

TEST_F(AnswerTest, AQuestionOpensTheEnvelopesOfItsFigureAlone) {
  es.append(es.release("2017", 7));
  const Digest other = es.append(es.release("2017", 5, "SME-COOP"));
  ASSERT_EQ(asked().cells[1].value, 7);
  Batch batch;
  batch.erase(Area::envelopes, other.view());
  ASSERT_OK(store.commit(batch));
  EXPECT_EQ(asked().cells[1].value, 7);
  EXPECT_THAT(
      ask(store, *federation.membership(), Catalogue::builtin(), {"SME-COOP"}, "PT16", clock.now()),
      IsErr(Errc::corrupt));
}

}  // namespace
}  // namespace regions
