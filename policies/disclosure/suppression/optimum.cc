#include "policies/disclosure/suppression/optimum.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/suppression/separation.h"

namespace regions {
namespace {

class CutLoop {
 public:
  CutLoop(const SuppressionProblem& problem, Separation separation, std::vector<double> costs,
          const SuppressionLimits& limits, std::uint64_t until, Work& work)
      : problem_(problem),
        separation_(std::move(separation)),
        master_(costs),
        limits_(limits),
        until_(until),
        begun_(work.effort),
        work_(work) {}

  Result<Suppression> run(const Pattern& incumbent) {
    best_.withheld = incumbent;
    best_.cost = cost_of(problem_, incumbent);
    best_.method = PatternMethod::incumbent;
    const Result<void> bounded = bound_from_below();
    const Result<void> chosen = bounded ? choose_whole_cells() : bounded;
    // A limit ends the search, not the task: the incumbent is safe.
    if (!chosen && chosen.error().code != Errc::timed_out) return chosen.error();
    best_.cuts = master_.cuts();
    best_.bound =
        best_.method == PatternMethod::optimum ? best_.cost : std::min(best_.bound, best_.cost);
    return best_;
  }

 private:
  std::vector<double> spread(const std::vector<double>& choice) const {
    std::vector<double> all(problem_.role.size(), 0.0);
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
      if (problem_.role[cell] == CellRole::primary) all[cell] = 1;
    }
    const auto& eligible = separation_.eligible();
    for (std::size_t at = 0; at < eligible.size(); ++at) {
      all[eligible[at]] = std::clamp(choice[at], 0.0, 1.0);
    }
    return all;
  }

  Result<std::size_t> separate(const std::vector<double>& choice, bool tight,
                               std::vector<std::uint8_t>& active) {
    const std::vector<double> all = spread(choice);
    std::size_t added = 0;
    for (std::size_t index = 0; index < problem_.guards.size(); ++index) {
      if (!active[index]) continue;
      if (is_used_up()) return fail(Errc::timed_out, "the search for the optimum is used up");
      bool broken = false;
      for (const bool up : {true, false}) {
        TRY(auto cut, separation_.cut(problem_.guards[index], up, all, tight, work_));
        if (!cut) continue;
        broken = true;
        added += add(*cut);
      }
      active[index] = broken;
    }
    return added;
  }

  std::size_t add(const LinearRow& cut) {
    std::vector<std::pair<std::uint32_t, std::int64_t>> key;
    for (const LinearTerm& term : cut) {
      key.push_back({term.column, static_cast<std::int64_t>(term.factor * 1e9)});
    }
    if (!seen_.insert(std::move(key)).second) return 0;
    master_.add_cut(cut);
    return 1;
  }

  bool is_used_up() const {
    constexpr std::uint64_t kPercent = 100;
    const std::uint64_t all = std::max<std::uint64_t>(until_ - std::min(until_, begun_), 1);
    const std::uint64_t spent = std::min(all, work_.effort - begun_);
    work_.step = {"looking for the optimum", spent * kPercent / all, kPercent};
    return work_.effort >= until_;
  }

  // Cuts for fractional choices, while they raise the bound.
  Result<void> bound_from_below() {
    std::vector<std::uint8_t> active(problem_.guards.size(), 1);
    bool all_active = true;
    int idle = 0;
    for (std::uint64_t round = 0; round < limits_.rounds_max; ++round) {
      if (is_used_up()) return {};
      TRY(const CoverSolution relaxed, master_.relax());
      work_.effort += relaxed.effort;
      constexpr double kProgress = 1e-4;
      idle = relaxed.cost > best_.bound * (1 + kProgress) ? 0 : idle + 1;
      best_.bound = std::max(best_.bound, relaxed.cost);
      constexpr int kIdleMax = 8;
      if (idle >= kIdleMax) return {};
      TRY(const std::size_t added, separate(relaxed.choice, true, active));
      if (added > 0) {
        all_active = false;
        continue;
      }
      if (all_active) return {};
      active.assign(active.size(), 1);
      all_active = true;
    }
    return {};
  }

  Result<void> choose_whole_cells() {
    for (std::uint64_t round = 0; round < limits_.rounds_max; ++round) {
      if (best_.nodes >= limits_.nodes_max || is_used_up()) return {};
      TRY(const CoverSolution chosen,
          master_.solve(limits_.nodes_max - best_.nodes, until_ - work_.effort, best_.cost));
      best_.nodes += chosen.nodes;
      work_.effort += chosen.effort;
      if (chosen.proven) best_.bound = std::max(best_.bound, chosen.cost);
      if (chosen.choice.empty()) {
        if (chosen.proven) best_.method = PatternMethod::optimum;
        return {};
      }
      std::vector<std::uint8_t> active(problem_.guards.size(), 1);
      TRY(std::size_t added, separate(chosen.choice, false, active));
      if (added > 0) {
        TRY_VOID(separate(chosen.choice, true, active));
        continue;
      }
      TRY(const bool proven, prove(chosen.choice));
      if (!proven) continue;
      best_.cost = cost_of(problem_, best_.withheld);
      if (chosen.proven) {
        best_.method = PatternMethod::optimum;
        return {};
      }
    }
    return {};
  }

  // Takes the choice as the incumbent when whole-number completions prove it; else a cut that asks
  // for one more cell.
  Result<bool> prove(const std::vector<double>& choice) {
    Pattern pattern(problem_.role.size(), 0);
    const std::vector<double> all = spread(choice);
    LinearRow more;
    for (std::size_t cell = 0; cell < pattern.size(); ++cell) pattern[cell] = all[cell] > 0.5;
    TRY(const auto broken,
        find_breaches(*problem_.system, pattern, problem_.observers, problem_.guards, work_));
    if (broken.empty()) {
      best_.withheld = pattern;
      return true;
    }
    const auto& eligible = separation_.eligible();
    for (std::uint32_t at = 0; at < eligible.size(); ++at) {
      if (!pattern[eligible[at]]) more.push_back({at, 1.0});
    }
    add(more);
    return false;
  }

  const SuppressionProblem& problem_;
  Separation separation_;
  CoverProgram master_;
  const SuppressionLimits& limits_;
  const std::uint64_t until_, begun_;  // of work_.effort
  Work& work_;
  Suppression best_;
  std::set<std::vector<std::pair<std::uint32_t, std::int64_t>>> seen_;
};

}  // namespace

Result<Suppression> find_optimum(const SuppressionProblem& problem, const Pattern& incumbent,
                                 const SuppressionLimits& limits, std::uint64_t until, Work& work) {
  TRY(auto separation, Separation::make(problem));
  std::vector<double> costs;
  for (const CellId cell : separation.eligible()) costs.push_back(problem.cost[cell]);
  CutLoop loop(problem, std::move(separation), std::move(costs), limits, until, work);
  return loop.run(incumbent);
}

}  // namespace regions
