// Where the bytes of an import come from: a file, standard input, a request body.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "protocol/base/result.h"

namespace regions {

// Writes at most `size` bytes to `out` and returns how many; 0 is the end. Called from one thread.
using ByteSource = std::function<Result<std::size_t>(char* out, std::size_t size)>;

// Reads a file from its start. not_found, invalid_input (a folder) or io when it cannot be opened.
Result<ByteSource> file_source(const std::filesystem::path& path);

// Reads an open descriptor, such as standard input, which stays the caller's.
ByteSource descriptor_source(int descriptor);

}  // namespace regions
