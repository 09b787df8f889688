// What the operator alone is told: why a figure is withheld, because of whom, what is outdated, and
// where work ended too early.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const SmallPlan kTold;

std::map<std::string, Withheld> reasons(const ProtectedAmounts& made) {
  std::map<std::string, Withheld> out;
  for (const WithheldAmount& one : made.withheld) out[one.cell] = one.reason;
  return out;
}

TEST(AmountReasons, WorkThatIsUsedUpNamesTheFigureAndGivesNothing) {
  SmallAmounts amounts({"actor_group"});
  amounts.row("a", 2018, 40'000, {"business-support"});
  amounts.many("b", 6, 2019, 40'000, {"research-education"}).many("u", 6, 2020, 30'000, {""});
  AmountRequest asked = request({in(kTold.window, 2018), in(kTold.window_actor, 2018)});
  EXPECT_THAT(AmountControl::protect(amounts.raw(), asked), IsOk());
  asked.pivots_max = 0;
  const auto made = AmountControl::protect(amounts.raw(), asked);
  ASSERT_THAT(made, IsErr(Errc::timed_out));
  EXPECT_THAT(made.error().context, testing::StartsWith("near 2018-2020 actor_group="));
  EXPECT_THAT(made.error().context, testing::HasSubstr("the pivots are used up"));
}

TEST(AmountReasons, EveryWithheldFigureHasOne) {
  SmallAmounts amounts({"actor_group"});
  // One holding; two that hold nearly all; and enough of all sizes.
  amounts.row("a", 2018, 40'000, {"business-support"});
  amounts.row("b", 2018, 500'000, {"research-education"})
      .row("c", 2018, 400'000, {"research-education"});
  amounts.row("d", 2018, 1'000, {"research-education"});
  amounts.many("u", 9, 2018, 90'000, {""});
  const auto made = protect(amounts, {in(kTold.window, 2018), in(kTold.window_actor, 2018)});
  EXPECT_EQ(made.withheld.size(), made.unsafe + made.besides);
  for (const WithheldAmount& one : made.withheld) EXPECT_EQ(one.table, 1u) << one.cell;
  const auto why = reasons(made);
  EXPECT_EQ(why.at("2018-2020 actor_group=business-support"), Withheld::few_holdings);
  EXPECT_EQ(why.at("2018-2020 actor_group=research-education"), Withheld::dominance);
  EXPECT_FALSE(why.contains("2018-2020"));
}

TEST(AmountReasons, WhatProtectsOthersSaysSo) {
  SmallAmounts amounts({"actor_group"});
  amounts.row("a", 2018, 40'000, {"business-support"});
  amounts.many("b", 6, 2018, 40'000, {"research-education"}).many("u", 6, 2018, 30'000, {""});
  const auto made = protect(amounts, {in(kTold.window, 2018), in(kTold.window_actor, 2018)});
  const auto why = reasons(made);
  EXPECT_EQ(std::count_if(why.begin(), why.end(),
                          [](const auto& one) { return one.second == Withheld::others; }),
            static_cast<std::ptrdiff_t>(made.besides));
  EXPECT_GT(made.besides, 0u);
}

// Without what the university knows, the largest other is told by the rest.
TEST(AmountReasons, AnObserverIsNamed) {
  SmallAmounts amounts;
  amounts.row("a", 2018, 100'000);
  for (const char* holding : {"b", "c", "d", "e"}) {
    amounts.row(holding, 2018, 60'000, {}, "university");
  }
  const auto made = protect(amounts, {in(kTold.window, 2018)});
  ASSERT_EQ(made.withheld.size(), 1u);
  EXPECT_EQ(made.withheld[0].reason, Withheld::observer);
  EXPECT_EQ(made.withheld[0].who, "actor university");
}

TEST(AmountReasons, PublishedFiguresThatTheRecordsNoLongerGiveAreListed) {
  SmallAmounts amounts;
  amounts.many("f", 5, 2018, 40'000).many("g", 5, 2019, 40'000);
  const auto first = protect(amounts, {in(kTold.year, 2018), in(kTold.year, 2019)});
  EXPECT_TRUE(first.outdated.empty());
  amounts.row("late", 2019, 90'000);
  const auto again = protect(amounts, {in(kTold.year, 2019)}, after({}, first));
  EXPECT_EQ(again.outdated, (std::vector<AmountCell>{{"2019", {}}}));
  EXPECT_TRUE(again.decided.empty());
}

}  // namespace
}  // namespace regions
