// Amounts that are out and that the records now contradict: what would tell of fewer than three
// holdings stands, what tells of nobody goes out in place of the release before it, decided before
// it is stated.
#include "tests/node/publish/amounts_bench.h"
#include "tests/support/fault_store.h"

namespace regions {
namespace {

constexpr std::int64_t kOneYear = 366 * 86400;
const DueChoice kWindow{kFund, "2021-2023", ""};

// A region of tier L; the window is not that of the baseline.
class AmountCorrectionsTest : public AmountsBench {
 protected:
  AmountCorrectionsTest() {
    grants("base", 40, "2018");
    for (const char* year : {"2021", "2022", "2023"}) {
      grants("r", 12, year);
      grants("s", 9, year, "internet-of-things");
    }
    EXPECT_THAT(due(false, {}, kWindow), IsOk());
  }
  static const DueLine& total(const DueReport& report) {
    return *std::find_if(report.lines.begin(), report.lines.end(),
                         [](const DueLine& one) { return one.table == "total"; });
  }
  std::optional<std::int64_t> shown_total() {
    return stated_cells().at("2021-2023 total")[0].value;
  }
  std::size_t decisions() { return Ledger(records).amounts(kFund)->size(); }
};

TEST_F(AmountCorrectionsTest, ByOneOrTwoFirmsItStandsAndTheRefusalIsFiled) {
  const auto before = stated_cells();
  for (int more = 1; more < 3; ++more) {
    grants("late", more, "2022");
    ASSERT_OK_AND(const DueReport report, revised(kWindow));
    EXPECT_EQ(in_state(report, DueLine::State::released), 0u);
    EXPECT_EQ(total(report).state, DueLine::State::refused);
    EXPECT_THAT(total(report).reason, testing::HasSubstr("too few holdings changed"));
    EXPECT_THAT(total(report).reason, testing::HasSubstr("What was released stands"));
  }
  EXPECT_EQ(stated_cells(), before);
  EXPECT_EQ(decisions(), 1u);
  ASSERT_OK_AND(const auto ledger, planned()->publisher->ledger());
  const bool filed =
      std::any_of(ledger.refusals.begin(), ledger.refusals.end(), [](const auto& one) {
        return one.figure == FigureName{kFund, "2021-2023", "total"} && one.times == 2;
      });
  EXPECT_TRUE(filed);
}

TEST_F(AmountCorrectionsTest, HistoryThatCannotBeReadLetsNothingOut) {
  grants("late", 4, "2022");
  damage(Bytes("holders/COOP-FUND-EUR/") + Bytes("\0\0\0\1", 4));
  const auto before = shared.contents();
  const auto refused = revised(kWindow);
  ASSERT_THAT(refused, IsErr(Errc::corrupt));
  EXPECT_THAT(refused.error().context, testing::HasSubstr("whose amounts of COOP-FUND-EUR"));
  EXPECT_EQ(shared.contents(), before);
}

TEST_F(AmountCorrectionsTest, NothingIsCorrectedUnasked) {
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport report, due(false, {}, kWindow));
  EXPECT_EQ(in_state(report, DueLine::State::existing), report.lines.size());
  EXPECT_EQ(decisions(), 1u);
}

TEST_F(AmountCorrectionsTest, ByFourFirmsItGoesOutInPlaceOfTheReleaseBefore) {
  const auto before = shown_total();
  const auto first = Ledger(records).releases({kFund, "2021-2023", "total"})->at(0).ref.id;
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport dry, revised(kWindow, true));
  EXPECT_EQ(decisions(), 1u);
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  EXPECT_EQ(report.digest, dry.digest);
  ASSERT_EQ(total(report).state, DueLine::State::released) << total(report).reason;
  EXPECT_EQ(total(report).supersedes, first);
  EXPECT_EQ(stated(*total(report).release).supersedes, first);
  EXPECT_EQ(shown_total(), *before + 4 * 9'000'000);
  EXPECT_EQ(decisions(), 2u);
  // Asked again there is nothing to say.
  const auto contents = std::pair(records.contents(), shared.contents());
  ASSERT_OK_AND(const DueReport again, revised(kWindow));
  EXPECT_EQ(in_state(again, DueLine::State::existing), again.lines.size());
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), contents);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(AmountCorrectionsTest, NoVersionOpensWhatAnotherOneWithheld) {
  const auto before = stated_cells();
  grants("late", 4, "2022");
  grants("bio", 5, "2022", "biotechnology");
  ASSERT_OK(revised(kWindow));
  std::size_t anew = 0;
  for (const auto& [table, cells] : stated_cells()) {
    anew += cells != before.at(table);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_EQ(cells[i].value.has_value(), before.at(table)[i].value.has_value()) << table;
    }
  }
  EXPECT_GT(anew, 0u);
}

TEST_F(AmountCorrectionsTest, OnceAYear) {
  grants("late", 4, "2022");
  ASSERT_OK(revised(kWindow));
  grants("later", 4, "2023");
  ASSERT_OK_AND(const DueReport same_year, revised(kWindow));
  EXPECT_EQ(in_state(same_year, DueLine::State::existing), same_year.lines.size());
  clock.advance(kOneYear);
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  EXPECT_EQ(total(report).state, DueLine::State::released) << total(report).reason;
  EXPECT_EQ(decisions(), 3u);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(AmountCorrectionsTest, WhoWasErasedCannotBeComparedWith) {
  EXPECT_EQ(planned()->publisher->forget({"r3"}, false)->decisions.at(0), 1u);
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  EXPECT_THAT(total(report).reason, testing::HasSubstr("erased"));
}

// It is held against the one that was withdrawn, which stays known.
TEST_F(AmountCorrectionsTest, WhatWasWithdrawnComesBackByTheSameRule) {
  const Digest first = Ledger(records).releases({kFund, "2021-2023", "total"})->at(0).ref.id;
  ASSERT_OK(planned()->publisher->withdraw(first, WithdrawalReason::error_in_records));
  grants("late", 1, "2022");
  ASSERT_OK_AND(const DueReport refused, revised(kWindow));
  ASSERT_EQ(total(refused).state, DueLine::State::refused);
  EXPECT_THAT(total(refused).reason, testing::HasSubstr("What was withdrawn does not come back"));
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  ASSERT_EQ(total(report).state, DueLine::State::released) << total(report).reason;
  EXPECT_EQ(total(report).supersedes, first);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// What a law took back comes back when that table is asked for, not with all that is due.
TEST_F(AmountCorrectionsTest, WhatALawTookBackIsAskedForByItsTable) {
  const Digest first = Ledger(records).releases({kFund, "2021-2023", "total"})->at(0).ref.id;
  ASSERT_OK(planned()->publisher->withdraw(first, WithdrawalReason::legal_obligation));
  ASSERT_OK_AND(const DueReport all, revised(kWindow));
  EXPECT_EQ(total(all).state, DueLine::State::withdrawn);
  ASSERT_OK_AND(const DueReport alone, due(false, {}, {kFund, "2021-2023", "total"}));
  ASSERT_EQ(total(alone).state, DueLine::State::released) << total(alone).reason;
  EXPECT_EQ(total(alone).supersedes, first);
  ASSERT_OK_AND(const DueReport again, due(false, {}, {kFund, "2021-2023", "total"}));
  EXPECT_EQ(total(again).state, DueLine::State::existing);
}

// The one before it holds meanwhile, and a law's word is no less than that of a first release.
TEST_F(AmountCorrectionsTest, ACorrectionThatALawTookBackComesBackAsItWas) {
  const DueChoice alone{kFund, "2021-2023", "total"};
  const auto before = shown_total();
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  const auto corrected = shown_total();
  const Digest second = total(report).release->id;
  ASSERT_OK(planned()->publisher->withdraw(second, WithdrawalReason::legal_obligation));
  clock.advance(kOneYear);
  ASSERT_OK_AND(const DueReport all, revised(kWindow));
  EXPECT_EQ(total(all).state, DueLine::State::existing);
  EXPECT_EQ(stated(*total(all).release).cells[0].value, before);
  ASSERT_OK_AND(const DueReport back, due(false, {}, alone));
  ASSERT_EQ(total(back).state, DueLine::State::released) << total(back).reason;
  EXPECT_EQ(total(back).supersedes, second);
  EXPECT_EQ(shown_total(), corrected);
  EXPECT_EQ(decisions(), 2u);
}

TEST_F(AmountCorrectionsTest, NewTablesAreDecidedWithTheCorrectionBesideThem) {
  grants("late", 4, "2022");
  const DueChoice all{kFund, "", ""};
  ASSERT_OK_AND(const DueReport report, revised(all));
  std::set<std::uint32_t> of_decision;
  std::size_t corrected = 0;
  for (const LedgerRelease& one : Ledger(records).all_releases().value()) {
    of_decision.insert(one.decision);
    corrected += one.version == 2;
  }
  EXPECT_EQ(of_decision, (std::set<std::uint32_t>{1, 2}));
  EXPECT_GT(corrected, 0u);
  EXPECT_GT(in_state(report, DueLine::State::released), corrected);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// Whatever fails: what was decided goes out as it was decided, without being asked for again.
TEST_F(AmountCorrectionsTest, AStoreThatFailsAnywhereLeavesACorrectionThatIsFinished) {
  grants("late", 4, "2022");
  ASSERT_OK_AND(const DueReport dry, revised(kWindow, true));
  const auto copy_into = [](const MemoryStore& from, MemoryStore& to) {
    Batch copy;
    const auto contents = from.contents();
    for (std::size_t area = 0; area < contents.size(); ++area) {
      for (const auto& [key, value] : contents[area]) copy.put(static_cast<Area>(area), key, value);
    }
    ASSERT_OK(to.commit(copy));
  };
  for (std::uint64_t n = 1; n < 12; n += 2) {
    MemoryStore own_records, own_shared;
    copy_into(records, own_records);
    copy_into(shared, own_shared);
    FaultStore faulty(own_records);
    auto open = NodeParts::open(federation, faulty, own_shared, clock, random, plan).value();
    faulty.fail_at(n, FaultStore::Flavour::applied);
    (void)open->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "", kWindow);
    faulty.heal();
    const bool decided = Ledger(own_records).amounts(kFund)->size() == 2;
    ASSERT_OK(open->publisher->release_due(false, {kYearMin, kYearMax}, {}, false, "", kWindow));
    for (const DueLine& line : dry.lines) {
      if (line.state != DueLine::State::would_release) continue;
      const auto versions = Ledger(own_records).releases({kFund, line.period, line.table}).value();
      EXPECT_EQ(versions.size(), decided ? 2u : 1u) << n << line.table;
    }
    EXPECT_EQ(verdict_on(own_shared, federation, kSelf), "valid") << n;
  }
}

}  // namespace
}  // namespace regions
