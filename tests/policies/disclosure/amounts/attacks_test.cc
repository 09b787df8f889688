// More attacks on amounts that must come to nothing: differences of populations, of codings and of
// versions, and what follows from zeros. Each publishes where the attack is not possible.
#include <gtest/gtest.h>

#include <set>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const SmallPlan kTables;

ProtectedAmounts decide(const SmallAmounts& amounts, std::vector<AmountTable> tables,
                        AmountHistory history = {}) {
  ProtectedAmounts made = protect(amounts, std::move(tables), std::move(history));
  EXPECT_TRUE(made.disclosed.empty());
  return made;
}

int published(const Figures& out, const std::vector<std::string>& cells) {
  int count = 0;
  for (const std::string& cell : cells) count += out.at(cell).has_value();
  return count;
}

// Every category of these has five holdings in every year.
SmallAmounts full(const std::string& dimension, const std::vector<int>& years) {
  SmallAmounts made({dimension});
  for (const Category& category : Catalogue::builtin().dimension(dimension)->categories()) {
    for (const int year : years) {
      made.many(category.code + std::to_string(year), 5, year, 40'000, {category.code});
    }
  }
  return made;
}
std::vector<std::string> cells_of(const std::string& period, const std::string& dimension) {
  std::vector<std::string> all;
  for (const Category& category : Catalogue::builtin().dimension(dimension)->categories()) {
    all.push_back(period + " " + dimension + "=" + category.code);
  }
  return all;
}

// The table with all firms went out; the next ones are of all but one.
TEST(AmountAttack, AFirmThatLeftIsNotTold) {
  const std::vector<AmountTable> years{in(kTables.year, 2018), in(kTables.year, 2019),
                                       in(kTables.year, 2020)};
  const std::vector<std::string> cells{"2018", "2019", "2020"};
  SmallAmounts before;
  for (const int year : {2018, 2019, 2020}) before.many(std::to_string(year), 5, year, 40'000);
  before.row("leaves", 2019, 90'000);
  const AmountHistory history = after({}, decide(before, {in(kTables.window, 2018)}));
  ASSERT_TRUE(history.cells[0].value);
  EXPECT_EQ(published(figures(decide(before, years, history)), cells), 3);
  SmallAmounts without = before;
  without.rows.pop_back();
  EXPECT_LT(published(figures(decide(without, years, history)), cells), 3);
}

TEST(AmountAttack, TheComplementOfACategoryIsAFigure) {
  SmallAmounts two({"actor_group"});
  two.many("f", 6, 2018, 40'000, {"research-education"});
  two.row("b", 2018, 400'000, {"business-support"}).row("u", 2018, 400'000, {""});
  const Figures out =
      figures(decide(two, {in(kTables.window, 2018), in(kTables.window_actor, 2018)}));
  EXPECT_LT(published(out, {"2018-2020", "2018-2020 actor_group=research-education"}), 2);
}

// Fine codes of the one table, groups of the other: what is left of a group is one firm.
TEST(AmountAttack, APopulationWithinAnotherIsTakenOffIt) {
  SmallAmounts nested({"actor_group", "actor_kind"});
  const auto add = [&](const std::string& kind, const std::string& name, int count) {
    for (int at = 0; at < count; ++at) {
      nested.row(name + std::to_string(at), 2018, 40'000, {kind, kind});
    }
  };
  for (const Category& kind : Catalogue::builtin().dimension("actor_kind")->categories()) {
    add(kind.code, kind.code, kind.code == "higher-education" ? 1 : 5);
  }
  const PlannedTable kinds = amount_table(PeriodKind::window, {"actor_kind"});
  const Figures out = figures(decide(nested, {in(kinds, 2018), in(kTables.window_actor, 2018)}));
  EXPECT_EQ(out.at("2018-2020 actor_kind=higher-education"), std::nullopt);
  EXPECT_LT(published(out, {"2018-2020 actor_group=research-education",
                            "2018-2020 actor_kind=centre-of-excellence",
                            "2018-2020 actor_kind=research-organisation"}),
            3);
  EXPECT_EQ(published(out, cells_of("2018-2020", "actor_group")) +
                published(out, cells_of("2018-2020", "actor_kind")),
            int(cells_of("2018-2020", "actor_group").size() +
                cells_of("2018-2020", "actor_kind").size()) -
                2);
}

// The window by NACE group went out; then one firm gets another code, and the years follow.
TEST(AmountAttack, AFirmThatIsCodedAnewIsNotTold) {
  const std::string by = "nace_group";
  const PlannedTable window = amount_table(PeriodKind::window, {by}),
                     year = amount_table(PeriodKind::year, {by});
  const SmallAmounts before = full(by, {2018, 2019, 2020});
  const AmountHistory history = after({}, decide(before, {in(window, 2018)}));
  for (const DecidedAmount& one : history.cells) ASSERT_TRUE(one.value);
  const std::vector<AmountTable> years{in(year, 2018), in(year, 2019), in(year, 2020)};
  const auto told = [&](const SmallAmounts& amounts) {
    const Figures out = figures(decide(amounts, years, history));
    std::set<std::string> all;
    for (const Category& category : Catalogue::builtin().dimension(by)->categories()) {
      const std::string cell = " " + by + "=" + category.code;
      if (published(out, {"2018" + cell, "2019" + cell, "2020" + cell}) == 3) {
        all.insert(category.code);
      }
    }
    return all;
  };
  EXPECT_EQ(told(before).size(), 6u);
  SmallAmounts anew = before;
  const std::uint32_t from = anew.rows.front().categories[0], to = from == 0 ? 1 : 0;
  anew.rows.front().categories[0] = to;
  const auto& categories = Catalogue::builtin().dimension(by)->categories();
  const std::set<std::string> left = told(anew);
  EXPECT_FALSE(left.contains(categories[from].code));
  EXPECT_FALSE(left.contains(categories[to].code));
}

// A firm lies in the one region by the old NUTS codes and in the other by the new ones: what went
// out before and what comes after differ by it, in both.
TEST(AmountAttack, AFirmThatNutsCodesMoveIntoAnotherRegionIsNotTold) {
  const std::vector<AmountTable> years{in(kTables.year, 2018), in(kTables.year, 2019),
                                       in(kTables.year, 2020)};
  SmallAmounts without;
  for (const int year : {2018, 2019, 2020}) without.many(std::to_string(year), 5, year, 40'000);
  SmallAmounts with = without;
  with.row("moved", 2019, 90'000);
  const auto told = [&](const SmallAmounts& before, const SmallAmounts& after_it, bool remembers) {
    const AmountHistory history = after({}, decide(before, {in(kTables.window, 2018)}));
    EXPECT_TRUE(history.cells[0].value);
    const Figures out = figures(decide(after_it, years, remembers ? history : AmountHistory()));
    return published(out, {"2018", "2019", "2020"});
  };
  EXPECT_LT(told(with, without, true), 3);
  EXPECT_LT(told(without, with, true), 3);
  // Regions that forget what they told by the old codes tell the firm.
  EXPECT_EQ(told(with, without, false), 3);
  EXPECT_EQ(told(without, with, false), 3);
  EXPECT_EQ(told(with, with, true), 3);
}

// The federation's total was published by somebody. Two members take their own figures off it: ours
// is left. Then they take off the rows that they hold as well.
TEST(AmountAttack, TwoRegionsThatTakeTheirOwnOffAFederationTotalLearnNoFirm) {
  SmallAmounts third({"actor_group"});
  for (const char* holding : {"a", "b", "c"}) {
    third.row(holding, 2018, 40'000, {"research-education"}, "", "west");
  }
  for (const char* holding : {"d", "e"}) {
    third.row(holding, 2018, 40'000, {"research-education"}, "", "east");
  }
  third.row("f", 2018, 40'000, {"research-education"});
  third.many("g", 5, 2018, 40'000, {"business-support"}).many("u", 5, 2018, 40'000, {""});
  const std::string research = "2018-2020 actor_group=research-education";
  const std::vector<std::string> others{"2018-2020 actor_group=business-support",
                                        "2018-2020 actor_group=_U"};
  const auto told = [&](std::uint32_t together, bool total_is_known) {
    AmountRequest asked = request({in(kTables.window_actor, 2018)});
    asked.rules.coalition = together;
    if (total_is_known) asked.history.external = {{"2018-2020", {}}};
    const auto made = AmountControl::protect(third.raw(), asked);
    EXPECT_THAT(made, IsOk());
    return figures(*made);
  };
  const Figures out = told(2, true);
  EXPECT_EQ(out.at(research), std::nullopt);
  EXPECT_LT(published(out, others), 2);
  // Alone neither comes near; and without the total the rest tells nothing of us.
  EXPECT_TRUE(told(1, true).at(research));
  EXPECT_EQ(told(2, false).at(research), std::nullopt);
  EXPECT_EQ(published(told(2, false), others), 2);
}

// Groups that others published by an older coding: known figures that cut across ours.
TEST(AmountAttack, AFigureOfAnotherCodingIsKnown) {
  SmallAmounts two({"actor_group"});
  two.row("b", 2018, 40'000, {"business-support"}).many("u", 5, 2018, 40'000, {""});
  two.many("f", 5, 2018, 40'000, {"research-education"});
  const std::vector<AmountTable> tables{in(kTables.window_actor, 2018)};
  EXPECT_EQ(published(figures(decide(two, tables)), cells_of("2018-2020", "actor_group")), 2);
  AmountHistory elsewhere;
  elsewhere.external = {{"2018-2020", {}}};
  EXPECT_EQ(
      published(figures(decide(two, tables, elsewhere)), cells_of("2018-2020", "actor_group")), 1);
}

// A total that equals one of its parts says that nobody is in the others.
TEST(AmountAttack, ThatAllOfThemDoItIsNotTold) {
  SmallAmounts all({"technology_group"});
  all.many("f", 6, 2018, 40'000, {"data-ai"});
  const Figures out =
      figures(decide(all, {in(kTables.window, 2018), in(kTables.window_technology, 2018)}));
  EXPECT_EQ(published(out, {"2018-2020", "2018-2020 technology_group=data-ai"}), 1);
}

// That the data do not have the dimension is told of nobody; the categories stay withheld.
TEST(AmountAttack, WhatIsNotRecordedCostsNoFigure) {
  SmallAmounts none({"technology_group"});
  none.many("f", 6, 2018, 40'000, {""});
  const Figures out =
      figures(decide(none, {in(kTables.window, 2018), in(kTables.window_technology, 2018)}));
  EXPECT_EQ(published(out, {"2018-2020", "2018-2020 technology_group=_U"}), 2);
  EXPECT_EQ(published(out, cells_of("2018-2020", "technology_group")), 1);
  // One row that says something, and the others are told apart from it.
  none.row("g", 2018, 0, {"data-ai"});
  const Figures one =
      figures(decide(none, {in(kTables.window, 2018), in(kTables.window_technology, 2018)}));
  EXPECT_EQ(published(one, {"2018-2020", "2018-2020 technology_group=_U"}), 1);
}

// Firms are there and got nothing: whoever knows the sum of both knows each.
TEST(AmountAttack, WithheldCategoriesDoNotAddUpToNothing) {
  SmallAmounts zeros({"actor_group"});
  zeros.many("f", 6, 2018, 40'000, {"research-education"});
  zeros.row("b", 2018, 0, {"business-support"}).row("u", 2018, 0, {""});
  const Figures out =
      figures(decide(zeros, {in(kTables.window, 2018), in(kTables.window_actor, 2018)}));
  EXPECT_EQ(published(out, {"2018-2020 actor_group=business-support", "2018-2020 actor_group=_U"}),
            0);
  EXPECT_LT(published(out, {"2018-2020", "2018-2020 actor_group=research-education"}), 2);
}

TEST(AmountAttack, AskingAgainOrInAnotherOrderGivesTheSameCells) {
  SmallAmounts lone({"actor_group"});
  lone.row("a", 2018, 40'000, {"business-support"});
  lone.many("f", 5, 2018, 40'000, {"research-education"}).many("u", 5, 2018, 30'000, {""});
  std::set<std::vector<std::pair<std::string, bool>>> seen;
  std::vector<AmountTable> tables{in(kTables.window, 2018), in(kTables.window_actor, 2018)};
  for (int attempt = 0; attempt < 6; ++attempt) {
    std::vector<std::pair<std::string, bool>> pattern;
    for (const auto& [cell, value] : figures(decide(lone, tables))) {
      pattern.push_back({cell, value.has_value()});
    }
    seen.insert(pattern);
    std::swap(tables[0], tables[1]);
  }
  EXPECT_EQ(seen.size(), 1u);
}

// Groups of a window beside codes of one of its years: what is left is neither a group nor a code.
TEST(AmountAttack, AGroupOfAWindowIsProtectedAgainstCodesOfAYear) {
  SmallAmounts both({"technology", "technology_group"});
  for (int at = 0; at < 5; ++at) {
    both.row("f" + std::to_string(at), 2018, 40'000, {"blockchain", "blockchain"});
  }
  both.row("a", 2019, 40'000, {"cybersecurity", "cybersecurity"});
  const PlannedTable codes = amount_table(PeriodKind::year, {"technology"});
  const Figures out = figures(decide(both, {in(codes, 2018), in(kTables.window_technology, 2018)}));
  EXPECT_LT(published(out, {"2018 technology=blockchain",
                            "2018-2020 technology_group=iot-connectivity-security"}),
            2);
}

// Coarse first, fine later: the fine one may not take apart what the coarse one told.
TEST(AmountAttack, AFinerTableThatComesLaterIsProtectedToo) {
  SmallAmounts fine({"technology", "technology_group"});
  for (const Category& code : Catalogue::builtin().dimension("technology")->categories()) {
    const int count = code.code == "blockchain" ? 1 : 4;
    for (int at = 0; at < count; ++at) {
      fine.row(code.code + std::to_string(at), 2018, 40'000, {code.code, code.code});
    }
  }
  const PlannedTable technology = amount_table(PeriodKind::window, {"technology"});
  const AmountHistory coarse = after({}, decide(fine, {in(kTables.window_technology, 2018)}));
  for (const DecidedAmount& one : coarse.cells) ASSERT_TRUE(one.value) << text_of(one.cell);
  const Figures out = figures(decide(fine, {in(technology, 2018)}, coarse));
  EXPECT_EQ(out.at("2018-2020 technology=blockchain"), std::nullopt);
  EXPECT_EQ(published(out, cells_of("2018-2020", "technology")),
            int(cells_of("2018-2020", "technology").size()) - 2);
}

}  // namespace
}  // namespace regions
