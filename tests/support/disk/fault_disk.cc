#include "tests/support/disk/fault_disk.h"

#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace regions {
namespace {

std::atomic<FaultDisk*> active{nullptr};

std::string start_of_paths_in(const std::filesystem::path& folder) {
  return std::filesystem::canonical(folder).string() + "/";
}

}  // namespace

FaultDisk::FaultDisk(const std::filesystem::path& folder) : folder_(start_of_paths_in(folder)) {
  if (active.exchange(this) != nullptr) std::abort();
}

FaultDisk::~FaultDisk() { active = nullptr; }

void FaultDisk::fail_at(std::uint64_t n, Flavour flavour, bool stays_down) {
  changes_ = 0;
  half_ = flavour == Flavour::half;
  stays_down_ = stays_down;
  fail_at_ = n;
}

bool FaultDisk::count() {
  const std::uint64_t now = ++changes_;
  const std::uint64_t at = fail_at_;
  return at != 0 && (now == at || (stays_down_ && now > at));
}

bool FaultDisk::holds(const char* path) const {
  return std::string_view(path).starts_with(folder_);
}

bool FaultDisk::holds(int descriptor) const {
  char link[64], path[PATH_MAX];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t size = ::readlink(link, path, sizeof path);
  return size > 0 && std::string_view(path, static_cast<std::size_t>(size)).starts_with(folder_);
}

bool FaultCalls::fails(const char* path) {
  FaultDisk* disk = active;
  if (disk == nullptr || !disk->holds(path) || !disk->count()) return false;
  errno = ENOSPC;
  return true;
}

bool FaultCalls::fails(int descriptor) {
  const int before = errno;
  FaultDisk* disk = active;
  const bool now = disk != nullptr && disk->holds(descriptor) && disk->count();
  errno = now ? ENOSPC : before;
  return now;
}

std::optional<std::size_t> FaultCalls::left_of_write(int descriptor, std::size_t size) {
  if (!fails(descriptor)) return std::nullopt;
  // A short write is no error yet: the kernel says so at the next one.
  return static_cast<FaultDisk*>(active)->half_ ? size / 2 : 0;
}

}  // namespace regions
