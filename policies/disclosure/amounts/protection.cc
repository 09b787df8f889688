#include "policies/disclosure/amounts/protection.h"

#include <algorithm>
#include <map>
#include <optional>

#include "policies/disclosure/amounts/limits.h"

namespace regions {
namespace {

constexpr std::uint32_t kNowhere = UINT32_MAX;

class Protection {
 public:
  Protection(const ProtectionTask& task, Work& work)
      : task_(task), model_(*task.model), work_(work) {
    for (CellId cell = 0; cell < task.role.size(); ++cell) {
      history_.push_back(task.role[cell] != CellRole::published);
    }
    open_ = components_of(model_.system, history_);
    home_.assign(history_.size(), kNowhere);
    for (std::uint32_t at = 0; at < open_.size(); ++at) {
      for (const CellId cell : open_[at].cells) home_[cell] = at;
    }
    left_.assign(open_.size(), 0);
    problem_.system = &model_.system;
    problem_.role = task.role;
    problem_.cost = task.cost;
    problem_.observers = {everybody(model_)};
  }

  Result<ProtectionResult> run() {
    TRY_VOID(begin());
    for (int round = 0; round < kProtectRoundsMax; ++round) {
      TRY(auto outcome, suppress(problem_, SuppressionLimits(), work_));
      if (outcome.impossible) {
        const Guard impossible = problem_.guards[*outcome.impossible];
        if (!leave_as_it_is(impossible)) break;
        continue;
      }
      done_.suppression = std::move(outcome.best);
      TRY(const bool safe, attack(done_.suppression.withheld));
      if (safe) return finish();
      problem_.before = done_.suppression.withheld;
    }
    // Safe by definition, whatever completions are found: it tells nothing that history does not
    // tell. The attack says what that is.
    done_.whole = true;
    done_.suppression = {};
    done_.suppression.withheld = history_;
    TRY_VOID(attack(history_));
    return finish();
  }

 private:
  // Unsafe cells against everybody, as far as history leaves them.
  Result<void> begin() {
    for (CellId cell = 0; cell < task_.role.size(); ++cell) {
      if (history_[cell] && model_.everybody[cell]) {
        problem_.guards.push_back({{cell}, *model_.everybody[cell], 0});
      }
    }
    return lower_to_history(problem_.guards);
  }

  // No lower than history provably went: where the search for completions ends early it may leave
  // more, and that more may not be taken. Observers are those of the problem.
  Result<void> lower_to_history(std::vector<Guard>& guards) {
    TRY(const auto told, find_breaches(model_.system, history_, problem_.observers, guards, work_));
    for (const Breach& left : told) {
      Level& level = guards[left.guard].level;
      level = {std::min(level.lower, left.below_most), std::min(level.upper, left.above_most), 0};
    }
    return {};
  }

  // Whether nobody learns more than history tells; else the problem asks for what was missing.
  Result<bool> attack(const Pattern& withheld) {
    done_.disclosed.clear();
    TRY(const AmountGuards all, guards_of(model_, withheld, touched_by(withheld)));
    TRY(const auto broken,
        find_breaches(model_.system, withheld, all.observers, all.guards, work_));
    const std::vector<std::uint8_t> told = told_by(withheld);
    // Those who know the same of what is withheld may know different things of what history leaves
    // open. The first of a class mostly says enough.
    std::vector<Against> first, others;
    for (const Breach& now : broken) {
      const Guard& asked = all.guards[now.guard];
      const auto knowers = all.knowers(asked.observer);
      done_.disclosed.push_back({asked, knowers, now});
      if (!is_told(asked, told)) continue;
      if (knowers.empty()) first.push_back({asked, std::nullopt});
      for (const std::size_t knower : knowers) {
        (knower == knowers.front() ? first : others).push_back({asked, knower});
      }
    }
    TRY(const bool safe, leaves(withheld, all, first));
    if (!safe) return false;
    return leaves(withheld, all, others);
  }

  // A guard under the pattern, against everybody or one of its class.
  struct Against {
    Guard guard;
    std::optional<std::size_t> knower;
  };

  // Whether the pattern leaves of these guards what history leaves.
  Result<bool> leaves(const Pattern& withheld, const AmountGuards& all,
                      const std::vector<Against>& guards) {
    std::vector<Guard> left;
    for (const Against& one : guards) {
      left.push_back(one.guard);
      left.back().observer = one.knower ? observer_of(*one.knower) : 0;
    }
    TRY_VOID(lower_to_history(left));
    std::vector<Guard> now = left;
    for (std::size_t at = 0; at < now.size(); ++at) now[at].observer = guards[at].guard.observer;
    TRY(const auto broken, find_breaches(model_.system, withheld, all.observers, now, work_));
    for (const Breach& one : broken) problem_.guards.push_back(left[one.guard]);
    return broken.empty();
  }

  // By component of what history leaves open: whether the pattern tells anything there. Where it
  // tells nothing everybody knows as much as before, whatever completions are found.
  std::vector<std::uint8_t> told_by(const Pattern& withheld) const {
    std::vector<std::uint8_t> told;
    for (const Component& component : open_) {
      told.push_back(std::any_of(component.cells.begin(), component.cells.end(),
                                 [&](CellId cell) { return !withheld[cell]; }));
    }
    return told;
  }
  bool is_told(const Guard& guard, const std::vector<std::uint8_t>& told) const {
    return std::any_of(guard.cells.begin(), guard.cells.end(), [&](CellId cell) {
      return home_[cell] != kNowhere && told[home_[cell]] != 0;
    });
  }

  // No choice is found that keeps the guard, though history may leave that much: all that hangs
  // together with it stays withheld, so that nothing is told of it. False: that is everything.
  bool leave_as_it_is(const Guard& impossible) {
    for (const CellId one : impossible.cells) {
      if (home_[one] == kNowhere) continue;
      left_[home_[one]] = 1;
      for (const CellId cell : open_[home_[one]].cells) problem_.role[cell] = CellRole::primary;
    }
    std::erase_if(problem_.guards, [&](const Guard& guard) {
      return std::all_of(guard.cells.begin(), guard.cells.end(), [&](CellId cell) {
        return home_[cell] == kNowhere || left_[home_[cell]] != 0;
      });
    });
    return std::count(problem_.role.begin(), problem_.role.end(), CellRole::eligible) > 0;
  }

  // In the problem an observer has all that it knows, whatever will be withheld.
  std::uint32_t observer_of(std::size_t knower) {
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
  Pattern history_;                  // what is withheld if nothing new is published
  std::vector<Component> open_;      // of it
  std::vector<std::uint32_t> home_;  // of a cell: its component, if it has one
  std::vector<std::uint8_t> left_;   // by component: nothing of it may be published
  SuppressionProblem problem_;
  std::map<std::size_t, std::uint32_t> observers_;  // of the problem, by knower
  ProtectionResult done_;
};

}  // namespace

Result<ProtectionResult> protect_cells(const ProtectionTask& task, Work& work) {
  return Protection(task, work).run();
}

}  // namespace regions
