// The whole points of an attack program: corners rounded, least moves, and walks from corner to
// corner.
#include <algorithm>
#include <cmath>

#include "policies/disclosure/attack/attack_program.h"

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

// Corners at a distance from the bounds, where there are more columns than that: of fewer a least
// move costs no more.
constexpr std::size_t kInnerColumnsMin = 200;
constexpr std::array<std::pair<std::int64_t, InnerCorner::Narrow>, 3> kInnerCorners = {
    {{32, InnerCorner::Narrow::still},
     {16, InnerCorner::Narrow::one_way},
     {4, InnerCorner::Narrow::one_way}}};

}  // namespace

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
  if (!least) least.emplace(reduction_->columns(), reduction_->independent(), costs);
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
  TRY(Found least, least_whole(goal, wanted, work));
  if (reaches(least)) return least;
  // There a walk takes a second and seldom ends at whole numbers where the least move has none.
  if (lower_.size() > kSearchedCellsMax) return Found();
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

Result<std::optional<std::vector<std::int64_t>>> AttackProgram::whole_inside(
    const std::vector<CellId>& cells, bool up, std::int64_t wanted, std::size_t corners,
    Work& work) {
  using Found = std::optional<std::vector<std::int64_t>>;
  static_assert(kAllCorners == kInnerCorners.size());
  reduce();
  const LinearRow goal = goal_of(cells, up);
  if (goal.empty() || lower_.size() <= kInnerColumnsMin) return Found();
  for (std::size_t at = 0; at < corners; ++at) {
    TRY(const auto moved, inner(at).find(goal, wanted, work));
    if (!moved) continue;
    Found whole = spread(*moved, std::int64_t{1});
    if (keeps(*whole) && sum(*whole, cells) * (up ? 1 : -1) >= wanted) return whole;
  }
  return Found();
}

InnerCorner& AttackProgram::inner(std::size_t at) {
  std::optional<InnerCorner>& corner = inner_[at];
  if (!corner) {
    const auto [room, narrow] = kInnerCorners[at];
    const std::size_t columns = reduction_->columns();
    if (!whole_moves_) whole_moves_.emplace(columns, reduction_->independent());
    corner.emplace(columns, reduction_->independent(), *whole_moves_, room, narrow, scale_);
  }
  if (!inner_set_[at]) {
    std::vector<std::int64_t> lower = lower_, upper = upper_;
    for (std::int64_t& bound : lower) bound = std::max(bound, -far_);
    for (std::int64_t& bound : upper) bound = std::min(bound, far_);
    corner->set_bounds(lower, upper);
    inner_set_[at] = true;
  }
  return *corner;
}

}  // namespace regions
