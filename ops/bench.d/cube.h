// The cube over a node's records, measured.
#pragma once

#include <filesystem>
#include <string>

#include "protocol/base/result.h"

namespace regions::bench {

struct CubeOptions {
  std::filesystem::path records;  // the store of the confidential wing; no node may run on it
  std::string which;              // margins.h
  int repeat = 3;
  std::filesystem::path cells;  // where every count that is not 0 is written; empty: nowhere
};

// Prints readings "cube.WHICH.disk" (the closed store opened, its files not in the kernel's cache,
// to the filled tables) and "cube.WHICH.memory" (the facts are loaded, to the filled tables), each
// `repeat` times. The count is that of tables. Errors: those of the store and of Facts::load.
Result<void> measure_cube(const CubeOptions& options);

}  // namespace regions::bench
