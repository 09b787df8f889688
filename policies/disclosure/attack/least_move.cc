#include "policies/disclosure/attack/least_move.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

// The goal moves no farther; more than any bound of a component.
constexpr double kFar = 1e9;

// Spread over 1 to 2, the same every time (Weyl's sequence).
double cost_of(std::uint32_t column, std::uint32_t costs) {
  constexpr double kGolden = 0.618033988749895;
  const double spread = kGolden * costs * (column + 1.0);
  return 1 + spread - std::floor(spread);
}

}  // namespace

std::vector<LinearRow> split_rows(std::size_t columns, const std::vector<LinearRow>& rows) {
  const auto count = static_cast<std::uint32_t>(columns);
  std::vector<LinearRow> made;
  for (const LinearRow& row : rows) {
    LinearRow both;
    for (const LinearTerm& term : row) {
      both.push_back(term);
      both.push_back({term.column + count, -term.factor});
    }
    made.push_back(std::move(both));
  }
  made.push_back({{2 * count, -1.0}});
  return made;
}

LeastMove::LeastMove(std::size_t columns, const std::vector<LinearRow>& rows, std::uint32_t costs)
    : count_(static_cast<std::uint32_t>(columns)),
      goal_row_(static_cast<std::uint32_t>(rows.size())),
      program_(2 * columns + 1, split_rows(columns, rows)),
      most_(2 * columns, 0.0) {
  for (std::uint32_t at = 0; at < 2 * count_; ++at) {
    program_.set_cost(at, cost_of(at, costs));
  }
}

void LeastMove::set_bounds(std::uint32_t column, double below, double above) {
  most_[column] = above;
  most_[column + count_] = below;
  program_.set_bounds(column, 0, above);
  program_.set_bounds(column + count_, 0, below);
}

Result<std::vector<double>> LeastMove::find(const LinearRow& goal, double distance, Work& work) {
  TRY(const Optimum best,
      goal.size() == 1 ? of_one(goal.front(), distance, work) : of_several(goal, distance, work));
  std::vector<double> moved(count_);
  for (std::uint32_t at = 0; at < count_; ++at) {
    moved[at] = best.point[at] - best.point[at + count_];
  }
  return moved;
}

// By bounds alone: another factor of the goal would cost the solver its copy of the matrix.
Result<Optimum> LeastMove::of_one(const LinearTerm& goal, double distance, Work& work) {
  const std::uint32_t up = goal.column, down = goal.column + count_;
  const std::uint32_t to = goal.factor > 0 ? up : down, back = goal.factor > 0 ? down : up;
  const double least = distance / std::abs(goal.factor);
  if (most_[to] < least) return fail(Errc::refused, "the cell does not move as far");
  program_.set_bounds(2 * count_, -kFar, kFar);
  program_.set_bounds(to, least, most_[to]);
  program_.set_bounds(back, 0, 0);
  auto best = solve(program_, LinearProgram::Start::from_zero, work);
  program_.set_bounds(to, 0, most_[to]);
  program_.set_bounds(back, 0, most_[back]);
  return best;
}

Result<Optimum> LeastMove::of_several(const LinearRow& goal, double distance, Work& work) {
  const auto same = [](const LinearTerm& a, const LinearTerm& b) {
    return a.column == b.column && a.factor == b.factor;
  };
  const auto set = [&](std::uint32_t column, double factor) {
    program_.set_factor(goal_row_, column, factor);
    program_.set_factor(goal_row_, column + count_, -factor);
  };
  if (!std::equal(goal.begin(), goal.end(), goal_.begin(), goal_.end(), same)) {
    for (const LinearTerm& term : goal_) set(term.column, 0);
    for (const LinearTerm& term : goal) set(term.column, term.factor);
    goal_ = goal;
  }
  program_.set_bounds(2 * count_, distance, kFar);
  return solve(program_, LinearProgram::Start::from_zero, work);
}

}  // namespace regions
