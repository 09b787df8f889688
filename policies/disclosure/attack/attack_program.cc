#include "policies/disclosure/attack/attack_program.h"

#include <algorithm>
#include <cmath>

#include "policies/disclosure/attack/independent_rows.h"
#include "policies/disclosure/rules/wide.h"

namespace regions {
namespace {

// Equations with the published cells left out; duplicates and empty ones are gone.
std::vector<LinearRow> open_rows(const CellSystem& system, const Component& component) {
  std::vector<LinearRow> rows;
  const auto& cells = component.cells;
  for (const std::uint32_t equation : component.equations) {
    LinearRow row;
    for (const EquationTerm& term : system.equations[equation]) {
      const auto at = std::lower_bound(cells.begin(), cells.end(), term.cell);
      if (at == cells.end() || *at != term.cell) continue;
      row.push_back({static_cast<std::uint32_t>(at - cells.begin()), double(term.factor)});
    }
    rows.push_back(std::move(row));
  }
  tidy(rows);
  return rows;
}

}  // namespace

Result<AttackProgram> AttackProgram::make(const CellSystem& system, const Component& component) {
  if (component.cells.size() > kComponentCellsMax) {
    return fail(Errc::too_large, "one component of " + std::to_string(component.cells.size()) +
                                     " withheld cells; at most " +
                                     std::to_string(kComponentCellsMax) +
                                     " can be attacked: publish fewer or coarser tables");
  }
  return AttackProgram(system, component);
}

AttackProgram::AttackProgram(const CellSystem& system, Component component)
    : system_(&system), component_(std::move(component)), rows_(open_rows(system, component_)) {
  std::int64_t most = 1;
  for (const CellId cell : component_.cells) most = std::max(most, std::abs(system.value[cell]));
  far_ = std::max({most * kUnboundedFactor, kUnboundedLeast, system.unbounded_least});
  // Bounds of about a million: far from the solver's tolerances at both ends.
  constexpr double kComfortable = 1'000'000;
  scale_ = std::max(1.0, std::exp2(std::ceil(std::log2(double(far_) / kComfortable))));
  closed_.assign(component_.cells.size(), 0);
  set_known();
}

std::uint32_t AttackProgram::column_of(CellId cell) const {
  const auto& cells = component_.cells;
  const auto at = std::lower_bound(cells.begin(), cells.end(), cell);
  CHECK(at != cells.end() && *at == cell);
  return static_cast<std::uint32_t>(at - cells.begin());
}

void AttackProgram::observe(const Observer& observer) {
  observer_ = observer;
  set_known();
}

void AttackProgram::close(CellId cell) {
  closed_[column_of(cell)] = 1;
  set_known();
}

void AttackProgram::open(CellId cell) {
  closed_[column_of(cell)] = 0;
  set_known();
}

void AttackProgram::set_known() {
  below_.assign(component_.cells.size(), 0);
  above_ = below_;
  for (std::size_t at = 0; at < component_.cells.size(); ++at) {
    const CellId cell = component_.cells[at];
    below_[at] = std::min(system_->below[cell], far_);
    above_[at] = std::min(system_->above[cell], far_);
  }
  const auto& cells = component_.cells;
  for (const Observer::Share& share : observer_.shares) {
    const auto found = std::lower_bound(cells.begin(), cells.end(), share.cell);
    if (found == cells.end() || *found != share.cell) continue;
    const auto at = static_cast<std::size_t>(found - cells.begin());
    const std::int64_t others = std::max<std::int64_t>(system_->value[share.cell] - share.own, 0);
    below_[at] = share.whole ? 0 : std::min(below_[at], others);
    if (share.whole) above_[at] = 0;
  }
  free_ = true;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const bool open_below = system_->below[cells[at]] == kNoBound && below_[at] == far_;
    const bool open_above = system_->above[cells[at]] == kNoBound && above_[at] == far_;
    free_ = free_ && (below_[at] == 0 || open_below) && (above_[at] == 0 || open_above);
  }
  for (std::size_t at = 0; at < closed_.size(); ++at) {
    if (closed_[at]) below_[at] = above_[at] = 0;
  }
  bounds_set_ = false;
  ways_set_ = {};
  inner_set_ = {};
}

// The reduced program, under what the observer knows.
void AttackProgram::reduce() {
  if (!reduction_) {
    reduction_.emplace(component_.cells.size(), rows_);
    reduced_.emplace(reduction_->columns(), reduction_->independent());
  }
  if (bounds_set_) return;
  bounds_set_ = true;
  lower_.assign(reduction_->columns(), std::numeric_limits<std::int64_t>::min());
  upper_.assign(reduction_->columns(), std::numeric_limits<std::int64_t>::max());
  for (std::size_t at = 0; at < below_.size(); ++at) {
    const Reduction::Place& place = reduction_->of(at);
    if (place.column == Reduction::kStill) continue;
    const bool same = place.sign > 0;
    lower_[place.column] = std::max(lower_[place.column], same ? -below_[at] : -above_[at]);
    upper_[place.column] = std::min(upper_[place.column], same ? above_[at] : below_[at]);
  }
  narrow(reduction_->rows(), lower_, upper_);
  set_bounds(far_);
}

// Of the reduced program: as narrowed, and nothing moves farther than `most`.
void AttackProgram::set_bounds(std::int64_t most) {
  for (std::uint32_t column = 0; column < lower_.size(); ++column) {
    reduced_->set_bounds(column, double(std::max(lower_[column], -most)) / scale_,
                         double(std::min(upper_[column], most)) / scale_);
  }
}

// Over the reduced columns; empty: the sum does not move.
LinearRow AttackProgram::goal_of(const std::vector<CellId>& cells, bool up) const {
  LinearRow goal;
  for (const CellId cell : cells) {
    const Reduction::Place& place = reduction_->of(column_of(cell));
    if (place.column == Reduction::kStill) continue;
    const double factor = up ? place.sign : -place.sign;
    const auto same = std::find_if(goal.begin(), goal.end(), [&](const LinearTerm& term) {
      return term.column == place.column;
    });
    if (same == goal.end()) {
      goal.push_back({place.column, factor});
    } else {
      same->factor += factor;
    }
  }
  std::erase_if(goal, [](const LinearTerm& term) { return term.factor == 0; });
  return goal;
}

std::int64_t AttackProgram::limit(const std::vector<CellId>& cells, bool up) {
  reduce();
  // Below 2^57 each, of at most 20,000 cells: as long as the sum of their values is one of 64 bits.
  double sum = 0;
  std::int64_t limit = 0;
  for (const LinearTerm& term : goal_of(cells, up)) {
    const std::int64_t end = term.factor > 0 ? upper_[term.column] : lower_[term.column];
    sum += term.factor * double(end);
    limit += static_cast<std::int64_t>(term.factor) * end;
  }
  constexpr double kMost = 4e18;
  return sum > kMost ? std::numeric_limits<std::int64_t>::max() : limit;
}

const std::vector<LinearRow>& AttackProgram::independent_rows() {
  if (!independent_) independent_ = independent(component_.cells.size(), rows_);
  return *independent_;
}

Result<Optimum> AttackProgram::question(const std::vector<CellId>& cells, bool up,
                                        const std::vector<double>& below,
                                        const std::vector<double>& above, Work& work) {
  if (!whole_) whole_.emplace(component_.cells.size(), independent_rows());
  for (std::uint32_t at = 0; at < below.size(); ++at) {
    whole_->set_bounds(at, -below[at], above[at]);
  }
  LinearRow goal;
  for (const CellId cell : cells) goal.push_back({column_of(cell), up ? 1.0 : -1.0});
  whole_->set_objective(goal);
  return solve(*whole_, LinearProgram::Start::afresh, work);
}

Result<AttackProgram::Reach> AttackProgram::farthest(const std::vector<CellId>& cells, bool up,
                                                     Work& work) {
  reduce();
  Reach reach;
  const LinearRow goal = goal_of(cells, up);
  if (goal.empty()) {
    reach.distance.resize(component_.cells.size());
    reach.point.resize(component_.cells.size());
    reach.proven = true;
    return reach;
  }
  reduced_->set_objective(goal);
  TRY(const Optimum best, solve(*reduced_, LinearProgram::Start::primal, work));
  reach.point = spread(best.point, scale_);
  reach.distance = distance_of(best.point);
  reach.proven = keeps(reach.distance);
  reach.most = limit(cells, up);
  reach.value = (up ? 1 : -1) * best.value * scale_;
  // Prices of these equations are mostly simple fractions.
  for (const std::int64_t denominator : {60, 1 << 20}) {
    reach.most = std::min(reach.most, shown_by(goal, best.price, denominator));
  }
  reach.unbounded = is_far(std::abs(reach.value));
  return reach;
}

// For any prices u of the rows and r = c + A'u, the goal moves at most by the sum of what every
// column adds at the better of its ends (weak duality). Computed with the nearest prices that have
// the denominator, so that nothing is rounded.
std::int64_t AttackProgram::shown_by(const LinearRow& goal, const std::vector<double>& price,
                                     std::int64_t denominator) const {
  std::vector<std::int64_t> r(reduction_->columns(), 0);
  const auto add = [&](const LinearRow& row, std::int64_t times) {
    for (const LinearTerm& term : row) {
      r[term.column] += static_cast<std::int64_t>(term.factor) * times;
    }
  };
  add(goal, denominator);
  for (std::size_t row = 0; row < price.size(); ++row) {
    const double scaled = price[row] * double(denominator);
    // So far off nothing would be shown; and it must fit.
    constexpr double kMost = 1e12;
    if (std::abs(scaled) < kMost) add(reduction_->independent()[row], std::llround(scaled));
  }
  Wide most = 0;
  for (std::size_t column = 0; column < r.size(); ++column) {
    const std::int64_t end =
        r[column] > 0 ? std::min(upper_[column], far_) : std::max(lower_[column], -far_);
    most += Wide(r[column]) * end;
  }
  most /= denominator;
  return static_cast<std::int64_t>(std::min<Wide>(most, kNoBound));
}

std::vector<std::int64_t> AttackProgram::distance_of(const std::vector<double>& point) const {
  std::vector<std::int64_t> moved;
  for (const double value : point) moved.push_back(std::llround(value * scale_));
  return spread(moved, std::int64_t{1});
}

// Of the cells, from those of the reduced columns.
template <class Number>
std::vector<Number> AttackProgram::spread(const std::vector<Number>& moved, Number unit) const {
  std::vector<Number> distance(component_.cells.size());
  for (std::size_t at = 0; at < distance.size(); ++at) {
    const Reduction::Place& place = reduction_->of(at);
    if (place.column != Reduction::kStill) distance[at] = place.sign * moved[place.column] * unit;
  }
  return distance;
}

bool AttackProgram::keeps(const std::vector<std::int64_t>& distance) const {
  for (std::size_t at = 0; at < distance.size(); ++at) {
    if (distance[at] < -below_[at] || distance[at] > above_[at]) return false;
  }
  for (const LinearRow& row : rows_) {
    std::int64_t sum = 0;
    for (const LinearTerm& term : row) {
      sum += static_cast<std::int64_t>(term.factor) * distance[term.column];
    }
    if (sum != 0) return false;
  }
  return true;
}

std::int64_t AttackProgram::sum(const std::vector<std::int64_t>& distance,
                                const std::vector<CellId>& cells) const {
  std::int64_t sum = 0;
  for (const CellId cell : cells) sum += distance[column_of(cell)];
  return sum;
}

}  // namespace regions
