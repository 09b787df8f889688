// Calendar dates as they stand in rosters.
#pragma once

#include <string_view>

namespace regions {

// A day that exists, "YYYY-MM-DD", years 1900 to 2999 (Gregorian).
bool is_date(std::string_view text);

}  // namespace regions
