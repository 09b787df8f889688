// The rules of amounts at their boundaries; equality is safe.
#include <gtest/gtest.h>

#include "policies/disclosure/breakdown.h"

namespace regions {
namespace {

constexpr std::int64_t kHuge = 4'000'000'000'000'000'000;

RawAmount of(std::int64_t largest, std::int64_t second, std::int64_t rest) {
  return {largest + second + rest, 3, largest, second};
}

TEST(Amounts, TheSecondLargestMustNotTellTheLargestToWithinP) {
  EXPECT_TRUE(is_p_sensitive(of(1000, 500, 99), 10));
  EXPECT_FALSE(is_p_sensitive(of(1000, 500, 100), 10));
  EXPECT_TRUE(is_p_sensitive(of(kHuge, 10, 10), 10));  // the product leaves 64 bits
}

TEST(Amounts, TwoHoldingsMustNotHaveMoreThanK) {
  EXPECT_TRUE(is_dominated(of(501, 400, 99), 90));
  EXPECT_FALSE(is_dominated(of(500, 400, 100), 90));
  EXPECT_TRUE(is_dominated(of(kHuge, kHuge, 0), 90));
}

}  // namespace
}  // namespace regions
