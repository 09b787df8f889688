// Amounts over time: what was released before, what is corrected later, what stands elsewhere.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

AttackedAmounts attack(const SmallAmounts& amounts, AmountHistory history) {
  AmountRequest asked = request({});
  asked.history = std::move(history);
  auto made = AmountControl::attack(amounts.raw(), asked);
  EXPECT_THAT(made, IsOk());
  return std::move(*made);
}

// Three years with five holdings each, all published.
SmallAmounts three_years() {
  SmallAmounts years;
  return years.many("f", 5, 2018, 40'000).many("g", 5, 2019, 40'000).many("h", 5, 2020, 40'000);
}
AmountHistory released_years(const SmallAmounts& years) {
  const auto made =
      protect(years, {in(kPlan.year, 2018), in(kPlan.year, 2019), in(kPlan.year, 2020)});
  for (const DecidedAmount& one : made.decided) EXPECT_TRUE(one.value);
  return after({}, made);
}

// The window less the years that went out is what one firm reported late.
TEST(AmountHistory, ACorrectionByOneFirmIsNotTold) {
  const AmountHistory history = released_years(three_years());
  SmallAmounts corrected = three_years();
  corrected.row("late", 2019, 90'000);
  const auto made = protect(corrected, {in(kPlan.window, 2018)}, history);
  EXPECT_EQ(figures(made).at("2018-2020"), std::nullopt);
  EXPECT_EQ(figures(protect(three_years(), {in(kPlan.window, 2018)}, history)).at("2018-2020"),
            600'000);
}

TEST(AmountHistory, AFigureReleasedElsewhereIsKnown) {
  SmallAmounts lone;
  lone.row("a", 2018, 40'000).many("g", 5, 2019, 40'000).many("h", 5, 2020, 40'000);
  const std::vector<AmountTable> tables{in(kPlan.year, 2019), in(kPlan.window, 2018)};
  EXPECT_EQ(figures(protect(lone, tables)).size(), 2u);
  EXPECT_TRUE(figures(protect(lone, tables)).at("2018-2020"));
  AmountHistory elsewhere;
  elsewhere.external = {{"2020", {}}};
  const Figures out = figures(protect(lone, tables, elsewhere));
  EXPECT_FALSE(out.at("2019") && out.at("2018-2020"));
}

// It would confirm what somebody else said.
TEST(AmountHistory, AnUnsafeFigureIsWithheldThoughItStandsElsewhere) {
  SmallAmounts lone;
  lone.row("a", 2018, 40'000);
  AmountHistory elsewhere;
  elsewhere.external = {{"2018-2020", {}}};
  EXPECT_EQ(figures(protect(lone, {in(kPlan.window, 2018)}, elsewhere)).at("2018-2020"),
            std::nullopt);
}

// A withdrawn table stays in history: it comes out as it was, whatever the records say now.
TEST(AmountHistory, AWithdrawnTableComesBackAsItWas) {
  SmallAmounts before({"actor_group"});
  before.many("f", 5, 2018, 40'000, {"research-education"});
  before.row("h", 2018, 40'000, {"business-support"}).many("u", 5, 2018, 40'000, {""});
  const std::vector<AmountTable> tables{in(kPlan.window_actor, 2018), in(kPlan.window, 2018)};
  const auto first = protect(before, tables);
  SmallAmounts after_all = before;
  after_all.many("late", 5, 2018, 40'000, {"business-support"});
  const auto again = protect(after_all, tables, after({}, first));
  ASSERT_EQ(again.tables.size(), 2u);
  EXPECT_TRUE(again.decided.empty());
  for (std::size_t at = 0; at < 2; ++at) {
    EXPECT_EQ(again.tables[at].cells(), first.tables[at].cells());
  }
}

TEST(AmountHistory, WhatWasWithheldIsNotPublishedInAnotherTable) {
  SmallAmounts years;
  years.row("a", 2018, 40'000).many("g", 5, 2019, 40'000).many("h", 5, 2020, 40'000);
  AmountHistory history = after({}, protect(years, {in(kPlan.year, 2018)}));
  history = after(history, protect(years, {in(kPlan.window, 2018)}, history));
  ASSERT_EQ(history.cells.back().value, 440'000 * kEur);
  const auto made = protect(years, {in(kPlan.year, 2019), in(kPlan.year, 2020)}, history);
  EXPECT_FALSE(figures(made).at("2019") && figures(made).at("2020"));
  EXPECT_TRUE(made.disclosed.empty());
}

// History told it already: it is reported, and new tables take nothing more away.
TEST(AmountHistory, WhatHistoryToldIsReportedAsDisclosed) {
  SmallAmounts years;
  years.row("a", 2018, 40'000).many("g", 5, 2019, 40'000).many("h", 5, 2020, 40'000);
  AmountHistory history;
  history.cells = {{{"2018", {}}, std::nullopt, {}, 40'000 * kEur},
                   {{"2018-2020", {}}, 440'000 * kEur, {}, 440'000 * kEur},
                   {{"2019", {}}, 200'000 * kEur, {}, 200'000 * kEur},
                   {{"2020", {}}, 200'000 * kEur, {}, 200'000 * kEur}};
  const auto found = attack(years, history);
  ASSERT_FALSE(found.findings.empty());
  EXPECT_EQ(found.findings[0].cells, std::vector<std::string>{"2018"});
  EXPECT_EQ(found.findings[0].who, "anybody");
  EXPECT_EQ(found.findings[0].above, 0);
  years.many("k", 5, 2021, 40'000);
  const auto made = protect(years, {in(kPlan.year, 2021)}, history);
  EXPECT_EQ(figures(made).at("2021"), 200'000);
}

// A figure elsewhere tells the university what one firm got, because it knows all of business
// support. The member does not, and knows the same of research: it may not be told.
TEST(AmountHistory, WhatOneObserverKnowsIsNotToldToAnotherOfItsClass) {
  SmallAmounts seen({"actor_group"});
  for (const char* holding : {"a", "b", "c"}) {
    seen.row(holding, 2018, 40'000, {"research-education"}, "university", "west");
  }
  seen.row("d", 2018, 40'000, {"research-education"});
  for (const char* holding : {"f", "g", "h", "i", "k"}) {
    seen.row(holding, 2018, 40'000, {"business-support"}, "university");
  }
  AmountHistory elsewhere;
  elsewhere.external = {{"2018-2020", {}}};
  const auto made = protect(seen, {in(kPlan.window_actor, 2018)}, elsewhere);
  EXPECT_EQ(figures(made).at("2018-2020 actor_group=business-support"), std::nullopt);
  for (const AmountFinding& one : made.disclosed) {
    EXPECT_EQ(one.who, "actor university") << one.cells.front() << one.below << one.above;
  }
}

TEST(AmountHistory, TheAttackNamesTheObserverThatComesTooNear) {
  SmallAmounts seen;
  for (const char* holding : {"a", "b", "c"}) seen.row(holding, 2018, 40'000, {}, "university");
  seen.row("d", 2018, 40'000).many("g", 5, 2019, 40'000).many("h", 5, 2020, 40'000);
  AmountHistory history;
  history.cells = {{{"2018", {}}, std::nullopt, {}, 160'000 * kEur},
                   {{"2018-2020", {}}, 560'000 * kEur, {}, 560'000 * kEur},
                   {{"2019", {}}, 200'000 * kEur, {}, 200'000 * kEur},
                   {{"2020", {}}, 200'000 * kEur, {}, 200'000 * kEur}};
  const auto found = attack(seen, history);
  const bool named = std::any_of(found.findings.begin(), found.findings.end(), [](const auto& one) {
    return one.who.find("actor university") != std::string::npos;
  });
  EXPECT_TRUE(named);
  const bool anybody = std::any_of(found.findings.begin(), found.findings.end(),
                                   [](const auto& one) { return one.who == "anybody"; });
  EXPECT_FALSE(anybody);
}

// Six cells in a circle of rows and columns: two of them, of one firm, have a sum that the
// published ones tell, though no row and no column has both.
TEST(AmountHistory, ASumThatRowsAndColumnsTellInACircleIsFound) {
  SmallAmounts both({"actor_group", "technology_group"});
  const auto& row = Catalogue::builtin().dimension("actor_group")->categories();
  const auto& column = Catalogue::builtin().dimension("technology_group")->categories();
  const std::set<std::pair<std::size_t, std::size_t>> circle{{0, 0}, {0, 1}, {1, 1},
                                                             {1, 2}, {2, 2}, {2, 0}};
  std::set<std::string> withheld;
  for (std::size_t r = 0; r < row.size(); ++r) {
    for (std::size_t c = 0; c < column.size(); ++c) {
      const std::vector<std::string> codes{row[r].code, column[c].code};
      if (circle.contains({r, c})) {
        withheld.insert("2018-2020 actor_group=" + codes[0] + " technology_group=" + codes[1]);
      }
      if ((r == 0 && c == 0) || (r == 1 && c == 2)) {
        both.row("lone", 2018, 50'000, codes);
      } else {
        both.many("m" + std::to_string(r) + std::to_string(c), 4, 2018, 200'000, codes);
      }
    }
  }
  const PlannedTable two = amount_table(PeriodKind::window, {"actor_group", "technology_group"});
  auto made = protect(
      both, {in(kPlan.window_actor, 2018), in(kPlan.window_technology, 2018), in(two, 2018)});
  for (DecidedAmount& one : made.decided) {
    const bool out = !withheld.contains(text_of(one.cell));
    one.value = out ? std::optional(one.cents) : std::nullopt;
    one.level = {};
  }
  const auto found = attack(both, after({}, made));
  EXPECT_TRUE(std::any_of(found.findings.begin(), found.findings.end(), [](const auto& one) {
    return one.cells.size() == 2 && one.who == "anybody" && one.above == 0;
  }));
}

TEST(AmountHistory, TheAttackFindsNothingInWhatProtectionGave) {
  SmallAmounts years({"technology_group"});
  years.many("f", 4, 2018, 40'000, {"data-ai"}).row("a", 2018, 30'000, {"other"}, "university");
  years.many("g", 5, 2019, 25'000, {"iot-connectivity-security"})
      .row("a", 2020, 9'000, {"data-ai"});
  AmountHistory history;
  for (const AmountTable& table : {in(kPlan.window_technology, 2018), in(kPlan.window, 2018),
                                   in(kPlan.programme_technology, 2018)}) {
    history = after(history, protect(years, {table}, history));
  }
  const auto found = attack(years, history);
  for (const AmountFinding& one : found.findings) {
    ADD_FAILURE() << one.who << " knows " << one.cells.front() << " to -" << one.below << " +"
                  << one.above;
  }
  EXPECT_FALSE(found.intervals.empty());
  for (const AmountInterval& one : found.intervals) EXPECT_LE(one.lower, one.upper) << one.cell;
}

// Only what hangs together with something new is attacked again.
TEST(AmountHistory, IntervalsOfUntouchedPeriodsAreCarriedOn) {
  SmallAmounts apart;
  apart.row("a", 2015, 40'000).row("b", 2018, 40'000);
  AmountHistory history = after({}, protect(apart, {in(kPlan.window, 2015)}));
  ASSERT_EQ(history.intervals.size(), 1u);
  history.intervals[0].upper = 123;  // whatever the ledger holds
  const auto made = protect(apart, {in(kPlan.window, 2018)}, history);
  ASSERT_EQ(made.intervals.size(), 2u);
  EXPECT_EQ(made.intervals[0].upper, 123);
  EXPECT_TRUE(made.intervals[1].open_above);
}

TEST(AmountHistory, WitnessesAddUpToWhatIsPublished) {
  SmallAmounts lone({"actor_group"});
  lone.row("a", 2018, 40'000, {"business-support"});
  lone.many("f", 5, 2018, 40'000, {"research-education"}).many("u", 5, 2018, 30'000, {""});
  const auto made = protect(lone, {in(kPlan.window_actor, 2018), in(kPlan.window, 2018)});
  const Figures out = figures(made);
  ASSERT_FALSE(made.witnesses.empty());
  for (const AmountWitness& witness : made.witnesses) {
    std::int64_t parts = 0, total = 390'000 * kEur;
    for (const auto& [cell, cents] : witness.values) {
      (cell == "2018-2020" ? total : parts) += cents - (cell == "2018-2020" ? total : 0);
    }
    for (const auto& [cell, value] : out) {
      if (cell != "2018-2020" && value) parts += *value * kEur;
    }
    EXPECT_EQ(parts, total) << witness.cell;
  }
}

}  // namespace
}  // namespace regions
