#include "policies/disclosure/attack/whole_moves.h"

#include <algorithm>
#include <cmath>

#include "policies/disclosure/rules/wide.h"

namespace regions {
namespace {

// Beyond, a program is quicker.
constexpr std::size_t kTermsMax = 4'000'000;

// The whole number behind a factor, 0 where it is a fraction or too large to be of use.
std::int64_t whole(std::uint32_t factor) {
  constexpr std::int64_t kMost = 1'000, kPrime = static_cast<std::int64_t>(OpenMoves::kPrime);
  const std::int64_t value = factor > kPrime / 2 ? factor - kPrime : factor;
  return std::abs(value) <= kMost ? value : 0;
}

}  // namespace

WholeMoves::WholeMoves(std::size_t columns, const std::vector<LinearRow>& rows)
    : all_(columns, kTermsMax), now_(columns, kTermsMax) {
  for (std::uint32_t column = 0; column < columns; ++column) all_.free(column);
  for (const LinearRow& row : rows) {
    if (!all_known_) break;
    all_known_ = all_.set_zero(row) && all_.touched() <= kOpenMovesTouchedMax;
  }
  now_ = all_;
  now_known_ = all_known_;
}

void WholeMoves::hold(const std::vector<std::uint32_t>& still) {
  // Mostly one is held besides.
  if (!std::includes(still.begin(), still.end(), held_.begin(), held_.end())) {
    now_ = all_;
    now_known_ = all_known_;
  }
  for (const std::uint32_t column : still) {
    const OpenMoves::Sum sum = now_.of(column);
    if (now_known_ && !sum.empty()) now_known_ = now_.set_zero(sum).has_value();
  }
  held_ = still;
}

std::optional<std::vector<std::int64_t>> WholeMoves::near(const std::vector<double>& point) const {
  if (!now_known_) return std::nullopt;
  std::vector<std::int64_t> moved(point.size(), 0);
  for (std::uint32_t column = 0; column < point.size(); ++column) {
    Wide sum = 0;
    for (const OpenMoves::Term& term : now_.of(column)) {
      const std::int64_t factor = whole(term.factor);
      if (factor == 0) return std::nullopt;
      sum += Wide{factor} * std::llround(point[term.parameter]);
    }
    // Farther than any bound.
    constexpr std::int64_t kFar = std::int64_t{1} << 57;
    if (sum > kFar || sum < -kFar) return std::nullopt;
    moved[column] = static_cast<std::int64_t>(sum);
  }
  return moved;
}

}  // namespace regions
