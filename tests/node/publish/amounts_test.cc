// Amounts by plan: decided together, once, beside everything that was decided before; stated one by
// one, whatever fails between.
#include "node/cube/cube.h"
#include "policies/catalogue/tables.h"
#include "tests/node/publish/amounts_bench.h"

namespace regions {
namespace {

class AmountsTest : public AmountsBench {};

TEST_F(AmountsTest, HistoryThatCannotBeReadLetsNothingOut) {
  import_grants();
  ASSERT_OK(due(false, {}, {kFund, "2018-2020", "total"}));
  damage(Bytes("amount/COOP-FUND-EUR/") + Bytes("\0\0\0\1", 4));
  const auto before = shared.contents();
  const auto refused = planned()->publisher->release_due(false);
  ASSERT_THAT(refused, IsErr(Errc::corrupt));
  EXPECT_THAT(refused.error().context, testing::HasSubstr("decided about COOP-FUND-EUR"));
  EXPECT_EQ(shared.contents(), before);
}

TEST_F(AmountsTest, TooManyCoalitionsAreRefusedWithAWayOutAndCountsGoOut) {
  import_grants();
  grants("t", 700, "2020");
  rules.coalition = 2;
  rules.headline_waives_observer_rule = true;
  ASSERT_OK_AND(const DueReport report, planned()->publisher->release_due(false, {2018, 2020}));
  for (const DueLine& line : report.lines) {
    const bool amount = line.method == kMethodRounded;
    if (line.state == DueLine::State::not_computable) continue;
    EXPECT_EQ(line.state, amount ? DueLine::State::refused : DueLine::State::released)
        << line.table << line.period << line.reason;
    if (!amount) continue;
    EXPECT_THAT(line.reason, testing::HasSubstr("coalitions of observers"));
    EXPECT_THAT(line.reason, testing::HasSubstr("--period A..B"));
  }
  EXPECT_TRUE(Ledger(records).amounts(kFund)->empty());
}

TEST_F(AmountsTest, WorkThatIsUsedUpLetsNoAmountOutAndSaysWhereAndWhatToTry) {
  import_grants();
  pivots_max = 0;
  ASSERT_OK_AND(const DueReport report, due());
  EXPECT_EQ(in_state(report, DueLine::State::refused), report.lines.size());
  for (const DueLine& line : report.lines) {
    EXPECT_THAT(line.reason, testing::ContainsRegex("near 20[0-9-]+"));
    EXPECT_THAT(line.reason, testing::HasSubstr("the pivots are used up"));
    EXPECT_THAT(line.reason, testing::HasSubstr("--period A..B"));
  }
  // Peers learn of nothing; the operator finds every table in the ledger.
  EXPECT_EQ(log_size(), 2u);
  EXPECT_TRUE(Ledger(records).amounts(kFund)->empty());
  EXPECT_EQ(Ledger(records).all_refusals()->size(), report.lines.size());
  pivots_max = kPivotsMax;
  ASSERT_OK_AND(const DueReport later, due());
  EXPECT_EQ(in_state(later, DueLine::State::released), later.lines.size());
}

// One firm a year: no figure is safe, so that what peers get is that there is one.
TEST_F(AmountsTest, WhereNothingIsSafeEverythingIsWithheldAndTheOperatorLearnsWhy) {
  import_window(50);  // without amounts in most of the years
  for (const char* year : {"2021", "2022", "2023"}) grants("lone", 1, year);
  ASSERT_OK_AND(const DueReport report, due(false, {}, {kFund, "2021-2023", ""}));
  ASSERT_FALSE(report.lines.empty());
  for (const DueLine& line : report.lines) {
    ASSERT_EQ(line.state, DueLine::State::released) << line.reason;
    for (const Cell& cell : stated(*line.release).cells) {
      EXPECT_FALSE(cell.value.has_value());
      EXPECT_EQ(cell.status, ObsStatus::Q);
    }
    EXPECT_EQ(line.withheld_figures.size(), line.shown->table.cells().size());
    EXPECT_FALSE(line.why.empty());
  }
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(AmountsTest, RecordsThatChangeMeanwhileAreBusyAndStateNothing) {
  import_grants();
  facts = [this,
           read =
               std::shared_ptr<const Facts>()]() mutable -> Result<std::shared_ptr<const Facts>> {
    TRY(Facts loaded, facts_of(*records.snapshot(), territories(kSelf, {"DE24", "ES"})));
    grants("x", 1, "2020");
    return std::make_shared<const Facts>(std::move(loaded));
  };
  EXPECT_THAT(due(), IsErr(Errc::busy));
  EXPECT_EQ(log_size(), 2u);
}

TEST_F(AmountsTest, OneFirmsCategoryIsWithheldWithAnotherSoThatNoTotalTellsIt) {
  import_grants();
  ASSERT_OK_AND(const DueReport report, due());
  EXPECT_EQ(report.tier, Tier::L);
  EXPECT_EQ(in_state(report, DueLine::State::released), report.lines.size());
  const auto cells = stated_cells();
  EXPECT_EQ(withheld(cells.at("2018-2020 total")), 0u);
  // The other group would be the total less that firm.
  EXPECT_GE(withheld(cells.at("2018-2020 technology-group")), 2u);
  ASSERT_EQ(report.amounts.size(), 1u);
  EXPECT_GT(report.amounts[0].unsafe, 0u);
  EXPECT_GT(report.amounts[0].besides, 0u);
  EXPECT_GT(report.amounts[0].observers, 70u);
  std::size_t reasons = 0;
  for (const DueLine& line : report.lines) {
    for (const auto& [reason, count] : line.why) reasons += count;
    EXPECT_EQ(line.withheld_figures.size(), line.shown->table.withheld());
  }
  EXPECT_EQ(reasons, report.amounts[0].unsafe + report.amounts[0].besides);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(AmountsTest, WhatIsDecidedIsDurableWithTheFirstTableAndNothingIsDecidedTwice) {
  import_grants();
  ASSERT_OK(due());
  ASSERT_OK_AND(const auto decisions, Ledger(records).amounts(kFund));
  ASSERT_EQ(decisions.size(), 1u);
  EXPECT_EQ(decisions[0].rules, rules);
  EXPECT_FALSE(decisions[0].intervals.empty());
  EXPECT_FALSE(Ledger(records).witnesses(kFund, 1)->empty());
  for (const LedgerRelease& one : Ledger(records).all_releases().value()) {
    EXPECT_EQ(one.decision, 1u);
  }
  const auto before = std::pair(records.contents(), shared.contents());
  ASSERT_OK_AND(const DueReport again, due());
  EXPECT_EQ(in_state(again, DueLine::State::existing), again.lines.size());
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
}

// A crash after the first table: the others go out as they were decided, though the records and
// even the rules are others by then.
TEST_F(AmountsTest, AnInterruptedReleaseGoesOnAsItWasDecided) {
  import_grants();
  const auto whole = [&] {
    MemoryStore own_records, own_shared;
    Batch copy;
    const auto contents = records.contents();
    for (std::size_t area = 0; area < contents.size(); ++area) {
      for (const auto& [key, value] : contents[area]) copy.put(static_cast<Area>(area), key, value);
    }
    EXPECT_THAT(own_records.commit(copy), IsOk());
    federation.install(own_shared);
    auto open = NodeParts::open(federation, own_records, own_shared, clock, random, plan).value();
    auto report =
        open->publisher->release_due(false, {kYearMin, kYearMax}, {}, false, "", {kFund, "", ""});
    std::map<std::string, std::vector<SafeTable::Cell>> out;
    for (const DueLine& line : report->lines) {
      out[line.period + " " + line.table] = line.shown->table.cells();
    }
    return out;
  }();
  ASSERT_OK_AND(const DueReport dry, due(true));
  FaultStore faulty(shared);
  {
    auto broken = NodeParts::open(federation, records, faulty, clock, random, plan).value();
    faulty.fail_at(8, FaultStore::Flavour::applied);
    ASSERT_FALSE(broken->publisher->release_due(false, {kYearMin, kYearMax}, dry.digest, false, "",
                                                {kFund, "", ""}));
  }
  const auto left = stated_cells().size();
  ASSERT_GT(left, 0u);
  ASSERT_LT(left, whole.size());
  grants("late", 9, "2018");
  ++rules.version;
  rules.minimum = 4;
  ASSERT_OK_AND(const DueReport rest, due(false, dry.digest));
  EXPECT_EQ(rest.digest, dry.digest);
  EXPECT_EQ(Ledger(records).amounts(kFund)->size(), 1u);
  const auto cells = stated_cells();
  ASSERT_EQ(cells.size(), whole.size());
  for (const auto& [table, of_table] : cells) {
    ASSERT_EQ(of_table.size(), whole.at(table).size());
    for (std::size_t i = 0; i < of_table.size(); ++i) {
      EXPECT_EQ(of_table[i].value, whole.at(table)[i].value) << table;
    }
  }
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// The year in which one firm alone stands is the window less the two others.
TEST_F(AmountsTest, ALaterTableIsProtectedBesideTheEarlierOnes) {
  grants("r", 40, "2018");
  grants("s", 30, "2019");
  grants("b", 1, "2020");
  ASSERT_OK(due(false, {}, {kFund, "2018-2020", "total"}));
  ASSERT_OK(due(false, {}, {kFund, "2018", ""}));
  ASSERT_OK(due(false, {}, {kFund, "2019", ""}));
  const auto cells = stated_cells();
  EXPECT_EQ(withheld(cells.at("2018-2020 total")), 0u);
  EXPECT_EQ(withheld(cells.at("2018 total")), 0u);
  EXPECT_EQ(withheld(cells.at("2019 total")), 1u);
  EXPECT_EQ(Ledger(records).amounts(kFund)->size(), 3u);
}

TEST_F(AmountsTest, AnAmountOfTheBaselineStandsWhateverTheRecordsSay) {
  import_grants();
  ASSERT_OK(due());
  const auto before = stated_cells();
  grants("late", 9, "2018");
  clock.advance(366 * 86400);
  ASSERT_OK(planned()->publisher->release_due(false, {2014, 2020}, {}, true));
  auto after = stated_cells();
  for (const auto& [table, cells] : before) EXPECT_EQ(after.at(table), cells) << table;
}

TEST_F(AmountsTest, WhatIsWithdrawnComesBackAsItWasAndOnlyWhileTheRecordsSayIt) {
  import_grants();
  ASSERT_OK_AND(const DueReport first, due());
  const auto line = std::find_if(first.lines.begin(), first.lines.end(), [](const DueLine& one) {
    return one.table == "total" && one.period == "2018-2020";
  });
  const auto again = [&] {
    return planned()->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "",
                                             {kFund, "2018-2020", "total"});
  };
  ASSERT_OK(planned()->publisher->withdraw(line->release->id, WithdrawalReason::error_in_records));
  ASSERT_OK_AND(const DueReport restated, again());
  ASSERT_EQ(restated.lines[0].state, DueLine::State::released);
  EXPECT_EQ(stated(*restated.lines[0].release).cells, stated(*line->release).cells);
  EXPECT_EQ(restated.lines[0].supersedes, line->release->id);
  ASSERT_OK(planned()->publisher->withdraw(restated.lines[0].release->id,
                                           WithdrawalReason::error_in_records));
  grants("late", 9, "2018");
  ASSERT_OK_AND(const DueReport refused, again());
  EXPECT_EQ(refused.lines[0].state, DueLine::State::refused);
  EXPECT_THAT(refused.lines[0].reason, testing::HasSubstr("baseline, which is frozen"));
  EXPECT_THAT(refused.lines[0].reason, testing::HasSubstr("does not come back"));
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// Another node with the same records would withhold others, where the choice is a tie.
TEST_F(AmountsTest, ADryRunDecidesNothingAndItsDigestStatesTheSame) {
  import_grants();
  const auto before = records.contents();
  ASSERT_OK_AND(const DueReport dry, due(true));
  EXPECT_EQ(records.contents(), before);
  ASSERT_OK_AND(const DueReport report, due(false, dry.digest));
  for (std::size_t i = 0; i < dry.lines.size(); ++i) {
    EXPECT_EQ(dry.lines[i].shown->table.cells(), report.lines[i].shown->table.cells());
  }
  grants("late", 1, "2018");
  EXPECT_THAT(planned()->publisher->release_due(false, {kYearMin, kYearMax}, Digest{}),
              IsErr(Errc::refused));
}

}  // namespace
}  // namespace regions
