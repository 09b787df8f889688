#include "policies/disclosure/suppression/move_program.h"

#include <algorithm>

namespace regions {
namespace {

// A million levels are no bound; smaller costs than this are the solver's noise.
constexpr double kFar = 1e6;
constexpr double kFree = 1e-5;
constexpr double kReached = 1 - 1e-6;

// A column for moves up and one for moves down of every cell; the last row and column are the sum
// over the guard's cells, whose terms set_goal() writes.
std::vector<LinearRow> split_rows(const AttackProgram& attack) {
  const auto count = static_cast<std::uint32_t>(attack.component().cells.size());
  std::vector<LinearRow> rows;
  for (const LinearRow& row : attack.rows()) {
    LinearRow split;
    for (const LinearTerm& term : row) {
      split.push_back(term);
      split.push_back({term.column + count, -term.factor});
    }
    rows.push_back(std::move(split));
  }
  rows.push_back({{2 * count, -1.0}});
  return rows;
}

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
      cheapest_(2 * attack_.component().cells.size() + 1, split_rows(attack_)),
      inside_(problem.role.size(), 0) {
  for (const CellId cell : cells()) inside_[cell] = 1;
}

void MoveProgram::observe(const Guard& guard) {
  if (observing_ == guard.observer) return;
  observing_ = guard.observer;
  attack_.observe(problem_->observers[guard.observer]);
}

std::vector<CellId> MoveProgram::goal_of(const Guard& guard) const {
  std::vector<CellId> goal;
  for (const CellId cell : guard.cells) {
    if (inside_[cell]) goal.push_back(cell);
  }
  return goal;
}

Result<std::optional<std::vector<double>>> MoveProgram::within(const Guard& guard, bool up,
                                                               const Pattern& withheld,
                                                               Work& work) {
  work.at = guard.cells.front();
  observe(guard);
  const double level = level_of(guard, up);
  std::vector<double> below(cells().size()), above(cells().size());
  for (std::size_t at = 0; at < cells().size(); ++at) {
    if (!withheld[cells()[at]]) continue;
    below[at] = std::min(double(attack_.below(at)) / level, kFar);
    above[at] = std::min(double(attack_.above(at)) / level, kFar);
  }
  TRY(Optimum best, attack_.question(goal_of(guard), up, below, above, work));
  if (best.value < kReached) return std::optional<std::vector<double>>();
  return std::optional(std::move(best.point));
}

Result<std::optional<std::vector<double>>> MoveProgram::cheapest(const Guard& guard, bool up,
                                                                 const Pattern& withheld,
                                                                 Work& work) {
  work.at = guard.cells.front();
  observe(guard);
  const double level = level_of(guard, up);
  const auto count = static_cast<std::uint32_t>(cells().size());
  set_goal(goal_of(guard), up);
  double dearest = 1e-9;
  for (const CellId cell : cells()) {
    if (problem_->role[cell] == CellRole::eligible)
      dearest = std::max(dearest, problem_->cost[cell]);
  }
  LinearRow objective;
  for (std::uint32_t at = 0; at < count; ++at) {
    const CellId cell = cells()[at];
    cheapest_.set_bounds(at, 0, std::min(double(attack_.above(at)) / level, kFar));
    cheapest_.set_bounds(at + count, 0, std::min(double(attack_.below(at)) / level, kFar));
    const double cost = kFree + (withheld[cell] ? 0 : problem_->cost[cell] / dearest);
    objective.push_back({at, -cost});
    objective.push_back({at + count, -cost});
  }
  cheapest_.set_bounds(2 * count, 1, kFar);
  cheapest_.set_objective(objective);
  const std::uint64_t before = cheapest_.pivots();
  auto best = cheapest_.maximise(std::min(work.pivots_left, kPivotsPerProgramMax),
                                 LinearProgram::Start::dual);
  work.pivots_left -= std::min(work.pivots_left, cheapest_.pivots() - before);
  ++work.programs;
  if (!best && best.error().code == Errc::refused) return std::optional<std::vector<double>>();
  if (!best) return best.error();
  std::vector<double> distance(count);
  for (std::uint32_t at = 0; at < count; ++at) {
    distance[at] = best->point[at] - best->point[at + count];
  }
  return std::optional(std::move(distance));
}

void MoveProgram::set_goal(std::vector<CellId> goal, bool up) {
  const auto count = static_cast<std::uint32_t>(cells().size());
  const auto row = static_cast<std::uint32_t>(attack_.rows().size());
  const auto set = [&](CellId cell, double factor) {
    const std::uint32_t at = attack_.column_of(cell);
    cheapest_.set_factor(row, at, factor);
    cheapest_.set_factor(row, at + count, -factor);
  };
  for (const CellId cell : goal_) set(cell, 0.0);
  for (const CellId cell : goal) set(cell, up ? 1.0 : -1.0);
  goal_ = std::move(goal);
}

}  // namespace regions
