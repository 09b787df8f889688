#include "policies/disclosure/suppression/suppress.h"

#include <algorithm>

#include "policies/disclosure/suppression/elimination.h"
#include "policies/disclosure/suppression/optimum.h"
#include "policies/disclosure/suppression/prune.h"
#include "policies/disclosure/suppression/repair.h"

namespace regions {
namespace {

constexpr int kRoundsMax = 12;
// Of these the first ones add a cell to a guard that is short of whole numbers, the others all of
// its equations.
constexpr int kGentleRounds = 3;

std::vector<CellId> beside(const SuppressionProblem& problem, const Guard& guard,
                           const Pattern& withheld) {
  std::vector<CellId> found;
  for (const Equation& equation : problem.system->equations) {
    const bool touches = std::any_of(equation.begin(), equation.end(), [&](const auto& term) {
      return std::find(guard.cells.begin(), guard.cells.end(), term.cell) != guard.cells.end();
    });
    if (!touches) continue;
    for (const EquationTerm& term : equation) {
      if (withheld[term.cell] || problem.role[term.cell] != CellRole::eligible) continue;
      found.push_back(term.cell);
    }
  }
  return found;
}

// More room where whole numbers do not fit although fractions would: the cheapest cell that touches
// the broken guard's equations, or all of them.
void widen(const SuppressionProblem& problem, const Guard& guard, bool gently, Pattern& withheld) {
  std::vector<CellId> more = beside(problem, guard, withheld);
  if (more.empty()) return;
  if (gently) {
    more = {*std::min_element(more.begin(), more.end(), [&](CellId a, CellId b) {
      return problem.cost[a] < problem.cost[b];
    })};
  }
  for (const CellId cell : more) withheld[cell] = 1;
}

Pattern with_first(const Pattern& withheld, const std::vector<CellId>& order, std::size_t count) {
  Pattern wider = withheld;
  for (std::size_t at = 0; at < count; ++at) wider[order[at]] = 1;
  return wider;
}

// `withheld` is broken: so many of the cheapest other cells that it holds. Everything, and where
// that is broken too no choice is known that is not.
Result<Repaired> widen_until_proven(const SuppressionProblem& problem, const Pattern& withheld,
                                    Work& work) {
  std::vector<CellId> order;
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!withheld[cell] && problem.role[cell] == CellRole::eligible) order.push_back(cell);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](CellId a, CellId b) { return problem.cost[a] < problem.cost[b]; });
  const auto broken_with = [&](std::size_t count) {
    return find_breaches(*problem.system, with_first(withheld, order, count), problem.observers,
                         problem.guards, work);
  };
  Repaired done;
  std::size_t enough = order.size(), too_few = 0;
  TRY(const auto broken, broken_with(enough));
  if (!broken.empty()) {
    done.impossible = broken.front().guard;
    return done;
  }
  // To one in a hundred: what is too much is published again.
  while (enough - too_few > 1 + order.size() / 100) {
    const std::size_t middle = (enough + too_few) / 2;
    TRY(const auto still, broken_with(middle));
    (still.empty() ? enough : too_few) = middle;
  }
  done.withheld = with_first(withheld, order, enough);
  return done;
}

// Elimination, repair of the guards that the attack finds broken, and the attack again, until
// whole-number completions prove the pattern.
Result<Repaired> find_safe(const SuppressionProblem& problem, Work& work) {
  Repaired now;
  now.withheld.assign(problem.role.size(), 0);
  for (std::size_t cell = 0; cell < now.withheld.size(); ++cell) {
    now.withheld[cell] = problem.role[cell] == CellRole::primary;
  }
  if (auto pattern = eliminate(problem)) now.withheld = std::move(*pattern);
  for (int round = 0; round < kRoundsMax; ++round) {
    TRY(const auto broken,
        find_breaches(*problem.system, now.withheld, problem.observers, problem.guards, work));
    if (broken.empty()) return now;
    std::vector<std::size_t> guards;
    for (const Breach& breach : broken) guards.push_back(breach.guard);
    TRY(Repaired repaired, repair(problem, now.withheld, guards, work));
    // The solver's word alone refuses nothing.
    if (repaired.impossible) break;
    if (repaired.withheld == now.withheld) {
      // Fractions keep the guards and whole numbers do not.
      for (const std::size_t guard : guards) {
        widen(problem, problem.guards[guard], round < kGentleRounds, repaired.withheld);
      }
    }
    if (repaired.withheld == now.withheld) break;
    now.withheld = std::move(repaired.withheld);
  }
  return widen_until_proven(problem, now.withheld, work);
}

// Cheaper patterns by small changes; `withheld` is safe and stays so.
Result<void> improve(const SuppressionProblem& problem, Pattern& withheld, std::uint64_t effort,
                     Work& work) {
  const std::uint64_t start = work.effort, half = start + effort / 2;
  TRY_VOID(prune(problem, withheld, half, work));
  TRY(Pattern other, exchange(problem, withheld, std::max(half, work.effort), work));
  if (cost_of(problem, other) >= cost_of(problem, withheld)) return {};
  TRY(const auto broken,
      find_breaches(*problem.system, other, problem.observers, problem.guards, work));
  if (!broken.empty()) return {};
  withheld = std::move(other);
  TRY_VOID(prune(problem, withheld, start + effort, work));
  return {};
}

}  // namespace

Result<SuppressionOutcome> suppress(const SuppressionProblem& problem,
                                    const SuppressionLimits& limits, Work& work) {
  SuppressionOutcome outcome;
  TRY(const Repaired safe, find_safe(problem, work));
  outcome.impossible = safe.impossible;
  if (outcome.impossible) return outcome;
  outcome.best.withheld = safe.withheld;
  outcome.best.method = PatternMethod::repair;
  // A task comes back in rounds: half of what is left each time.
  const std::uint64_t left = limits.effort_max - std::min(limits.effort_max, work.effort);
  const std::uint64_t until = work.effort + left / 2;
  const auto open = std::count_if(problem.role.begin(), problem.role.end(),
                                  [](CellRole role) { return role != CellRole::published; });
  const bool small = static_cast<std::size_t>(open) <= limits.optimum_cells_max &&
                     problem.guards.size() <= limits.optimum_guards_max;
  TRY_VOID(improve(problem, outcome.best.withheld, small ? left / 8 : left / 2, work));
  outcome.best.cost = cost_of(problem, outcome.best.withheld);
  if (small) {
    TRY(outcome.best, find_optimum(problem, outcome.best.withheld, limits, until, work));
  }
  outcome.best.programs = work.programs;
  return outcome;
}

}  // namespace regions
