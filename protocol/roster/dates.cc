#include "protocol/roster/dates.h"

#include <chrono>
#include <cstddef>

namespace regions {
namespace {

// -1 when a character is not a digit.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

bool is_date(std::string_view text) {
  constexpr std::size_t kLength = 10, kMonthAt = 5, kDayAt = 8;
  if (text.size() != kLength || text[kMonthAt - 1] != '-' || text[kDayAt - 1] != '-') return false;
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(kMonthAt, 2));
  const int day = number(text.substr(kDayAt, 2));
  if (year < 1900 || year > 2999 || month < 1 || day < 1) return false;
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

}  // namespace regions
