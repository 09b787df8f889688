// What an attacker can tell: exact values behind enough withheld cells, intervals of the handbook,
// insiders, whole numbers, and limits.
#include "policies/disclosure/attack/attack.h"

#include <gtest/gtest.h>

#include "policies/disclosure/attack/guard_check.h"
#include "policies/disclosure/attack/least_move.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// A rectangular table with totals in the last row and column.
struct Grid {
  CellSystem system;
  Pattern withheld;
  std::size_t columns;

  explicit Grid(const std::vector<std::vector<std::int64_t>>& inner)
      : columns(inner.front().size() + 1) {
    std::vector<std::vector<std::int64_t>> all = inner;
    all.emplace_back(columns - 1, 0);
    for (auto& row : all) row.push_back(0);
    for (std::size_t r = 0; r + 1 < all.size(); ++r) {
      for (std::size_t c = 0; c + 1 < columns; ++c) {
        all[r][columns - 1] += all[r][c];
        all.back()[c] += all[r][c];
        all.back()[columns - 1] += all[r][c];
      }
    }
    for (const auto& row : all) {
      for (const std::int64_t value : row) {
        system.value.push_back(value);
        system.below.push_back(value);
        system.above.push_back(kNoBound);
      }
    }
    withheld.assign(system.size(), 0);
    for (std::size_t r = 0; r < all.size(); ++r) {
      Equation row{{at(r, columns - 1), -1}};
      for (std::size_t c = 0; c + 1 < columns; ++c) row.push_back({at(r, c), 1});
      system.equations.push_back(row);
    }
    for (std::size_t c = 0; c < columns; ++c) {
      Equation column{{at(all.size() - 1, c), -1}};
      for (std::size_t r = 0; r + 1 < all.size(); ++r) column.push_back({at(r, c), 1});
      system.equations.push_back(column);
    }
  }
  CellId at(std::size_t row, std::size_t column) const {
    return static_cast<CellId>(row * columns + column);
  }
  void withhold(std::size_t row, std::size_t column) { withheld[at(row, column)] = 1; }

  // Lowest and highest value that remain.
  std::pair<std::int64_t, std::int64_t> interval(CellId cell, const Observer& observer = {}) {
    Work work;
    const auto all = find_intervals(system, withheld, observer, work).value();
    for (const CellInterval& one : all) {
      if (one.cell == cell) return {system.value[cell] - one.below, system.value[cell] + one.above};
    }
    return {system.value[cell], system.value[cell]};
  }
};

TEST(Attack, OneWithheldCellOfARowIsKnown) {
  Grid grid({{1, 2}, {3, 4}});
  grid.withhold(0, 0);
  EXPECT_EQ(grid.interval(grid.at(0, 0)), std::pair(std::int64_t{1}, std::int64_t{1}));
}

// SDC handbook 4.2.2, example 3.
TEST(Attack, IntervalsOfTheHandbook) {
  Grid grid({{5, 2}, {1, 2}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  EXPECT_EQ(grid.interval(grid.at(0, 0)), std::pair(std::int64_t{3}, std::int64_t{6}));
  EXPECT_EQ(grid.interval(grid.at(0, 1)), std::pair(std::int64_t{1}, std::int64_t{4}));
  EXPECT_EQ(grid.interval(grid.at(1, 0)), std::pair(std::int64_t{0}, std::int64_t{3}));
}

TEST(Attack, ASingletonComputesItsNeighbour) {
  Grid grid({{5, 2}, {1, 2}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  const Observer sole{1, {{grid.at(0, 1), 2, true}}};
  EXPECT_EQ(grid.interval(grid.at(0, 0), sole), std::pair(std::int64_t{5}, std::int64_t{5}));
}

TEST(Attack, AnOwnPartIsALowerBound) {
  Grid grid({{5, 2}, {1, 2}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  // One of the 2 in (1, 1) is its own, so that the cell cannot fall below 1.
  const Observer part{1, {{grid.at(1, 1), 1, false}}};
  EXPECT_EQ(grid.interval(grid.at(0, 0), part), std::pair(std::int64_t{4}, std::int64_t{6}));
}

// Every line has two withheld cells or more, and still one of them is known.
TEST(Attack, EnoughWithheldCellsInEveryLineAreNotEnough) {
  Grid grid({{10, 20, 30, 40}, {15, 47, 35, 45}, {50, 60, 7, 8}, {9, 11, 13, 17}});
  for (const auto& [row, column] : std::vector<std::pair<int, int>>{
           {0, 0}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 3}, {3, 1}, {3, 3}}) {
    grid.withhold(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
  }
  EXPECT_EQ(grid.interval(grid.at(1, 1)), std::pair(std::int64_t{47}, std::int64_t{47}));
  EXPECT_NE(grid.interval(grid.at(0, 0)), std::pair(std::int64_t{10}, std::int64_t{10}));
}

TEST(Attack, WithheldCellsThatAddUpToZeroAreKnown) {
  Grid grid({{0, 0, 5}, {0, 0, 6}, {7, 8, 9}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  for (std::size_t row : {0, 1}) {
    EXPECT_EQ(grid.interval(grid.at(row, 0)), std::pair(std::int64_t{0}, std::int64_t{0}));
  }
}

TEST(Attack, TotalsMayBeWithheldThemselves) {
  Grid grid({{5}, {6}});
  for (std::size_t row : {0, 2}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  Work work;
  const auto all = find_intervals(grid.system, grid.withheld, {}, work).value();
  ASSERT_EQ(all.size(), 4u);
  for (const CellInterval& one : all) {
    EXPECT_TRUE(one.open_above);
    EXPECT_EQ(one.below, 5);
  }
}

// Distances with 2x + 4y = 0 and 2y + 4z = 0: x moves by quarters, as a whole number not at all.
TEST(Attack, FractionsAreNoCompletions) {
  CellSystem system;
  system.value = {3, 3, 3};
  system.below = {1, 1, 1};
  system.above = {1, 1, 1};
  system.equations = {{{0, 2}, {1, 4}}, {{1, 2}, {2, 4}}};
  Work work;
  const Pattern all{1, 1, 1};
  const auto intervals = find_intervals(system, all, {}, work).value();
  EXPECT_EQ(intervals[0].above, 0);  // as fractions it would be 1, -1/2, 1/4
  const std::vector<Guard> guards{{{0}, {0, 1, 0}, 0}};
  const auto broken = find_breaches(system, all, {Observer{}}, guards, work).value();
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_EQ(broken.front().above, 0);
}

// 2y + 2z = x: x moves by twos. What is not found may still be said to be no more than a bound.
TEST(Attack, WhatNoCompletionIsFoundForIsBounded) {
  CellSystem system;
  system.value = {0, 0, 0, 0, 0};
  system.below = {0, 9, 9, 9, 9};
  system.above = {7, 9, 9, 9, 9};
  system.equations = {{{0, -1}, {1, 1}, {2, 1}}, {{1, -1}, {3, 2}}, {{2, -1}, {4, 2}}};
  Work work;
  const std::vector<Guard> guards{{{0}, {0, 8, 0}, 0}};
  const auto broken = find_breaches(system, Pattern(5, 1), {Observer{}}, guards, work).value();
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_LE(broken.front().above, 6);
  EXPECT_EQ(broken.front().above_most, 7);
}

TEST(Attack, GuardsHoldUpToTheirLevelAndNotBeyond) {
  Grid grid({{5, 2}, {1, 2}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  Work work;
  const auto broken = [&](Level level) {
    return !find_breaches(grid.system, grid.withheld, {Observer{}}, {{{grid.at(0, 0)}, level, 0}},
                          work)
                .value()
                .empty();
  };
  EXPECT_FALSE(broken({2, 1, 0}));
  EXPECT_TRUE(broken({3, 1, 0}));
  EXPECT_TRUE(broken({2, 2, 0}));
  EXPECT_FALSE(broken({0, 0, 3}));
  EXPECT_TRUE(broken({0, 0, 4}));
}

TEST(Attack, TheSumOfWithheldCellsIsAttackedToo) {
  Grid grid({{5, 2}, {1, 2}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  Work work;
  const std::vector<Guard> row{{{grid.at(0, 0), grid.at(0, 1)}, {1, 1, 0}, 0}};
  EXPECT_EQ(find_breaches(grid.system, grid.withheld, {Observer{}}, row, work).value().size(), 1u);
}

TEST(Attack, AmountsOfTrillionsStayExact) {
  constexpr std::int64_t kMillion = 1'000'000;
  Grid grid({{5 * kMillion * kMillion, 2 * kMillion}, {7, 2 * kMillion * kMillion}, {3, 3}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  // Moves along the cycle are limited by 7 downwards and by two trillions upwards.
  EXPECT_EQ(grid.interval(grid.at(1, 0)), std::pair(std::int64_t{0}, 7 + 2 * kMillion * kMillion));
  Work work;
  EXPECT_TRUE(find_breaches(grid.system, grid.withheld, {Observer{}},
                            {{{grid.at(1, 0)}, {7, 2 * kMillion * kMillion, 0}, 0}}, work)
                  .value()
                  .empty());
}

TEST(Attack, UsedUpWorkIsAnErrorAndNoAnswer) {
  Grid grid({{5, 2, 4}, {1, 2, 3}, {3, 3, 9}});
  for (std::size_t row : {0, 1, 2}) {
    for (std::size_t column : {0, 1, 2}) grid.withhold(row, column);
  }
  Work work;
  work.pivots_left = 0;
  EXPECT_THAT(find_intervals(grid.system, grid.withheld, {}, work), IsErr(Errc::timed_out));
}

TEST(LeastMove, GoesAsFarAsIsAskedAndNoFarther) {
  // Two rows of a column and its opposite, joined by one of three.
  LeastMove least(5, {{{0, 1}, {1, 1}}, {{2, 1}, {3, 1}}, {{0, 1}, {2, 1}, {4, 1}}});
  for (std::uint32_t column = 0; column < 5; ++column) least.set_bounds(column, 10, 10);
  least.set_bounds(2, 0, 0);
  using Moved = std::vector<double>;
  Work work;
  EXPECT_EQ(least.find({{0, 1}}, 3, work).value(), Moved({3, -3, 0, 0, -3}));
  EXPECT_EQ(least.find({{0, -1}}, 4, work).value(), Moved({-4, 4, 0, 0, 4}));
  EXPECT_EQ(least.find({{1, 1}, {4, 1}}, 6, work).value(), Moved({-3, 3, 0, 0, 3}));
  EXPECT_THAT(least.find({{2, 1}}, 1, work), IsErr(Errc::refused));
  EXPECT_THAT(least.find({{0, 1}}, 11, work), IsErr(Errc::refused));
}

TEST(GuardCheck, WhatWasFoundIsTakenAgainWhereItStillHolds) {
  Grid grid({{5, 5, 5}, {5, 5, 5}, {5, 5, 5}});
  for (std::size_t row : {0, 1}) {
    for (std::size_t column : {0, 1}) grid.withhold(row, column);
  }
  const std::vector<CellId> cell{grid.at(0, 0)};
  Work work;
  ASSERT_OK_AND(auto narrow,
                GuardCheck::make(grid.system, components_of(grid.system, grid.withheld).front()));
  ASSERT_TRUE(narrow.reaches_near(cell, true, 3, work).value());
  for (std::size_t row : {0, 1, 2}) grid.withhold(row, 2);
  for (std::size_t column : {0, 1}) grid.withhold(2, column);
  ASSERT_OK_AND(auto wide,
                GuardCheck::make(grid.system, components_of(grid.system, grid.withheld).front()));
  const std::uint64_t programs = work.programs;
  EXPECT_TRUE(wide.reaches(cell, true, 3, work).value());
  EXPECT_EQ(work.programs, programs);
  // Whoever knows that the other cell is not below 3 is not moved by it.
  wide.observe(Observer{1, {{grid.at(0, 1), 3, false}}});
  EXPECT_TRUE(wide.reaches(cell, true, 3, work).value());
  EXPECT_GT(work.programs, programs);
  EXPECT_TRUE(wide.program().keeps(wide.witness()));
}

TEST(Components, CellsOfDifferentLinesDoNotTouch) {
  Grid grid({{1, 2, 3, 4}, {5, 6, 7, 8}, {1, 1, 1, 1}, {2, 2, 2, 2}});
  for (std::size_t at : {0, 1}) {
    for (std::size_t other : {0, 1}) {
      grid.withhold(at, other);
      grid.withhold(at + 2, other + 2);
    }
  }
  const auto found = components_of(grid.system, grid.withheld);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].cells.size(), 4u);
  EXPECT_EQ(found[0].equations.size(), 4u);
}

}  // namespace
}  // namespace regions
