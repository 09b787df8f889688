// What suppression has to solve, and what it found. Pure values.
#pragma once

#include <algorithm>

#include "policies/disclosure/attack/attack.h"

namespace regions {

enum class CellRole : std::uint8_t {
  eligible,   // may be withheld
  primary,    // must be withheld
  published,  // must not be withheld: known already, empty, or asked for
};

struct SuppressionProblem {
  const CellSystem* system = nullptr;
  std::vector<CellRole> role;
  // Above 0 for eligible cells; ties are broken by the caller, who adds a little of a keyed number.
  std::vector<double> cost;
  std::vector<Observer> observers;  // [0] is the outsider
  std::vector<Guard> guards;
  // Where the optimum is not looked for: what to begin with, the pattern of the round before.
  Pattern before;
};

struct SuppressionLimits {
  // Beyond these the optimum is not looked for: its programs would be too many.
  std::size_t optimum_cells_max = 3'000;
  std::size_t optimum_guards_max = 1'000;
  std::uint64_t rounds_max = 300;
  std::uint64_t nodes_max = 20'000;  // of branch and bound, over all rounds
  // Of all that looks for a cheaper pattern (Work::improving), over all rounds of a task: about two
  // minutes of one core, of which a round takes half of what is left. A safe pattern is looked for
  // without.
  std::uint64_t effort_max = 2'000'000'000;
};

enum class PatternMethod { none, optimum, incumbent, repair };

struct Suppression {
  Pattern withheld;
  PatternMethod method = PatternMethod::none;
  double cost = 0;   // of the eligible cells withheld
  double bound = 0;  // no pattern costs less
  std::uint64_t programs = 0, cuts = 0, nodes = 0;
};

// How far a guard asks for at the most.
inline std::int64_t farthest(const Guard& guard) {
  return std::max({guard.level.lower, guard.level.upper, guard.level.sliding});
}

inline double cost_of(const SuppressionProblem& problem, const Pattern& withheld) {
  double sum = 0;
  for (std::size_t cell = 0; cell < withheld.size(); ++cell) {
    if (withheld[cell] && problem.role[cell] == CellRole::eligible) sum += problem.cost[cell];
  }
  return sum;
}

}  // namespace regions
