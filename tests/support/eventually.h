// Waiting for what another thread or process does: asks until the answer is yes.
#pragma once

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <functional>

namespace regions {

inline std::chrono::milliseconds seconds(int count) { return std::chrono::seconds(count); }

// False when `limit` has passed.
inline bool eventually(std::chrono::milliseconds limit, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  // Asking may itself start a process; later it is worth less.
  for (int breath = 5;; breath = std::min(breath * 2, 200)) {
    if (condition()) return true;
    if (std::chrono::steady_clock::now() >= end) return false;
    ::poll(nullptr, 0, breath);
  }
}

}  // namespace regions
