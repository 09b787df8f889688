// Federated answers: what counts, what does not, and how it is said.
#include "node/federation/answer.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "node/base/limits.h"
#include "node/exchange/own_log.h"
#include "node/federation/render.h"
#include "node/federation/text_parts.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/support/fault_store.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// One node, PT16, that holds the logs of DE24 and ES; their statements are judged as they come.
class AnswerTest : public testing::Test {
 protected:
  AnswerTest() {
    federation.install(store);
    seen("DE24");
    seen("ES");
  }
  // Judges what was logged and notes when the peer was last seen.
  void seen(const std::string& member) {
    ASSERT_OK(judge_own_log(store, *federation.acceptor(), member));
    Bytes when;
    append_u64(when, static_cast<std::uint64_t>(clock.now()));
    Batch batch;
    batch.put(Area::peers, member, when);
    ASSERT_OK(store.commit(batch));
  }
  void judge_all() {
    for (const char* member : {"DE24", "ES", "PT16"}) {
      ASSERT_OK(judge_own_log(store, *federation.acceptor(), member));
    }
  }
  Result<Answer> try_ask(Question question, const std::string& self = "PT16") {
    judge_all();
    return ask(store, *federation.membership(), Catalogue::builtin(), question, self, clock.now());
  }
  Answer asked(std::vector<std::string> periods = {}) {
    return try_ask({"ENT-COOP", std::move(periods)}).value();
  }
  // "ES 2017 12 A F" of every cell.
  static std::vector<std::string> lines(const Answer& answer) {
    std::vector<std::string> out;
    for (const AnswerCell& cell : answer.cells) {
      out.push_back(cell.region + " " + cell.period + " " +
                    (cell.value ? std::to_string(*cell.value) : "-") + " " + cell.obs_status + " " +
                    cell.conf_status);
    }
    return out;
  }
  static std::string state(const Answer& answer, const std::string& member) {
    for (const Coverage& coverage : answer.coverage) {
      if (coverage.region == member) return coverage.state;
    }
    return "none";
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kFoundingTime + 1000};
  MemoryStore store;
  TestLog de{federation, store, "DE24"}, es{federation, store, "ES"}, pt{federation, store, "PT16"};
};

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

std::vector<std::string> keys_of(const boost::json::value& object) {
  std::vector<std::string> keys;
  for (const auto& member : object.as_object()) keys.emplace_back(member.key());
  return keys;
}

TEST_F(AnswerTest, JsonHasExactlyTheAgreedKeys) {
  const Digest id = es.append(es.release("2017", 7));
  de.append(de.release("2017", std::nullopt));
  const std::string text = render_json(asked());
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = boost::json::parse(text);
  EXPECT_THAT(keys_of(json), ElementsAre("format", "indicator", "definition", "unit", "decimals",
                                         "by", "coverage", "cells", "totals"));
  EXPECT_EQ(json.at("format"), "regions4.answer/1");
  EXPECT_EQ(json.at("decimals"), 0);
  EXPECT_EQ(json.at("definition").as_string().size(), 64u);
  EXPECT_THAT(keys_of(json.at("coverage").at(0)),
              ElementsAre("region", "state", "releases", "as_of"));
  EXPECT_TRUE(json.at("coverage").at(2).at("as_of").is_number());
  const auto& withheld = json.at("cells").at(0);
  EXPECT_THAT(keys_of(withheld), ElementsAre("region", "period", "dimensions", "value", "method",
                                             "obs_status", "conf_status", "release", "log_index"));
  EXPECT_TRUE(withheld.at("value").is_null());
  EXPECT_EQ(withheld.at("obs_status"), "Q");
  EXPECT_EQ(withheld.at("conf_status"), "C");
  EXPECT_TRUE(withheld.at("dimensions").as_object().empty());
  const auto& published = json.at("cells").at(1);
  EXPECT_EQ(published.at("value"), 7);
  EXPECT_EQ(published.at("release").as_string(), id.hex());
  EXPECT_EQ(published.at("log_index"), 2);
  const auto& absent = json.at("cells").at(2);
  EXPECT_TRUE(absent.at("release").is_null());
  EXPECT_TRUE(absent.at("log_index").is_null());
  EXPECT_EQ(absent.at("obs_status"), "O");
  EXPECT_EQ(json.at("totals").at(0).at("bound"), "at_least");
  EXPECT_EQ(json.at("totals").at(0).at("max_error"), 0);
}

TEST_F(AnswerTest, CsvLeavesWithheldAndUnreleasedValuesEmpty) {
  const Digest id = es.append(es.release("2017", 7));
  const Digest withheld = de.append(de.release("2017", std::nullopt));
  EXPECT_EQ(render_csv(asked()),
            "region,period,value,method,obs_status,conf_status,release,log_index\n"
            "DE24,2017,,exact,Q,C," +
                withheld.hex() +
                ",2\n"
                "ES,2017,7,exact,A,F," +
                id.hex() +
                ",2\n"
                "PT16,2017,,exact,O,F,,\n");
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

TEST(CoverageLineTest, NamesThoseThatAreNotCompleteInLinesOfTheTerminal) {
  std::vector<Coverage> all = {{"DE24", "complete", 3, 1}, {"ES", "late", 3, 1}};
  EXPECT_EQ(coverage_line(all), "coverage: 1 of 2 regions complete; late ES\n");
  for (int i = 10; i < 70; ++i) all.push_back({"PT" + std::to_string(i), "absent", 0, 0});
  const std::string text = coverage_line(all);
  EXPECT_THAT(text, testing::StartsWith("coverage: 1 of 62 regions complete; absent PT10, PT11,"));
  EXPECT_THAT(text, testing::EndsWith("PT69; late ES\n"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u);
}

TEST_F(AnswerTest, TableTellsWithheldFromUnreleasedAndKeepsItsWidth) {
  for (int year = 2000; year < 2030; ++year) {
    es.append(es.release(std::to_string(year),
                         year % 2 == 0 ? std::optional<std::int64_t>(year) : std::nullopt));
  }
  const std::string table = render_table(asked());
  EXPECT_THAT(table, HasSubstr("coverage: 3 of 3 regions complete\n"));
  EXPECT_THAT(table, HasSubstr(">=2028"));
  EXPECT_THAT(table, HasSubstr("1/3"));
  std::size_t at = table.find("\nES ");
  ASSERT_NE(at, std::string::npos);
  const std::string row = table.substr(at + 1, table.find('\n', at + 1) - at - 1);
  EXPECT_THAT(row, HasSubstr("   2000      c   2002"));
  for (std::size_t begin = 0; begin < table.size();) {
    const std::size_t end = table.find('\n', begin);
    EXPECT_LE(end - begin, 100u) << table.substr(begin, end - begin);
    begin = end + 1;
  }
}

TEST(FormatTest, OtherFormatsAreRefused) {
  for (const char* text : {"", "xml", "JSON", "csv "}) {
    EXPECT_THAT(parse_format(text), IsErr(Errc::invalid_input)) << text;
  }
  EXPECT_EQ(parse_format("json").value(), Format::json);
}

}  // namespace
}  // namespace regions
