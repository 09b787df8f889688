#include "policies/catalogue/period.h"

#include <algorithm>

namespace regions {

Result<int> parse_year(std::string_view text) {
  const bool digits = text.size() == 4 && std::all_of(text.begin(), text.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  int year = 0;
  if (digits) {
    for (char c : text) year = year * 10 + (c - '0');
  }
  if (year < kYearMin || year > kYearMax) {
    return fail(Errc::invalid_input, "period '" + std::string(text.substr(0, 32)) +
                                         "': a year from 1900 to 2999 expected, such as 2017");
  }
  return year;
}

Result<std::vector<std::string>> parse_period_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  TRY(const int first, parse_year(text.substr(0, dots)));
  int last = first;
  if (dots != std::string_view::npos) {
    TRY(last, parse_year(text.substr(dots + 2)));
  }
  if (last < first) {
    return fail(Errc::invalid_input,
                "period '" + std::string(text) + "': ends before it begins; write 2015..2020");
  }
  if (static_cast<std::size_t>(last - first) >= kPeriodYearsMax) {
    return fail(Errc::invalid_input,
                "period '" + std::string(text) + "': at most 100 years; ask for fewer");
  }
  std::vector<std::string> years;
  for (int year = first; year <= last; ++year) years.push_back(std::to_string(year));
  return years;
}

}  // namespace regions
