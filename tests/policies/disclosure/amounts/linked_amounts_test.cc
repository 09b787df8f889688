// The equations of linked amounts hold for any rows, and say all that follows from them.
#include "policies/disclosure/amounts/linked_amounts.h"

#include <gtest/gtest.h>

#include "policies/disclosure/amounts/contents.h"
#include "tests/policies/disclosure/amounts/small_amounts.h"

namespace regions {
namespace {

const Dimension& dimension(std::string_view id) { return *Catalogue::builtin().dimension(id); }

LinkedAmounts link(std::vector<const Dimension*> dimensions, std::vector<MarginOfPeriod> shown) {
  return LinkedAmounts::make(std::move(dimensions), shown).value();
}

std::vector<std::string> names(const LinkedAmounts& linked) {
  std::vector<std::string> all;
  for (CellId cell = 0; cell < linked.size(); ++cell) all.push_back(linked.name(cell));
  std::sort(all.begin(), all.end());
  return all;
}

TEST(LinkedAmounts, YearsThatNoWindowHoldsAreAPiece) {
  const auto linked = link({}, {{{}, Period::of(PeriodKind::programme, 2014)},
                                {{}, Period::of(PeriodKind::window, 2015)},
                                {{}, Period::of(PeriodKind::window, 2018)}});
  EXPECT_EQ(names(linked),
            (std::vector<std::string>{"2014", "2014-2020", "2015-2017", "2018-2020"}));
  ASSERT_EQ(linked.equations().size(), 1u);
  EXPECT_EQ(linked.equations()[0].size(), 4u);
}

TEST(LinkedAmounts, PiecesMayHaveAGap) {
  const auto linked = link({}, {{{}, Period::of(PeriodKind::programme, 2014)},
                                {{}, Period::of(PeriodKind::window, 2015)}});
  EXPECT_EQ(names(linked), (std::vector<std::string>{"2014+2018-2020", "2014-2020", "2015-2017"}));
}

TEST(LinkedAmounts, AWindowAcrossTwoProgrammesIsTwoPieces) {
  const auto linked = link({}, {{{}, Period::of(PeriodKind::programme, 2007)},
                                {{}, Period::of(PeriodKind::programme, 2014)},
                                {{}, Period::of(PeriodKind::window, 2012)}});
  EXPECT_EQ(names(linked),
            (std::vector<std::string>{"2007-2011", "2007-2013", "2012-2013", "2012-2014", "2014",
                                      "2014-2020", "2015-2020"}));
  EXPECT_EQ(linked.equations().size(), 3u);
}

// A by B of a window, A of a year and B of that year: a circle, in which only A by B of the year
// says all that follows.
TEST(LinkedAmounts, YearsOfItsTotalsCutATableOfTwoDimensions) {
  const std::vector<const Dimension*> dimensions{&dimension("actor_group"),
                                                 &dimension("technology_group")};
  const auto linked = link(dimensions, {{{0, 1}, Period::of(PeriodKind::window, 2018)},
                                        {{0}, Period::of_year(2018)},
                                        {{1}, Period::of_year(2018)},
                                        {{}, Period::of_year(2021)}});
  EXPECT_NE(linked.find({0, 1}, {2018}), nullptr);
  EXPECT_NE(linked.find({0, 1}, {2019, 2020}), nullptr);
  EXPECT_EQ(linked.find({0, 1}, {2021}), nullptr);
}

TEST(LinkedAmounts, YearsOfTheTotalDoNotCutATableOfOneDimension) {
  const auto linked =
      link({&dimension("actor_group")},
           {{{0}, Period::of(PeriodKind::window, 2018)}, {{}, Period::of_year(2018)}});
  EXPECT_EQ(linked.find({0}, {2018}), nullptr);
  EXPECT_NE(linked.find({}, {2019, 2020}), nullptr);
}

TEST(LinkedAmounts, EveryEquationHoldsForEveryRow) {
  const std::vector<const Dimension*> dimensions{
      &dimension("actor_group"), &dimension("technology"), &dimension("technology_group")};
  const auto linked = link(dimensions, {{{0, 2}, Period::of(PeriodKind::window, 2018)},
                                        {{1}, Period::of(PeriodKind::window, 2018)},
                                        {{2}, Period::of(PeriodKind::programme, 2014)},
                                        {{0}, Period::of_year(2019)},
                                        {{}, Period::of(PeriodKind::window, 2021)}});
  SmallAmounts amounts({"actor_group", "technology", "technology_group"});
  SeededRandom random(7);
  for (int at = 0; at < 200; ++at) {
    const Bytes dice = random.bytes(4);
    const auto roll = [&](std::size_t k, std::size_t sides) {
      return static_cast<std::uint8_t>(dice[k]) % sides;
    };
    const std::string technology =
        dimensions[1]->categories()[roll(0, dimensions[1]->categories().size())].code;
    amounts.row("h" + std::to_string(at % 9), 2013 + static_cast<int>(roll(1, 11)),
                1 + static_cast<std::int64_t>(roll(2, 200)),
                {dimensions[0]->categories()[roll(3, 3)].code, technology, technology});
  }
  const auto contents = fill_contents(linked, amounts.rows).value();
  std::size_t groups_of_codes = 0;
  for (const Equation& equation : linked.equations()) {
    std::int64_t sum = 0;
    for (const EquationTerm& term : equation) sum += term.factor * contents[term.cell].sum;
    EXPECT_EQ(sum, 0) << linked.name(equation.front().cell);
    const auto& whole = linked.block_of(equation.front().cell);
    const auto& part = linked.block_of(equation.back().cell);
    groups_of_codes += whole.margin.size() == part.margin.size() && whole.years == part.years;
  }
  EXPECT_EQ(groups_of_codes, dimensions[2]->categories().size());
}

}  // namespace
}  // namespace regions
