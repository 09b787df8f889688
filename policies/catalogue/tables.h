// Names that stand in releases: tables, methods, and the least minimum of a headline (DISCLOSURE
// 2).
#pragma once

#include <cstdint>
#include <string_view>

namespace regions {

inline constexpr std::string_view kHeadlineTable = "headline";
inline constexpr std::string_view kMethodExact = "exact";
inline constexpr std::uint32_t kMethodVersion = 1;
inline constexpr std::uint32_t kHeadlineMinimum = 3;

}  // namespace regions
