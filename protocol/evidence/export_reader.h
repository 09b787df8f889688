// One verification in progress: reads files, remembers which were expected, collects reasons.
#pragma once

#include <set>

#include "protocol/evidence/export_verifier.h"

namespace regions {

class ExportReader {
 public:
  explicit ExportReader(const ExportedFiles& files);

  bool has(const std::string& path) const { return listed_.contains(path); }
  std::size_t listed() const { return listed_.size(); }
  // Marks `path` as expected and reads it; nullopt, with the reason noted, if it is missing or
  // cannot be read.
  std::optional<Bytes> take(const std::string& path, std::size_t bytes_max);
  // Marks `path` as expected without reading it.
  void expect(const std::string& path) { expected_.insert(path); }
  // Notes every listed file that nothing expected.
  void refuse_unexpected();

  // `path` is wrong: the export is invalid.
  void invalid(const std::string& path, const std::string& why);
  void invalid(const std::string& path, const Error& error) { invalid(path, error.text()); }
  // Nothing is wrong, yet not everything is proved.
  void doubt(const std::string& why);

  // The verdict and the reasons, into `report`.
  void finish(Report& report) const;

 private:
  void note(const std::string& reason);

  const ExportedFiles& files_;
  std::set<std::string> listed_;
  std::set<std::string> expected_;
  std::vector<std::string> reasons_;
  std::size_t more_ = 0;
  bool invalid_ = false;
  bool doubtful_ = false;
};

}  // namespace regions
