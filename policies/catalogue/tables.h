// Names that stand in releases: tables, methods, reserved categories, and the least minimum of a
// headline (DISCLOSURE 2).
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

// The last category of every dimension, and the total over all of them. No code list may hold
// either.
inline constexpr std::string_view kUnknownCategory = "_U";
inline constexpr std::string_view kTotalCategory = "_T";

}  // namespace regions
