#include "policies/disclosure/suppression/repair.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "policies/disclosure/suppression/move_program.h"

namespace regions {
namespace {

// Moves smaller than this share of a level are the solver's noise.
constexpr double kNoise = 1e-7;
// To publish again what is not needed: some seconds of one core. What is withheld besides when they
// are used up stays withheld, which is safe.
constexpr std::uint64_t kPrunePivotsMax = 200'000;
constexpr std::uint64_t kPruneProgramsMax = 3'000;

// One side of one guard, and a move of withheld cells that keeps it.
struct Side {
  std::size_t guard;
  bool up;
  std::vector<std::pair<CellId, double>> move;  // in units of the guard's level

  bool uses(CellId cell) const {
    const auto at = std::lower_bound(move.begin(), move.end(), std::pair(cell, -HUGE_VAL));
    return at != move.end() && at->first == cell;
  }
};

std::vector<Side> sides_of(const SuppressionProblem& problem, const Pattern& inside,
                           const std::vector<std::size_t>& guards) {
  std::vector<Side> sides;
  for (const std::size_t index : guards) {
    const Guard& guard = problem.guards[index];
    const bool here = std::any_of(guard.cells.begin(), guard.cells.end(),
                                  [&](CellId cell) { return inside[cell] != 0; });
    if (!here) continue;
    if (guard.level.upper > 0) sides.push_back({index, true, {}});
    if (guard.level.lower > 0) sides.push_back({index, false, {}});
  }
  const auto level = [&](const Side& side) {
    const Level& wanted = problem.guards[side.guard].level;
    return side.up ? wanted.upper : wanted.lower;
  };
  // The farthest first: their moves keep many others. Then by observer, whose bounds are set once.
  std::stable_sort(sides.begin(), sides.end(), [&](const Side& a, const Side& b) {
    const auto of = [&](const Side& side) { return problem.guards[side.guard].observer; };
    return of(a) != of(b) ? of(a) < of(b) : level(a) > level(b);
  });
  return sides;
}

class Repairer {
 public:
  Repairer(const SuppressionProblem& problem, MoveProgram program, Pattern& withheld, Work& work)
      : problem_(problem), program_(std::move(program)), withheld_(withheld), work_(work) {}

  // The guard that cannot be kept, or none.
  Result<std::optional<std::size_t>> add(const std::vector<std::size_t>& guards) {
    std::vector<Known> known;  // moves found for other sides; the newest last

    Pattern inside(withheld_.size(), 0);
    for (const CellId cell : program_.cells()) inside[cell] = 1;
    sides_ = sides_of(problem_, inside, guards);
    for (Side& side : sides_) {
      if (take_known(side, known)) continue;
      TRY(auto move, program_.cheapest(problem_.guards[side.guard], side.up, withheld_, work_));
      if (!move) return std::optional(side.guard);
      take(side, *move);
      for (const auto& [cell, distance] : side.move) withheld_[cell] = 1;
      known.push_back({side.move, level_of(side), problem_.guards[side.guard].observer});
    }
    return std::optional<std::size_t>();
  }

  // Publishes again what no guard needs.
  Result<void> prune() {
    std::vector<CellId> added;
    for (const CellId cell : program_.cells()) {
      if (withheld_[cell] && problem_.role[cell] == CellRole::eligible) added.push_back(cell);
    }
    std::stable_sort(added.begin(), added.end(),
                     [&](CellId a, CellId b) { return problem_.cost[a] > problem_.cost[b]; });
    const std::uint64_t pivots = work_.pivots_left, programs = work_.programs;
    for (const CellId cell : added) {
      if (pivots - work_.pivots_left > kPrunePivotsMax) return {};
      if (work_.programs - programs > kPruneProgramsMax) return {};
      TRY_VOID(try_without(cell));
    }
    return {};
  }

 private:
  struct Known {
    std::vector<std::pair<CellId, double>> move;  // in units of `level`
    double level;
    std::uint32_t observer;
  };

  double level_of(const Side& side) const {
    const Level& level = problem_.guards[side.guard].level;
    return static_cast<double>(side.up ? level.upper : level.lower);
  }

  // A move that another side needed may keep this one as well: what its cells move is withheld.
  bool take_known(Side& side, const std::vector<Known>& known) const {
    constexpr std::size_t kLookedThrough = 200;
    const Guard& guard = problem_.guards[side.guard];
    const std::size_t first = known.size() > kLookedThrough ? known.size() - kLookedThrough : 0;
    for (std::size_t at = known.size(); at > first; --at) {
      const Known& one = known[at - 1];
      if (one.observer != guard.observer) continue;
      const double unit = one.level / level_of(side);
      double sum = 0;
      for (const CellId cell : guard.cells) {
        const auto found =
            std::lower_bound(one.move.begin(), one.move.end(), std::pair(cell, -HUGE_VAL));
        if (found != one.move.end() && found->first == cell) sum += found->second;
      }
      if (sum * unit * (side.up ? 1 : -1) < 1) continue;
      side.move = one.move;
      return true;
    }
    return false;
  }

  void take(Side& side, const std::vector<double>& distance) {
    side.move.clear();
    for (std::size_t at = 0; at < distance.size(); ++at) {
      if (std::abs(distance[at]) > kNoise)
        side.move.push_back({program_.cells()[at], distance[at]});
    }
  }

  Result<void> try_without(CellId cell) {
    withheld_[cell] = 0;
    std::vector<std::pair<std::size_t, std::vector<double>>> moves;
    for (std::size_t at = 0; at < sides_.size(); ++at) {
      if (!sides_[at].uses(cell)) continue;
      auto move =
          program_.within(problem_.guards[sides_[at].guard], sides_[at].up, withheld_, work_);
      if (!move || !*move) {
        withheld_[cell] = 1;
        return move ? Result<void>() : move.error();
      }
      moves.push_back({at, std::move(**move)});
    }
    for (const auto& [at, move] : moves) take(sides_[at], move);
    return {};
  }

  const SuppressionProblem& problem_;
  MoveProgram program_;
  Pattern& withheld_;
  Work& work_;
  std::vector<Side> sides_;
};

Result<Repaired> repair_with(const SuppressionProblem& problem, const Pattern& also,
                             const std::vector<std::size_t>& guards, bool prune, Work& work) {
  Repaired done;
  done.withheld = also;
  Pattern open(problem.role.size(), 0);
  for (std::size_t cell = 0; cell < open.size(); ++cell) {
    open[cell] = problem.role[cell] != CellRole::published;
    if (problem.role[cell] == CellRole::primary) done.withheld[cell] = 1;
  }
  for (const Component& component : components_of(*problem.system, open)) {
    TRY(auto program, MoveProgram::make(problem, component));
    Repairer repairer(problem, std::move(program), done.withheld, work);
    TRY(done.impossible, repairer.add(guards));
    if (done.impossible) return done;
    if (prune) TRY_VOID(repairer.prune());
  }
  return done;
}

}  // namespace

Result<Repaired> repair(const SuppressionProblem& problem, const Pattern& also, Work& work) {
  std::vector<std::size_t> all(problem.guards.size());
  std::iota(all.begin(), all.end(), 0);
  return repair_with(problem, also, all, true, work);
}

Result<Repaired> repair_guards(const SuppressionProblem& problem, const Pattern& also,
                               const std::vector<std::size_t>& guards, Work& work) {
  return repair_with(problem, also, guards, false, work);
}

}  // namespace regions
