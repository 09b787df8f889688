// The clock is passed in: the system's in the programs, a fake one in tests.
#pragma once

#include <cstdint>

namespace regions {

class Clock {
 public:
  virtual ~Clock() = default;
  // POSIX seconds (UTC).
  virtual std::int64_t now() const = 0;
  // Milliseconds of a clock that never goes backwards; only differences mean anything.
  virtual std::int64_t steady_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now() const override;
  std::int64_t steady_ms() const override;
};

}  // namespace regions
