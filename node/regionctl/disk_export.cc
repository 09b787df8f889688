#include "node/regionctl/disk_export.h"

#include <unistd.h>

#include <fstream>

#include "node/base/file.h"
#include "protocol/base/limits.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPathBytesMax = 255;

// The node is ours, but a path that climbs out of the folder is never written.
bool is_plain(const std::string& path) {
  const fs::path parsed(path);
  if (path.empty() || parsed.is_absolute()) return false;
  for (const fs::path& part : parsed) {
    if (part == ".." || part == ".") return false;
  }
  return true;
}

}  // namespace

ExportWriter::ExportWriter(fs::path dir)
    : dir_(std::move(dir)), partial_(dir_.string() + ".partial." + std::to_string(::getpid())) {}

Result<ExportWriter> ExportWriter::create(const fs::path& dir) {
  std::error_code error;
  const bool taken =
      fs::exists(dir, error) && !(fs::is_directory(dir, error) && fs::is_empty(dir, error));
  if (taken)
    return fail(Errc::conflict,
                dir.string() + ": exists and is not an empty folder; name a new one");
  ExportWriter writer(dir.has_filename() ? dir : dir.parent_path());
  fs::create_directories(writer.partial_, error);
  if (error) return fail(Errc::io, writer.partial_.string() + ": " + error.message());
  return writer;
}

ExportWriter::~ExportWriter() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

Result<void> ExportWriter::take(std::string_view piece) {
  buffer_.append(piece);
  for (;;) {
    TRY(const bool more, take_frame());
    if (!more) return {};
  }
}

// Writes the file of one whole frame; false when the buffer holds none yet.
Result<bool> ExportWriter::take_frame() {
  if (ended_ || buffer_.size() < 4) return false;
  const std::size_t path_size = read_u32(buffer_);
  if (path_size > kPathBytesMax)
    return fail(Errc::malformed, "export: a path of more than 255 bytes");
  if (buffer_.size() < 8 + path_size) return false;
  const std::string path = buffer_.substr(4, path_size);
  const std::size_t size = read_u32(ByteView(buffer_).substr(4 + path_size));
  if (size > kEnvelopeBytesMax)
    return fail(Errc::malformed, "export: " + path + " passes its limit");
  if (buffer_.size() < 8 + path_size + size) return false;
  if (path.empty()) {
    ended_ = true;
    return false;
  }
  if (!is_plain(path)) return fail(Errc::malformed, "export: path " + path);
  const fs::path file = partial_ / path;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(buffer_.data() + 8 + path_size, static_cast<std::streamsize>(size));
  if (!out.flush()) return fail(Errc::io, file.string() + ": cannot be written");
  buffer_.erase(0, 8 + path_size + size);
  ++files_;
  return true;
}

Result<std::size_t> ExportWriter::finish() {
  if (!ended_) return fail(Errc::io, "the export was cut short; see the node's log and try again.");
  std::error_code error;
  fs::remove(dir_, error);  // an empty folder may stand there
  fs::rename(partial_, dir_, error);
  if (error) return fail(Errc::io, dir_.string() + ": " + error.message());
  return files_;
}

Result<DiskExport> DiskExport::open(const fs::path& dir) {
  std::error_code error;
  if (!fs::is_directory(dir, error)) {
    return fail(Errc::invalid_input,
                dir.string() + ": no such folder; name one that regionctl log export wrote");
  }
  return DiskExport(dir);
}

// Symbolic links are listed and not followed: whatever they point to is not part of an export.
std::vector<std::string> DiskExport::list() const {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator it(dir_, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_directory(error) && !it->is_symlink(error)) continue;
    out.push_back(it->path().lexically_relative(dir_).generic_string());
  }
  // What cannot be listed cannot be vouched for: named as a file that nobody expects.
  if (error) out.push_back("(a folder that cannot be read: " + error.message() + ")");
  return out;
}

Result<Bytes> DiskExport::read(const std::string& path, std::size_t bytes_max) const {
  const fs::path file = dir_ / path;
  std::error_code error;
  if (fs::symlink_status(file, error).type() != fs::file_type::regular) {
    return fail(Errc::not_found, path + ": not a regular file");
  }
  return read_file(file, bytes_max);
}

}  // namespace regions
