#include "policies/disclosure/suppression/suppress.h"

#include <algorithm>

#include "policies/disclosure/suppression/elimination.h"
#include "policies/disclosure/suppression/optimum.h"
#include "policies/disclosure/suppression/repair.h"

namespace regions {
namespace {

// The cheapest cells that touch the broken guard's equations: more room where whole numbers do not
// fit although fractions would.
void widen(const SuppressionProblem& problem, const Guard& guard, Pattern& withheld) {
  CellId cheapest = UINT32_MAX;
  for (const Equation& equation : problem.system->equations) {
    const bool touches = std::any_of(equation.begin(), equation.end(), [&](const auto& term) {
      return std::find(guard.cells.begin(), guard.cells.end(), term.cell) != guard.cells.end();
    });
    if (!touches) continue;
    for (const EquationTerm& term : equation) {
      if (withheld[term.cell] || problem.role[term.cell] != CellRole::eligible) continue;
      if (cheapest == UINT32_MAX || problem.cost[term.cell] < problem.cost[cheapest]) {
        cheapest = term.cell;
      }
    }
  }
  if (cheapest != UINT32_MAX) withheld[cheapest] = 1;
}

// For large tables: elimination, then repair of the guards that the attack finds broken.
Result<Repaired> eliminate_and_repair(const SuppressionProblem& problem, Work& work) {
  constexpr int kRoundsMax = 20;
  Repaired done;
  done.withheld.assign(problem.role.size(), 0);
  for (std::size_t cell = 0; cell < done.withheld.size(); ++cell) {
    done.withheld[cell] = problem.role[cell] == CellRole::primary;
  }
  if (auto pattern = eliminate(problem)) done.withheld = std::move(*pattern);
  for (int round = 0;; ++round) {
    TRY(const auto broken,
        find_breaches(*problem.system, done.withheld, problem.observers, problem.guards, work));
    if (broken.empty()) return done;
    if (round == kRoundsMax) {
      done.impossible = broken.front().guard;
      return done;
    }
    std::vector<std::size_t> guards;
    for (const Breach& breach : broken) guards.push_back(breach.guard);
    const Pattern before = done.withheld;
    TRY(done, repair_guards(problem, before, guards, work));
    if (done.impossible) return done;
    if (done.withheld != before) continue;
    // Fractions keep the guards and whole numbers do not.
    for (const std::size_t guard : guards) widen(problem, problem.guards[guard], done.withheld);
  }
}

// Repair until whole-number completions prove the pattern.
Result<Repaired> repair_until_proven(const SuppressionProblem& problem, Work& work) {
  constexpr int kRoundsMax = 20;
  Pattern also(problem.role.size(), 0);
  for (int round = 0;; ++round) {
    TRY(Repaired done, repair(problem, also, work));
    if (done.impossible) return done;
    TRY(const auto broken,
        find_breaches(*problem.system, done.withheld, problem.observers, problem.guards, work));
    if (broken.empty()) return done;
    if (round == kRoundsMax) {
      done.impossible = broken.front().guard;
      return done;
    }
    also = done.withheld;
    for (const Breach& breach : broken) widen(problem, problem.guards[breach.guard], also);
  }
}

}  // namespace

Result<SuppressionOutcome> suppress(const SuppressionProblem& problem,
                                    const SuppressionLimits& limits, Work& work) {
  SuppressionOutcome outcome;
  const auto open = std::count_if(problem.role.begin(), problem.role.end(),
                                  [](CellRole role) { return role != CellRole::published; });
  const bool small = static_cast<std::size_t>(open) <= limits.optimum_cells_max &&
                     problem.guards.size() <= limits.optimum_guards_max;
  TRY(const Repaired repaired,
      small ? repair_until_proven(problem, work) : eliminate_and_repair(problem, work));
  outcome.impossible = repaired.impossible;
  if (outcome.impossible) return outcome;
  outcome.best.withheld = repaired.withheld;
  outcome.best.method = PatternMethod::repair;
  outcome.best.cost = cost_of(problem, repaired.withheld);
  if (small) {
    TRY(outcome.best, find_optimum(problem, repaired.withheld, limits, work));
  }
  outcome.best.programs = work.programs;
  return outcome;
}

}  // namespace regions
