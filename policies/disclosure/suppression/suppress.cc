#include "policies/disclosure/suppression/suppress.h"

#include <algorithm>
#include <numeric>

#include "policies/disclosure/suppression/elimination.h"
#include "policies/disclosure/suppression/optimum.h"
#include "policies/disclosure/suppression/prune.h"
#include "policies/disclosure/suppression/repair.h"

namespace regions {
namespace {

constexpr int kRoundsMax = 12;

Pattern with_first(const Pattern& withheld, const std::vector<CellId>& order, std::size_t count) {
  Pattern wider = withheld;
  for (std::size_t at = 0; at < count; ++at) wider[order[at]] = 1;
  return wider;
}

using Guards = std::vector<std::size_t>;  // of the problem, by index

Guards all_of(const SuppressionProblem& problem) {
  Guards all(problem.guards.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

// Those of `asked` that the attack finds broken.
Result<Guards> broken_of(const SuppressionProblem& problem, const Pattern& withheld,
                         const Guards& asked, Work& work) {
  std::vector<Guard> guards;
  for (const std::size_t index : asked) guards.push_back(problem.guards[index]);
  TRY(const auto breaches,
      find_breaches(*problem.system, withheld, problem.observers, guards, work));
  Guards broken;
  for (const Breach& breach : breaches) broken.push_back(asked[breach.guard]);
  return broken;
}

// So many of the cheapest cells besides that nothing is broken. Everything, and where that is
// broken too no choice is known that is not.
Result<Repaired> widen_until_proven(const SuppressionProblem& problem, const Pattern& withheld,
                                    Work& work) {
  std::vector<CellId> order;
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!withheld[cell] && problem.role[cell] == CellRole::eligible) order.push_back(cell);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](CellId a, CellId b) { return problem.cost[a] < problem.cost[b]; });
  const Guards all = all_of(problem);
  Repaired done;
  done.withheld = with_first(withheld, order, order.size());
  TRY(Guards broken, broken_of(problem, done.withheld, all, work));
  if (!broken.empty()) {
    done.impossible = broken.front();
    return done;
  }
  // To one in a hundred: what is too much is published again. Mostly the same guards are broken:
  // they are asked first.
  std::size_t enough = order.size(), too_few = 0;
  while (enough - too_few > 1 + order.size() / 100) {
    const std::size_t middle = (enough + too_few) / 2;
    Pattern wider = with_first(withheld, order, middle);
    TRY(Guards still, broken_of(problem, wider, broken, work));
    if (still.empty()) {
      TRY(still, broken_of(problem, wider, all, work));
    }
    if (still.empty()) {
      enough = middle;
      done.withheld = std::move(wider);
    } else {
      too_few = middle;
      broken = std::move(still);
    }
  }
  return done;
}

// Whether the optimum is looked for.
bool is_small(const SuppressionProblem& problem, const SuppressionLimits& limits) {
  const auto open = std::count_if(problem.role.begin(), problem.role.end(),
                                  [](CellRole role) { return role != CellRole::published; });
  return static_cast<std::size_t>(open) <= limits.optimum_cells_max &&
         problem.guards.size() <= limits.optimum_guards_max;
}

// In a large task cells count at first that move a sixteenth of a level. Where repair of what is
// broken then takes longer than this, about two minutes of one core, elimination goes on with
// those that move a quarter, then all of it.
constexpr std::int64_t kPartsFirst = 16, kPartsNext = 4;
constexpr std::uint64_t kRepairEffort = 3'000'000'000;

// No guard asks for more than that a cell is not told exactly.
bool is_exact(const SuppressionProblem& problem) {
  return std::all_of(problem.guards.begin(), problem.guards.end(),
                     [](const Guard& guard) { return farthest(guard) <= 1; });
}

// That of the round before, or of elimination; the primaries where its sums grow too long.
Pattern first_pattern(const SuppressionProblem& problem, bool small) {
  Pattern withheld = small ? Pattern() : problem.before;
  withheld.resize(problem.role.size(), 0);
  for (std::size_t cell = 0; cell < withheld.size(); ++cell) {
    if (problem.role[cell] == CellRole::primary) withheld[cell] = 1;
    if (problem.role[cell] == CellRole::published) withheld[cell] = 0;
  }
  const bool afresh = small || problem.before.empty();
  if (small || (afresh && is_exact(problem))) {
    auto pattern = eliminate(problem);
    return pattern ? std::move(*pattern) : withheld;
  }
  if (!afresh && !is_exact(problem)) return withheld;
  auto pattern = eliminate_by_level(problem, withheld, all_of(problem), kPartsFirst);
  return pattern ? std::move(*pattern) : withheld;
}

// A first pattern, repair of the guards that the attack finds broken, and the attack again, until
// whole-number completions prove all of them.
Result<Repaired> find_safe(const SuppressionProblem& problem, bool small, Work& work) {
  Repaired now;
  now.withheld = first_pattern(problem, small);
  const Guards all = all_of(problem);
  Guards broken;
  std::int64_t parts = small ? 0 : kPartsFirst;
  for (int round = 0; round < kRoundsMax; ++round) {
    // What is broken mostly stays so for a while, and what holds is mostly found to hold again.
    TRY(broken, broken_of(problem, now.withheld, broken, work));
    if (broken.empty()) {
      TRY(broken, broken_of(problem, now.withheld, all, work));
    }
    if (broken.empty()) return now;
    const std::uint64_t most = parts == 0 ? UINT64_MAX : kRepairEffort;
    TRY(Repaired repaired, repair(problem, now.withheld, broken, most, work));
    // The solver's word alone refuses nothing.
    if (repaired.impossible) break;
    if (repaired.stopped) {
      parts /= kPartsNext;
      auto wider =
          eliminate_by_level(problem, now.withheld, broken, std::max<std::int64_t>(parts, 1));
      // Cheaper than half a repair; of contributors it knows nothing.
      if (wider && *wider != now.withheld) repaired.withheld = std::move(*wider);
    } else if (repaired.withheld == now.withheld) {
      TRY_VOID(keep_whole(problem, broken, repaired.withheld, work));
      if (repaired.withheld == now.withheld) break;
    }
    now.withheld = std::move(repaired.withheld);
  }
  return widen_until_proven(problem, now.withheld, work);
}

// Cheaper patterns by small changes. What comes out has passed the attack, as `safe` has.
Result<Pattern> improve(const SuppressionProblem& problem, const Pattern& safe,
                        std::uint64_t effort, Work& work) {
  const Guards all = all_of(problem);
  const std::uint64_t start = work.effort, half = start + effort / 2;
  Pattern now = safe;
  TRY_VOID(prune(problem, now, half, work));
  TRY(Pattern other, exchange(problem, now, std::max(half, work.effort), work));
  if (cost_of(problem, other) < cost_of(problem, now)) {
    TRY_VOID(prune(problem, other, start + effort, work));
    TRY(const Guards broken, broken_of(problem, other, all, work));
    if (broken.empty()) return other;
  }
  if (now == safe) return now;
  TRY(const Guards broken, broken_of(problem, now, all, work));
  return broken.empty() ? now : safe;
}

}  // namespace

Result<SuppressionOutcome> suppress(const SuppressionProblem& problem,
                                    const SuppressionLimits& limits, Work& work) {
  SuppressionOutcome outcome;
  const bool small = is_small(problem, limits);
  TRY(const Repaired safe, find_safe(problem, small, work));
  outcome.impossible = safe.impossible;
  if (outcome.impossible) return outcome;
  outcome.best.method = PatternMethod::repair;
  // A task comes back in rounds: half of what is left each time.
  const std::uint64_t start = work.effort;
  const std::uint64_t left = limits.effort_max - std::min(limits.effort_max, work.improving);
  const std::uint64_t until = start + left / 2;
  TRY(outcome.best.withheld, improve(problem, safe.withheld, small ? left / 8 : left / 2, work));
  outcome.best.cost = cost_of(problem, outcome.best.withheld);
  if (small) {
    TRY(outcome.best, find_optimum(problem, outcome.best.withheld, limits, until, work));
  }
  work.improving += work.effort - start;
  outcome.best.programs = work.programs;
  return outcome;
}

}  // namespace regions
