// The day of a moment, UTC.
#pragma once

#include <chrono>
#include <cstdint>

namespace regions {

// `seconds`: POSIX.
inline std::chrono::year_month_day day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

}  // namespace regions
