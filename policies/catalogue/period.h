// Reporting periods. A period is a calendar year, written YYYY; a range in a query is a list of
// years (DISCLOSURE 1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

inline constexpr int kYearMin = 1900;
inline constexpr int kYearMax = 2999;
// A query for more years than this is a mistake, and every year costs a cell per member.
inline constexpr std::size_t kPeriodYearsMax = 100;

// Exactly four digits, 1900 to 2999, else invalid_input.
Result<int> parse_year(std::string_view text);

// "2017" or "2015..2020", both ends included, ascending, at most 100 years, else invalid_input.
Result<std::vector<std::string>> parse_period_range(std::string_view text);

}  // namespace regions
