// A percentage of a sensitivity rule, exact: p = 10, k = 90.9090909. Rules compare in whole
// numbers, so that a cell on the boundary falls on the same side on every machine.
#pragma once

#include <compare>
#include <cstdint>

#include "protocol/base/result.h"

namespace regions {

class Percent {
 public:
  // One hundred percent in the unit of `parts`.
  static constexpr std::int64_t kWhole = 100'000'000'000;
  static constexpr unsigned kDecimals = 9;

  // `parts` of 10^-9 percent. invalid_input unless 0 < parts < 100 %: 0 protects nothing, and no
  // rule means anything at 100.
  static Result<Percent> make(std::int64_t parts) {
    if (parts > 0 && parts < kWhole) return Percent(parts);
    return fail(Errc::invalid_input, "a percentage above 0 and below 100 expected");
  }

  std::int64_t parts() const { return parts_; }
  auto operator<=>(const Percent&) const = default;

 private:
  explicit Percent(std::int64_t parts) : parts_(parts) {}
  std::int64_t parts_;
};

}  // namespace regions
