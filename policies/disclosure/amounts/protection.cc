#include "policies/disclosure/amounts/protection.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/amounts/limits.h"

namespace regions {
namespace {

class Protection {
 public:
  Protection(const ProtectionTask& task, Work& work)
      : task_(task), model_(*task.model), work_(work) {
    for (CellId cell = 0; cell < task.role.size(); ++cell) {
      history_.push_back(task.role[cell] != CellRole::published);
    }
    problem_.system = &model_.system;
    problem_.role = task.role;
    problem_.cost = task.cost;
    problem_.observers = {everybody(model_)};
  }

  Result<ProtectionResult> run() {
    TRY_VOID(begin());
    for (int round = 0; round < kProtectRoundsMax; ++round) {
      TRY(auto outcome, suppress(problem_, SuppressionLimits(), work_));
      if (outcome.impossible) break;
      done_.suppression = std::move(outcome.best);
      TRY(const bool safe, attack(done_.suppression.withheld));
      if (safe) return finish();
    }
    // Always safe: it tells nothing that history does not tell.
    done_.whole = true;
    done_.suppression = {};
    done_.suppression.withheld = history_;
    TRY(const bool safe, attack(history_));
    if (!safe) return fail(Errc::refused, "the tables are not safe even when wholly withheld");
    return finish();
  }

 private:
  // Unsafe cells against everybody, as far as history leaves them.
  Result<void> begin() {
    std::vector<Guard> guards;
    for (CellId cell = 0; cell < task_.role.size(); ++cell) {
      if (history_[cell] && model_.everybody[cell]) {
        guards.push_back({{cell}, *model_.everybody[cell], 0});
      }
    }
    TRY(const auto told, find_breaches(model_.system, history_, problem_.observers, guards, work_));
    for (const Breach& breach : told) lower(guards[breach.guard], breach);
    for (Guard& guard : guards) problem_.guards.push_back(std::move(guard));
    return {};
  }

  static void lower(Guard& guard, const Breach& left) {
    guard.level = {std::min(guard.level.lower, left.below), std::min(guard.level.upper, left.above),
                   0};
  }

  // Whether nobody learns more than history tells; else the problem asks for what was missing.
  Result<bool> attack(const Pattern& withheld) {
    done_.disclosed.clear();
    const std::vector<std::uint8_t> touched = touched_by(withheld);
    TRY(const AmountGuards all, guards_of(model_, withheld, touched));
    TRY(const auto broken,
        find_breaches(model_.system, withheld, all.observers, all.guards, work_));
    std::vector<Guard> asked;
    for (const Breach& breach : broken) {
      Guard guard = all.guards[breach.guard];
      if (guard.observer > 0) guard.observer = observer_of(all, guard.observer);
      asked.push_back(std::move(guard));
    }
    TRY(const std::vector<Guard> left, left_by_history(asked));
    bool safe = true;
    for (std::size_t at = 0; at < broken.size(); ++at) {
      const Breach& now = broken[at];
      if (now.below >= left[at].level.lower && now.above >= left[at].level.upper) {
        done_.disclosed.push_back({asked[at], all.knowers(all.guards[now.guard].observer), now});
        continue;
      }
      safe = false;
      problem_.guards.push_back(left[at]);
    }
    return safe;
  }

  Result<std::vector<Guard>> left_by_history(std::vector<Guard> guards) {
    TRY(const auto told, find_breaches(model_.system, history_, problem_.observers, guards, work_));
    for (const Breach& breach : told) lower(guards[breach.guard], breach);
    return guards;
  }

  // In the problem an observer has all that it knows, whatever will be withheld. One of a class
  // stands for all; if another one then comes too near, the next round finds it.
  std::uint32_t observer_of(const AmountGuards& all, std::uint32_t observer) {
    const std::size_t knower = all.classes[observer - 1].knowers.front();
    const auto [at, is_new] =
        observers_.emplace(knower, static_cast<std::uint32_t>(problem_.observers.size()));
    if (is_new) problem_.observers.push_back(all_shares(model_, knower));
    return at->second;
  }

  // Components in which something is decided now: in the order of components_of().
  std::vector<std::uint8_t> touched_by(const Pattern& withheld) const {
    std::vector<std::uint8_t> touched;
    for (const Component& component : components_of(model_.system, withheld)) {
      const auto is_fresh = [&](CellId cell) { return task_.fresh[cell] != 0; };
      bool any = std::any_of(component.cells.begin(), component.cells.end(), is_fresh);
      for (const std::uint32_t at : component.equations) {
        const Equation& equation = model_.system.equations[at];
        any = any || std::any_of(equation.begin(), equation.end(),
                                 [&](const EquationTerm& term) { return is_fresh(term.cell); });
      }
      touched.push_back(any);
    }
    return touched;
  }

  Result<ProtectionResult> finish() {
    AmountGuards nobody;
    nobody.observers = {problem_.observers.front()};
    const Pattern& withheld = done_.suppression.withheld;
    TRY(done_.reached, find_reached(model_, withheld, touched_by(withheld), nobody, work_));
    return std::move(done_);
  }

  const ProtectionTask& task_;
  const AmountModel& model_;
  Work& work_;
  Pattern history_;  // what is withheld if nothing new is published
  SuppressionProblem problem_;
  std::map<std::size_t, std::uint32_t> observers_;  // of the problem, by knower
  ProtectionResult done_;
};

}  // namespace

Result<ProtectionResult> protect_cells(const ProtectionTask& task, Work& work) {
  return Protection(task, work).run();
}

}  // namespace regions
