#include "protocol/evidence/export_reader.h"

namespace regions {
namespace {

// File names are the sender's bytes; a terminal must not obey them.
std::string printable(std::string_view text) {
  constexpr std::size_t kShown = 200;
  std::string out;
  for (const char c : text.substr(0, kShown)) {
    if (c >= ' ' && c < 0x7f) {
      out.push_back(c);
    } else {
      out += "\\x" + to_hex(ByteView(&c, 1));
    }
  }
  return text.size() > kShown ? out + "..." : out;
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::invalid:
      return "invalid";
    case Verdict::indeterminate:
      return "indeterminate";
  }
  return "unknown";
}

ExportReader::ExportReader(const ExportedFiles& files) : files_(files) {
  for (std::string& path : files.list()) listed_.insert(std::move(path));
}

std::optional<Bytes> ExportReader::take(const std::string& path, std::size_t bytes_max) {
  expect(path);
  if (!has(path)) {
    invalid(path, "missing");
    return std::nullopt;
  }
  auto bytes = files_.read(path, bytes_max);
  if (!bytes) {
    invalid(path, bytes.error());
    return std::nullopt;
  }
  return std::move(*bytes);
}

void ExportReader::refuse_unexpected() {
  for (const std::string& path : listed_) {
    if (!expected_.contains(path)) invalid(path, "not a file of this export");
  }
}

void ExportReader::invalid(const std::string& path, const std::string& why) {
  invalid_ = true;
  note(printable(path) + ": " + why);
}

void ExportReader::doubt(const std::string& why) {
  doubtful_ = true;
  note(why);
}

void ExportReader::note(const std::string& reason) {
  if (reasons_.size() < kExportReasonsMax) {
    reasons_.push_back(reason);
  } else {
    ++more_;
  }
}

void ExportReader::finish(Report& report) const {
  report.verdict = invalid_    ? Verdict::invalid
                   : doubtful_ ? Verdict::indeterminate
                               : Verdict::valid;
  report.reasons = reasons_;
  if (more_ > 0) report.reasons.push_back("and " + std::to_string(more_) + " more");
}

}  // namespace regions
