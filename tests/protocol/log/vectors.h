// Files of ../shared/vectors. A test that reads one begins with NEEDS_SHARED.
#pragma once

#include <fstream>
#include <sstream>

#include "protocol/base/bytes.h"
#include "tests/support/shared.h"

namespace regions {

inline Bytes read_vector(const std::filesystem::path& relative) {
  std::ifstream file(shared_dir() / "vectors" / relative, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace regions
