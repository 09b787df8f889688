// The solver against what is known of its solutions: their moments, their form, and that nothing
// near them is better.
#include "policies/disclosure/maximum_entropy.h"

#include <gmock/gmock.h>

#include <cmath>

namespace regions {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;
using Support = std::vector<std::int32_t>;
using Probabilities = std::vector<double>;

// Supports of small and of asymmetric rows, with and without 0, and of a row without limits.
const std::vector<Support> kSupports{{-1, 2, 3},
                                     {-2, 1, 2, 3},
                                     {-3, 0, 1, 2, 3},
                                     {-1, 0, 1, 2, 3},
                                     {-3, -2, -1, 0, 1, 2, 3},
                                     {-5, -2, -1, 0, 1, 2, 3, 4, 5},
                                     {-11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                     {-2, 7, 8, 9, 10, 20},
                                     {-20, -19, 1}};

double moment(const Support& support, const Probabilities& p, int power) {
  double sum = 0;
  for (std::size_t k = 0; k < p.size(); ++k) sum += std::pow(support[k], power) * p[k];
  return sum;
}

double entropy(const Probabilities& p) {
  double sum = 0;
  for (const double q : p) sum -= q > 0 ? q * std::log(q) : 0;
  return sum;
}

// Nine variances between the ends of a support's range, some very near to them.
template <class Check>
void for_variances(const Support& support, Check check) {
  const auto range = variance_range(support);
  ASSERT_TRUE(range.has_value());
  const double least = static_cast<double>(range->least);
  const double width = static_cast<double>(range->greatest) - least;
  for (const double part : {1e-9, 1e-3, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1 - 1e-9}) {
    if (const double variance = least + part * width; variance >= 0.01) check(variance);
  }
}

TEST(MaximumEntropy, WithoutValuesOnBothSidesThereIsNoMeanZero) {
  EXPECT_FALSE(variance_range({}));
  EXPECT_FALSE(variance_range({-3, -1}));
  EXPECT_FALSE(variance_range({1, 2}));
}

TEST(MaximumEntropy, RangeOfTheVarianceComesFromTheNearestAndTheOutermostValues) {
  const auto range = [](const Support& support) {
    const auto [least, greatest] = variance_range(support).value();
    return std::pair(least, greatest);
  };
  EXPECT_EQ(range({-1, 2, 3}), std::pair(2L, 3L));
  EXPECT_EQ(range({-2, 1, 2, 3}), std::pair(2L, 6L));
  EXPECT_EQ(range({-3, 0, 1, 2, 3}), std::pair(0L, 9L));
  EXPECT_EQ(range({0, 1, 2}), std::pair(0L, 0L));
  EXPECT_EQ(range({-1, 2}), std::pair(2L, 2L));
}

// Least and greatest variance are linear programmes of two equations (sum 1, mean 0), so some
// solution on two values u <= 0 <= w attains either; its variance is -u w.
TEST(MaximumEntropy, RangeOfTheVarianceIsThatOfTheTwoValuedSolutions) {
  for (const Support& support : kSupports) {
    std::int64_t least = INT64_MAX, greatest = -1;
    for (const std::int32_t u : support) {
      for (const std::int32_t w : support) {
        if (u > 0 || w < 0) continue;
        least = std::min(least, -std::int64_t{u} * w);
        greatest = std::max(greatest, -std::int64_t{u} * w);
      }
    }
    const auto range = variance_range(support).value();
    EXPECT_EQ(range.least, least);
    EXPECT_EQ(range.greatest, greatest);
  }
}

TEST(MaximumEntropy, EndsOfTheRangeLeaveTwoValues) {
  EXPECT_THAT(maximum_entropy({-1, 2, 3}, 2), ElementsAre(2.0 / 3, 1.0 / 3, 0));
  EXPECT_THAT(maximum_entropy({-1, 2, 3}, 3), ElementsAre(0.75, 0, 0.25));
  EXPECT_THAT(maximum_entropy({-2, 1, 2, 3}, 2), ElementsAre(1.0 / 3, 2.0 / 3, 0, 0));
  EXPECT_THAT(maximum_entropy({-3, 0, 3}, 0), ElementsAre(0, 1, 0));
  EXPECT_THAT(maximum_entropy({-1, 2}, 2), ElementsAre(2.0 / 3, 1.0 / 3));
}

TEST(MaximumEntropy, ThreeValuesHaveOneSolution) {
  // -a + 2b + 3c = 0, a + 4b + 9c = s: c = (s - 2)/4.
  for (const double s : {2.0001, 2.25, 2.5, 2.9999}) {
    const double c = (s - 2) / 4, b = (1 - 4 * c) / 3;
    EXPECT_THAT(maximum_entropy({-1, 2, 3}, s),
                Pointwise(DoubleNear(1e-12), Probabilities{1 - b - c, b, c}));
  }
}

TEST(MaximumEntropy, MeanIsZeroAndTheVarianceIsTheOneAskedFor) {
  for (const Support& support : kSupports) {
    for_variances(support, [&](double variance) {
      const auto p = maximum_entropy(support, variance);
      EXPECT_NEAR(moment(support, p, 0), 1, 1e-14);
      EXPECT_NEAR(moment(support, p, 1), 0, 1e-13);
      EXPECT_NEAR(moment(support, p, 2), variance, 1e-13 * (1 + variance));
    });
  }
}

// Lagrange: at the maximum, and nowhere else, log p(v) = c + l1 v + l2 v^2 for all v.
TEST(MaximumEntropy, LogarithmIsAParabolaThroughAllValues) {
  for (const Support& s : kSupports) {
    for_variances(s, [&](double variance) {
      const auto p = maximum_entropy(s, variance);
      const auto log = [&](std::size_t k) { return std::log(p[k]); };
      // Newton's divided differences: the second is the same everywhere.
      const auto second = [&](std::size_t k) {
        const double left = (log(k + 1) - log(k)) / (s[k + 1] - s[k]);
        const double right = (log(k + 2) - log(k + 1)) / (s[k + 2] - s[k + 1]);
        return (right - left) / (s[k + 2] - s[k]);
      };
      for (std::size_t k = 1; k + 2 < s.size(); ++k) {
        EXPECT_NEAR(second(k), second(0), 1e-10 * (1 + std::abs(second(0)))) << variance;
      }
    });
  }
}

// Four values at a time can be changed without changing sum, mean or variance.
TEST(MaximumEntropy, NoFeasibleChangeHasMoreEntropy) {
  int changes = 0;
  for (const Support& s : kSupports) {
    for_variances(s, [&](double variance) {
      const auto p = maximum_entropy(s, variance);
      for (std::size_t k = 0; k + 3 < s.size(); ++k) {
        for (const double size : {1e-2, 1e-4, -1e-4, -1e-2}) {
          Probabilities changed = p;
          bool feasible = true;
          for (std::size_t a = k; a < k + 4; ++a) {
            double weight = size;  // the third divided difference annuls 1, v and v^2
            for (std::size_t b = k; b < k + 4; ++b) weight /= a == b ? 1 : s[a] - s[b];
            changed[a] += weight;
            feasible = feasible && changed[a] >= 0;
          }
          if (!feasible) continue;
          ++changes;
          EXPECT_LE(entropy(changed), entropy(p) + 1e-13) << variance << ' ' << size;
        }
      }
    });
  }
  EXPECT_GT(changes, 200);
}

TEST(MaximumEntropy, SymmetricSupportHasASymmetricSolution) {
  const Support s{-3, -2, -1, 0, 1, 2, 3};
  for_variances(s, [&](double variance) {
    const auto p = maximum_entropy(s, variance);
    EXPECT_THAT(Probabilities(p.rbegin(), p.rend()), Pointwise(DoubleNear(1e-13), p));
  });
}

}  // namespace
}  // namespace regions
