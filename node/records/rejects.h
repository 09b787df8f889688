// Where the rows go that could not be imported: a CSV file of line, column, reason and record.
#pragma once

#include <filesystem>
#include <memory>

#include "protocol/base/bytes.h"

namespace regions {

struct Reject {
  std::uint64_t line = 0;  // physical line of the imported file
  std::string column;      // empty: the row as a whole
  std::string reason;
  std::string record;  // at most kRejectTextBytesMax bytes, any bytes
};

class RejectSink {
 public:
  virtual ~RejectSink() = default;
  virtual Result<void> add(const Reject& reject) = 0;
  // Called once, after the last: everything is where it should be.
  virtual Result<void> finish() = 0;
};

// Counts on the summary alone.
class NoRejects final : public RejectSink {
 public:
  Result<void> add(const Reject&) override { return {}; }
  Result<void> finish() override { return {}; }
};

// Replaces `path`, readable by its owner alone: rejected records are as confidential as good ones.
// Bytes that are not UTF-8 show as U+FFFD. finish() syncs the file.
Result<std::unique_ptr<RejectSink>> open_reject_file(const std::filesystem::path& path);

// "line,column,reason,record" and one such line, with its line end.
std::string reject_header();
std::string encode_reject(const Reject& reject);

}  // namespace regions
