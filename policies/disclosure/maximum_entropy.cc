// By Lagrange, p(v) is proportional to exp(l1 v + l2 v^2). Written without exp, and so that both
// ends of the variance are numbers like others, it is x^v t^e(v) with x > 0, 0 <= t <= 1 and
//   e(v) = (v - a)(v - b)   for small variances: t = 0 leaves a and b alone, the least variance
//   e(v) = (v - A)(B - v)   for great ones: t = 0 leaves A and B alone, the greatest
// (a, b, A, B as in variance_range()); both are the same at t = 1.
//
// For each t one x gives mean 0: the mean rises with x. With that x the variance is monotone in t:
// its derivative by l2, which is log t or -log t, is the variance of what v^2 has beyond its
// regression on v, positive as long as three values have weight. So two nested bisections find both
// and cannot miss.
#include "policies/disclosure/maximum_entropy.h"

#include <algorithm>

#include "policies/disclosure/limits.h"
#include "protocol/base/check.h"

namespace regions {
namespace {

using Support = std::vector<std::int32_t>;
using Weights = std::vector<double>;

// No solution within the contract has another x, and x^40 of these is still a double.
constexpr double kTiltMin = 1.0 / (1 << 25);
constexpr double kTiltMax = 1 << 25;
// A smaller variance would need another x; no table has one.
constexpr double kVarianceMin = 0.01;

// The values of the support nearest to 0; both 0 when 0 is one.
struct Nearest {
  std::int32_t below;
  std::int32_t above;
};

std::optional<Nearest> nearest_to_zero(const Support& support) {
  if (support.empty() || support.front() > 0 || support.back() < 0) return std::nullopt;
  const auto above = std::lower_bound(support.begin(), support.end(), 0);
  if (*above == 0) return Nearest{0, 0};
  return Nearest{*std::prev(above), *above};
}

double power(double base, std::int32_t exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) result *= base;
  }
  return result;
}

// weights[k] x^(v - A), one by one in the order of the support.
Weights tilted(const Support& support, const Weights& weights, double x) {
  Weights out(weights.size());
  double factor = 1;
  std::int32_t at = support.front();
  for (std::size_t k = 0; k < support.size(); ++k) {
    for (; at < support[k]; ++at) factor *= x;
    out[k] = weights[k] * factor;
  }
  return out;
}

double first_moment(const Support& support, const Weights& weights) {
  double sum = 0;
  for (std::size_t k = 0; k < support.size(); ++k) sum += support[k] * weights[k];
  return sum;
}

double variance_of(const Support& support, const Weights& probabilities) {
  double sum = 0;
  for (std::size_t k = 0; k < support.size(); ++k) {
    sum += support[k] * (support[k] * probabilities[k]);
  }
  return sum;
}

// A number of (low, high) at which `too_high` turns from false to true, to the last bit.
template <class Predicate>
double bisect(double low, double high, Predicate too_high) {
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return low;
    (too_high(middle) ? high : low) = middle;
  }
}

// The weights, tilted to mean 0 and divided by their sum.
Weights centred(const Support& support, const Weights& weights) {
  const auto mean_too_high = [&](double x) {
    return first_moment(support, tilted(support, weights, x)) > 0;
  };
  double low = 1, high = 1;
  while (low > kTiltMin && mean_too_high(low)) low /= 2;
  while (high < kTiltMax && !mean_too_high(high)) high *= 2;
  Weights out = tilted(support, weights, bisect(low, high, mean_too_high));
  double sum = 0;
  for (const double weight : out) sum += weight;
  for (double& weight : out) weight /= sum;
  return out;
}

// Mean 0 on two values of the support alone, or on 0.
Weights on_two(const Support& support, std::int32_t below, std::int32_t above) {
  Weights out(support.size());
  const double distance = above - below;
  for (std::size_t k = 0; k < support.size(); ++k) {
    if (support[k] == below) out[k] = below == above ? 1 : above / distance;
    if (support[k] == above && below != above) out[k] = -below / distance;
  }
  return out;
}

}  // namespace

std::optional<VarianceRange> variance_range(const Support& support) {
  const auto inner = nearest_to_zero(support);
  if (!inner) return std::nullopt;
  return VarianceRange{-std::int64_t{inner->below} * inner->above,
                       -std::int64_t{support.front()} * support.back()};
}

std::vector<double> maximum_entropy(const Support& support, double variance) {
  const auto range = variance_range(support);
  CHECK(range && support.front() >= -kMaxNoiseMax && support.back() <= kMaxNoiseMax);
  CHECK(variance >= range->least && variance <= range->greatest);
  const Nearest nearest = *nearest_to_zero(support);
  if (variance == range->least) return on_two(support, nearest.below, nearest.above);
  if (variance == range->greatest) return on_two(support, support.front(), support.back());
  CHECK(variance >= kVarianceMin);

  const double flat = variance_of(support, centred(support, Weights(support.size(), 1)));
  const bool small = variance <= flat;
  const auto solution = [&](double t) {
    Weights weights;
    for (const std::int32_t v : support) {
      const std::int32_t inner = (v - nearest.below) * (v - nearest.above);
      const std::int32_t outer = (v - support.front()) * (support.back() - v);
      weights.push_back(power(t, small ? inner : outer));
    }
    return centred(support, weights);
  };
  // From t = 0 on, small variances rise to the flat one and great ones fall to it.
  return solution(bisect(0, 1, [&](double t) {
    const double reached = variance_of(support, solution(t));
    return small ? reached > variance : reached < variance;
  }));
}

}  // namespace regions
