// Secondary suppression: refusals first, then that patterns are safe and cheapest, against a search
// through all patterns of small tables.
#include "policies/disclosure/suppression/suppress.h"

#include <gtest/gtest.h>

#include <numeric>

#include "policies/disclosure/suppression/optimum.h"
#include "policies/disclosure/suppression/prune.h"
#include "policies/disclosure/suppression/repair.h"
#include "tests/policies/disclosure/suppression/grids.h"
#include "tests/support/result_matchers.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

Suppression suppress_within(const SuppressionLimits& limits, const SuppressionProblem& problem) {
  Work work;
  auto outcome = suppress(problem, limits, work).value();
  EXPECT_FALSE(outcome.impossible);
  return outcome.best;
}

// The least cost of all patterns that are safe; nothing where none is.
std::optional<double> least_cost(const SuppressionProblem& problem) {
  std::vector<CellId> eligible;
  Pattern pattern(problem.role.size(), 0);
  for (CellId cell = 0; cell < pattern.size(); ++cell) {
    if (problem.role[cell] == CellRole::eligible) eligible.push_back(cell);
    if (problem.role[cell] == CellRole::primary) pattern[cell] = 1;
  }
  std::optional<double> best;
  for (std::uint32_t choice = 0; choice < (1u << eligible.size()); ++choice) {
    for (std::size_t at = 0; at < eligible.size(); ++at) {
      pattern[eligible[at]] = (choice >> at) & 1;
    }
    const double cost = cost_of(problem, pattern);
    if (best && cost >= *best) continue;
    if (is_safe(problem, pattern)) best = cost;
  }
  return best;
}

TEST(Suppress, NothingLeavesWhereNoPatternIsSafe) {
  const CellSystem system = grid(2, 2, {5, 5, 5, 5});
  SuppressionProblem problem = problem_of(system, {0}, {1, 1, 0});
  problem.role[1] = problem.role[2] = problem.role[3] = CellRole::published;
  Work work;
  const auto outcome = suppress(problem, {}, work);
  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->impossible, std::optional<std::size_t>(0));
  EXPECT_EQ(outcome->best.method, PatternMethod::none);
}

TEST(Suppress, UsedUpWorkGivesNoPattern) {
  const CellSystem system = grid(3, 3, {5, 2, 7, 1, 2, 3, 6, 4, 10});
  Work work;
  work.pivots_left = 0;
  EXPECT_THAT(suppress(problem_of(system, {0}, {1, 1, 0}), {}, work), IsErr(Errc::timed_out));
}

TEST(Suppress, AnUnreachableLevelIsRefusedToo) {
  const CellSystem system = grid(3, 3, {5, 2, 7, 1, 2, 3, 6, 4, 10});
  SuppressionProblem problem = problem_of(system, {0}, {0, 100, 0});
  problem.role[2] = problem.role[5] = problem.role[8] = CellRole::published;
  Work work;
  const auto outcome = suppress(problem, {}, work);
  ASSERT_THAT(outcome, IsOk());
  EXPECT_TRUE(outcome->impossible.has_value());
}

TEST(Suppress, TheCheapestCycleIsTaken) {
  // 3 x 3 inner cells; the cell (0, 0) needs three partners.
  const CellSystem system =
      grid(4, 4, {10, 90, 20, 120, 80, 70, 60, 210, 30, 95, 25, 150, 120, 255, 105, 480});
  const SuppressionProblem problem = problem_of(system, {0}, {5, 5, 0});
  Work work;
  const auto outcome = suppress(problem, {}, work);
  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->best.method, PatternMethod::optimum);
  Pattern expected(16, 0);
  for (const CellId cell : {0, 2, 8, 10}) expected[cell] = 1;
  EXPECT_EQ(outcome->best.withheld, expected);
}

TEST(Suppress, TheSameProblemGivesTheSamePattern) {
  SeededRandom random(7);
  const CellSystem system = random_grid(random, 6, 6);
  const SuppressionProblem problem = problem_of(system, {0, 7, 14}, {3, 3, 0});
  Work first, second;
  const auto one = suppress(problem, {}, first).value();
  const auto other = suppress(problem, {}, second).value();
  EXPECT_EQ(one.best.withheld, other.best.withheld);
  EXPECT_EQ(first.programs, second.programs);
}

// All 2^7 or so patterns of 3 x 3 tables, for one or two primaries and several levels.
TEST(Suppress, NoPatternOfASmallTableIsSafeAndCheaper) {
  SeededRandom random(2026);
  constexpr int kRounds = kSanitized ? 4 : 40;
  int solved = 0;
  for (int round = 0; round < kRounds; ++round) {
    const CellSystem system = random_grid(random, 3, 4);
    std::vector<CellId> primaries{0};
    if (round % 2 == 1) primaries.push_back(5);
    const std::int64_t level = 1 + round % 4;
    const SuppressionProblem problem = problem_of(system, primaries, {level, level, 0});
    Work work;
    const auto outcome = suppress(problem, {}, work).value();
    const auto best = least_cost(problem);
    ASSERT_EQ(outcome.impossible.has_value(), !best.has_value()) << "round " << round;
    if (!best) continue;
    EXPECT_TRUE(is_safe(problem, outcome.best.withheld)) << "round " << round;
    EXPECT_EQ(outcome.best.method, PatternMethod::optimum) << "round " << round;
    EXPECT_NEAR(outcome.best.cost, *best, 1e-6) << "round " << round;
    ++solved;
  }
  EXPECT_GT(solved, kRounds / 2);
}

TEST(Suppress, AnInsiderIsKeptOutAsWell) {
  const CellSystem system =
      grid(4, 4, {10, 90, 20, 120, 80, 70, 60, 210, 30, 95, 25, 150, 120, 255, 105, 480});
  SuppressionProblem problem = problem_of(system, {0, 2}, {5, 5, 0});
  Work work;
  const Pattern outsider = suppress(problem, {}, work).value().best.withheld;
  // The sole contributor of cell 2 looks at cell 0.
  problem.observers.push_back({1, {{2, 20, true}}});
  problem.guards.push_back({{0}, {5, 5, 0}, 1});
  EXPECT_FALSE(is_safe(problem, outsider));
  const auto outcome = suppress(problem, {}, work).value();
  ASSERT_FALSE(outcome.impossible.has_value());
  EXPECT_TRUE(is_safe(problem, outcome.best.withheld));
  EXPECT_NEAR(outcome.best.cost, least_cost(problem).value(), 1e-6);
}

TEST(Suppress, TablesBeyondTheOptimumAreSafeToo) {
  SeededRandom random(12);
  SuppressionLimits limits;
  limits.optimum_cells_max = 0;
  for (int round = 0; round < (kSanitized ? 2 : 20); ++round) {
    const CellSystem system = random_grid(random, 7, 6);
    const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {4, 4, 0});
    Work work;
    const auto outcome = suppress(problem, limits, work).value();
    const auto best = suppress(problem, {}, work).value();
    ASSERT_EQ(outcome.impossible.has_value(), best.impossible.has_value());
    if (best.impossible) continue;
    EXPECT_EQ(outcome.best.method, PatternMethod::repair);
    EXPECT_TRUE(is_safe(problem, outcome.best.withheld)) << "round " << round;
    EXPECT_GE(outcome.best.cost, best.best.cost - 1e-6) << "round " << round;
  }
}

TEST(Suppress, BeyondTheOptimumTheNextRoundBeginsWithThePatternBefore) {
  SeededRandom random(14);
  SuppressionLimits limits;
  limits.optimum_cells_max = limits.effort_max = 0;
  for (int round = 0; round < (kSanitized ? 2 : 10); ++round) {
    const CellSystem system = random_grid(random, 7, 6);
    SuppressionProblem problem = problem_of(system, {0, 8, 15}, {2, 2, 0});
    problem.before = suppress_within(limits, problem).withheld;
    problem.guards.push_back({{0, 8, 15}, {4, 4, 0}, 0});
    const Pattern next = suppress_within(limits, problem).withheld;
    EXPECT_TRUE(is_safe(problem, next)) << "round " << round;
    EXPECT_TRUE(std::equal(next.begin(), next.end(), problem.before.begin(),
                           [](auto now, auto before) { return now >= before; }));
  }
}

// Where the effort is used up, what came before it is safe and goes out with its gap.
TEST(Suppress, UsedUpEffortGivesTheSameSafePatternEachTime) {
  SeededRandom random(13);
  const CellSystem system = random_grid(random, 7, 6);
  const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {4, 4, 0});
  const double least = suppress_within({}, problem).cost;
  for (const std::uint64_t effort : {0, 20'000, 60'000, 200'000}) {
    SuppressionLimits limits;
    limits.effort_max = effort;
    const Suppression one = suppress_within(limits, problem);
    EXPECT_TRUE(is_safe(problem, one.withheld)) << effort;
    EXPECT_LE(one.bound, least + 1e-6) << effort;
    EXPECT_GE(one.cost, least - 1e-6) << effort;
    EXPECT_EQ(one.withheld, suppress_within(limits, problem).withheld) << effort;
    EXPECT_TRUE(effort > 0 || one.method == PatternMethod::incumbent);
  }
}

// Cell 0 is the sum of the next ones. Half a unit of either is one unit of a cell that has no more
// room; only fractions keep a level of 1.
CellSystem halves(std::size_t cells, std::vector<Equation> equations) {
  CellSystem system;
  system.value.assign(cells, 10);
  system.below.assign(cells, kNoBound);
  system.above.assign(cells, kNoBound);
  system.equations = std::move(equations);
  return system;
}

TEST(Suppress, WholeNumbersThatDoNotFitWithholdOneMoreCell) {
  CellSystem system =
      halves(6, {{{0, -1}, {1, 1}, {2, 1}, {3, 1}}, {{1, 2}, {4, -1}}, {{2, 2}, {5, -1}}});
  system.above[4] = system.above[5] = 1;
  SuppressionProblem problem = problem_of(system, {0}, {0, 1, 0});
  problem.cost[3] = 1'000;
  const Suppression found = suppress_within({}, problem);
  EXPECT_EQ(found.withheld, (Pattern{1, 0, 0, 1, 0, 0}));
}

TEST(Suppress, RoundsThatAreUsedUpAreNotTakenForImpossible) {
  // The room is two steps away: cells 6 and 8, beside cells that have none.
  CellSystem system = halves(9, {{{0, -1}, {1, 1}, {2, 1}},
                                 {{1, 2}, {3, -1}},
                                 {{2, 2}, {4, -1}},
                                 {{3, -1}, {5, 1}, {6, 1}},
                                 {{4, -1}, {7, 1}, {8, 1}}});
  system.above[5] = system.above[7] = 1;
  SuppressionProblem problem = problem_of(system, {0}, {0, 1, 0});
  problem.cost[6] = problem.cost[8] = 1'000;
  const Suppression found = suppress_within({}, problem);
  EXPECT_TRUE(is_safe(problem, found.withheld));
  EXPECT_EQ(found.withheld[6] + found.withheld[8], 1);
}

TEST(Prune, PublishesWhatNoGuardNeedsAndNothingElse) {
  SeededRandom random(17);
  for (int round = 0; round < (kSanitized ? 2 : 10); ++round) {
    const CellSystem system = random_grid(random, 6, 6);
    const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {2, 2, 0});
    Pattern pattern(system.size(), 1);
    if (!is_safe(problem, pattern)) continue;
    Work work;
    ASSERT_THAT(prune(problem, pattern, 0, work), IsOk());
    EXPECT_EQ(pattern, Pattern(system.size(), 1)) << "nothing was to be spent";
    ASSERT_THAT(prune(problem, pattern, UINT64_MAX, work), IsOk());
    EXPECT_TRUE(is_safe(problem, pattern)) << "round " << round;
    expect_no_cell_for_nothing(problem, pattern, round);
  }
}

TEST(Exchange, KeepsEveryGuardAndCostsNoMore) {
  SeededRandom random(19);
  int cheaper = 0;
  for (int round = 0; round < (kSanitized ? 2 : 10); ++round) {
    const CellSystem system = random_grid(random, 7, 6);
    const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {2, 2, 0});
    Pattern pattern(system.size(), 1);
    if (!is_safe(problem, pattern)) continue;
    Work work;
    EXPECT_EQ(exchange(problem, pattern, 0, work).value(), pattern);
    const Pattern other = exchange(problem, pattern, UINT64_MAX, work).value();
    EXPECT_TRUE(is_safe(problem, other)) << "round " << round;
    cheaper += cost_of(problem, other) < cost_of(problem, pattern);
  }
  EXPECT_GT(cheaper, 0);
}

TEST(Repair, IsSafeAndNotBelowTheOptimum) {
  SeededRandom random(11);
  for (int round = 0; round < (kSanitized ? 2 : 10); ++round) {
    const CellSystem system = random_grid(random, 7, 6);
    const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {2, 2, 0});
    Work work;
    const auto repaired =
        repair(problem, Pattern(system.size(), 0), {0, 1, 2}, UINT64_MAX, work).value();
    if (repaired.impossible) continue;
    EXPECT_TRUE(is_safe(problem, repaired.withheld)) << "round " << round;
    const auto best = find_optimum(problem, repaired.withheld, {}, UINT64_MAX, work).value();
    EXPECT_EQ(best.method, PatternMethod::optimum);
    EXPECT_GE(cost_of(problem, repaired.withheld), best.cost - 1e-6) << "round " << round;
  }
}

// It keeps what it has done, and says that this is not all.
TEST(Repair, StopsWhereItsWorkIsUsedUp) {
  SeededRandom random(11);
  const CellSystem system = random_grid(random, 7, 6);
  const SuppressionProblem problem = problem_of(system, {0, 8, 15}, {2, 2, 0});
  const Pattern none(system.size(), 0);
  Work work;
  const auto all = repair(problem, none, {0, 1, 2}, UINT64_MAX, work).value();
  EXPECT_FALSE(all.stopped);
  const std::uint64_t whole = work.effort;
  const auto part = repair(problem, none, {0, 1, 2}, whole / 8, work).value();
  EXPECT_TRUE(part.stopped);
  EXPECT_LT(work.effort - whole, whole);
  for (const CellId cell : {0u, 8u, 15u}) EXPECT_TRUE(part.withheld[cell]);
  EXPECT_LT(cost_of(problem, part.withheld), cost_of(problem, all.withheld));
}

}  // namespace
}  // namespace regions
