// Corners at a distance from the bounds: whole, within them, and far where there is room.
#include "policies/disclosure/attack/inner_corner.h"

#include <gtest/gtest.h>

#include "policies/disclosure/attack/known_completions.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

using Narrow = InnerCorner::Narrow;
using Whole = std::optional<std::vector<std::int64_t>>;
using Bounds = std::vector<std::int64_t>;

// Columns 0 to 3 in two rows and two columns, totals published: all move as the first does.
const std::vector<LinearRow> kRing = {
    {{0, 1}, {1, 1}}, {{2, 1}, {3, 1}}, {{0, 1}, {2, 1}}, {{1, 1}, {3, 1}}};

Whole ask(Narrow narrow, const Bounds& lower, const Bounds& upper, const LinearRow& goal,
          std::int64_t wanted) {
  InnerCorner corner(4, kRing, WholeMoves(4, kRing), 16, narrow, 1);
  corner.set_bounds(lower, upper);
  Work work;
  return corner.find(goal, wanted, work).value();
}

TEST(InnerCorner, KeepsItsDistance) {
  const Whole found = ask(Narrow::still, Bounds(4, -100), Bounds(4, 100), {{0, 1}}, 84);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Bounds{84, -84, -84, 84}));
  EXPECT_FALSE(ask(Narrow::still, Bounds(4, -100), Bounds(4, 100), {{0, 1}}, 85));
}

TEST(InnerCorner, WhatIsAskedGoesOneWay) {
  const Whole found = ask(Narrow::still, {0, -100, -100, -100}, {100, 100, 100, 100}, {{0, 1}}, 60);
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0], 84);
  // The bounds of one question are not those of the next.
  InnerCorner corner(4, kRing, WholeMoves(4, kRing), 16, Narrow::still, 1);
  corner.set_bounds({0, -100, -100, -100}, {100, 100, 100, 100});
  Work work;
  EXPECT_TRUE(corner.find({{0, 1}}, 60, work).value());
  EXPECT_FALSE(corner.find({{1, 1}}, 60, work).value());
  EXPECT_TRUE(corner.find({{0, 1}}, 60, work).value());
}

TEST(InnerCorner, OthersGoOneWayWhereTheyMay) {
  const Bounds lower{0, -100, -100, -100}, upper{100, 0, 100, 100};
  EXPECT_FALSE(ask(Narrow::still, lower, upper, {{0, 1}}, 60));
  const Whole found = ask(Narrow::one_way, lower, upper, {{0, 1}}, 60);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Bounds{84, -84, -84, 84}));
}

TEST(InnerCorner, WhatMayNotMoveStandsStill) {
  for (const Narrow narrow : {Narrow::still, Narrow::one_way}) {
    EXPECT_FALSE(ask(narrow, {-100, 0, -100, -100}, {100, 0, 100, 100}, {{0, 1}}, 1));
  }
}

// Whatever it finds keeps the rows to the unit, and bounds to within the distance.
TEST(InnerCorner, IsWholeInCrossedRows) {
  constexpr std::uint32_t kSide = 6;
  std::vector<LinearRow> rows;
  for (std::uint32_t a = 0; a < kSide; ++a) {
    for (std::uint32_t b = 0; b < kSide; ++b) {
      LinearRow x, y, z;
      for (std::uint32_t c = 0; c < kSide; ++c) {
        x.push_back({(c * kSide + a) * kSide + b, 1});
        y.push_back({(a * kSide + c) * kSide + b, 1});
        z.push_back({(a * kSide + b) * kSide + c, 1});
      }
      for (LinearRow* row : {&x, &y, &z}) rows.push_back(std::move(*row));
    }
  }
  SeededRandom random(11);
  Bounds lower, upper;
  for (std::uint32_t at = 0; at < kSide * kSide * kSide; ++at) {
    const std::string bytes = random.bytes(2);
    lower.push_back(-std::int64_t{static_cast<std::uint8_t>(bytes[0])});
    upper.push_back(static_cast<std::uint8_t>(bytes[1]));
  }
  int found = 0;
  for (const Narrow narrow : {Narrow::still, Narrow::one_way}) {
    InnerCorner corner(lower.size(), rows, WholeMoves(lower.size(), rows), 16, narrow, 1);
    corner.set_bounds(lower, upper);
    Work work;
    for (std::uint32_t goal = 0; goal < 40; ++goal) {
      const Whole whole = corner.find({{goal, 1}}, 1, work).value();
      if (!whole) continue;
      ++found;
      for (const LinearRow& row : rows) {
        std::int64_t sum = 0;
        for (const LinearTerm& term : row) sum += (*whole)[term.column];
        ASSERT_EQ(sum, 0);
      }
      for (std::size_t at = 0; at < lower.size(); ++at) {
        EXPECT_GE((*whole)[at], lower[at]);
        EXPECT_LE((*whole)[at], upper[at]);
      }
    }
  }
  EXPECT_GT(found, 40);
}

TEST(KnownCompletions, WhatProvedASumIsFoundAgain) {
  KnownCompletions known;
  const auto yes = [](const KnownCompletions::Moves&) { return true; };
  EXPECT_FALSE(known.is_proven({1}, true, 1, yes));
  const auto moves = known.share({{1, 7}, {2, -7}});
  ASSERT_TRUE(moves);
  known.set_proof({1}, true, moves);
  EXPECT_TRUE(known.is_proven({1}, true, 7, yes));
  EXPECT_FALSE(known.is_proven({1}, true, 8, yes));
  EXPECT_FALSE(known.is_proven({1}, false, 1, yes));
  EXPECT_FALSE(known.is_proven({2}, false, 1, yes));
  EXPECT_FALSE(known.is_proven({1}, true, 7, [](const KnownCompletions::Moves&) { return false; }));
}

}  // namespace
}  // namespace regions
