// A crash must not write keys and records to the disk.
#include "node/base/core_dump.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>

namespace regions {
namespace {

// 0 when a crash of this process would write nothing of its memory.
int what_a_crash_writes() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0) return 1;
  unsigned mappings = 1;
  std::ifstream("/proc/self/coredump_filter") >> std::hex >> mappings;
  return mappings == 0 ? 0 : 2;
}

TEST(CoreDump, HoldsNothingOfTheMemory) {
  EXPECT_NE(what_a_crash_writes(), 0) << "nothing to tell apart on this machine";
  const auto guarded = [] {
    keep_memory_out_of_core_dumps();
    std::exit(what_a_crash_writes());
  };
  EXPECT_EXIT(guarded(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace regions
