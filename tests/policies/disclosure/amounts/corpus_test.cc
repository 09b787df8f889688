// Attacks on amounts that must come to nothing, each as a small region.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

ProtectedAmounts protect(const SmallAmounts& amounts, const AmountRequest& asked) {
  auto made = AmountControl::protect(amounts.raw(), asked);
  EXPECT_TRUE(made) << (made ? "" : made.error().text());
  return std::move(*made);
}

TEST(AmountCorpus, TwoHoldingsAreNeverPublished) {
  SmallAmounts two;
  two.row("a", 2018, 100'000).row("b", 2018, 100'000);
  EXPECT_EQ(figures(protect(two, {in(kPlan.window, 2018)})).at("2018-2020"), std::nullopt);
}

TEST(AmountCorpus, FirmsOfOneHoldingAreOneContributor) {
  SmallAmounts split;
  split.row("g", 2018, 50'000).row("g", 2019, 50'000).row("b", 2018, 50'000);
  EXPECT_EQ(figures(protect(split, {in(kPlan.window, 2018)})).at("2018-2020"), std::nullopt);
}

TEST(AmountCorpus, ThreeEqualHoldingsGoOutRounded) {
  SmallAmounts three;
  three.many("f", 3, 2018, 33'500);
  const auto made = protect(three, {in(kPlan.window, 2018)});
  EXPECT_EQ(figures(made).at("2018-2020"), 101'000);
  ASSERT_EQ(made.tables.size(), 1u);
  EXPECT_EQ(made.tables[0].cells()[0].value, 101'000 * kEur);
  EXPECT_EQ(made.tables[0].method(), "rounded");
  EXPECT_TRUE(made.disclosed.empty());
}

// The actor takes off the projects that it is in; one holding is left.
TEST(AmountCorpus, AnActorsOwnProjectsAreTakenOffFirst) {
  SmallAmounts seen;
  seen.row("a", 2018, 40'000, {}, "university").row("b", 2018, 40'000, {}, "university");
  seen.row("c", 2018, 40'000, {}, "university").row("d", 2018, 40'000);
  EXPECT_EQ(figures(protect(seen, {in(kPlan.window, 2018)})).at("2018-2020"), std::nullopt);
  SmallAmounts unseen;
  unseen.many("f", 4, 2018, 40'000);
  EXPECT_EQ(figures(protect(unseen, {in(kPlan.window, 2018)})).at("2018-2020"), 160'000);
}

TEST(AmountCorpus, AConsortiumThatKnowsAllOfACellLearnsNothingFromIt) {
  SmallAmounts all;
  for (const char* holding : {"a", "b", "c", "d"}) all.row(holding, 2018, 40'000, {}, "university");
  EXPECT_EQ(figures(protect(all, {in(kPlan.window, 2018)})).at("2018-2020"), 160'000);
}

TEST(AmountCorpus, APeersDoubleRowsAreTakenOffFirst) {
  SmallAmounts doubled;
  for (const char* holding : {"a", "b", "c"}) doubled.row(holding, 2018, 40'000, {}, "", "west");
  doubled.row("d", 2018, 40'000);
  EXPECT_EQ(figures(protect(doubled, {in(kPlan.window, 2018)})).at("2018-2020"), std::nullopt);
}

TEST(AmountCorpus, RowsThatArePublicByLawAreTakenOffForEverybody) {
  SmallAmounts open;
  open.many("f", 2, 2018, 40'000);
  for (const char* holding : {"a", "b", "c"}) open.row(holding, 2018, 40'000).make_public();
  EXPECT_EQ(figures(protect(open, {in(kPlan.window, 2018)})).at("2018-2020"), std::nullopt);
}

// Two actors together know what neither knows alone.
TEST(AmountCorpus, ACoalitionPutsItsKnowledgeTogether) {
  SmallAmounts seen;
  seen.row("a", 2018, 40'000, {}, "one").row("b", 2018, 40'000, {}, "one");
  seen.row("c", 2018, 40'000, {}, "two").row("d", 2018, 40'000, {}, "two");
  seen.row("e", 2018, 40'000);
  AmountRequest alone = request({in(kPlan.window, 2018)});
  EXPECT_EQ(figures(protect(seen, alone)).at("2018-2020"), 200'000);
  alone.rules.coalition = 2;
  EXPECT_EQ(figures(protect(seen, alone)).at("2018-2020"), std::nullopt);
}

// Window less two years is the third.
TEST(AmountCorpus, AWindowIsProtectedAgainstItsYears) {
  SmallAmounts years;
  years.many("f", 5, 2018, 40'000).many("g", 5, 2019, 40'000).row("h", 2020, 40'000);
  const auto made = protect(years, {in(kPlan.year, 2018), in(kPlan.year, 2019),
                                    in(kPlan.year, 2020), in(kPlan.window, 2018)});
  const Figures out = figures(made);
  EXPECT_EQ(out.at("2020"), std::nullopt);
  const int published =
      out.at("2018").has_value() + out.at("2019").has_value() + out.at("2018-2020").has_value();
  EXPECT_LE(published, 2);
  EXPECT_GE(published, 1);
  EXPECT_TRUE(made.disclosed.empty());
}

// The years went out in earlier rounds; the window may not tell the one that was withheld.
TEST(AmountCorpus, AWindowDoesNotTellTheYearThatWasWithheldBefore) {
  SmallAmounts years;
  years.many("f", 5, 2018, 40'000).many("g", 5, 2019, 40'000).row("h", 2020, 40'000);
  AmountHistory history;
  for (const int year : {2018, 2019, 2020}) {
    AmountRequest asked = request({in(kPlan.year, year)});
    asked.history = history;
    history = after(history, protect(years, asked));
  }
  EXPECT_EQ(history.cells[0].value, 200'000 * kEur);
  EXPECT_EQ(history.cells[2].value, std::nullopt);
  AmountRequest asked = request({in(kPlan.window, 2018)});
  asked.history = history;
  const auto made = protect(years, asked);
  EXPECT_EQ(figures(made).at("2018-2020"), std::nullopt);
  EXPECT_TRUE(made.disclosed.empty());
}

// A programme less its windows is the year that lies in neither.
TEST(AmountCorpus, TheYearThatNoWindowHoldsIsAFigureToo) {
  SmallAmounts years;
  years.row("a", 2014, 40'000).many("f", 5, 2015, 40'000).many("g", 5, 2018, 40'000);
  const auto made =
      protect(years, {in(kPlan.window, 2015), in(kPlan.window, 2018), in(kPlan.programme, 2014)});
  const Figures out = figures(made);
  const int published = out.at("2015-2017").has_value() + out.at("2018-2020").has_value() +
                        out.at("2014-2020").has_value();
  EXPECT_EQ(published, 2);
  EXPECT_TRUE(made.disclosed.empty());
}

// By technology and by actor: one sum in two tables.
TEST(AmountCorpus, MarginsOfOneTotalAreOneProblem) {
  SmallAmounts both({"actor_group", "technology_group"});
  both.many("f", 6, 2018, 40'000, {"research-education", "data-ai"});
  both.row("h", 2019, 40'000, {"business-support", "data-ai"});
  const auto made = protect(both, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018),
                                   in(kPlan.window_technology, 2018)});
  const Figures out = figures(made);
  EXPECT_EQ(out.at("2018-2020 actor_group=business-support"), std::nullopt);
  // Whoever knows the total and research knows support; data-ai is the total.
  EXPECT_FALSE(out.at("2018-2020 actor_group=research-education") &&
               (out.at("2018-2020") || out.at("2018-2020 technology_group=data-ai")));
  EXPECT_TRUE(made.disclosed.empty());
}

// Each of two lone holdings reads the other's, unless a third cell is withheld.
TEST(AmountCorpus, ALoneHoldingDoesNotReadTheOther) {
  SmallAmounts pair({"actor_group"});
  pair.row("a", 2018, 400'000, {"research-education"}).row("b", 2018, 40'000, {"business-support"});
  pair.many("u", 9, 2018, 40'000, {""});
  const Figures out =
      figures(protect(pair, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018)}));
  EXPECT_FALSE(out.at("2018-2020") && out.at("2018-2020 actor_group=_U"));
}

// A holding that stands in both withheld cells makes up their sum.
TEST(AmountCorpus, AHoldingSplitOverTheWithheldCellsIsOneInTheirSum) {
  SmallAmounts split({"actor_group"});
  split.row("g", 2018, 400'000, {"research-education"})
      .row("g", 2018, 300'000, {"business-support"});
  split.row("b", 2018, 5'000, {"business-support"});
  split.many("u", 9, 2018, 40'000, {""});
  const Figures out =
      figures(protect(split, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018)}));
  EXPECT_FALSE(out.at("2018-2020") && out.at("2018-2020 actor_group=_U"));
}

// A group beside its technologies: what is left of the group is a figure.
TEST(AmountCorpus, AGroupIsProtectedAgainstItsTechnologies) {
  SmallAmounts fine({"technology", "technology_group"});
  fine.row("a", 2018, 40'000, {"blockchain", "blockchain"});
  fine.many("f", 5, 2018, 40'000, {"cybersecurity", "cybersecurity"});
  fine.many("g", 5, 2018, 40'000, {"robotics", "robotics"});
  const PlannedTable technology = amount_table(PeriodKind::window, {"technology"});
  const auto made = protect(fine, {in(technology, 2018), in(kPlan.window_technology, 2018)});
  const Figures out = figures(made);
  EXPECT_EQ(out.at("2018-2020 technology=blockchain"), std::nullopt);
  EXPECT_FALSE(out.at("2018-2020 technology=cybersecurity") &&
               out.at("2018-2020 technology_group=iot-connectivity-security"));
  // Nobody is in the others of the group of robotics.
  EXPECT_NE(out.at("2018-2020 technology=robotics").has_value(),
            out.at("2018-2020 technology_group=automation-robotics-additive").has_value());
}

// Whoever runs the same program on every guess, with keys of his own, keeps guesses far apart.
TEST(AmountCorpus, TheChoiceCannotBeReplayed) {
  const auto region = [](std::int64_t lone, std::int64_t research) {
    SmallAmounts made({"actor_group"});
    made.row("a", 2018, lone, {"business-support"});
    made.many("f", 5, 2018, research / 5, {"research-education"});
    return made.many("u", 5, 2018, 30'000, {""});
  };
  const std::vector<AmountTable> tables{in(kPlan.window, 2018), in(kPlan.window_actor, 2018)};
  const auto pattern = [](const ProtectedAmounts& made) {
    std::vector<bool> published;
    for (const DecidedAmount& one : made.decided) published.push_back(one.value.has_value());
    return published;
  };
  // The true key is one by which the lone firm hides behind research.
  AmountRequest asked = request(tables);
  Bytes key(32, 'a');
  std::vector<bool> seen;
  for (;; ++key[0]) {
    ASSERT_NE(key[0], 'z');
    asked.region_key = key;
    const auto made = protect(region(40'000, 200'000), asked);
    seen = pattern(made);
    const Figures out = figures(made);
    if (out.at("2018-2020") && out.at("2018-2020 actor_group=_U")) break;
  }
  std::int64_t least = 240'000, most = 0;
  for (std::int64_t guess = 0; guess <= 100'000; guess += 4'000) {
    for (char own = '0'; own < '6'; ++own) {
      const Bytes guessed(32, own);
      asked.region_key = guessed;
      if (pattern(protect(region(guess, 240'000 - guess), asked)) != seen) continue;
      least = std::min(least, guess);
      most = std::max(most, guess);
    }
  }
  EXPECT_LE(least, 36'000);
  EXPECT_GE(most, 44'000);
}

// All of a total are known to be there, and got nothing that is known.
TEST(AmountCorpus, ATotalOfNothingIsWithheldWithItsParts) {
  SmallAmounts nothing({"actor_group"});
  nothing.row("a", 2018, 0, {"research-education"}).row("b", 2018, 0, {"business-support"});
  for (const auto& [cell, value] :
       figures(protect(nothing, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018)}))) {
    EXPECT_EQ(value, std::nullopt) << cell;
  }
}

TEST(AmountCorpus, WhereNobodyIsAtAllNothingIsPublished) {
  const SmallAmounts nobody({"actor_group"});
  const auto made = protect(nobody, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018)});
  EXPECT_EQ(made.decided.size(), 4u);
  for (const auto& [cell, value] : figures(made)) EXPECT_EQ(value, std::nullopt) << cell;
}

// That data are empty makes no structural zero; beside others in several categories it may be
// known.
TEST(AmountCorpus, ACategoryOfNobodyIsWithheldAndCostsNoFigureBesideMany) {
  SmallAmounts beside({"actor_group"});
  beside.many("f", 5, 2018, 40'000, {"research-education"});
  beside.many("g", 5, 2018, 40'000, {"business-support"});
  const Figures out =
      figures(protect(beside, {in(kPlan.window, 2018), in(kPlan.window_actor, 2018)}));
  EXPECT_EQ(out.at("2018-2020 actor_group=_U"), std::nullopt);
  const int published = out.at("2018-2020").has_value() +
                        out.at("2018-2020 actor_group=research-education").has_value() +
                        out.at("2018-2020 actor_group=business-support").has_value();
  EXPECT_EQ(published, 3);
}

// A retry with other records gives what was decided, not what the records say now.
TEST(AmountCorpus, ARetryGivesTheDecidedCells) {
  SmallAmounts before({"actor_group"});
  before.many("f", 5, 2018, 40'000, {"research-education"});
  before.many("g", 5, 2018, 40'000, {"business-support"});
  AmountRequest asked = request({in(kPlan.window, 2018), in(kPlan.window_actor, 2018)});
  const auto first = protect(before, asked);
  SmallAmounts corrected = before;
  corrected.row("late", 2018, 90'000, {"research-education"});
  asked.history = after({}, first);
  const auto again = protect(corrected, asked);
  EXPECT_TRUE(again.decided.empty());
  ASSERT_EQ(again.tables.size(), 2u);
  for (std::size_t at = 0; at < 2; ++at) {
    EXPECT_EQ(again.tables[at].cells(), first.tables[at].cells());
  }
}

TEST(AmountCorpus, TheOrderOfRowsAndPartiesChangesNothing) {
  SmallAmounts straight({"actor_group", "technology_group"});
  straight.many("f", 6, 2018, 40'000, {"research-education", "data-ai"});
  straight.many("g", 6, 2019, 30'000, {"business-support", "other"});
  straight.row("h", 2019, 40'000, {"business-support", "data-ai"}, "university", "west");
  const std::vector<AmountTable> tables{in(kPlan.window, 2018), in(kPlan.window_actor, 2018),
                                        in(kPlan.window_technology, 2018)};
  SmallAmounts turned({"actor_group", "technology_group"});
  turned.row("h", 2019, 40'000, {"business-support", "data-ai"}, "university", "west");
  turned.many("g", 6, 2019, 30'000, {"business-support", "other"});
  turned.many("f", 6, 2018, 40'000, {"research-education", "data-ai"});
  std::reverse(turned.rows.begin(), turned.rows.end());
  const auto a = protect(straight, tables), b = protect(turned, tables);
  EXPECT_EQ(a.decided, b.decided);
  EXPECT_EQ(a.intervals, b.intervals);
}

TEST(AmountCorpus, HalfATableInHistoryIsRefused) {
  SmallAmounts amounts({"actor_group"});
  amounts.many("f", 5, 2018, 40'000, {"research-education"});
  AmountRequest asked = request({in(kPlan.window_actor, 2018)});
  asked.history.cells = {{{"2018-2020", {{"actor_group", "_U"}}}, std::nullopt, {}, 0}};
  const auto made = AmountControl::protect(amounts.raw(), asked);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::corrupt);
}

TEST(AmountCorpus, ATableOfAnotherIndicatorOrMethodIsNotPlanned) {
  SmallAmounts amounts;
  PlannedTable other = amount_table(PeriodKind::window);
  other.method = Method::exact;
  const auto made = AmountControl::protect(amounts.raw(), request({in(other, 2018)}));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::refused);
}

}  // namespace
}  // namespace regions
