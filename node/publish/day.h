// The day of a moment, UTC.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

namespace regions {

// `seconds`: POSIX.
inline std::chrono::year_month_day day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

// YYYY-MM-DD.
inline std::string day_text(std::int64_t seconds) {
  const std::chrono::year_month_day day = day_of(seconds);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace regions
