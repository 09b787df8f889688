// Generated perturbation tables: what must hold for every D, variance and js that have a solution.
#include "policies/disclosure/perturbation_generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "policies/disclosure/maximum_entropy.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Row = PerturbationTable::Row;

const std::vector<PerturbationParameters> kGrid{
    {3, 2, 2},    {3, 2.25, 2}, {3, 2.5, 2},  {3, 2.999999, 2}, {3, 3, 2},     {4, 2, 2},
    {4, 2.25, 2}, {4, 4, 2},    {5, 2.25, 2}, {5, 3, 2},        {5, 5, 2},     {7, 2.25, 2},
    {8, 6, 2},    {10, 2.1, 2}, {10, 10, 2},  {20, 2.25, 2},    {20, 20, 2},   {4, 4, 3},
    {6, 4.5, 3},  {6, 6, 4},    {9, 8, 4},    {12, 9.25, 5},    {20, 12.5, 6}, {3, 2 + 1e-11, 2}};

std::string name_of(const PerturbationParameters& p) {
  return std::to_string(p.max_noise) + " " + std::to_string(p.variance) + " " +
         std::to_string(p.small_max);
}

std::vector<std::int32_t> allowed(std::int32_t count, const PerturbationParameters& p) {
  std::vector<std::int32_t> out;
  for (std::int32_t v = -p.max_noise; v <= p.max_noise; ++v) {
    const std::int32_t result = count + v;
    if (result == 0 || result > p.small_max) out.push_back(v);
  }
  return out;
}

// v -> number of keys.
std::map<std::int32_t, std::int64_t> keys_of(const Row& row) {
  std::map<std::int32_t, std::int64_t> keys;
  std::uint64_t begin = 0;
  for (const auto& [v, ub] : row) {
    keys[v] = static_cast<std::int64_t>(ub - begin);
    begin = ub;
  }
  return keys;
}

// Calls check(row, allowed v, parameters) for every row but 0 of every table of the grid.
template <class Check>
void for_rows(Check check) {
  for (const PerturbationParameters& p : kGrid) {
    SCOPED_TRACE(name_of(p));
    ASSERT_OK_AND(const auto table, generate_perturbation_table(p));
    for (std::size_t i = 1; i < table.rows().size(); ++i) {
      SCOPED_TRACE(i);
      check(table.rows()[i], allowed(static_cast<std::int32_t>(i), p), p);
    }
  }
}

std::string why_not_generated(const PerturbationParameters& p) {
  const auto table = generate_perturbation_table(p);
  EXPECT_THAT(table, IsErr(Errc::invalid_input));
  return table.has_value() ? "" : table.error().context;
}

TEST(PerturbationGenerator, VarianceWithoutSolutionNamesTheRowAndTheLeastOrGreatest) {
  EXPECT_THAT(why_not_generated({3, 1.5, 2}),
              AllOf(HasSubstr("D = 3, variance 1.5, js = 2: row 1 has no solution"),
                    HasSubstr("its least variance is 2; choose a variance from 2 to 3")));
  EXPECT_THAT(why_not_generated({3, std::nextafter(2.0, 0.0), 2}),
              HasSubstr("its least variance is 2"));
  EXPECT_THAT(why_not_generated({3, std::nextafter(3.0, 4.0), 2}),
              AllOf(HasSubstr("row 1 has no solution: its greatest variance is 3"),
                    HasSubstr("choose a variance from 2 to 3")));
  EXPECT_THAT(why_not_generated({6, 5, 4}),
              AllOf(HasSubstr("row 2"), HasSubstr("least variance is 6"),
                    HasSubstr("choose a variance from 6 to 6")));
  EXPECT_THAT(why_not_generated({3, 0, 2}), HasSubstr("row 1"));
  EXPECT_THAT(why_not_generated({3, -1, 2}), HasSubstr("row 1"));
}

TEST(PerturbationGenerator, NoiseTooSmallForTheSmallCountsIsRefused) {
  EXPECT_THAT(why_not_generated({1, 2.25, 2}),
              AllOf(HasSubstr("row 1 has no solution: no noise of mean 0 fits"),
                    HasSubstr("no variance fits; choose a greater D")));
  EXPECT_THAT(why_not_generated({2, 2, 2}),
              AllOf(HasSubstr("row 3 has no solution"), HasSubstr("greatest variance is 0"),
                    HasSubstr("choose a greater D")));
  EXPECT_THAT(why_not_generated({5, 5, 4}), HasSubstr("no variance fits"));
}

TEST(PerturbationGenerator, ParametersOutOfRangeAreRefused) {
  EXPECT_THAT(why_not_generated({0, 2.25, 2}),
              HasSubstr("D is out of range; choose one from 1 to 20"));
  EXPECT_THAT(why_not_generated({21, 2.25, 2}), HasSubstr("D is out of range"));
  EXPECT_THAT(why_not_generated({INT32_MIN, 2.25, 2}), HasSubstr("D is out of range"));
  EXPECT_THAT(why_not_generated({3, 2.25, 1}),
              HasSubstr("js is out of range; choose one from 2 to 10"));
  EXPECT_THAT(why_not_generated({3, 2.25, 11}), HasSubstr("js is out of range"));
  EXPECT_THAT(why_not_generated({3, std::nan(""), 2}), HasSubstr("the variance is no number"));
  EXPECT_THAT(why_not_generated({3, INFINITY, 2}), HasSubstr("the variance is no number"));
}

// What the closed form of variance_range() calls a solution, over all parameters.
TEST(PerturbationGenerator, EverySolvableWholeVarianceMakesATable) {
  int tables = 0;
  for (std::int32_t d = 1; d <= 9; ++d) {
    for (std::int32_t js = 2; js <= 5; ++js) {
      for (int variance = 1; variance <= 12; ++variance) {
        bool solvable = true;
        for (std::int32_t i = 1; i <= d + js + 1; ++i) {
          const auto range = variance_range(allowed(i, {d, 0, js}));
          solvable = solvable && range && range->least <= variance && variance <= range->greatest;
        }
        const PerturbationParameters p{d, static_cast<double>(variance), js};
        EXPECT_EQ(generate_perturbation_table(p).has_value(), solvable) << name_of(p);
        tables += solvable;
      }
    }
  }
  // By hand, js = 2: 2 to D from D = 3 up, 35; js = 3: 4 to D, 21; js = 4: 6 to D, 10; js = 5: 1.
  EXPECT_EQ(tables, 67);
}

TEST(PerturbationGenerator, NoiseIsBoundedAndOneToJsAreNeverPublished) {
  for (const PerturbationParameters& p : kGrid) {
    ASSERT_OK_AND(const auto table, generate_perturbation_table(p));
    ASSERT_EQ(table.rows().size(), static_cast<std::size_t>(p.max_noise + p.small_max + 2));
    EXPECT_LE(table.max_noise(), p.max_noise);
    EXPECT_GE(table.small_max(), p.small_max);
    EXPECT_THAT(table.require(p), IsOk()) << name_of(p);
    for (std::int64_t count = 0; count < 60; ++count) {
      const auto row =
          std::min<std::size_t>(static_cast<std::size_t>(count), table.rows().size() - 1);
      for (const auto& [v, ub] : table.rows()[row]) {
        EXPECT_LE(std::abs(v), p.max_noise);
        const std::int64_t result = count + v;
        EXPECT_TRUE(result == 0 || result > p.small_max) << name_of(p) << ' ' << count << ' ' << v;
        EXPECT_EQ(table.noise(count, static_cast<std::uint32_t>(ub - 1)), v);
      }
    }
  }
}

TEST(PerturbationGenerator, RowsDifferUpToDPlusJsPlusOne) {
  ASSERT_OK_AND(const auto table, generate_perturbation_table({}));
  EXPECT_EQ(table.rows().size(), 7u);
  EXPECT_EQ(table.max_noise(), 3);
  EXPECT_EQ(table.small_max(), 2);
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t k = 0; k < i; ++k) EXPECT_NE(table.rows()[i], table.rows()[k]);
  }
}

// The header's words on how near to 0 the mean comes.
TEST(PerturbationGenerator, MeanIsZeroOrAsNearAsWholeKeysAllow) {
  int exact = 0, off = 0;
  for_rows([&](const Row& row, const auto&, const auto&) {
    const RowMoments moments = moments_of(row);
    bool neighbours = false;
    std::int64_t distance = 0;
    for (std::size_t k = 0; k + 1 < row.size(); ++k) {
      neighbours = neighbours || row[k + 1].v - row[k].v == 1;
      distance = std::max<std::int64_t>(distance, row[k + 1].v - row[k].v);
    }
    EXPECT_TRUE(!neighbours || moments.first == 0) << moments.first;
    EXPECT_LE(2 * std::abs(moments.first), distance);
    (moments.first == 0 ? exact : off)++;
  });
  EXPECT_GT(exact, 200);
  EXPECT_GT(off, 3);
}

TEST(PerturbationGenerator, NoValueIsTwoKeysOffFromTheGreatestEntropy) {
  for_rows([](const Row& row, const auto& support, const auto& p) {
    const auto probabilities = maximum_entropy(support, p.variance);
    auto keys = keys_of(row);
    for (std::size_t k = 0; k < support.size(); ++k) {
      EXPECT_LT(std::abs(static_cast<double>(keys[support[k]]) - probabilities[k] * kCellKeys), 2)
          << support[k];
      keys.erase(support[k]);
    }
    EXPECT_TRUE(keys.empty());
    const double variance = static_cast<double>(moments_of(row).second) / kCellKeys;
    EXPECT_NEAR(variance, p.variance, p.max_noise <= 5 ? 0x1p-26 : 0x1p-20);
  });
}

// The same from the table alone: no change of four entries that keeps sum, mean and variance has
// more entropy. Sizes are far above what rounding to keys does.
TEST(PerturbationGenerator, NoFeasibleChangeOfATableHasMoreEntropy) {
  const auto entropy = [](const std::vector<double>& shares) {
    double sum = 0;
    for (const double q : shares) sum -= q > 0 ? q * std::log(q) : 0;
    return sum;
  };
  int changes = 0;
  for_rows([&](const Row& row, const auto&, const auto&) {
    std::vector<double> shares;
    for (const auto& [v, keys] : keys_of(row))
      shares.push_back(static_cast<double>(keys) / kCellKeys);
    for (std::size_t k = 0; k + 3 < row.size(); ++k) {
      for (const double size : {0.05, 1e-3, -1e-3, -0.05}) {
        std::vector<double> changed = shares;
        bool feasible = true;
        for (std::size_t a = k; a < k + 4; ++a) {
          double weight = size;
          for (std::size_t b = k; b < k + 4; ++b) weight /= a == b ? 1 : row[a].v - row[b].v;
          changed[a] += weight;
          feasible = feasible && changed[a] >= 0;
        }
        if (!feasible) continue;
        ++changes;
        EXPECT_LT(entropy(changed), entropy(shares) + 1e-9);
      }
    }
  });
  EXPECT_GT(changes, 500);
}

TEST(PerturbationGenerator, SameParametersGiveTheSameTable) {
  for (const PerturbationParameters& p : kGrid) {
    EXPECT_EQ(generate_perturbation_table(p).value(), generate_perturbation_table(p).value());
  }
}

// Found by an independent Newton iteration of 80 digits, with the rounding of the header; a change
// here is another noise for cells that were released.
TEST(PerturbationGenerator, TablesAreThoseOfAnIndependentComputation) {
  ASSERT_OK_AND(const auto eight, generate_perturbation_table({8, 7, 4}));
  EXPECT_EQ(eight.rows()[1], (Row{{-1, 3740636956},
                                  {4, 3803276973},
                                  {5, 3862986486},
                                  {6, 3936557258},
                                  {7, 4053732871},
                                  {8, 4294967296}}));
  ASSERT_OK_AND(const auto five, generate_perturbation_table({5, 3, 2}));
  EXPECT_EQ(five.rows()[7], (Row{{-4, 79195746},
                                 {-3, 317497223},
                                 {-2, 839855592},
                                 {-1, 1673973277},
                                 {0, 2644266615},
                                 {1, 3466501159},
                                 {2, 3974082134},
                                 {3, 4202343232},
                                 {4, 4277121502},
                                 {5, 4294967296}}));
}

}  // namespace
}  // namespace regions
