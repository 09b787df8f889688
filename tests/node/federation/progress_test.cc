// Progress compares like with like, and says why where it does not.
#include "node/federation/progress.h"

#include <boost/json.hpp>

#include "node/federation/render_progress.h"
#include "tests/node/federation/planned_bench.h"
#include "tests/support/fault_store.h"

namespace regions {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Indicator& ent_coop() { return *Catalogue::builtin().find("ENT-COOP"); }

class ProgressTest : public PlannedBench {
 protected:
  Result<Progress> try_progress(const ProgressQuestion& question) {
    judge_all();
    return progress(store, *federation.membership(), Catalogue::builtin(), question, "PT16",
                    clock.now(), plan.get());
  }
  Progress of(const std::string& indicator) { return try_progress({indicator}).value(); }
  MemberProgress of_es(const std::string& indicator = "ENT-COOP") {
    return of(indicator).members[1];
  }
  void headlines(TestLog& log, std::optional<std::int64_t> baseline,
                 std::optional<std::int64_t> period, const std::string& indicator = "ENT-COOP") {
    log.append(log.release("2019", baseline, indicator));
    log.append(log.release("2022", period, indicator));
  }
  void place(TestLog& log, const std::string& window, std::int64_t known, std::int64_t unknown) {
    Release release = log.table("place", window, {"place"});
    release.cells[0].value = unknown;  // _U stands before known
    release.cells[1].value = known;
    log.append(release);
  }
  // As a build with another catalogue would have judged it.
  void append_as_verified(TestLog& log, const Release& release) {
    const std::uint64_t index = log.size();
    const Digest id = log.append(release);
    judge_all();
    Batch batch;
    put_statement_row(batch, log.member(), index, {StatementState::verified, id, ""});
    ASSERT_OK(store.commit(batch));
  }
};

void expect(const MemberProgress& member, ProgressState state, const std::string& reason) {
  EXPECT_EQ(name(member.state), name(state)) << member.reason;
  EXPECT_THAT(member.reason, HasSubstr(reason));
  EXPECT_EQ(member.change.has_value(), state == ProgressState::known);
}

TEST_F(ProgressTest, WhatCannotBeComparedIsRefused) {
  EXPECT_THAT(try_progress({"ENT-COP"}), IsErr(Errc::invalid_input));
  EXPECT_THAT(try_progress({"ENT-COOP", {}, {}, {"ZZ99"}}), IsErr(Errc::invalid_input));
  const Period year = Period::of_year(2019), window = Period::of(PeriodKind::window, 2018);
  EXPECT_THAT(try_progress({"ENT-COOP", year, year}), IsErr(Errc::invalid_input));
  EXPECT_THAT(try_progress({"ENT-COOP", Period::of_year(2023)}), IsErr(Errc::invalid_input));
  EXPECT_THAT(try_progress({"ENT-COOP", window}), IsErr(Errc::invalid_input));
  EXPECT_THAT(try_progress({"COOP-FUND-EUR"}), IsErr(Errc::invalid_input));
  const Period programme = Period::of(PeriodKind::programme, 2014);
  EXPECT_THAT(try_progress({"ENT-COOP", programme, programme.next()}), IsErr(Errc::refused));
  plan = nullptr;
  EXPECT_THAT(try_progress({"ENT-COOP", window, window.next()}), IsErr(Errc::refused));
}

TEST_F(ProgressTest, WithoutReleasesNobodyIsKnown) {
  const Progress answer = of("SME-COOP");
  ASSERT_EQ(answer.members.size(), 3u);
  for (const MemberProgress& member : answer.members) {
    expect(member, ProgressState::not_released, "2019, 2022 not released");
  }
  EXPECT_EQ(answer.federation.known, 0u);
  EXPECT_FALSE(answer.federation.change);
  EXPECT_THAT(render_progress_text(answer), HasSubstr("0 of 3 regions"));
}

TEST_F(ProgressTest, OneMissingPeriodIsEnoughForNothing) {
  es.append(es.release("2019", 30));
  expect(of_es(), ProgressState::not_released, "2022 not released");
  es.append(es.release("2022", std::nullopt));
  expect(of_es(), ProgressState::withheld, "2022 withheld");
  EXPECT_EQ(of_es().baseline.value, 30);
  EXPECT_EQ(of_es().period.obs_status, 'Q');
}

TEST_F(ProgressTest, WithdrawnAndUnverifiedReleasesAreNotReleased) {
  headlines(es, 30, 40);
  es.append(es.withdrawal(*of_es().baseline.release));
  expect(of_es(), ProgressState::not_released, "2019 not released");
  es.append(es.release("2020", 2));  // invalid
  EXPECT_EQ(of("ENT-COOP").coverage[1].state, "partial");
}

TEST_F(ProgressTest, MemberThatNeverReleasedTheIndicatorButTheOtherHeadlineCannotComputeIt) {
  headlines(es, 30, 40, "ENT-COOP");
  expect(of_es("SME-COOP"), ProgressState::not_computable,
         "2019, 2022 not computable: the other headline");
  expect(of("SME-COOP").members[0], ProgressState::not_released, "");
  // Once it released the indicator for any year, it can; it has not yet.
  es.append(es.release("2021", 9, "SME-COOP"));
  expect(of_es("SME-COOP"), ProgressState::not_released, "2019, 2022");
}

TEST_F(ProgressTest, AnotherDefinitionOrNutsVersionIsNotComparable) {
  es.append(es.release("2019", 30));
  Release other = es.release("2022", 40);
  other.definition = digest_of_byte(1);
  append_as_verified(es, other);
  const auto read = progress(store, *federation.membership(), Catalogue::builtin(), {"ENT-COOP"},
                             "PT16", clock.now(), plan.get());
  expect(read->members[1], ProgressState::not_comparable, "another definition");
  de.append(de.release("2019", 30));
  Release moved = de.release("2022", 40);
  moved.nuts_version = "2024";
  de.append(moved);
  expect(of("ENT-COOP").members[0], ProgressState::not_comparable, "NUTS 2021 and NUTS 2024");
  EXPECT_EQ(of("ENT-COOP").federation.known, 0u);
}

TEST_F(ProgressTest, LocatedCoverageMayDifferByFivePointsAndNoMore) {
  for (TestLog* log : {&de, &es, &pt}) {
    headlines(*log, 100, 120);
    place(*log, "2018-2020", 90, 10);
  }
  place(de, "2021-2023", 84, 15);  // 84.8 %
  place(es, "2021-2023", 85, 15);  // 85 %
  const Progress answer = of("ENT-COOP");
  expect(answer.members[0], ProgressState::not_comparable, "more than 5 points");
  expect(answer.members[1], ProgressState::known, "");
  EXPECT_EQ(answer.members[1].reason, "");
  EXPECT_EQ(answer.members[1].located->baseline, 900);
  EXPECT_EQ(answer.members[1].located->period, 850);
  expect(answer.members[2], ProgressState::known, "share with known place unknown");
  EXPECT_FALSE(answer.members[2].located);
  EXPECT_EQ(answer.federation.known, 2u);
  plan = nullptr;
  EXPECT_THAT(of("ENT-COOP").members[0].reason, HasSubstr("share with known place unknown"));
}

TEST_F(ProgressTest, CoverageOfNobodyIsUnknown) {
  headlines(es, 100, 120);
  place(es, "2018-2020", 0, 0);
  place(es, "2021-2023", 90, 10);
  expect(of_es(), ProgressState::known, "share with known place unknown");
}

TEST(ChangeTest, TargetIsRoundedUpAndPerCentStartsAtTwenty) {
  EXPECT_EQ(change_of(ent_coop(), 20, 23).target, 23);
  EXPECT_TRUE(change_of(ent_coop(), 20, 23).reached);
  EXPECT_EQ(change_of(ent_coop(), 21, 24).target, 25);  // 24.15
  EXPECT_FALSE(change_of(ent_coop(), 21, 24).reached);
  EXPECT_EQ(change_of(ent_coop(), 3, 4).target, 4);
  EXPECT_EQ(change_of(ent_coop(), 100, 115).target, 115);
  EXPECT_EQ(change_of(ent_coop(), 19, 38).permille, std::nullopt);
  EXPECT_EQ(change_of(ent_coop(), 20, 23).permille, 150);
  EXPECT_EQ(change_of(ent_coop(), 30, 20).permille, -333);
  EXPECT_EQ(change_of(ent_coop(), 30, 20).change, -10);
  EXPECT_EQ(change_of(ent_coop(), 0, 9).target, std::nullopt);
  const Indicator& amount = *Catalogue::builtin().find("COOP-FUND-EUR");
  EXPECT_EQ(change_of(amount, 0, 100'000).permille, std::nullopt);
  EXPECT_EQ(change_of(amount, 100'000, 150'000).permille, 500);
  EXPECT_EQ(change_of(amount, 100'000, 150'000).target, std::nullopt);
}

// 15 per cent above 100 is 115; within 3, the baseline may be 97 to 103, the aim 112 to 119.
TEST(ChangeTest, TargetWithinTheErrorOfBothValuesIsNotCertain) {
  EXPECT_FALSE(change_of(ent_coop(), 100, 121, 3).certain);
  EXPECT_TRUE(change_of(ent_coop(), 100, 122, 3).certain);
  EXPECT_TRUE(change_of(ent_coop(), 100, 122, 3).reached);
  EXPECT_FALSE(change_of(ent_coop(), 100, 109, 3).certain);
  EXPECT_TRUE(change_of(ent_coop(), 100, 108, 3).certain);
  EXPECT_FALSE(change_of(ent_coop(), 100, 108, 3).reached);
  EXPECT_FALSE(change_of(ent_coop(), 2, 0, 3).certain);
  EXPECT_TRUE(change_of(ent_coop(), 100, 115).certain);
  EXPECT_TRUE(change_of(ent_coop(), 100, 114).certain);
  EXPECT_EQ(change_of(ent_coop(), 100, 121, 3).max_error, 6u);
}

TEST(ChangeTest, SumsOfTheLargestValuesDoNotOverflow) {
  constexpr std::int64_t kMost = 512 * 9'007'199'254'740'991;
  EXPECT_GT(*change_of(ent_coop(), kMost, 0).target, kMost);
  EXPECT_EQ(change_of(ent_coop(), kMost, 0).permille, -1000);
  EXPECT_TRUE(change_of(ent_coop(), 20, kMost).permille.has_value());
}

TEST_F(ProgressTest, FederationIsTheRegionsKnownInBothPeriods) {
  headlines(de, 30, 36);
  headlines(es, 15, 15);
  pt.append(pt.release("2019", 500));
  const Progress answer = of("ENT-COOP");
  EXPECT_EQ(answer.federation.known, 2u);
  EXPECT_EQ(answer.federation.regions, 3u);
  EXPECT_EQ(answer.federation.baseline, 45);
  EXPECT_EQ(answer.federation.period, 51);
  EXPECT_EQ(answer.federation.change->change, 6);
  EXPECT_EQ(answer.federation.change->permille, 133);
  EXPECT_EQ(answer.federation.change->target, 52);  // 51.75
  EXPECT_FALSE(answer.federation.change->reached);
  EXPECT_EQ(answer.federation.max_error, 0);
  EXPECT_EQ(answer.members[0].change->target, 35);
  EXPECT_TRUE(answer.members[0].change->reached);
  EXPECT_EQ(answer.members[1].change->permille, std::nullopt);
  EXPECT_EQ(try_progress({"ENT-COOP", {}, {}, {"ES"}})->federation.regions, 1u);
}

TEST_F(ProgressTest, PeriodsAreTheCataloguesUnlessGiven) {
  EXPECT_EQ(of("SME-COOP").baseline.text(), "2019");
  EXPECT_EQ(of("SME-COOP").period.text(), "2022");
  es.append(es.release("2018", 30));
  headlines(es, 40, 50);
  const Progress answer = try_progress({"ENT-COOP", Period::of_year(2018)}).value();
  EXPECT_EQ(answer.members[1].change->change, 20);
  EXPECT_EQ(answer.period.text(), "2022");
}

TEST_F(ProgressTest, WindowsCarryNoiseAndSaySo) {
  es.append(es.table("total", "2018-2020", {}, 60));
  es.append(es.table("total", "2021-2023", {}, 66));
  de.append(de.table("total", "2018-2020", {}, 40));
  de.append(de.table("total", "2021-2023", {}, 50));
  const Period window = Period::of(PeriodKind::window, 2018);
  const Progress answer = try_progress({"ENT-COOP", window, window.next()}).value();
  EXPECT_EQ(answer.method, "cell-key");
  EXPECT_EQ(answer.federation.baseline, 100);
  EXPECT_EQ(answer.federation.max_error, 6);
  const std::string text = render_progress_text(answer);
  EXPECT_THAT(text, HasSubstr("noise of at most 3 (cell key)"));
  EXPECT_THAT(text, HasSubstr("a sum is off by at most 6, its change by at most 12\n"));
  EXPECT_THAT(text, HasSubstr("~60"));
  EXPECT_THAT(text, HasSubstr("~+10.0 %"));
  EXPECT_THAT(text, HasSubstr("not certain\n"));
  const auto json = boost::json::parse(render_progress_json(answer));
  EXPECT_EQ(json.at("federation").at("change_max_error"), 12);
  EXPECT_EQ(json.at("federation").at("reached_certain"), false);
  headlines(es, 100, 120);
  EXPECT_THAT(render_progress_text(of("ENT-COOP")), Not(HasSubstr("noise")));
}

TEST_F(ProgressTest, RegionThatWasNeverHeardOfIsSaidToBe) {
  MemoryStore alone;
  federation.install(alone);
  TestLog own(federation, alone, "PT16");
  own.append(own.release("2019", 7));
  ASSERT_OK(judge_own_log(alone, *federation.acceptor(), "PT16"));
  const Progress answer = progress(alone, *federation.membership(), Catalogue::builtin(),
                                   {"ENT-COOP"}, "PT16", clock.now(), plan.get())
                              .value();
  expect(answer.members[1], ProgressState::not_heard_of, "2019, 2022 not heard of");
  expect(answer.members[2], ProgressState::not_released, "2022 not released");
  EXPECT_THAT(render_progress_text(answer), HasSubstr("ES                   ?         ?"));
}

TEST_F(ProgressTest, ProvisionalValuesMakeTheSumProvisional) {
  es.append(es.release("2022", 8));
  Release provisional = es.release("2023", 3);
  provisional.cells[0].status = ObsStatus::P;
  es.append(provisional);
  pt.append(pt.release("2023", std::nullopt));
  const Progress answer =
      try_progress({"ENT-COOP", Period::of_year(2022), Period::of_year(2023)}).value();
  EXPECT_FALSE(answer.federation.baseline_provisional);
  EXPECT_TRUE(answer.federation.period_provisional);
  const std::string text = render_progress_text(answer);
  EXPECT_THAT(text, HasSubstr("federation           8        3p"));
  EXPECT_THAT(text, HasSubstr("PT16                 .        cp"));
}

TEST_F(ProgressTest, SumOfChosenRegionsIsNotTheFederations) {
  headlines(es, 30, 40);
  const Progress answer = try_progress({"ENT-COOP", {}, {}, {"ES"}}).value();
  const std::string text = render_progress_text(answer);
  EXPECT_THAT(text, HasSubstr("chosen: 1 of 1 chosen regions, of 3 members"));
  EXPECT_THAT(text, Not(HasSubstr("federation")));
}

TEST_F(ProgressTest, EveryFailingReadFailsTheAnswer) {
  headlines(es, 30, 40);
  judge_all();
  FaultStore faulty(store);
  for (std::uint64_t n = 1;; ++n) {
    faulty.fail_at(n, FaultStore::Flavour::not_applied);
    const auto answer = progress(faulty, *federation.membership(), Catalogue::builtin(),
                                 {"ENT-COOP"}, "PT16", clock.now(), plan.get());
    EXPECT_EQ(answer.has_value(), !faulty.failed()) << n;
    if (!faulty.failed()) break;
  }
}

TEST_F(ProgressTest, JsonHasExactlyTheStatedKeysAndNullWhereNothingIsTold) {
  headlines(de, 30, 36);
  place(de, "2018-2020", 90, 10);
  place(de, "2021-2023", 90, 10);
  headlines(es, std::nullopt, 15);
  const std::string text = render_progress_json(of("ENT-COOP"));
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = boost::json::parse(text);
  EXPECT_EQ(json.at("format"), "regions4.progress/1");
  EXPECT_THAT(keys_of(json),
              ElementsAre("format", "indicator", "definition", "unit", "decimals", "method",
                          "baseline", "period", "target_percent", "members", "max_error",
                          "coverage", "regions", "federation"));
  const auto& known = json.at("regions").at(0);
  EXPECT_THAT(keys_of(known), ElementsAre("region", "state", "reason", "baseline", "period",
                                          "located", "change", "change_permille", "target",
                                          "reached", "reached_certain", "change_max_error"));
  EXPECT_THAT(keys_of(known.at("baseline")), ElementsAre("value", "obs_status", "conf_status",
                                                         "provisional", "release", "log_index"));
  EXPECT_EQ(known.at("change_permille"), 200);
  EXPECT_EQ(known.at("reached"), true);
  EXPECT_EQ(known.at("located").at("period"), 900);
  EXPECT_EQ(known.at("baseline").at("log_index"), 2);
  const auto& withheld = json.at("regions").at(1);
  EXPECT_EQ(withheld.at("state"), "withheld");
  EXPECT_TRUE(withheld.at("baseline").at("value").is_null());
  for (const char* key : {"located", "change", "change_permille", "target", "reached"}) {
    EXPECT_TRUE(withheld.at(key).is_null()) << key;
  }
  EXPECT_THAT(keys_of(json.at("federation")),
              ElementsAre("known", "regions", "baseline", "period", "max_error",
                          "baseline_provisional", "period_provisional", "change", "change_permille",
                          "target", "reached", "reached_certain", "change_max_error"));
  EXPECT_EQ(json.at("federation").at("known"), 1);
}

TEST_F(ProgressTest, TextNamesEveryReasonAndKeepsItsWidth) {
  headlines(de, 30, 36);
  headlines(es, std::nullopt, 15);
  headlines(pt, 100, 120);
  place(pt, "2018-2020", 90, 10);
  place(pt, "2021-2023", 100, 0);
  const std::string text = render_progress_text(of("ENT-COOP"));
  EXPECT_THAT(text, HasSubstr("DE24                30        36        +6   +20.0 %        35"));
  EXPECT_THAT(text, HasSubstr("1 of 3 regions"));
  EXPECT_THAT(text, HasSubstr("DE24: share with known place unknown (no table by place"));
  EXPECT_THAT(text, HasSubstr("ES: 2019 withheld"));
  EXPECT_THAT(text,
              HasSubstr("PT16: not comparable: located coverage differs by more than 5 points "
                        "(90.0 % and 100.0 %)"));
  for (std::size_t begin = text.find('\n') + 1; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(end - begin, 100u) << text.substr(begin, end - begin);
    begin = end + 1;
  }
}

}  // namespace
}  // namespace regions
