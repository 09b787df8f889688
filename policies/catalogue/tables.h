// What stands in releases: names of tables, methods and reserved categories, and what a published
// value can be (DISCLOSURE 2).
#pragma once

#include <cstdint>
#include <string_view>

namespace regions {

inline constexpr std::string_view kHeadlineTable = "headline";
// The indicators of that table.
inline constexpr std::string_view kHeadlineAll = "ENT-COOP";
inline constexpr std::string_view kHeadlineSme = "SME-COOP";

inline constexpr std::string_view kMethodExact = "exact";
inline constexpr std::string_view kMethodCellKey = "cell-key";
inline constexpr std::string_view kMethodRounded = "rounded";
inline constexpr std::uint32_t kMethodVersion = 1;
inline constexpr std::uint32_t kHeadlineMinimum = 3;
// No count between this and 0 is published by the cell key.
inline constexpr std::int64_t kCellKeyMinimum = 3;
// Amounts go out in thousands of EUR; in cents.
inline constexpr std::int64_t kAmountRounding = 100'000;
// 2^53 - 1: what every reader of JSON holds exactly, and sums of all members stay within 64 bits.
inline constexpr std::int64_t kReleasedValueMax = 9'007'199'254'740'991;

// The last category of every dimension, and the total over all of them. No code list may hold
// either.
inline constexpr std::string_view kUnknownCategory = "_U";
inline constexpr std::string_view kTotalCategory = "_T";

}  // namespace regions
