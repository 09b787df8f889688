#include "policies/disclosure/suppression/move_program.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

// A million units are no bound; smaller costs than this are the solver's noise.
constexpr double kFar = 1e6;
constexpr double kFree = 1e-5;
// Cells of so many times the mean cost are taken last as it is.
constexpr double kDear = 1e3;
// Moves smaller than this share of a level are the solver's noise.
constexpr double kNoise = 1e-6;

double level_of(const Guard& guard, bool up) {
  return static_cast<double>(up ? guard.level.upper : guard.level.lower);
}

}  // namespace

Result<MoveProgram> MoveProgram::make(const SuppressionProblem& problem,
                                      const Component& component) {
  TRY(auto attack, AttackProgram::make(*problem.system, component));
  return MoveProgram(problem, std::move(attack));
}

MoveProgram::MoveProgram(const SuppressionProblem& problem, AttackProgram attack)
    : problem_(&problem),
      attack_(std::move(attack)),
      cheapest_(2 * attack_.component().cells.size() + 1,
                split_rows(attack_.component().cells.size(), attack_.independent_rows())),
      inside_(problem.role.size(), 0) {
  for (const CellId cell : cells()) {
    inside_[cell] = 1;
    mean_ += problem.cost[cell] / static_cast<double>(cells().size());
  }
  mean_ = std::max(mean_, 1e-9);
}

void MoveProgram::observe(const Guard& guard) {
  if (observing_ == guard.observer) return;
  observing_ = guard.observer;
  attack_.observe(problem_->observers[guard.observer]);
}

// Powers of four: levels that are near each other have the same bounds and costs, so that one
// question after the other changes little.
void MoveProgram::set_unit(double level) {
  unit_ = std::exp2(2 * std::floor(std::log2(std::max(level, 1.0)) / 2));
}

// A cell that can move less than a unit costs as much when it moves as far as it can.
void MoveProgram::set_cell(std::uint32_t at, bool withheld, bool shut) {
  const auto count = static_cast<std::uint32_t>(cells().size());
  const double cost = withheld ? 0 : std::min(problem_->cost[cells()[at]] / mean_, kDear);
  const auto set = [&](std::uint32_t column, std::int64_t most) {
    const double units = std::min(double(most) / unit_, kFar);
    cheapest_.set_bounds(column, 0, shut ? 0 : units);
    cheapest_.set_cost(column, kFree + cost / std::clamp(units, 1e-3, 1.0));
  };
  set(at, attack_.above(at));
  set(at + count, attack_.below(at));
}

Result<std::optional<Move>> MoveProgram::cheapest(const Guard& guard, bool up,
                                                  const Pattern& withheld, const Pattern& shut,
                                                  Work& work) {
  work.at = guard.cells.front();
  observe(guard);
  const double level = level_of(guard, up);
  set_unit(level);
  std::vector<CellId> goal;
  for (const CellId cell : guard.cells) {
    if (inside_[cell]) goal.push_back(cell);
  }
  for (std::uint32_t at = 0; at < cells().size(); ++at) {
    const CellId cell = cells()[at];
    set_cell(at, withheld[cell] != 0, !shut.empty() && shut[cell] != 0);
  }
  const double least = level / unit_;
  if (goal.size() == 1) {
    const std::uint32_t at = attack_.column_of(goal.front());
    const auto count = static_cast<std::uint32_t>(cells().size());
    const double most = std::min(double(up ? attack_.above(at) : attack_.below(at)) / unit_, kFar);
    const bool is_shut = !shut.empty() && shut[goal.front()] != 0;
    if (most < least * (1 - 1e-9) || is_shut) return std::optional<Move>();
    cheapest_.set_bounds(up ? at : at + count, std::min(least, most), most);
    cheapest_.set_bounds(up ? at + count : at, 0, 0);
    clear_goal();
  } else {
    set_goal(std::move(goal), up, least);
  }
  auto best = solve(cheapest_, LinearProgram::Start::from_zero, work);
  if (!best && best.error().code == Errc::refused) return std::optional<Move>();
  if (!best) return best.error();
  return std::optional(move_of(best->point, level));
}

Move MoveProgram::move_of(const std::vector<double>& point, double level) const {
  Move move;
  const std::size_t count = cells().size();
  for (std::size_t at = 0; at < count; ++at) {
    const double distance = (point[at] - point[at + count]) * unit_;
    if (std::abs(distance) > level * kNoise) move.push_back({cells()[at], distance});
  }
  return move;
}

void MoveProgram::clear_goal() {
  const auto count = static_cast<std::uint32_t>(cells().size());
  cheapest_.set_bounds(2 * count, -kFar, kFar);
}

void MoveProgram::set_goal(std::vector<CellId> goal, bool up, double least) {
  const auto count = static_cast<std::uint32_t>(cells().size());
  const auto row = static_cast<std::uint32_t>(attack_.independent_rows().size());
  const auto set = [&](CellId cell, double factor) {
    const std::uint32_t at = attack_.column_of(cell);
    cheapest_.set_factor(row, at, factor);
    cheapest_.set_factor(row, at + count, -factor);
  };
  if (goal != goal_) {
    for (const CellId cell : goal_) set(cell, 0.0);
    for (const CellId cell : goal) set(cell, 1.0);
    goal_ = std::move(goal);
  }
  up ? cheapest_.set_bounds(2 * count, least, kFar)
     : cheapest_.set_bounds(2 * count, -kFar, -least);
}

}  // namespace regions
