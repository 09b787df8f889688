// Files: durable writes, bounded reads, secrets that nobody else may read.
#pragma once

#include <filesystem>

#include "protocol/base/bytes.h"

namespace regions {

// At most `bytes_max` bytes, else too_large. not_found names the path.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max);

// As read_file, for keys and rules: refused when group or others have any right on the file.
Result<Bytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max);

// Writes a temporary file beside `path`, fsyncs it, renames it over `path` and fsyncs the folder:
// after a crash either the old bytes or the new stand there, whole.
Result<void> write_file(const std::filesystem::path& path, ByteView bytes, unsigned mode);

// As write_file, but conflict when `path` exists.
Result<void> write_new_file(const std::filesystem::path& path, ByteView bytes, unsigned mode);

}  // namespace regions
