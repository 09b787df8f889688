// Where the acceptance material lies beside the checkout. Tests that need it skip without it,
// saying so.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace regions {

// The folder beside the source tree that holds data, cases and vectors; REGIONS_SHARED overrides
// it.
inline std::filesystem::path shared_dir() {
  if (const char* named = std::getenv("REGIONS_SHARED")) return named;
  return std::filesystem::path(REGIONS_SOURCE_DIR).parent_path() / "shared";
}

}  // namespace regions

// First line of such a test: skips when shared/RELATIVE is absent.
#define NEEDS_SHARED(relative)                                        \
  if (!std::filesystem::exists(::regions::shared_dir() / (relative))) \
  GTEST_SKIP() << "needs ../shared/" << (relative) << ", which is not beside this checkout"
