// Files: durable writes, bounded reads, secrets that nobody else may read.
#pragma once

#include <filesystem>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// At most `bytes_max` bytes, else too_large. not_found names the path.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max);

// As read_file, for keys and rules: refused when group or others have any right on the file.
Result<Bytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max);

// Writes a temporary file beside `path`, fsyncs it, renames it over `path` and fsyncs the folder:
// after a crash either the old bytes or the new stand there, whole.
Result<void> write_file(const std::filesystem::path& path, ByteView bytes, unsigned mode);

// As write_file, but conflict when `path` exists; after any other error it does not.
Result<void> write_new_file(const std::filesystem::path& path, ByteView bytes, unsigned mode);

// As write_file, of parts one behind the other, but not synced: after a crash of the machine
// anything may stand there. For what can be made again, and is checked whenever it is read. One
// writer at a time; what a killed one left is written over.
Result<void> write_copy(const std::filesystem::path& path, const std::vector<ByteView>& parts,
                        unsigned mode);

// Puts `line` behind what the file holds, in one piece, and syncs it; the file is made with `mode`.
// After a failure the file is what it was. Any number of writers.
Result<void> append_line(const std::filesystem::path& path, ByteView line, unsigned mode);

// A file that is read from the front in pieces.
class FileInput {
 public:
  // not_found names the path; io.
  static Result<FileInput> open(const std::filesystem::path& path);
  FileInput(FileInput&& other) noexcept;
  FileInput& operator=(FileInput&&) = delete;
  ~FileInput();

  // When it was opened.
  std::uint64_t size() const { return size_; }
  // Exactly `count` bytes, else io.
  Result<void> read(char* out, std::size_t count);

 private:
  FileInput(int fd, std::uint64_t size, std::filesystem::path path);
  int fd_;
  std::uint64_t size_;
  std::filesystem::path path_;
};

}  // namespace regions
