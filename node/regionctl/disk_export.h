// An exported log on disk: written from the frames of the operator API, read by the verifier.
#pragma once

#include <filesystem>
#include <utility>

#include "protocol/evidence/export_verifier.h"

namespace regions {

// Writes into a folder beside the named one and renames it at the end: a broken export is not taken
// for a whole one.
class ExportWriter {
 public:
  // conflict: `dir` exists and is not an empty folder.
  static Result<ExportWriter> create(const std::filesystem::path& dir);
  ExportWriter(ExportWriter&& other) noexcept
      : dir_(std::move(other.dir_)), partial_(std::exchange(other.partial_, {})) {}
  ExportWriter& operator=(ExportWriter&&) = delete;
  ~ExportWriter();  // removes what is not finished
  // The next piece of the body: u32 path length, path, u32 length, bytes; an empty path ends.
  Result<void> take(std::string_view piece);
  // io: the export was cut short. The number of files otherwise.
  Result<std::size_t> finish();

 private:
  explicit ExportWriter(std::filesystem::path dir);
  Result<bool> take_frame();

  std::filesystem::path dir_;
  std::filesystem::path partial_;
  Bytes buffer_;
  std::size_t files_ = 0;
  bool ended_ = false;
};

class DiskExport final : public ExportedFiles {
 public:
  // invalid_input: no such folder.
  static Result<DiskExport> open(const std::filesystem::path& dir);
  std::vector<std::string> list() const override;
  Result<Bytes> read(const std::string& path, std::size_t bytes_max) const override;

 private:
  explicit DiskExport(std::filesystem::path dir) : dir_(std::move(dir)) {}
  std::filesystem::path dir_;
};

}  // namespace regions
