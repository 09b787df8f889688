#include "policies/disclosure/attack/inner_corner.h"

#include <algorithm>
#include <cmath>

namespace regions {

InnerCorner::InnerCorner(std::size_t columns, const std::vector<LinearRow>& rows, WholeMoves moves,
                         std::int64_t room, Narrow narrow, double scale)
    : room_(room),
      narrow_(narrow),
      scale_(scale),
      program_(columns, rows),
      moves_(std::move(moves)) {}

void InnerCorner::set_bounds(const std::vector<std::int64_t>& lower,
                             const std::vector<std::int64_t>& upper) {
  lower_.clear();
  upper_.clear();
  for (std::size_t column = 0; column < lower.size(); ++column) {
    lower_.push_back(std::min<std::int64_t>(lower[column] + room_, 0));
    upper_.push_back(std::max<std::int64_t>(upper[column] - room_, 0));
  }
  goal_.clear();
  for (std::uint32_t column = 0; column < lower_.size(); ++column) set(column);
  held_ = false;
}

bool InnerCorner::is_asked(std::uint32_t column) const {
  return std::find(goal_.begin(), goal_.end(), column) != goal_.end();
}

bool InnerCorner::may_move(std::uint32_t column) const {
  return narrow_ == Narrow::one_way || (lower_[column] < 0 && upper_[column] > 0) ||
         is_asked(column);
}

void InnerCorner::set(std::uint32_t column) {
  const bool moves = may_move(column);
  program_.set_bounds(column, moves ? double(lower_[column]) / scale_ : 0,
                      moves ? double(upper_[column]) / scale_ : 0);
}

// What the goal is about goes one way alone.
void InnerCorner::ask(const LinearRow& goal) {
  if (narrow_ == Narrow::one_way) return;
  std::vector<std::uint32_t> before;
  before.swap(goal_);
  for (const LinearTerm& term : goal) {
    if (!may_move(term.column)) goal_.push_back(term.column);
  }
  if (goal_ == before) return;
  for (const std::uint32_t column : before) set(column);
  for (const std::uint32_t column : goal_) set(column);
  held_ = false;
}

// So that it stands still when it is rounded, too.
void InnerCorner::hold(const std::vector<double>& point) {
  if (held_ && narrow_ == Narrow::still) return;
  std::vector<std::uint32_t> still;
  for (std::uint32_t column = 0; column < lower_.size(); ++column) {
    const bool narrow = lower_[column] == 0 || upper_[column] == 0;
    if (!may_move(column) || (narrow && !is_asked(column) && std::abs(point[column]) < 0.5)) {
      still.push_back(column);
    }
  }
  moves_.hold(still);
  held_ = true;
}

Result<std::optional<std::vector<std::int64_t>>> InnerCorner::find(const LinearRow& goal,
                                                                   std::int64_t wanted,
                                                                   Work& work) {
  ask(goal);
  program_.set_objective(goal);
  TRY(const Optimum corner, solve(program_, LinearProgram::Start::primal, work));
  if (corner.value * scale_ < double(wanted)) {
    return std::optional<std::vector<std::int64_t>>();
  }
  std::vector<double> point = corner.point;
  for (double& value : point) value *= scale_;
  hold(point);
  return moves_.near(point);
}

}  // namespace regions
