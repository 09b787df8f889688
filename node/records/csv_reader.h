// Streaming CSV: a file in, records and rejects out, in constant memory.
//
// Own code, because libcsv cannot resume after a broken quote. One import owns a reader and calls
// it from one thread. A record that is broken, too long or not UTF-8 is a reject with its physical
// line, never an error: reading goes on behind it. After a broken quote it resumes at the next
// physical line that parses to the right number of fields; the lines in between belong to that one
// reject, whose text and reason name them. An error is a source that failed or a header that no
// record can follow; the reader is then of no further use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/records/csv_fields.h"
#include "node/records/source.h"

namespace regions {

struct CsvRecord {
  std::uint64_t line = 0;                // physical, the header's is 1
  std::vector<std::string_view> fields;  // as many as the header has
  std::string_view text;                 // the whole record without its line end
};

struct CsvReject {
  std::uint64_t line = 0;
  std::optional<std::size_t> field;  // index of the field at fault, if it is one
  std::string reason;
  std::string text;  // at most kRejectTextBytesMax bytes, any bytes
};

class CsvReader {
 public:
  CsvReader(ByteSource source, char delimiter)
      : source_(std::move(source)), delimiter_(delimiter) {}
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // The first record, once, before next(). invalid_input: empty file, UTF-16, not UTF-8, a header
  // that is no record.
  Result<std::vector<std::string>> header();

  enum class Next { record, reject, end };
  // What stands next in the file; record() or reject() is valid until the next call. Blank lines
  // are passed over.
  Result<Next> next();
  const CsvRecord& record() const { return record_; }
  const CsvReject& reject() const { return reject_; }

 private:
  enum class Attempt { record, blank, broken, long_line, end };

  std::string_view unread() const {
    return {buffer_.data() + begin_, static_cast<std::size_t>(end_ - begin_)};
  }
  void take(std::size_t bytes) { begin_ += static_cast<std::ptrdiff_t>(bytes); }
  Result<void> fill();
  Result<Attempt> attempt();
  Result<Next> accept();
  Result<Next> reject_line(std::string reason, std::optional<std::size_t> field);
  Result<Next> recover();
  Result<std::string_view> skip_line();
  Result<Next> skip_long_line();
  void keep_text(std::string_view text);

  ByteSource source_;
  char delimiter_;
  std::size_t columns_ = 0;
  std::vector<char> buffer_;
  std::ptrdiff_t begin_ = 0, end_ = 0;  // of what is unread
  bool at_end_ = false;
  std::uint64_t line_ = 1;  // of begin_
  CsvFields parsed_;
  CsvRecord record_;
  CsvReject reject_;
};

}  // namespace regions
