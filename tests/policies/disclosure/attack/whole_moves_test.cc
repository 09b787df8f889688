// Whole moves near one in fractions: rows are kept to the unit, and fractions are owned up to.
#include "policies/disclosure/attack/whole_moves.h"

#include <gtest/gtest.h>

#include "policies/disclosure/attack/attack.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

// Cells 0 to 3 in two rows and two columns, totals published.
const std::vector<LinearRow> kSquare = {
    {{0, 1}, {1, 1}}, {{2, 1}, {3, 1}}, {{0, 1}, {2, 1}}, {{1, 1}, {3, 1}}};

TEST(WholeMoves, KeepEveryRow) {
  const WholeMoves moves(4, kSquare);
  const auto near = moves.near({2.4, -2.4, -2.4, 2.4});
  ASSERT_TRUE(near);
  EXPECT_EQ(*near, (std::vector<std::int64_t>{2, -2, -2, 2}));
}

TEST(WholeMoves, WhatIsHeldStaysUntilItIsNot) {
  WholeMoves moves(4, kSquare);
  moves.hold({3});
  EXPECT_EQ(*moves.near({2.4, -2.4, -2.4, 2.4}), std::vector<std::int64_t>(4, 0));
  moves.hold({});
  EXPECT_NE(*moves.near({2.4, -2.4, -2.4, 2.4}), std::vector<std::int64_t>(4, 0));
}

TEST(WholeMoves, FractionsGiveNothing) {
  const WholeMoves moves(2, {{{0, 2}, {1, 3}}});
  EXPECT_FALSE(moves.near({3, -2}));
}

// Two dimensions and their totals beside each other, many times over: more than a thousand cells,
// so that corners are rounded. The level is kept, and the proof is one of whole numbers.
TEST(WholeMoves, ProveLevelsOfLargeComponents) {
  SeededRandom random(3);
  constexpr std::size_t kSide = 40;
  CellSystem system;
  for (std::size_t at = 0; at < kSide * kSide; ++at) {
    system.value.push_back(100'000 + static_cast<std::uint8_t>(random.bytes(1)[0]) * 1'001);
  }
  system.below = system.value;
  system.above.assign(system.size(), kNoBound);
  for (std::size_t r = 0; r < kSide; ++r) {
    Equation row, column;
    for (std::size_t c = 0; c < kSide; ++c) {
      row.push_back({static_cast<CellId>(r * kSide + c), 1});
      column.push_back({static_cast<CellId>(c * kSide + r), 1});
    }
    system.equations.push_back(row);
    system.equations.push_back(column);
  }
  Work work;
  std::vector<Guard> guards = {{{7}, {90'001, 90'001, 0}, 0}, {{801}, {77'777, 99'999, 0}, 0}};
  const Pattern all(system.size(), 1);
  EXPECT_TRUE(find_breaches(system, all, {{}}, guards, work).value().empty());
  guards.front().level.lower = system.value[7] + 1;
  EXPECT_EQ(find_breaches(system, all, {{}}, guards, work).value().size(), 1u);
}

}  // namespace
}  // namespace regions
