#include "policies/disclosure/attack/independent_rows.h"

#include <algorithm>
#include <numeric>

#include "policies/disclosure/attack/open_moves.h"

namespace regions {

std::vector<LinearRow> independent(std::size_t columns, const std::vector<LinearRow>& rows) {
  constexpr std::size_t kTermsMax = 4'000'000;
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rows[a].size() < rows[b].size(); });
  OpenMoves moves(columns, kTermsMax);
  for (std::uint32_t column = 0; column < columns; ++column) moves.free(column);
  std::vector<std::size_t> kept;
  for (const std::size_t row : order) {
    const Result<bool> says = moves.set_zero(rows[row]);
    if (!says || moves.touched() > kOpenMovesTouchedMax) return rows;
    if (*says) kept.push_back(row);
  }
  std::sort(kept.begin(), kept.end());
  std::vector<LinearRow> made;
  for (const std::size_t row : kept) made.push_back(rows[row]);
  return made;
}

}  // namespace regions
