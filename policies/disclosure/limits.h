// Bounds of disclosure control, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// D, the greatest noise: a count that may be off by more says nothing about a region.
inline constexpr std::int32_t kMaxNoiseMax = 20;
// js, up to which no count is published: 10 hides what the strictest offices hide.
inline constexpr std::int32_t kSmallMaxMax = 10;
// Rows of a perturbation table: generated ones have at most 32; a statistical office has 750.
inline constexpr std::size_t kPerturbationRowsMax = 1'000;
// A perturbation table as a file: 200 lines are common; a longer text is another file.
inline constexpr std::size_t kPerturbationFileBytesMax = 256 * 1024;

}  // namespace regions
