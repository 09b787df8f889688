// The arithmetic of progress.
#include <algorithm>
#include <cmath>

#include "node/federation/progress.h"

namespace regions {
namespace {

constexpr double kPermilleMax = 1e15;  // llround() of more would be no number

// ceil(value x percent / 100) without a product that overflows: sums of all members reach 2^62.
std::int64_t percent_of(std::int64_t value, std::uint32_t percent) {
  const auto part = static_cast<std::int64_t>(percent);
  return value / 100 * part + (value % 100 * part + 99) / 100;
}

std::int64_t target_of(const Indicator& indicator, std::int64_t baseline) {
  return baseline + percent_of(baseline, indicator.progress->target_percent);
}

}  // namespace

Change change_of(const Indicator& indicator, std::int64_t baseline, std::int64_t period,
                 std::int64_t error) {
  Change change;
  change.change = period - baseline;
  change.max_error = 2 * static_cast<std::uint64_t>(error);
  if (baseline >= (indicator.is_amount() ? 1 : kPercentBaselineMin)) {
    const double permille =
        static_cast<double>(change.change) * 1000 / static_cast<double>(baseline);
    change.permille = std::llround(std::clamp(permille, -kPermilleMax, kPermilleMax));
  }
  if (indicator.progress && baseline > 0) {
    change.target = target_of(indicator, baseline);
    change.reached = period >= *change.target;
    // Both values at their worst for the verdict: the aim moves with the baseline.
    change.certain =
        change.reached
            ? period - error >= target_of(indicator, baseline + error)
            : period + error < target_of(indicator, std::max<std::int64_t>(baseline - error, 0));
  }
  return change;
}

}  // namespace regions
