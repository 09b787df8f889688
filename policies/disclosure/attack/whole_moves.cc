#include "policies/disclosure/attack/whole_moves.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

// The whole number behind a factor, 0 where it is a fraction or too large to be of use.
std::int64_t whole(std::uint32_t factor) {
  constexpr std::int64_t kMost = 1'000, kPrime = static_cast<std::int64_t>(OpenMoves::kPrime);
  const std::int64_t value = factor > kPrime / 2 ? factor - kPrime : factor;
  return std::abs(value) <= kMost ? value : 0;
}

}  // namespace

Result<WholeMoves> WholeMoves::make(std::size_t columns, const std::vector<LinearRow>& rows) {
  OpenMoves moves(columns);
  for (std::uint32_t column = 0; column < columns; ++column) moves.free(column);
  for (const LinearRow& row : rows) TRY_VOID(moves.set_zero(row));
  return WholeMoves(std::move(moves));
}

Result<void> WholeMoves::hold(const std::vector<std::uint32_t>& still) {
  // Mostly one is held besides.
  if (!std::includes(still.begin(), still.end(), held_.begin(), held_.end())) {
    now_ = all_;
    held_.clear();
  }
  for (const std::uint32_t column : still) {
    const OpenMoves::Sum sum = now_.of(column);
    if (!sum.empty()) TRY_VOID(now_.set_zero(sum));
  }
  held_ = still;
  return {};
}

std::optional<std::vector<std::int64_t>> WholeMoves::near(const std::vector<double>& point) const {
  std::vector<std::int64_t> moved(point.size(), 0);
  for (std::uint32_t column = 0; column < point.size(); ++column) {
    for (const OpenMoves::Term& term : now_.of(column)) {
      const std::int64_t factor = whole(term.factor);
      if (factor == 0) return std::nullopt;
      moved[column] += factor * std::llround(point[term.parameter]);
    }
  }
  return moved;
}

}  // namespace regions
