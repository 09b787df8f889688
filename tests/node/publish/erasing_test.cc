// Who stood in a decision, erased from it: in one write or not at all; what is out stands for good.
#include "tests/node/publish/amounts_bench.h"

namespace regions {
namespace {

class ErasingTest : public AmountsBench {
 protected:
  ErasingTest() {
    grants("base", 40, "2018");
    for (const char* year : {"2021", "2022", "2023"}) grants("r", 12, year);
  }
  std::set<std::string> decision_keys(const MemoryStore& store) {
    std::set<std::string> keys;
    const auto contents = store.contents();
    for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::decisions)]) {
      keys.insert(key);
    }
    return keys;
  }
  const DueChoice kWindow{kFund, "2021-2023", ""};
};

TEST_F(ErasingTest, WhatWasNeverDecidedIsNotFoundAndADryRunErasesNothing) {
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2022"));
  ASSERT_OK(due(false, {}, kWindow));
  const auto before = records.contents();
  EXPECT_THAT(planned()->publisher->erase_members("2021", false), IsErr(Errc::not_found));
  EXPECT_THAT(planned()->publisher->erase_members("", false), IsErr(Errc::not_found));
  for (const std::uint32_t decision : {0u, 2u}) {
    EXPECT_THAT(planned()->publisher->erase_amount_members(kFund, decision, false),
                IsErr(Errc::invalid_input));
  }
  EXPECT_THAT(planned()->publisher->erase_amount_members("NO", 1, false),
              IsErr(Errc::invalid_input));
  ASSERT_OK_AND(const auto year, planned()->publisher->erase_members("2022", true));
  ASSERT_EQ(year.decisions.size(), 1u);
  EXPECT_EQ(year.decisions[0].tags, 12u);
  EXPECT_EQ(year.stand, (std::vector<FigureName>{{"ENT-COOP", "2022", "headline"}}));
  ASSERT_OK_AND(const auto amounts, planned()->publisher->erase_amount_members(kFund, 1, true));
  EXPECT_GT(amounts.decisions.at(0).tags, 12u);  // actors besides
  EXPECT_GT(amounts.stand.size(), 2u);
  EXPECT_EQ(records.contents(), before);
}

// Not corrupt: the operator would go looking for a disk that failed.
TEST_F(ErasingTest, AWrongArgumentOnAHealthyNodeIsNamedWithWhatThereIs) {
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2022"));
  ASSERT_OK(due(false, {}, kWindow));
  const auto of = [&](const std::string& indicator, std::uint32_t decision) {
    const auto erased = planned()->publisher->erase_amount_members(indicator, decision, true);
    EXPECT_THAT(erased, IsErr(Errc::invalid_input));
    return erased ? "" : erased.error().context;
  };
  EXPECT_THAT(of("ENT-COOP", 1),
              testing::HasSubstr("ENT-COOP is no amount; headlines are decided by year, use "
                                 "--period YEAR; those of 2022 are"));
  EXPECT_THAT(of(kFund, 2), testing::HasSubstr("has no decision 2; there is decision 1"));
  const auto year = planned()->publisher->erase_members("2021", true);
  ASSERT_FALSE(year);
  EXPECT_THAT(year.error().context, testing::HasSubstr("2021 were not decided; those of 2022 are"));
}

TEST_F(ErasingTest, AYearWithoutMembersIsCorrectedNoMoreAndItsReleaseStands) {
  ASSERT_OK_AND(const auto first, planned()->publisher->release("ENT-COOP", "2022"));
  ASSERT_OK(planned()->publisher->erase_members("2022", false));
  grants("late", 9, "2022");
  const auto refused = planned()->publisher->release("ENT-COOP", "2022");
  ASSERT_THAT(refused, IsErr(Errc::refused));
  EXPECT_THAT(refused.error().context, testing::HasSubstr("who was in it has been erased"));
  EXPECT_TRUE(planned()->publisher->erase_members("2022", false)->decisions.empty());
  // Nothing else is lost: it can be withdrawn, and other years go on.
  ASSERT_OK(planned()->publisher->withdraw(first.release->id, WithdrawalReason::error_in_records));
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2021"));
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(ErasingTest, ADecisionWithoutRowsIsCorrectedNoMoreAndNewTablesAreDecidedBesideIt) {
  ASSERT_OK(due(false, {}, kWindow));
  const auto before = stated_cells();
  ASSERT_OK(planned()->publisher->erase_amount_members(kFund, 1, false));
  EXPECT_FALSE(Ledger(records).amount_members(kFund, 1)->has_value());
  grants("late", 9, "2022");
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  EXPECT_EQ(in_state(report, DueLine::State::released), 0u);
  EXPECT_GT(in_state(report, DueLine::State::refused), 0u);
  EXPECT_EQ(stated_cells(), before);
  EXPECT_TRUE(planned()->publisher->erase_amount_members(kFund, 1, false)->decisions.empty());
  ASSERT_OK_AND(const DueReport others, due(false, {}, {kFund, "2018-2020", ""}));
  EXPECT_GT(in_state(others, DueLine::State::released), 0u);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(ErasingTest, ForgettingSaysBeforehandWhatCanBeCorrectedNoMoreAndTakesAllOrNone) {
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2022"));
  ASSERT_OK(due(false, {}, kWindow));
  const auto before = records.contents();
  const std::vector<std::string> ids{"r3", "nobody", "r4"};
  ASSERT_OK_AND(const auto dry, planned()->publisher->forget(ids, true));
  EXPECT_EQ(records.contents(), before);
  EXPECT_EQ(dry.decisions, (std::vector<std::size_t>{2, 0, 2}));
  EXPECT_EQ(dry.harder, (std::vector<FigureName>{{"ENT-COOP", "2022", "headline"}}));
  EXPECT_EQ(dry.stand, planned()->publisher->erase_amount_members(kFund, 1, true)->stand);
  ASSERT_OK_AND(const auto done, planned()->publisher->forget(ids, false));
  EXPECT_EQ(std::tie(done.decisions, done.stand, done.harder),
            std::tie(dry.decisions, dry.stand, dry.harder));
  grants("late", 9, "2022");
  ASSERT_OK_AND(const DueReport report, revised(kWindow));
  for (const FigureName& one : dry.stand) {
    const auto line = std::find_if(report.lines.begin(), report.lines.end(), [&](const auto& at) {
      return FigureName{at.indicator, at.period, at.table} == one;
    });
    EXPECT_TRUE(line == report.lines.end() || line->state != DueLine::State::released) << one.table;
  }
  ASSERT_OK_AND(const auto again, planned()->publisher->forget(ids, false));
  EXPECT_EQ(again.decisions, (std::vector<std::size_t>{0, 0, 0}));
  EXPECT_TRUE(again.stand.empty() && again.harder.empty());
}

// Two versions of a year: a store that fails must not leave one of them, or a later correction
// would be held against half of what was out.
TEST_F(ErasingTest, AWriteThatFailsLeavesAllOfItOrNothing) {
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2022"));
  grants("late", 9, "2022");
  ASSERT_OK(planned()->publisher->release("ENT-COOP", "2022"));
  ASSERT_OK(due(false, {}, kWindow));
  const auto all = decision_keys(records);
  using Flavour = FaultStore::Flavour;
  for (const Flavour flavour : {Flavour::not_applied, Flavour::applied}) {
    for (const bool of_year : {true, false}) {
      const std::size_t mine = of_year ? 2 : 1;
      bool ended = false;
      for (std::uint64_t n = 1; !ended && n < 40; ++n) {
        MemoryStore own;
        Batch copy;
        const auto contents = records.contents();
        for (std::size_t area = 0; area < contents.size(); ++area) {
          for (const auto& [key, value] : contents[area]) {
            copy.put(static_cast<Area>(area), key, value);
          }
        }
        ASSERT_OK(own.commit(copy));
        FaultStore faulty(own);
        auto open = NodeParts::open(federation, faulty, shared, clock, random, plan).value();
        faulty.fail_at(n, flavour);
        const auto erase = [&] {
          return of_year ? open->publisher->erase_members("2022", false)
                         : open->publisher->erase_amount_members(kFund, 1, false);
        };
        const bool done = erase().has_value();
        ended = !faulty.failed();
        faulty.heal();
        const std::size_t left = decision_keys(own).size();
        EXPECT_TRUE(left == all.size() || left == all.size() - mine) << n;
        EXPECT_TRUE(!done || left == all.size() - mine) << n;
        ASSERT_OK(erase());
        EXPECT_EQ(decision_keys(own).size(), all.size() - mine) << n;
      }
      EXPECT_TRUE(ended);
    }
  }
}

}  // namespace
}  // namespace regions
