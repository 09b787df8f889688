// Tables of rows and columns whose totals are the last ones, and what is to be withheld in them.
#pragma once

#include <gtest/gtest.h>

#include "policies/disclosure/suppression/problem.h"
#include "tests/support/seeded_random.h"

namespace regions {

// Rows and columns that add up; the totals are the last ones.
inline CellSystem grid(std::size_t rows, std::size_t columns, std::vector<std::int64_t> values) {
  CellSystem system;
  system.value = std::move(values);
  for (const std::int64_t value : system.value) {
    system.below.push_back(value);
    system.above.push_back(kNoBound);
  }
  const auto at = [&](std::size_t r, std::size_t c) {
    return static_cast<CellId>(r * columns + c);
  };
  for (std::size_t r = 0; r < rows; ++r) {
    Equation sum{{at(r, columns - 1), -1}};
    for (std::size_t c = 0; c + 1 < columns; ++c) sum.push_back({at(r, c), 1});
    system.equations.push_back(sum);
  }
  for (std::size_t c = 0; c < columns; ++c) {
    Equation sum{{at(rows - 1, c), -1}};
    for (std::size_t r = 0; r + 1 < rows; ++r) sum.push_back({at(r, c), 1});
    system.equations.push_back(sum);
  }
  return system;
}

inline CellSystem random_grid(SeededRandom& random, std::size_t rows, std::size_t columns) {
  std::vector<std::int64_t> values(rows * columns, 0);
  for (std::size_t r = 0; r + 1 < rows; ++r) {
    for (std::size_t c = 0; c + 1 < columns; ++c) {
      const std::int64_t value = static_cast<std::uint8_t>(random.bytes(1)[0]) % 30;
      for (const std::size_t at : {r * columns + c, r * columns + columns - 1,
                                   (rows - 1) * columns + c, rows * columns - 1}) {
        values[at] += value;
      }
    }
  }
  return grid(rows, columns, std::move(values));
}

inline SuppressionProblem problem_of(const CellSystem& system, const std::vector<CellId>& primaries,
                                     Level level) {
  SuppressionProblem problem;
  problem.system = &system;
  problem.role.assign(system.size(), CellRole::eligible);
  for (const std::int64_t value : system.value) {
    problem.cost.push_back(static_cast<double>(value) + 0.5);
  }
  problem.observers.resize(1);
  for (const CellId cell : primaries) {
    problem.role[cell] = CellRole::primary;
    Level own = level;
    own.lower = std::min(own.lower, system.value[cell]);
    problem.guards.push_back({{cell}, own, 0});
  }
  return problem;
}

inline bool is_safe(const SuppressionProblem& problem, const Pattern& pattern) {
  Work work;
  return find_breaches(*problem.system, pattern, problem.observers, problem.guards, work)
      .value()
      .empty();
}

// Of the cells withheld besides, one less and the pattern is not safe.
inline void expect_no_cell_for_nothing(const SuppressionProblem& problem, const Pattern& pattern,
                                       int round) {
  for (CellId cell = 0; cell < pattern.size(); ++cell) {
    if (!pattern[cell] || problem.role[cell] == CellRole::primary) continue;
    Pattern less = pattern;
    less[cell] = 0;
    EXPECT_FALSE(is_safe(problem, less)) << "round " << round << " cell " << cell;
  }
}

}  // namespace regions
