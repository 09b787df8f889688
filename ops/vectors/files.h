// The files below a folder, in a fixed order.
#pragma once

#include <filesystem>
#include <map>

#include "protocol/base/bytes.h"

namespace regions::vectors {

// Relative path -> where it lies.
using Files = std::map<std::string, std::filesystem::path>;

// README and licence files left out. io: cannot be read; too_large: a file
// over kVectorFileBytesMax or a folder over kVectorFilesMax; malformed: neither file nor folder.
inline constexpr std::size_t kVectorFilesMax = 100'000;
Result<Files> files_below(const std::filesystem::path& folder);
Result<Bytes> read(const std::filesystem::path& path);

}  // namespace regions::vectors
