// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "node/base/clock.h"

namespace regions {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::int64_t now = 1'700'000'000) : now_(now) {}
  std::int64_t now() const override { return now_; }
  std::int64_t steady_ms() const override { return steady_ms_; }
  void advance(std::int64_t seconds) {
    now_ += seconds;
    steady_ms_ += seconds * 1000;
  }
  void set(std::int64_t now) { now_ = now; }

 private:
  std::atomic<std::int64_t> now_;
  std::atomic<std::int64_t> steady_ms_{0};
};

}  // namespace regions
