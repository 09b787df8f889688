#include "ops/vectors/files.h"

#include <fstream>
#include <sstream>

#include "ops/vectors/fields.h"

namespace regions::vectors {
namespace {

namespace fs = std::filesystem;

bool is_about(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with("README") || name.starts_with("LICEN");
}

}  // namespace

Result<Files> files_below(const fs::path& folder) {
  Files files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    if (at->is_directory(error) || error) continue;
    if (!at->is_regular_file(error)) {
      return fail(Errc::malformed, at->path().string() + ": neither file nor folder");
    }
    if (is_about(at->path())) continue;
    if (files.size() == kVectorFilesMax) {
      return fail(Errc::too_large, folder.string() + ": over 100,000 files");
    }
    files.emplace(at->path().lexically_relative(folder).generic_string(), at->path());
  }
  if (error) return fail(Errc::io, folder.string() + ": " + error.message());
  return files;
}

Result<Bytes> read(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return fail(Errc::io, path.string() + ": " + error.message());
  if (size > kVectorFileBytesMax) return fail(Errc::too_large, path.string() + ": over 64 MiB");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) return fail(Errc::io, path.string() + ": cannot be read");
  return bytes.str();
}

}  // namespace regions::vectors
