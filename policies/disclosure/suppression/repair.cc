#include "policies/disclosure/suppression/repair.h"

#include <algorithm>
#include <numeric>

#include "policies/disclosure/attack/guard_check.h"
#include "policies/disclosure/suppression/pattern_search.h"

namespace regions {
namespace {

std::vector<Component> may_be_withheld(const SuppressionProblem& problem) {
  Pattern open(problem.role.size(), 0);
  for (std::size_t cell = 0; cell < open.size(); ++cell) {
    open[cell] = problem.role[cell] != CellRole::published;
  }
  return components_of(*problem.system, open);
}

// Both sides of a guard within one component.
Result<void> keep_whole(const Guard& guard, const std::vector<CellId>& cells, GuardCheck& check,
                        Pattern& withheld, Work& work) {
  for (const bool up : {true, false}) {
    const std::int64_t level = up ? guard.level.upper : guard.level.lower;
    if (level == 0) continue;
    TRY(const bool reached, check.reaches_near(cells, up, level, work));
    if (!reached) continue;
    const auto& moved = check.witness();
    for (std::size_t at = 0; at < moved.size(); ++at) {
      if (moved[at] != 0) withheld[check.program().component().cells[at]] = 1;
    }
  }
  return {};
}

}  // namespace

Result<void> keep_whole(const SuppressionProblem& problem, const std::vector<std::size_t>& guards,
                        Pattern& withheld, Work& work) {
  for (const Component& component : may_be_withheld(problem)) {
    std::optional<GuardCheck> check;
    for (const std::size_t index : guards) {
      const Guard& guard = problem.guards[index];
      std::vector<CellId> cells = guard.cells;
      std::erase_if(cells, [&](CellId cell) {
        return !std::binary_search(component.cells.begin(), component.cells.end(), cell);
      });
      if (cells.empty()) continue;
      if (!check) {
        TRY(check, GuardCheck::make(*problem.system, component));
      }
      check->observe(problem.observers[guard.observer]);
      TRY_VOID(keep_whole(guard, cells, *check, withheld, work));
    }
  }
  return {};
}

Result<Repaired> repair(const SuppressionProblem& problem, const Pattern& also,
                        const std::vector<std::size_t>& guards, std::uint64_t effort_max,
                        Work& work) {
  Repaired done;
  done.withheld = also;
  for (std::size_t cell = 0; cell < also.size(); ++cell) {
    if (problem.role[cell] == CellRole::primary) done.withheld[cell] = 1;
  }
  // The farthest levels come first and take several times as long as the others.
  constexpr double kFirst = 4;
  const std::uint64_t start = work.effort;
  const auto stop = [&](std::size_t at, std::size_t of) {
    const auto spent = static_cast<double>(work.effort - start), most = double(effort_max);
    const double all = spent * double(of) / double(std::max<std::size_t>(at, 1)) / kFirst;
    done.stopped = done.stopped || spent >= most || (spent * 16 > most && all > most);
    return done.stopped;
  };
  for (const Component& component : may_be_withheld(problem)) {
    TRY(auto search, PatternSearch::make(problem, component, done.withheld));
    TRY(done.impossible, search.keep(guards, {}, stop, work));
    if (done.impossible) return done;
  }
  return done;
}

Result<Pattern> exchange(const SuppressionProblem& problem, const Pattern& withheld,
                         std::uint64_t until, Work& work) {
  Pattern now = withheld;
  std::vector<std::size_t> all(problem.guards.size());
  std::iota(all.begin(), all.end(), 0);
  for (const Component& component : may_be_withheld(problem)) {
    const Pattern before = now;
    Pattern shut(now.size());
    std::transform(now.begin(), now.end(), shut.begin(), [](auto mark) { return mark == 0; });
    TRY(auto search, PatternSearch::make(problem, component, now));
    const auto stop = [&](std::size_t, std::size_t) { return work.effort >= until; };
    TRY(const auto impossible, search.keep(all, shut, stop, work));
    if (impossible || work.effort >= until) {
      now = before;
      continue;
    }
    for (bool more = true; more && work.effort < until;) {
      TRY(more, search.exchange(until, work));
    }
  }
  return now;
}

}  // namespace regions
