// Releases by plan: what is due goes out once, and nothing else does.
#include "policies/catalogue/tables.h"
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

class DueTest : public DueBench {};

TEST_F(DueTest, WithoutAPlanNothingIsDue) {
  import_window(50);
  EXPECT_THAT(node()->publisher->release_due(false), IsErr(Errc::refused));
  EXPECT_EQ(log_size(), 2u);
}

TEST_F(DueTest, EveryPlannedTableGoesOutOnceAndCellsAreNeverOneOrTwo) {
  import_window(50);
  auto open = planned();
  ASSERT_OK_AND(const DueReport first, open->publisher->release_due(false));
  EXPECT_EQ(first.tier, Tier::L);
  EXPECT_GT(first.lines.size(), 30u);
  EXPECT_EQ(in_state(first, DueLine::State::released), first.lines.size());
  EXPECT_EQ(log_size(), 2 + first.lines.size());
  for (const DueLine& line : first.lines) {
    const Release release = stated(*line.release);
    EXPECT_EQ(release.table, line.table);
    EXPECT_EQ(release.claim.method, line.method);
    if (release.claim.method != kMethodCellKey) continue;
    EXPECT_EQ(line.shown->table.withheld(), 0u);
    for (const Cell& cell : release.cells) {
      ASSERT_TRUE(cell.value.has_value());
      EXPECT_TRUE(*cell.value == 0 || *cell.value > 2) << line.table << " " << line.period;
    }
  }
  ASSERT_OK_AND(const DueReport second, open->publisher->release_due(false));
  EXPECT_EQ(in_state(second, DueLine::State::existing), first.lines.size());
  EXPECT_EQ(log_size(), 2 + first.lines.size());
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(DueTest, DryRunStatesAndFixesNothing) {
  import_window(50);
  auto open = planned();
  const auto before = records.contents();
  ASSERT_OK_AND(const DueReport report, open->publisher->release_due(true));
  EXPECT_EQ(in_state(report, DueLine::State::would_release), report.lines.size());
  EXPECT_EQ(records.contents(), before);
  EXPECT_EQ(log_size(), 2u);
}

TEST_F(DueTest, ARegionOfTierSLetsOutHeadlinesAndTheProgrammeAmountAlone) {
  import_window(9);
  ASSERT_OK_AND(const DueReport report, planned()->publisher->release_due(false));
  EXPECT_EQ(report.tier, Tier::S);
  for (const DueLine& line : report.lines) {
    EXPECT_TRUE(line.method == kMethodExact || line.method == kMethodRounded) << line.table;
  }
}

TEST_F(DueTest, TheTierStaysWhenTheRecordsChange) {
  import_window(9);
  auto open = planned();
  ASSERT_OK(open->publisher->release_due(false));
  import_window(50);
  ASSERT_OK_AND(const DueReport again, open->publisher->release_due(false));
  EXPECT_EQ(again.tier, Tier::S);
}

TEST_F(DueTest, TheTierIsNotFixedBeforeThereIsAnythingToCountIt) {
  auto open = planned();
  ASSERT_OK_AND(const DueReport early, open->publisher->release_due(false, {1990, 1990}));
  EXPECT_TRUE(early.lines.empty());
  ASSERT_OK(open->publisher->release_due(false, {2014, 2014}));
  import_window(50);
  ASSERT_OK_AND(const DueReport dry, open->publisher->release_due(true));
  EXPECT_EQ(dry.tier, Tier::L);
  ASSERT_OK_AND(const DueReport report, open->publisher->release_due(false));
  EXPECT_EQ(report.tier, Tier::L);
}

TEST_F(DueTest, ADryRunShowsTheTierThatIsFixed) {
  import_window(9);
  auto open = planned();
  ASSERT_OK(open->publisher->release_due(false));
  import_window(50);
  ASSERT_OK_AND(const DueReport dry, open->publisher->release_due(true));
  EXPECT_EQ(dry.tier, Tier::S);
}

TEST_F(DueTest, AYearThatWasDecidedGoesOutAsItWasDecided) {
  import_window(50);
  auto open = planned();
  ASSERT_OK(open->publisher->release("ENT-COOP", "2018"));
  import_window(56);
  ASSERT_OK_AND(const DueReport report, open->publisher->release_due(false));
  for (const DueLine& line : report.lines) {
    EXPECT_NE(line.state, DueLine::State::refused) << line.table << line.period;
    if (line.indicator != "SME-COOP" || line.table != kHeadlineTable) continue;
    const std::map<std::string, int> firms = {{"2018", 25}, {"2019", 28}};
    const auto expected = firms.find(line.period);
    if (expected == firms.end()) continue;
    EXPECT_EQ(stated(*line.release).cells[0].value, expected->second) << line.period;
  }
}

TEST_F(DueTest, WithoutNaceNothingIsSaidOfManufacturing) {
  import_window(50, false);
  ASSERT_OK_AND(const DueReport report, planned()->publisher->release_due(false));
  EXPECT_GT(in_state(report, DueLine::State::not_computable), 0u);
  for (const DueLine& line : report.lines) {
    EXPECT_EQ(line.state == DueLine::State::not_computable, line.indicator.starts_with("SME"))
        << line.indicator;
  }
  // It is told once, and the rest is out.
  const auto before = records.contents();
  ASSERT_OK(planned()->publisher->release_due(false));
  EXPECT_EQ(records.contents(), before);
}

// They go out all the same, as planned; only the operator can tell 0 firms from no records.
TEST_F(DueTest, YearsOfWhichNothingWasImportedAreNamedToTheOperator) {
  import_window(50);
  const std::vector<int> without{2014, 2015, 2016, 2017, 2021, 2022, 2023};
  EXPECT_EQ(planned()->publisher->release_due(true)->years_without_records, without);
  EXPECT_TRUE(planned()->publisher->dry_run("ENT-COOP", "2021")->without_records);
  EXPECT_FALSE(planned()->publisher->dry_run("ENT-COOP", "2020")->without_records);
  const YearSpan window{2018, 2020};
  EXPECT_THAT(planned()->publisher->release_due(true, window)->years_without_records,
              testing::ElementsAre(2014, 2015, 2016, 2017));  // of the programme
  EXPECT_EQ(planned()->publisher->release_due(false)->years_without_records, without);
  EXPECT_TRUE(planned()->publisher->release_due(false)->years_without_records.empty());
}

TEST_F(DueTest, WhatIsNotPlannedIsRefusedWithOneReason) {
  import_window(50);
  auto open = planned();
  std::set<std::string> reasons;
  for (const auto& [indicator, period] :
       std::vector<std::pair<std::string, std::string>>{{"COOP-FUND-EUR", "2018"},
                                                        {"ENT-COOP", "2018-2020"},
                                                        {"ENT-COOP-INTERREG", "2018"},
                                                        {"ENT-COOP", "2013"},
                                                        {"SME-COOP", "2028"}}) {
    const auto report = open->publisher->release(indicator, period);
    ASSERT_THAT(report, IsErr(Errc::refused));
    reasons.insert(report.error().context);
  }
  EXPECT_EQ(reasons.size(), 1u);
}

TEST_F(DueTest, AStoreThatFailsAnywhereLeavesACallThatCanBeMadeAgain) {
  import_window(50);
  for (std::uint64_t n = 1; n < 40; n += 3) {
    MemoryStore own_shared;
    federation.install(own_shared);
    FaultStore faulty(own_shared);
    MemoryStore own_records;
    Batch copy;
    const auto contents = records.contents();
    for (std::size_t area = 0; area < contents.size(); ++area) {
      for (const auto& [key, value] : contents[area]) copy.put(static_cast<Area>(area), key, value);
    }
    ASSERT_OK(own_records.commit(copy));
    auto open = NodeParts::open(federation, own_records, faulty, clock, random, plan).value();
    faulty.fail_at(n, FaultStore::Flavour::applied);
    (void)open->publisher->release_due(false);
    faulty.heal();
    ASSERT_OK_AND(const DueReport report, open->publisher->release_due(false));
    const auto head = LogStore(own_shared, kSelf).head().value();
    EXPECT_EQ(head->size, 2 + report.lines.size()) << n;
    EXPECT_EQ(verdict_on(own_shared, federation, kSelf), "valid") << n;
  }
}

}  // namespace
}  // namespace regions
