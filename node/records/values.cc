#include "node/records/values.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "node/records/limits.h"
#include "policies/catalogue/period.h"

namespace regions {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Exactly `count` digits at the front of `text`, taken off it; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count || !std::all_of(text.begin(), text.begin() + count, is_digit)) return -1;
  int value = 0;
  for (char c : text.substr(0, count)) value = value * 10 + (c - '0');
  text.remove_prefix(count);
  return value;
}

Error no_date(std::string_view text, std::string_view format) {
  return fail(Errc::invalid_input, "'" + std::string(text.substr(0, 40)) +
                                       "' is no date of the form " + std::string(format));
}

std::chrono::sys_days day_of(std::int32_t day) {
  return std::chrono::sys_days(std::chrono::days(day));
}

}  // namespace

bool is_date_format(std::string_view format) {
  int years = 0, months = 0, days = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    const char unit = ++i < format.size() ? format[i] : '\0';
    if (unit != 'Y' && unit != 'm' && unit != 'd') return false;
    ++(unit == 'Y' ? years : unit == 'm' ? months : days);
  }
  return years == 1 && months == 1 && days == 1;
}

Result<std::int32_t> parse_date(std::string_view text, std::string_view format) {
  std::string_view rest = text;
  int year = 0, month = 0, day = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      if (!rest.starts_with(format[i])) return no_date(text, format);
      rest.remove_prefix(1);
      continue;
    }
    const char unit = format[++i];
    int& value = unit == 'Y' ? year : unit == 'm' ? month : day;
    value = take_digits(rest, unit == 'Y' ? 4 : 2);
    if (value < 0) return no_date(text, format);
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!rest.empty() || !date.ok()) return no_date(text, format);
  if (year < kYearMin || year > kYearMax) {
    return fail(Errc::invalid_input, "the year must lie between 1900 and 2999");
  }
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::int32_t last_day_of(int year) {
  const std::chrono::sys_days day = std::chrono::year(year) / std::chrono::December / 31;
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

int year_of(std::int32_t day) {
  return static_cast<int>(std::chrono::year_month_day(day_of(day)).year());
}

Result<std::int64_t> parse_amount(std::string_view text, char decimal) {
  if (text.starts_with('-')) return fail(Errc::invalid_input, "negative amount");
  const std::size_t point = text.find(decimal);
  const std::string_view whole = text.substr(0, point);
  std::string_view cents = point == std::string_view::npos ? "" : text.substr(point + 1);
  const bool digits = std::all_of(whole.begin(), whole.end(), is_digit) &&
                      std::all_of(cents.begin(), cents.end(), is_digit);
  if (!digits || whole.empty() || (point != std::string_view::npos && cents.empty())) {
    return fail(Errc::invalid_input, "not an amount; digits and at most two decimals behind '" +
                                         std::string(1, decimal) + "' are");
  }
  if (cents.size() > 2) return fail(Errc::invalid_input, "more than two decimals");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
  const bool small = error == std::errc{} && value <= kAmountCentsMax / 100;
  if (small) {
    value *= 100;
    if (!cents.empty()) value += (cents[0] - '0') * 10 + (cents.size() == 2 ? cents[1] - '0' : 0);
  }
  if (!small || value > kAmountCentsMax) {
    return fail(Errc::invalid_input, "larger than a billion");
  }
  return value;
}

bool is_record_id(std::string_view text) {
  if (text.empty() || text.size() > kRecordIdBytesMax) return false;
  if (text.front() == ' ' || text.back() == ' ') return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace regions
