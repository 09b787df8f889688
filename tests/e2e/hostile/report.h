// The acts of a hostile test, one line each: what was done, what was expected, what came, how long
// it took.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <mutex>
#include <string>

namespace regions {

class Acts {
 public:
  void add(const std::string& act, const std::string& expected, const std::string& got, bool held,
           std::int64_t took_ms) {
    const std::lock_guard lock(mutex_);
    ++count_;
    std::printf("act %2d %-58s %5lld ms  %s\n", count_, act.c_str(),
                static_cast<long long>(took_ms), held ? expected.c_str() : "FAILED");
    EXPECT_TRUE(held) << act << ": expected " << expected << ", got " << got;
  }
  int count() const { return count_; }

 private:
  std::mutex mutex_;
  int count_ = 0;
};

inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace regions
