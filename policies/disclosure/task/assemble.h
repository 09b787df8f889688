// From a table with values to the problem that suppression solves and the attack checks, under one
// convention: which cells are unsafe, by how much they must stay uncertain, what may be withheld at
// what cost, what everybody knows beforehand.
#pragma once

#include <memory>

#include "policies/disclosure/suppression/problem.h"
#include "policies/disclosure/task/build.h"
#include "policies/disclosure/task/singleton_method.h"

namespace regions {

struct CellState {
  std::optional<CellVerdict> verdict;  // unsafe, why, and its level
  bool hidden = false;                 // never published, yet computable from what is
  bool empty = false;                  // nobody contributes
};

struct Assembly {
  CellSystem system;
  SuppressionProblem problem;  // points to `system`: an assembly does not move
  std::vector<CellState> states;
  std::vector<std::int64_t> worth;  // what withholding a cell costs, without ties, by cell
  unsigned worth_decimals = 0;      // of these: those of the table where costs are amounts

  Assembly() = default;
  Assembly(const Assembly&) = delete;
  Assembly& operator=(const Assembly&) = delete;
};

// Whatever the true count below the minimum n, all of 0 to n - 1 must remain possible.
Level count_level(const RuleBook& rules, std::int64_t value);

// `seed` breaks ties between patterns of equal cost. `method`: of the convention.
std::unique_ptr<Assembly> assemble(const DisclosureSpec& spec, const BuiltTable& built,
                                   Convention convention, std::string_view seed,
                                   const SingletonMethod& method = {});

}  // namespace regions
