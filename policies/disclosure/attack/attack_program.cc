#include "policies/disclosure/attack/attack_program.h"

#include <algorithm>
#include <cmath>

#include "policies/disclosure/rules/wide.h"

namespace regions {
namespace {

// Bounds are multiples of `step`; `costs` as in LeastMove.
struct Way {
  std::int64_t step;
  std::uint32_t costs;
};
// Corners have mostly simple fractions, which are whole between multiples of 12 or 60: amounts lose
// next to nothing by it. Small counts need the others.
constexpr std::array<Way, 5> kWays = {{{12, 0}, {60, 0}, {1, 0}, {1, 1}, {1, 2}}};

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
}

// The reduced program, under what the observer knows.
void AttackProgram::reduce() {
  if (!reduction_) {
    reduction_.emplace(component_.cells.size(), rows_);
    reduced_.emplace(reduction_->columns(), reduction_->rows());
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

Result<Optimum> AttackProgram::question(const std::vector<CellId>& cells, bool up,
                                        const std::vector<double>& below,
                                        const std::vector<double>& above, Work& work) {
  if (!whole_) whole_.emplace(component_.cells.size(), rows_);
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
    if (std::abs(scaled) < kMost) add(reduction_->rows()[row], std::llround(scaled));
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

// Of the columns that are between two whole numbers the one that is nearest to either.
std::optional<std::uint32_t> AttackProgram::nearly_whole(const std::vector<double>& point) const {
  std::optional<std::uint32_t> best;
  constexpr double kWhole = 1e-4;  // the solver's last digits
  double nearest = 1;
  for (std::uint32_t column = 0; column < point.size(); ++column) {
    const double value = point[column] * scale_;
    const double off = std::abs(value - std::round(value));
    if (off < kWhole || off >= nearest) continue;
    nearest = off;
    best = column;
  }
  return best;
}

Result<std::optional<Optimum>> AttackProgram::with_whole(std::uint32_t column, double value,
                                                         Work& work) {
  reduced_->set_bounds(column, value / scale_, value / scale_);
  auto best = solve(*reduced_, LinearProgram::Start::onward, work);
  if (!best && best.error().code == Errc::refused) return std::optional<Optimum>();
  if (!best) return best.error();
  return std::optional(std::move(*best));
}

Result<std::optional<std::vector<std::int64_t>>> AttackProgram::whole_corner(Optimum corner,
                                                                             Work& work) {
  // Most corners are whole after a few; one that is not by then has little room.
  constexpr int kStepsMax = 40;
  for (int step = 0; step < kStepsMax; ++step) {
    const auto column = nearly_whole(corner.point);
    if (!column) {
      auto distance = distance_of(corner.point);
      if (!keeps(distance)) break;
      return std::optional(std::move(distance));
    }
    const double value = corner.point[*column] * scale_, near = std::round(value);
    TRY(auto best, with_whole(*column, near, work));
    if (!best) {
      TRY(best, with_whole(*column, near < value ? near + 1 : near - 1, work));
    }
    if (!best) break;
    corner = std::move(*best);
  }
  return std::optional<std::vector<std::int64_t>>();
}

Result<std::optional<std::vector<std::int64_t>>> AttackProgram::least_by(std::size_t way,
                                                                         const LinearRow& goal,
                                                                         std::int64_t wanted,
                                                                         Work& work) {
  const auto [step, costs] = kWays[way];
  std::optional<LeastMove>& least = least_[way];
  const auto down = [step = step](std::int64_t bound) { return bound / step * step; };
  if (!least) least.emplace(reduction_->columns(), reduction_->rows(), costs);
  for (std::uint32_t at = 0; at < lower_.size() && !ways_set_[way]; ++at) {
    least->set_bounds(at, double(down(-std::max(lower_[at], -far_))) / scale_,
                      double(down(std::min(upper_[at], far_))) / scale_);
  }
  ways_set_[way] = true;
  TRY(const auto moved, least->find(goal, double(down(wanted + step - 1)) / scale_, work));
  std::vector<std::int64_t> whole = distance_of(moved);
  if (!keeps(whole)) return std::optional<std::vector<std::int64_t>>();
  return std::optional(std::move(whole));
}

// Nothing where none is found.
Result<std::optional<std::vector<std::int64_t>>> AttackProgram::least_whole(const LinearRow& goal,
                                                                            std::int64_t wanted,
                                                                            Work& work) {
  using Found = std::optional<std::vector<std::int64_t>>;
  static_assert(std::tuple_size_v<decltype(least_)> == kWays.size());
  for (std::size_t way = 0; way < kWays.size(); ++way) {
    if (kWays[way].step > wanted) continue;
    const std::uint64_t pivots = work.pivots_left;
    auto least = least_by(way, goal, wanted, work);
    if (!least && least.error().code != Errc::refused) return least.error();
    if (least && *least) return least;
    // Between the bounds themselves nothing is far enough, or hardly anything: other costs change
    // nothing, or little for long.
    constexpr std::uint64_t kLong = 1'500;
    if (kWays[way].step == 1 && (!least || pivots - work.pivots_left > kLong)) break;
  }
  return Found();
}

Result<std::optional<std::vector<std::int64_t>>> AttackProgram::whole_near(
    const std::vector<CellId>& cells, bool up, std::int64_t wanted, Work& work) {
  reduce();
  const LinearRow goal = goal_of(cells, up);
  if (goal.empty()) return std::optional<std::vector<std::int64_t>>();
  auto found = whole_of(goal, cells, up, wanted, work);
  // After an error too: the bounds of one question are not those of the next.
  set_bounds(far_);
  return found;
}

Result<std::optional<std::vector<std::int64_t>>> AttackProgram::whole_of(
    const LinearRow& goal, const std::vector<CellId>& cells, bool up, std::int64_t wanted,
    Work& work) {
  using Found = std::optional<std::vector<std::int64_t>>;
  const auto reaches = [&](const Found& whole) {
    return whole && sum(*whole, cells) * (up ? 1 : -1) >= wanted;
  };
  const bool large = lower_.size() > kSearchedCellsMax;
  if (large) {
    TRY(Found near, rounded(goal, wanted, work));
    if (reaches(near)) return near;
  }
  TRY(Found least, least_whole(goal, wanted, work));
  if (reaches(least)) return least;
  // There a walk takes a second and seldom ends at whole numbers where the least move has none.
  if (large) return Found();
  for (const std::int64_t most : {wanted, 2 * wanted, far_}) {
    set_bounds(std::min(most, far_));
    reduced_->set_objective(goal);
    TRY(Optimum corner, solve(*reduced_, LinearProgram::Start::primal, work));
    if (corner.value * scale_ < double(wanted) - 0.01) continue;
    TRY(Found whole, whole_corner(std::move(corner), work));
    if (reaches(whole)) return whole;
  }
  return Found();
}

// The corner drawn towards 0 as far as is wanted, and rounded: where bounds are wide that leaves
// room for what rounding adds.
Result<std::optional<std::vector<std::int64_t>>> AttackProgram::rounded(const LinearRow& goal,
                                                                        std::int64_t wanted,
                                                                        Work& work) {
  using Found = std::optional<std::vector<std::int64_t>>;
  auto held = hold_still();
  if (!held && held.error().code == Errc::too_large) return Found();
  if (!held) return held.error();
  reduced_->set_objective(goal);
  TRY(const Optimum corner, solve(*reduced_, LinearProgram::Start::primal, work));
  const double farthest = corner.value * scale_, least = double(wanted);
  if (farthest <= least) return Found();
  constexpr double kSpare = 4'096;
  const double share = (least + std::min(kSpare, (farthest - least) / 2)) / farthest;
  std::vector<double> point = corner.point;
  for (double& value : point) value *= share * scale_;
  const auto moved = whole_moves_->near(point);
  if (!moved) return Found();
  std::vector<std::int64_t> distance = spread(*moved, std::int64_t{1});
  if (!keeps(distance)) return Found();
  return Found(std::move(distance));
}

Result<void> AttackProgram::hold_still() {
  if (!whole_moves_) {
    TRY(whole_moves_, WholeMoves::make(reduction_->columns(), reduction_->rows()));
  }
  std::vector<std::uint32_t> still;
  for (std::uint32_t column = 0; column < lower_.size(); ++column) {
    if (lower_[column] == 0 && upper_[column] == 0) still.push_back(column);
  }
  return whole_moves_->hold(still);
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
