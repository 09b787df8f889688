// Loops over a disk that fails at its nth change, in each flavour.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <tuple>

#include "node/base/file.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/disk/fault_disk.h"
#include "tests/support/result_matchers.h"
#include "tests/support/sanitized.h"

namespace regions {

// In memory where there is such a disk: these loops sync tens of thousands of times.
inline std::filesystem::path quick_disk() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

// How a process that was let loose on the disk ended.
enum Ended : int { untouched = 0, failed = 1, wrong = 2 };

// What is left of a write that fails, and whether the disk stays full until the writer gave up.
using DiskFlavour = std::tuple<FaultDisk::Flavour, bool>;

class OnFailingDisk : public testing::TestWithParam<DiskFlavour> {
 protected:
  std::filesystem::path path(const std::string& name) const { return folder.path / name; }
  // Loops of processes try every 13th change (41st under the sanitizers), each flavour others; all
  // of them with REGIONS_EVERY_CHANGE in the environment, which takes some minutes.
  static std::uint64_t step() {
    if (std::getenv("REGIONS_EVERY_CHANGE") != nullptr) return 1;
    return kSanitized ? 41 : 13;
  }
  static std::uint64_t first() { return step() > 1 && std::get<1>(GetParam()) ? 7 : 1; }
  void arm(FaultDisk& disk, std::uint64_t n) const {
    const auto [flavour, stays_down] = GetParam();
    disk.fail_at(n, flavour, stays_down);
  }
  Bytes text_of(const std::filesystem::path& file) const {
    constexpr std::size_t kBytesMax = 1 << 20;
    const auto text = read_file(file, kBytesMax);
    return text ? *text : "(none)";
  }
  std::vector<std::string> names_in(const std::filesystem::path& in) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(in)) {
      names.push_back(entry.path().lexically_relative(in));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  TemporaryFolder folder{quick_disk()};
};

inline auto disk_flavours() {
  return testing::Combine(testing::Values(FaultDisk::Flavour::refused, FaultDisk::Flavour::half),
                          testing::Bool());
}

// Of the loops that start two processes a step: a disk that is full and stays so, and a write that
// was cut off once.
inline auto process_flavours() {
  return testing::Values(DiskFlavour(FaultDisk::Flavour::refused, true),
                         DiskFlavour(FaultDisk::Flavour::half, false));
}

inline std::string flavour_name(const testing::TestParamInfo<DiskFlavour>& info) {
  const auto [flavour, stays_down] = info.param;
  return std::string(flavour == FaultDisk::Flavour::half ? "HalfAWrite" : "NoWrite") +
         (stays_down ? "StaysDown" : "Once");
}

}  // namespace regions
