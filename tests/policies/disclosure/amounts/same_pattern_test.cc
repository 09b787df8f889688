// The same input and region key give the same pattern: in every build, in whatever thread, whatever
// else is computed beside it. Another region key breaks ties otherwise.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "protocol/crypto/sha256.h"
#include "tests/policies/disclosure/amounts/random_region.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

// What a region publishes in all its rounds, cell by cell.
std::string pattern_of(std::uint64_t seed, Weaken change = nullptr) {
  std::string text;
  for (const DecidedAmount& one : release(random_linked_region(seed), change).cells) {
    text += text_of(one.cell) + (one.value ? " 1\n" : " 0\n");
  }
  return text;
}

// Written down once; a compiler, a library or a change that gives another one is noticed.
TEST(SamePattern, IsThatOfEveryBuild) {
  std::string all;
  for (std::uint64_t seed = 1; seed <= 2; ++seed) all += pattern_of(seed);
  EXPECT_EQ(sha256(all).hex(), "0d13b30c2190287f47290862a9625fc11f079e5137083e5ace3b16a9f07481d0");
}

TEST(SamePattern, ThreadsThatComputeBesideChangeNothing) {
  std::vector<std::string> alone;
  constexpr std::uint64_t kSeeds = kSanitized ? 1 : 3;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) alone.push_back(pattern_of(seed));
  for (const std::size_t count : {2u, 3u}) {
    std::vector<std::vector<std::string>> found(count);
    std::vector<std::thread> threads;
    for (auto& mine : found) {
      threads.emplace_back([&mine] {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) mine.push_back(pattern_of(seed));
      });
    }
    for (std::thread& one : threads) one.join();
    for (const auto& mine : found) EXPECT_EQ(mine, alone);
  }
}

TEST(SamePattern, AnotherRegionKeyBreaksTiesOtherwise) {
  std::set<std::string> patterns;
  for (std::uint64_t seed = 1; seed <= (kSanitized ? 1 : 3); ++seed) {
    const auto with_another = [](SmallAmounts&, AmountRequest& asked) {
      static const Bytes other(32, 'o');
      asked.region_key = other;
    };
    patterns.insert(pattern_of(seed));
    const std::string once = pattern_of(seed, with_another);
    EXPECT_EQ(once, pattern_of(seed, with_another));
    patterns.insert(once);
  }
  EXPECT_TRUE(kSanitized || patterns.size() > 3);
}

}  // namespace
}  // namespace regions
