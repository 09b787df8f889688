// How a protected amount is rounded, and the largest that a release can hold. Pure.
#pragma once

#include <cstdint>

#include "policies/catalogue/tables.h"

namespace regions {

inline constexpr std::int64_t kAmountLargest = kReleasedValueMax - kAmountRounding;

// Halves away from zero; amounts are never negative.
inline std::int64_t rounded_amount(std::int64_t cents) {
  return (cents + kAmountRounding / 2) / kAmountRounding * kAmountRounding;
}

}  // namespace regions
