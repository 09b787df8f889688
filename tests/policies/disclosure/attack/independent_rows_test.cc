// Equations that say it all: so many as there are totals, and the short ones.
#include "policies/disclosure/attack/independent_rows.h"

#include <gtest/gtest.h>

namespace regions {
namespace {

std::size_t length(const std::vector<LinearRow>& rows) {
  std::size_t terms = 0;
  for (const LinearRow& row : rows) terms += row.size();
  return terms;
}

TEST(IndependentRows, LeaveOutWhatFollows) {
  // The third is the sum of the first two.
  const std::vector<LinearRow> rows = {
      {{0, 1}, {1, 2}, {2, 1}}, {{0, 1}, {1, 1}}, {{1, 1}, {2, 1}}, {{3, 1}, {4, -1}}};
  const auto kept = independent(5, rows);
  ASSERT_EQ(kept.size(), 3u);
  EXPECT_EQ(length(kept), 6u);
  EXPECT_EQ(kept.back().front().column, 3u);
}

TEST(IndependentRows, KeepWhatIsWeightedOtherwise) {
  EXPECT_EQ(independent(2, {{{0, 1}, {1, 1}}, {{0, 1}, {1, 2}}}).size(), 2u);
  EXPECT_EQ(independent(2, {{{0, 1}, {1, 1}}, {{0, 2}, {1, 2}}}).size(), 1u);
  EXPECT_TRUE(independent(0, {}).empty());
}

// Every total of a table of k dimensions is told by one of its sums: there are k for the grand
// total, and of all cells those that are no totals stay free.
TEST(IndependentRows, OneForEveryTotal) {
  constexpr std::uint32_t kSide = 4, kDimensions = 3;  // the last code is the total
  std::uint32_t cells = 1, leaves = 1;
  for (std::uint32_t at = 0; at < kDimensions; ++at) {
    cells *= kSide;
    leaves *= kSide - 1;
  }
  std::vector<LinearRow> rows;
  for (std::uint32_t stride = 1; stride < cells; stride *= kSide) {
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      if (cell / stride % kSide != 0) continue;
      LinearRow row;
      for (std::uint32_t code = 0; code < kSide; ++code) {
        row.push_back({cell + code * stride, code + 1 == kSide ? -1.0 : 1.0});
      }
      rows.push_back(std::move(row));
    }
  }
  EXPECT_EQ(rows.size(), 48u);
  EXPECT_EQ(independent(cells, rows).size(), cells - leaves);
}

}  // namespace
}  // namespace regions
