// Elimination: no unsafe cell and no sum can be computed, and pairs that can are found.
#include "policies/disclosure/suppression/elimination.h"

#include <gtest/gtest.h>

#include "policies/disclosure/suppression/told_sums.h"
#include "tests/policies/disclosure/suppression/grids.h"
#include "tests/support/result_matchers.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

// Anybody may take any cell for anything: only what follows from equations is known.
SuppressionProblem without_bounds(CellSystem& system, const std::vector<CellId>& primaries) {
  system.below.assign(system.size(), kNoBound);
  system.above.assign(system.size(), kNoBound);
  return problem_of(system, primaries, {0, 1, 0});
}

TEST(Elimination, LeavesNoUnsafeCellComputable) {
  SeededRandom random(5);
  for (int round = 0; round < (kSanitized ? 3 : 30); ++round) {
    CellSystem system = random_grid(random, 6, 7);
    const SuppressionProblem problem = without_bounds(system, {0, 9, 16, 17});
    const Pattern pattern = eliminate(problem).value();
    EXPECT_TRUE(is_safe(problem, pattern)) << "round " << round;
    expect_no_cell_for_nothing(problem, pattern, round);
  }
}

TEST(Elimination, LeavesNoSumComputableThatMustNotBe) {
  SeededRandom random(6);
  for (int round = 0; round < (kSanitized ? 3 : 30); ++round) {
    CellSystem system = random_grid(random, 6, 7);
    SuppressionProblem problem = without_bounds(system, {0, 9, 16, 17});
    EXPECT_TRUE(is_safe(problem, eliminate(problem).value()));
    // The last two are alone in their row, whose total told what both come to.
    problem.guards.push_back({{0, 9}, {0, 1, 0}, 0});
    problem.guards.push_back({{16, 17}, {0, 1, 0}, 0});
    const Pattern pattern = eliminate(problem).value();
    EXPECT_TRUE(is_safe(problem, pattern)) << "round " << round;
    expect_no_cell_for_nothing(problem, pattern, round);
  }
}

TEST(Elimination, TakesTheCheapestOfManyOrdersOfTies) {
  SeededRandom random(7);
  double first = 0, best = 0;
  for (int round = 0; round < (kSanitized ? 3 : 30); ++round) {
    CellSystem system = random_grid(random, 8, 9);
    SuppressionProblem problem = without_bounds(system, {0, 12, 25, 38, 51});
    for (double& cost : problem.cost) cost = 1;
    first += cost_of(problem, eliminate(problem, 1).value());
    best += cost_of(problem, eliminate(problem).value());
  }
  EXPECT_LT(best, first);
}

// Cells that move 8 at the least do for a level of 8, however dear they are.
TEST(Elimination, ByLevelTakesCellsThatMoveFarEnough) {
  SeededRandom random(8);
  std::size_t safe = 0, safe_without = 0;
  for (int round = 0; round < (kSanitized ? 3 : 30); ++round) {
    const CellSystem system = random_grid(random, 8, 9);
    const SuppressionProblem problem = problem_of(system, {0, 12, 25, 38, 51}, {8, 8, 0});
    const Pattern pattern = eliminate_by_level(problem, {}, {0, 1, 2, 3, 4}, 1).value();
    for (CellId cell = 0; cell < pattern.size(); ++cell) {
      if (!pattern[cell] || problem.role[cell] == CellRole::primary) continue;
      EXPECT_GE(system.value[cell], 4) << "round " << round;
    }
    safe += is_safe(problem, pattern);
    safe_without += is_safe(problem, eliminate(problem).value());
  }
  EXPECT_GT(safe, safe_without);
}

TEST(Elimination, ByLevelKeepsWhatIsWithheldAlready) {
  SeededRandom random(9);
  const CellSystem system = random_grid(random, 8, 9);
  const SuppressionProblem problem = problem_of(system, {0, 12, 25}, {2, 2, 0});
  Pattern before(system.size(), 0);
  before[30] = before[40] = 1;
  const Pattern pattern = eliminate_by_level(problem, before, {0, 1, 2}, 1).value();
  EXPECT_TRUE(pattern[30] && pattern[40] && pattern[0]);
}

// Two rows of three columns, totals published: the cells of a column, of a row, and the ends of a
// circle.
TEST(ToldSums, ArePairsAndWhatTotalsTell) {
  const CellSystem system = grid(3, 3, {1, 2, 3, 4, 5, 9, 5, 7, 12});
  const Pattern inner{1, 1, 0, 1, 1, 0, 0, 0, 0};
  const std::vector<std::vector<CellId>> pairs{{0, 1}, {0, 3}, {1, 4}, {3, 4}};
  EXPECT_EQ(told_pairs(system, inner, 4).value(), pairs);
  EXPECT_EQ(told_sums(system, inner).value(), pairs);
}

TEST(ToldSums, TooManyAreRefusedAndNotPassedOver) {
  const CellSystem system = grid(3, 3, {1, 2, 3, 4, 5, 9, 5, 7, 12});
  const Pattern inner{1, 1, 0, 1, 1, 0, 0, 0, 0};
  EXPECT_THAT(told_pairs(system, inner, 3), IsErr(Errc::too_large));
  // One after the other, turned or not: half of the cells move against the other half.
  CellSystem chain;
  const CellId length = 700;
  for (CellId cell = 0; cell < length; ++cell) {
    chain.value.push_back(1);
    chain.below.push_back(1);
    chain.above.push_back(kNoBound);
    if (cell > 0) chain.equations.push_back({{cell - 1, cell % 2 ? 1 : -1}, {cell, 1}});
  }
  EXPECT_THAT(told_sums(chain, Pattern(length, 1)), IsErr(Errc::too_large));
}

}  // namespace
}  // namespace regions
