// A piece of work in a process of its own, which may die of what happens to its disk without taking
// the test along. The test itself must not have opened a store: the engine's threads do not follow
// into a child.
#pragma once

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>

#include "protocol/base/check.h"

namespace regions {

// What `act` returned, or 128 + the signal that ended it.
inline int in_child(const std::function<int()>& act) {
  constexpr unsigned kSecondsMax = 60;
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    ::alarm(kSecondsMax);  // a hang is an end like any other
    ::_exit(act());
  }
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// A value that children write and the test reads.
template <class T>
class Shared {
 public:
  Shared()
      : value_(
            ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    CHECK(value_ != MAP_FAILED);
    new (value_) T();
  }
  ~Shared() { ::munmap(value_, sizeof(T)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  T* operator->() const { return static_cast<T*>(value_); }
  T& operator*() const { return *static_cast<T*>(value_); }

 private:
  void* value_;
};

}  // namespace regions
