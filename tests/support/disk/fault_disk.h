// A disk whose nth change fails, for loops that try every n and end in a full verification.
//
// A program that links tests_fault_disk has its own open, write, fsync, rename and so on
// (fault_calls.cc). They stand before those of the C library for everything in the process, the
// store's engine and the standard library included, so that no writer needs a seam of its own. Only
// what lies below the folder of the FaultDisk is counted; reads never fail.
//
// One at a time in a process; any thread may write.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace regions {

class FaultDisk {
 public:
  // What is left of a write that fails: nothing, or its first half.
  enum class Flavour { refused, half };

  // `folder` exists; its name has no symbolic link in it.
  explicit FaultDisk(const std::filesystem::path& folder);
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  // The nth change from now says ENOSPC, and with `stays_down` every later one, until heal().
  void fail_at(std::uint64_t n, Flavour flavour, bool stays_down);
  void heal() { fail_at_ = 0; }
  // Changes since the last fail_at(): files made, writes, syncs, sizes, names, folders, rights.
  std::uint64_t changes() const { return changes_; }
  // Whether the fault of the last fail_at() has happened.
  bool failed() const { return fail_at_ != 0 && changes_ >= fail_at_; }

 private:
  friend struct FaultCalls;
  // Counts one change below the folder; true when it must fail.
  bool count();
  bool holds(const char* path) const;
  bool holds(int descriptor) const;

  const std::string folder_;
  std::atomic<std::uint64_t> changes_{0};
  std::atomic<std::uint64_t> fail_at_{0};
  std::atomic<bool> stays_down_{false};
  std::atomic<bool> half_{false};
};

// What the calls ask.
struct FaultCalls {
  // True: this change fails; errno is set.
  static bool fails(const char* path);
  static bool fails(int descriptor);
  // How many of `size` bytes a write may still put: all; or, when it fails, half or none.
  static std::optional<std::size_t> left_of_write(int descriptor, std::size_t size);
};

}  // namespace regions
