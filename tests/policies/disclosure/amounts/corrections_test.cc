// Tables that are out and that the records now contradict: what would tell of fewer than three
// holdings stands; what tells of nobody goes out again with the same cells published.
#include <gtest/gtest.h>

#include "policies/disclosure/amounts/correcting.h"
#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const Bytes kSecret(32, 'm');

// A region's releases, one decision after the other.
class Corrected {
 public:
  void decide(const SmallAmounts& rows, const std::vector<DecidedAmount>& cells) {
    EarlierAmounts one;
    for (const DecidedAmount& cell : cells) one.cells.push_back(cell.cell);
    one.members = AmountControl::members(rows.raw(), Catalogue::builtin(), kSecret).value();
    earlier.push_back(std::move(one));
    history.release(cells);
  }
  void release(const SmallAmounts& rows, const std::vector<AmountTable>& tables) {
    decide(rows, protect(rows, tables, history).decided);
  }
  Result<CorrectedAmounts> ask(const SmallAmounts& rows, const std::vector<AmountTable>& tables,
                               std::uint32_t coalition = 1) const {
    AmountRequest asked = request(tables);
    asked.history = history;
    asked.rules.coalition = coalition;
    return AmountControl::correct(rows.raw(), asked, earlier);
  }
  CorrectedAmounts correct(const SmallAmounts& rows, const std::vector<AmountTable>& tables) const {
    auto made = ask(rows, tables);
    EXPECT_THAT(made, IsOk());
    return std::move(*made);
  }
  // Of one table of one figure.
  std::string why_not(const SmallAmounts& rows, const AmountTable& table) const {
    const CorrectedAmounts made = correct(rows, {table});
    EXPECT_EQ(made.corrected[0], 0);
    EXPECT_TRUE(made.decided.empty());
    return made.why_not[0];
  }

  std::vector<EarlierAmounts> earlier;
  AmountHistory history;
};

SmallAmounts five_firms() {
  SmallAmounts firms;
  return firms.many("f", 5, 2021, 40'000);
}

TEST(AmountCorrections, OneOrTwoHoldingsMoreAreNotTold) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  for (const int more : {1, 2}) {
    SmallAmounts now = five_firms();
    now.many("late", more, 2021, 40'000);
    EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kTooFewChanged);
  }
}

TEST(AmountCorrections, OneHoldingsOtherAmountIsNotTold) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.rows[2].cents += 7'000'00;
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kTooFewChanged);
}

TEST(AmountCorrections, ThreeThatCameGoOut) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.many("late", 3, 2021, 40'000);
  const CorrectedAmounts made = region.correct(now, {in(kPlan.window, 2021)});
  ASSERT_EQ(made.corrected[0], 1) << made.why_not[0];
  ASSERT_EQ(made.decided.size(), 1u);
  EXPECT_EQ(made.decided[0].value, 320'000 * kEur);
  EXPECT_EQ(made.decided[0].cents, 320'000 * kEur);
}

// Fewer than three of them would be seen through the others.
TEST(AmountCorrections, ThreeOfWhomOneIsNearlyAllAreNotTold) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.row("large", 2021, 100'000).row("a", 2021, 900).row("b", 2021, 800);
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kTooFewChanged);
}

TEST(AmountCorrections, ThreeOfWhomAnActorKnowsTwoAreNotTold) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.row("x", 2021, 40'000, {}, "university").row("y", 2021, 40'000, {}, "university");
  now.row("z", 2021, 40'000);
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kTooFewChanged);
}

TEST(AmountCorrections, SomeCameAndAsManyWentAreToldApart) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now;
  now.many("f", 3, 2021, 40'000).many("late", 3, 2021, 60'000);  // two went
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kTooFewChanged);
}

// Their amounts stay, so that the total tells what one of them got besides.
TEST(AmountCorrections, HoldingsThatMoveFromOneFigureToAnotherAreNotTold) {
  const auto region_of = [](const std::string& group, std::int64_t third) {
    SmallAmounts made({"actor_group"});
    made.many("f", 5, 2021, 40'000, {"research-education"});
    made.many("g", 5, 2021, 40'000, {"business-support"}).many("u", 5, 2021, 40'000, {""});
    return made.row("a", 2021, 40'000, {group})
        .row("b", 2021, 40'000, {group})
        .row("c", 2021, third, {group});
  };
  Corrected region;
  region.release(region_of("research-education", 40'000), {in(kPlan.window_actor, 2021)});
  for (const DecidedAmount& one : region.history.cells) ASSERT_TRUE(one.value);
  EXPECT_EQ(region.why_not(region_of("business-support", 52'000), in(kPlan.window_actor, 2021)),
            kTooFewChanged);
}

// The window less the year is what one firm got in another year.
TEST(AmountCorrections, WhatTwoCorrectionsTellTogetherIsAFigure) {
  SmallAmounts then;
  then.many("f", 5, 2021, 40'000).many("g", 5, 2022, 40'000).many("h", 5, 2023, 40'000);
  Corrected region;
  region.release(then, {in(kPlan.window, 2021), in(kPlan.year, 2021)});
  SmallAmounts now = then;
  now.many("late", 3, 2021, 40'000).row("lone", 2022, 40'000);
  EXPECT_EQ(region.correct(now, {in(kPlan.window, 2021)}).corrected[0], 1);
  EXPECT_EQ(region.correct(now, {in(kPlan.year, 2021)}).corrected[0], 1);
  const CorrectedAmounts both = region.correct(now, {in(kPlan.window, 2021), in(kPlan.year, 2021)});
  EXPECT_EQ(both.corrected, (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(both.why_not[1], kTooFewChanged);
  // Nor by one call after the other, which is the same to whoever reads the log.
  const auto window = region.correct(now, {in(kPlan.window, 2021)}).decided;
  region.decide(now, window);
  EXPECT_EQ(region.why_not(now, in(kPlan.year, 2021)), kTooFewChanged);
  region.earlier.back().members.reset();
  EXPECT_EQ(region.why_not(now, in(kPlan.year, 2021)), kNotKept);
}

// Since the last version three went; since the first one one came.
TEST(AmountCorrections, EveryVersionIsComparedWith) {
  const AmountTable table = in(kPlan.window, 2021);
  Corrected region;
  region.release(five_firms(), {table});
  SmallAmounts second = five_firms();
  second.row("a", 2021, 40'000).row("b", 2021, 40'000).row("c", 2021, 40'000);
  const CorrectedAmounts made = region.correct(second, {table});
  ASSERT_EQ(made.corrected[0], 1);
  region.decide(second, made.decided);
  SmallAmounts now;
  now.many("f", 4, 2021, 40'000).row("c", 2021, 40'000);
  EXPECT_EQ(region.why_not(now, table), kTooFewChanged);
  region.earlier.erase(region.earlier.begin());  // as if the first had never been out
  EXPECT_EQ(region.correct(now, {table}).corrected[0], 1);
}

// Of two tables that were decided one after the other; in between one firm came, which the year
// that stood did not tell.
TEST(AmountCorrections, WhatChangedBetweenTwoDecisionsIsNotTold) {
  SmallAmounts first;
  first.many("f", 5, 2021, 40'000).many("g", 5, 2022, 40'000).many("h", 5, 2023, 40'000);
  Corrected region;
  region.release(first, {in(kPlan.year, 2021)});
  SmallAmounts second = first;
  second.row("lone", 2021, 40'000);
  region.decide(second, {{{"2021-2023", {}}, 640'000 * kEur, {}, 640'000 * kEur}});
  SmallAmounts now = second;
  now.many("late", 3, 2021, 40'000);
  const CorrectedAmounts made = region.correct(now, {in(kPlan.window, 2021), in(kPlan.year, 2021)});
  EXPECT_EQ(made.corrected, (std::vector<std::uint8_t>{1, 0}));
}

TEST(AmountCorrections, WhatWasWithheldStaysWithheld) {
  SmallAmounts then({"actor_group"});
  then.many("f", 5, 2021, 40'000, {"research-education"});
  then.row("lone", 2021, 40'000, {"business-support"}).many("u", 5, 2021, 30'000, {""});
  Corrected region;
  region.release(then, {in(kPlan.window, 2021), in(kPlan.window_actor, 2021)});
  SmallAmounts now = then;
  now.many("late", 4, 2021, 40'000, {"business-support"});
  now.many("more", 4, 2021, 40'000, {"research-education"});
  const CorrectedAmounts made =
      region.correct(now, {in(kPlan.window, 2021), in(kPlan.window_actor, 2021)});
  EXPECT_FALSE(made.decided.empty());
  AmountHistory after = region.history;
  after.release(made.decided);
  for (std::size_t at = 0; at < after.cells.size(); ++at) {
    EXPECT_EQ(after.cells[at].value.has_value(), region.history.cells[at].value.has_value());
  }
}

TEST(AmountCorrections, AFigureThatIsUnsafeByNowStands) {
  SmallAmounts then = five_firms();
  Corrected region;
  region.release(then.many("g", 3, 2021, 40'000), {in(kPlan.window, 2021)});
  SmallAmounts now;
  now.many("f", 2, 2021, 40'000);
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kNoLongerSafe);
}

// All that 2022 had has gone; what the window and 2021 leave is the lone firm of 2023 then.
TEST(AmountCorrections, NoWithheldFigureCanBeComputedFromTheNewOnes) {
  SmallAmounts then;
  then.many("f", 5, 2021, 40'000).many("g", 5, 2022, 40'000).row("lone", 2023, 40'000);
  Corrected region;
  region.decide(then, {{{"2021-2023", {}}, 440'000 * kEur, {}, 440'000 * kEur},
                       {{"2021", {}}, 200'000 * kEur, {}, 200'000 * kEur},
                       {{"2022", {}}, std::nullopt, {}, 200'000 * kEur},
                       {{"2023", {}}, std::nullopt, {}, 40'000 * kEur}});
  SmallAmounts now;
  now.many("f", 5, 2021, 40'000).row("lone", 2023, 40'000);
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kToldElsewhere);
}

TEST(AmountCorrections, WhatWasErasedOrNeverKeptCannotBeComparedWith) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.many("late", 3, 2021, 40'000);
  Corrected erased = region;
  EXPECT_FALSE(erase_party(*erased.earlier[0].members, "nobody"));
  EXPECT_TRUE(erase_party(*erased.earlier[0].members, "f3"));
  EXPECT_EQ(erased.earlier[0].members->rows.size(), 4u);
  EXPECT_EQ(erased.why_not(now, in(kPlan.window, 2021)), kNotKept);
  region.earlier[0].members.reset();
  EXPECT_EQ(region.why_not(now, in(kPlan.window, 2021)), kNotKept);
}

TEST(AmountCorrections, WhatSaysTheSameIsNoCorrection) {
  Corrected region;
  region.release(five_firms(), {in(kPlan.window, 2021)});
  SmallAmounts now = five_firms();
  now.rows[0].cents += 30'000;  // 300 EUR, within the rounding
  const CorrectedAmounts made = region.correct(now, {in(kPlan.window, 2021)});
  EXPECT_EQ(made.corrected[0], 0);
  EXPECT_EQ(made.why_not[0], "");
}

TEST(AmountCorrections, TagsNameNobodyAndStayInOrderWhenOneIsErased) {
  SmallAmounts rows = five_firms();
  rows.row("g", 2021, 5'000, {}, "university", "west").row("f0", 2022, 5'000, {}, "g");
  AmountMembers members = AmountControl::members(rows.raw(), Catalogue::builtin(), kSecret).value();
  EXPECT_EQ(members.parties.size(), 9u);  // an actor called g is not the holding
  EXPECT_TRUE(std::is_sorted(members.parties.begin(), members.parties.end()));
  ASSERT_TRUE(erase_party(members, "g"));
  EXPECT_EQ(members.parties.size(), 7u);
  EXPECT_EQ(members.rows.size(), 6u);
  EXPECT_EQ(members.erased, 2u);
  for (const AmountRow& row : members.rows) {
    EXPECT_LT(row.holding, members.parties.size());
    EXPECT_TRUE(row.known_to.empty());
  }
}

}  // namespace
}  // namespace regions
