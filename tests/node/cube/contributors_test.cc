#include "node/cube/contributors.h"

#include <gtest/gtest.h>

#include <set>

#include "protocol/base/bytes.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

TEST(Contributors, AnAmountOfNothingIsNone) {
  Contributors cell;
  cell.add(0);
  cell.remove(0);
  EXPECT_TRUE(cell.knows_largest());
  EXPECT_EQ(cell.amount().contributors, 0);
  EXPECT_EQ(cell.amount().largest, 0);
}

TEST(Contributors, WhenAllThatAreKnownHaveGoneItIsSaid) {
  Contributors cell;
  const int all = 2 * Contributors::kKept;
  for (int cents = 1; cents <= all; ++cents) cell.add(cents);
  for (std::uint32_t i = 0; i + 1 < Contributors::kKept; ++i) {
    EXPECT_TRUE(cell.knows_largest());
    cell.remove(all - static_cast<int>(i));
  }
  EXPECT_FALSE(cell.knows_largest());
  for (std::int64_t cents = 1; cents <= Contributors::kKept; ++cents) cell.remove(cents);
  EXPECT_TRUE(cell.knows_largest());
  EXPECT_EQ(cell.amount().largest, Contributors::kKept + 1);
}

TEST(Contributors, PartsThatWereAddedApartAreAsIfAddedTogether) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SeededRandom random(seed);
    Contributors together, parts[3];
    std::vector<std::int64_t> all;
    for (std::uint32_t i = 0; i < 20 * seed; ++i) {
      const std::uint32_t draw = read_u32(random.bytes(4));
      all.push_back(draw / 8 % (seed % 2 == 0 ? 5 : 100'000));
      together.add(all.back());
      parts[draw % 3].add(all.back());
    }
    parts[2].add(parts[0]);
    parts[2].add(parts[1]);
    // The largest go first, until it is said that the next are not known.
    std::sort(all.begin(), all.end(), std::greater<>());
    for (const std::int64_t cents : all) {
      ASSERT_EQ(parts[2].knows_largest(), together.knows_largest());
      if (together.knows_largest()) {
        ASSERT_EQ(parts[2].amount().sum, together.amount().sum);
        ASSERT_EQ(parts[2].amount().contributors, together.amount().contributors);
        ASSERT_EQ(parts[2].amount().largest, together.amount().largest);
        ASSERT_EQ(parts[2].amount().second, together.amount().second);
      }
      parts[2].remove(cents);
      together.remove(cents);
    }
  }
}

// Against a list of all, with many equal amounts.
TEST(Contributors, WhatIsSaidIsRight) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SeededRandom random(seed);
    Contributors cell;
    std::multiset<std::int64_t> all;
    int known = 0;
    for (int i = 0; i < 2000; ++i) {
      const std::uint32_t draw = read_u32(random.bytes(4));
      const bool shrink = i / 200 % 2 == 1;
      if (draw % 4 != 0 && shrink && !all.empty()) {
        auto gone = all.begin();
        std::advance(gone, draw / 8 % all.size());
        cell.remove(*gone);
        all.erase(gone);
      } else {
        const std::int64_t cents = 1 + draw / 8 % (seed % 2 == 0 ? 5 : 100'000);
        cell.add(cents);
        all.insert(cents);
      }
      if (!cell.knows_largest()) continue;
      ++known;
      std::int64_t sum = 0;
      for (const std::int64_t one : all) sum += one;
      const RawAmount amount = cell.amount();
      ASSERT_EQ(amount.sum, sum) << seed;
      ASSERT_EQ(amount.contributors, static_cast<std::int64_t>(all.size())) << seed;
      ASSERT_EQ(amount.largest, all.empty() ? 0 : *all.rbegin()) << seed;
      ASSERT_EQ(amount.second, all.size() < 2 ? 0 : *std::next(all.rbegin())) << seed;
    }
    EXPECT_GT(known, 200) << seed;
  }
}

}  // namespace
}  // namespace regions
