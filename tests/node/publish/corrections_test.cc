// Corrections: what would tell of fewer than three holdings is refused and the old figure stands;
// what tells of three goes out in its place.
#include "policies/catalogue/tables.h"
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

constexpr std::int64_t kYear = 366 * 86400;

class CorrectionsTest : public DueBench {
 protected:
  Result<ReleaseReport> release(const char* indicator = "ENT-COOP") {
    return node()->publisher->release(indicator, "2015", {}, "uid=1000");
  }
  std::optional<std::int64_t> shown(const char* indicator = "ENT-COOP") {
    return asked(indicator).cells.at(0).value;
  }
  void expect_refused(const char* indicator, const std::string& because) {
    const auto before = shared.contents();
    const auto refused = release(indicator);
    ASSERT_THAT(refused, IsErr(Errc::refused));
    EXPECT_THAT(refused.error().context, testing::HasSubstr(because));
    EXPECT_EQ(shared.contents(), before);
    EXPECT_THAT(node()->publisher->dry_run(indicator, "2015"), IsErr(Errc::refused));
  }
};

TEST_F(CorrectionsTest, ByOneOrTwoFirmsIsRefusedAndTheOldFigureStands) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  ASSERT_OK(release("SME-COOP"));
  for (int more = 1; more < 3; ++more) {
    import_firms(9, 9 + more, 5);
    expect_refused("ENT-COOP", "too few holdings entered or left it");
    expect_refused("ENT-COOP", "decided on 2024-06-10");
    EXPECT_EQ(shown(), 9);
    // The other headline is what it was.
    EXPECT_TRUE(release("SME-COOP")->existing);
  }
}

TEST_F(CorrectionsTest, ByThreeFirmsGoesOutInPlaceOfTheReleaseBefore) {
  import_firms(0, 9, 5);
  ASSERT_OK_AND(const auto first, release());
  ASSERT_OK(release("SME-COOP"));
  import_firms(9, 12, 5);
  ASSERT_OK_AND(const auto dry, node()->publisher->dry_run("ENT-COOP", "2015"));
  EXPECT_EQ(dry.supersedes, first.release->id);
  ASSERT_OK_AND(const auto second, release());
  EXPECT_EQ(second.digest, dry.digest);
  EXPECT_FALSE(second.existing);
  EXPECT_EQ(second.supersedes, first.release->id);
  EXPECT_EQ(stated(*second.release).supersedes, first.release->id);
  EXPECT_EQ(shown(), 12);
  EXPECT_EQ(shown("SME-COOP"), 5);
  EXPECT_TRUE(release("SME-COOP")->existing);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(CorrectionsTest, TheSameCallReturnsTheSameCorrectionByteForByte) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  import_firms(9, 12, 5);
  ASSERT_OK_AND(const auto corrected, release());
  const auto before = std::pair(records.contents(), shared.contents());
  for (int again = 0; again < 2; ++again) {
    clock.advance(kYear);
    ASSERT_OK_AND(const auto same, release());
    EXPECT_TRUE(same.existing);
    EXPECT_EQ(same.release->id, corrected.release->id);
    EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
  }
}

TEST_F(CorrectionsTest, BothHeadlinesOfAYearAreDecidedTogether) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  ASSERT_OK(release("SME-COOP"));
  // 3 large firms and one small: SME-COOP would tell of that one, so ENT-COOP stands as well.
  import_firms(9, 12, 5);
  import_firms(20, 21, 21);
  expect_refused("ENT-COOP", "too few");
  expect_refused("SME-COOP", "too few");
  import_firms(21, 24, 24);
  EXPECT_EQ(release("SME-COOP")->table.cells()[0].value, 9);
  // The snapshot is that of the decision, though records change before the other goes out.
  import_firms(30, 31, 0);
  ASSERT_OK_AND(const auto ent, release());
  EXPECT_TRUE(ent.behind);
  EXPECT_EQ(ent.table.cells()[0].value, 16);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(CorrectionsTest, AFigureThatIsNotOutYetGoesOutAsItWasDecided) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  import_firms(9, 10, 10);
  ASSERT_OK_AND(const auto sme, release("SME-COOP"));
  EXPECT_TRUE(sme.behind);
  EXPECT_EQ(sme.table.cells()[0].value, 5);
}

TEST_F(CorrectionsTest, OneCorrectionAYear) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  import_firms(9, 12, 5);
  ASSERT_OK(release());
  import_firms(12, 15, 5);
  expect_refused("ENT-COOP", "corrected this year already");
  clock.advance(kYear);
  EXPECT_EQ(release()->table.cells()[0].value, 15);
}

TEST_F(CorrectionsTest, WhoWasErasedCannotBeComparedWith) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  EXPECT_EQ(node()->publisher->forget({"e1"}, false)->decisions.at(0), 1u);
  EXPECT_EQ(node()->publisher->forget({"nobody"}, false)->decisions.at(0), 0u);
  // e1 is in the records still and looks as if it had come, so that one more has to come.
  import_firms(9, 12, 5);
  expect_refused("ENT-COOP", "too few");
  import_firms(12, 13, 5);
  EXPECT_THAT(release(), IsOk());
  ASSERT_OK(Ledger(records).erase_members("2015"));
  clock.advance(kYear);
  import_firms(13, 20, 5);
  expect_refused("ENT-COOP", "erased");
}

TEST_F(CorrectionsTest, TheLedgerKnowsWhatWasReleasedAndRefusedAndByWhom) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  import_firms(9, 10, 5);
  EXPECT_FALSE(release());
  EXPECT_FALSE(release());
  import_firms(10, 12, 5);
  ASSERT_OK(release());
  ASSERT_OK_AND(const auto ledger, node()->publisher->ledger());
  ASSERT_EQ(ledger.releases.size(), 2u);
  EXPECT_EQ(ledger.releases[0].version, 1u);
  EXPECT_EQ(ledger.releases[1].supersedes, ledger.releases[0].ref.id);
  EXPECT_EQ(ledger.releases[1].by, "uid=1000");
  ASSERT_EQ(ledger.refusals.size(), 1u);
  EXPECT_EQ(ledger.refusals[0].times, 2u);
  EXPECT_EQ(ledger.refusals[0].figure.indicator, "ENT-COOP");
  EXPECT_THAT(ledger.refusals[0].reason, testing::HasSubstr("too few"));
}

TEST_F(CorrectionsTest, TheBaselineIsFrozen) {
  import_window(50);
  ASSERT_OK(planned()->publisher->release_due(false));
  import_window(60);
  clock.advance(kYear);
  ASSERT_OK_AND(const DueReport report,
                planned()->publisher->release_due(false, {kYearMin, kYearMax}, {}, true));
  for (const DueLine& line : report.lines) {
    if (line.period < "2018" || line.period > "2020") continue;
    EXPECT_NE(line.state, DueLine::State::released) << line.table << " " << line.period;
    if (line.state == DueLine::State::refused) {
      EXPECT_THAT(line.reason, testing::HasSubstr("baseline"));
    }
  }
  EXPECT_GT(in_state(report, DueLine::State::refused), 0u);
}

TEST_F(CorrectionsTest, AWithdrawnAmountIsReleasedAgainAsItWasOrNotAtAll) {
  import_window(50);
  auto open = planned();
  ASSERT_OK_AND(const DueReport first, open->publisher->release_due(false));
  const auto amount = std::find_if(first.lines.begin(), first.lines.end(), [](const DueLine& one) {
    return one.method == kMethodRounded && one.period == "2014-2020";
  });
  ASSERT_NE(amount, first.lines.end());
  const auto at = static_cast<std::size_t>(amount - first.lines.begin());
  const auto revised = [&] {
    return open->publisher->release_due(false, {kYearMin, kYearMax}, {}, true)->lines.at(at);
  };
  ASSERT_OK(open->publisher->withdraw(amount->release->id, WithdrawalReason::error_in_records));
  const DueLine again = revised();
  ASSERT_EQ(again.state, DueLine::State::released);
  EXPECT_EQ(again.supersedes, amount->release->id);
  ASSERT_OK(open->publisher->withdraw(again.release->id, WithdrawalReason::error_in_records));
  import_window(52);
  EXPECT_EQ(revised().state, DueLine::State::refused);
}

// A window outside the baseline, released and changed.
class RevisionsTest : public DueBench {
 protected:
  RevisionsTest() {
    import_window(50);
    more(0, 50);
    EXPECT_THAT(planned()->publisher->release_due(false), IsOk());
  }
  // Firms that cooperate in 2021 to 2023, in the records as of 2024.
  void more(int from, int to) {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    std::string cooperations, organisations;
    for (int i = from; i < to; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "d" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2021-03-01,2023-04-01," +
                      (i % 2 == 0 ? "robotics" : "biotechnology") + ",1000.00,1000.00\n";
      organisations +=
          id + ",N,PRC,PT16,X,PT,C10," + (i % 3 == 0 && i < 50 ? "small" : "large") + "\n";
    }
    ASSERT_THAT(bench.cooperations(cooperations), IsOk());
    ASSERT_THAT(bench.organisations(organisations), IsOk());
  }
  DueReport due(bool revise, bool dry_run = false) {
    return planned()->publisher->release_due(dry_run, {2021, 2023}, {}, revise).value();
  }
};

TEST_F(RevisionsTest, NothingIsRevisedUnasked) {
  more(50, 60);
  const DueReport report = due(false);
  EXPECT_EQ(in_state(report, DueLine::State::existing), report.lines.size());
}

TEST_F(RevisionsTest, WhatChangedIsRevisedAndNamesTheReleaseBefore) {
  more(50, 60);
  const DueReport dry = due(true, true);
  const DueReport report = due(true);
  EXPECT_EQ(dry.digest, report.digest);
  std::size_t revised = 0;
  for (const DueLine& line : report.lines) {
    if (line.state != DueLine::State::released) continue;
    ++revised;
    ASSERT_TRUE(line.supersedes.has_value()) << line.table;
    EXPECT_EQ(stated(*line.release).supersedes, line.supersedes);
  }
  EXPECT_GT(revised, 5u);
  EXPECT_LT(revised, report.lines.size());
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
  // A second time there is nothing to say.
  EXPECT_EQ(in_state(due(true), DueLine::State::released), 0u);
}

TEST_F(RevisionsTest, OneRevisionAYear) {
  more(50, 60);
  const std::size_t revised = in_state(due(true), DueLine::State::released);
  more(60, 70);
  const DueReport same_year = due(true);
  EXPECT_EQ(in_state(same_year, DueLine::State::released), 0u);
  clock.advance(kYear);
  EXPECT_EQ(in_state(due(true), DueLine::State::released), revised);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// Withdrawing is no way round that: noisy values of nearly the same firms, enough of them, tell
// their number.
TEST_F(RevisionsTest, AWithdrawnBreakdownComesBackAsItWasOrOnceAYear) {
  const auto at = [&](const DueReport& report) {
    return std::find_if(report.lines.begin(), report.lines.end(), [](const DueLine& one) {
      return one.method == kMethodCellKey && one.indicator == "ENT-COOP" &&
             one.period == "2021-2023" && one.table == "size";
    });
  };
  const auto withdraw_and_change = [&](int from, int to) {
    const DueReport now = due(false);
    EXPECT_THAT(
        planned()->publisher->withdraw(at(now)->release->id, WithdrawalReason::error_in_records),
        IsOk());
    more(from, to);
    const DueReport report = due(true);
    return *at(report);
  };
  ASSERT_EQ(withdraw_and_change(0, 50).state, DueLine::State::released);  // as it was
  const DueLine refused = withdraw_and_change(50, 60);
  ASSERT_EQ(refused.state, DueLine::State::refused);
  EXPECT_THAT(refused.reason, testing::HasSubstr("once a year is enough"));
  EXPECT_THAT(refused.reason, testing::HasSubstr("What was withdrawn does not come back"));
  const auto alone = [&] {
    return planned()
        ->publisher
        ->release_due(false, {kYearMin, kYearMax}, {}, false, "", {"ENT-COOP", "2021-2023", "size"})
        ->lines.at(0);
  };
  EXPECT_EQ(alone().state, DueLine::State::refused);
  clock.advance(kYear);
  EXPECT_EQ(alone().state, DueLine::State::released);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(RevisionsTest, AWithdrawnBreakdownOfTheBaselineComesBackAsItWasOrNotAtAll) {
  const DueChoice size{"ENT-COOP", "2018-2020", "size"};
  const auto released = [&] {
    return planned()
        ->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "", size)
        ->lines.at(0);
  };
  DueLine line = released();
  ASSERT_TRUE(line.release.has_value());
  for (int year = 0; year < 2; ++year) {
    ASSERT_OK(planned()->publisher->withdraw(line.release->id, WithdrawalReason::error_in_records));
    line = released();
    ASSERT_EQ(line.state, DueLine::State::released);
    clock.advance(kYear);
  }
  ASSERT_OK(planned()->publisher->withdraw(line.release->id, WithdrawalReason::error_in_records));
  import_window(60);
  line = released();
  ASSERT_EQ(line.state, DueLine::State::refused);
  EXPECT_THAT(line.reason, testing::HasSubstr("part of the baseline"));
}

TEST_F(RevisionsTest, ByOneFirmTheExactFiguresStandAndOthersGoOut) {
  more(50, 51);
  const DueReport report = due(true);
  for (const DueLine& line : report.lines) {
    if (line.method == kMethodExact) {
      EXPECT_NE(line.state, DueLine::State::released) << line.period;
    }
  }
  EXPECT_GT(in_state(report, DueLine::State::refused), 0u);
  EXPECT_GT(in_state(report, DueLine::State::released), 0u);
  ASSERT_OK_AND(const auto ledger, planned()->publisher->ledger());
  EXPECT_EQ(ledger.refusals.size(), in_state(report, DueLine::State::refused));
}

TEST_F(RevisionsTest, WhatALawTookBackIsNotLetOutAgainByTheWay) {
  const auto line = due(false).lines.at(0);
  const auto other = due(false).lines.at(1);
  auto open = planned();
  ASSERT_OK(open->publisher->withdraw(line.release->id, WithdrawalReason::legal_obligation));
  ASSERT_OK(open->publisher->withdraw(other.release->id, WithdrawalReason::error_in_records));
  EXPECT_EQ(due(false).lines.at(0).state, DueLine::State::withdrawn);
  EXPECT_EQ(due(false).lines.at(1).state, DueLine::State::withdrawn);
  const DueReport report = due(true);
  EXPECT_EQ(report.lines.at(0).state, DueLine::State::withdrawn);
  EXPECT_EQ(report.lines.at(1).state, DueLine::State::released);
  EXPECT_EQ(report.lines.at(1).supersedes, other.release->id);
}

}  // namespace
}  // namespace regions
