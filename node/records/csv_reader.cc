#include "node/records/csv_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "node/records/limits.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

// Text is UTF-8 without NUL. Most is ASCII: eight bytes at a time, the careful check for the rest.
bool is_text(std::string_view text) {
  if (std::memchr(text.data(), 0, text.size()) != nullptr) return false;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  return is_valid_utf8(text.substr(at));
}

constexpr std::string_view kNotText = "not UTF-8 text; save the file as UTF-8";

std::string range(std::uint64_t first, std::uint64_t last) {
  if (first == last) return "";
  return " (lines " + std::to_string(first) + " to " + std::to_string(last) + " were passed over)";
}

}  // namespace

// Reads at most one more chunk behind what is unread.
Result<void> CsvReader::fill() {
  std::copy(buffer_.begin() + begin_, buffer_.begin() + end_, buffer_.begin());
  end_ -= std::exchange(begin_, 0);
  // Grows to the longest record and one chunk, once.
  if (buffer_.size() < static_cast<std::size_t>(end_) + kCsvChunkBytes) {
    buffer_.resize(static_cast<std::size_t>(end_) + kCsvChunkBytes);
  }
  TRY(const std::size_t got, source_(buffer_.data() + end_, kCsvChunkBytes));
  CHECK(got <= kCsvChunkBytes);
  end_ += static_cast<std::ptrdiff_t>(got);
  if (got == 0) at_end_ = true;
  return {};
}

// Parses at begin_ without moving it. `broken` covers a record of several lines with the wrong
// number of fields: its quotes are wrong, whichever they are.
Result<CsvReader::Attempt> CsvReader::attempt() {
  for (;;) {
    const auto data = unread().substr(0, kCsvRecordBytesMax + 1);
    if (data.empty() && at_end_) return Attempt::end;
    const bool cut = data.size() > kCsvRecordBytesMax;
    switch (parse_csv_fields(data, at_end_ && !cut, delimiter_, parsed_)) {
      case CsvParse::broken:
        return Attempt::broken;
      case CsvParse::complete:
        if (data.starts_with('\n') || data.starts_with("\r\n")) return Attempt::blank;
        if (columns_ != 0 && parsed_.fields.size() != columns_ && parsed_.lines > 1) {
          parsed_.broken = "quotes that make a record of the wrong number of fields";
          return Attempt::broken;
        }
        return Attempt::record;
      case CsvParse::need_more:
        if (cut && data.find('\n') == std::string_view::npos) return Attempt::long_line;
        if (cut) {
          parsed_.broken = "a quote is opened and not closed within 1 MiB";
          return Attempt::broken;
        }
        TRY_VOID(fill());
    }
  }
}

Result<std::vector<std::string>> CsvReader::header() {
  while (unread().size() < 3 && !at_end_) TRY_VOID(fill());
  if (unread().starts_with("\xff\xfe") || unread().starts_with("\xfe\xff")) {
    return fail(Errc::invalid_input, "the file is UTF-16; save it as UTF-8");
  }
  if (unread().starts_with("\xef\xbb\xbf")) begin_ = 3;
  TRY(const Attempt found, attempt());
  if (found == Attempt::end || found == Attempt::blank) {
    return fail(Errc::invalid_input, "the first line is empty; it must name the columns");
  }
  const auto first_line = unread().substr(0, unread().find('\n'));
  if (first_line.find('\0') != std::string_view::npos) {
    return fail(Errc::invalid_input, "the file has NUL bytes, as UTF-16 has; save it as UTF-8");
  }
  if (found == Attempt::long_line) {
    return fail(Errc::invalid_input, "the first line is longer than 1 MiB; it must name columns");
  }
  if (found == Attempt::broken) {
    return fail(Errc::invalid_input, "line 1: " + std::string(parsed_.broken));
  }
  if (!is_text(unread().substr(0, parsed_.bytes))) {
    return fail(Errc::invalid_input, "line 1: " + std::string(kNotText));
  }
  if (first_line.substr(0, first_line.size() - 1).find('\r') != std::string_view::npos) {
    return fail(Errc::invalid_input, "lines end in CR alone; save the file with LF or CRLF");
  }
  if (parsed_.fields.size() > kCsvColumnsMax) {
    return fail(Errc::invalid_input, "more than 1,024 columns");
  }
  std::vector<std::string> names(parsed_.fields.begin(), parsed_.fields.end());
  columns_ = names.size();
  take(parsed_.bytes);
  line_ += parsed_.lines;
  return names;
}

Result<CsvReader::Next> CsvReader::next() {
  CHECK(columns_ > 0);  // header() first
  for (;;) {
    TRY(const Attempt found, attempt());
    switch (found) {
      case Attempt::end:
        return Next::end;
      case Attempt::blank:
        TRY_VOID(skip_line());
        break;
      case Attempt::record:
        return accept();
      case Attempt::long_line:
        return skip_long_line();
      case Attempt::broken:
        return recover();
    }
  }
}

// A whole record is parsed: hands it out, or rejects it alone.
Result<CsvReader::Next> CsvReader::accept() {
  record_.line = line_;
  record_.text = unread().substr(0, parsed_.bytes);
  while (record_.text.ends_with('\n') || record_.text.ends_with('\r')) {
    record_.text.remove_suffix(1);
  }
  take(parsed_.bytes);
  line_ += parsed_.lines;
  if (parsed_.fields.size() != columns_) {
    return reject_line("has " + std::to_string(parsed_.fields.size()) + " fields, the header " +
                           std::to_string(columns_),
                       std::nullopt);
  }
  if (!is_text(record_.text)) {
    const auto& fields = parsed_.fields;
    const auto bad = std::find_if_not(fields.begin(), fields.end(), is_text);
    std::optional<std::size_t> field;
    if (bad != fields.end()) field = static_cast<std::size_t>(bad - fields.begin());
    return reject_line(std::string(kNotText), field);
  }
  std::swap(record_.fields, parsed_.fields);
  return Next::record;
}

Result<CsvReader::Next> CsvReader::reject_line(std::string reason,
                                               std::optional<std::size_t> field) {
  reject_ = {record_.line, field, std::move(reason), {}};
  keep_text(record_.text);
  return Next::reject;
}

// Passes over the broken record: its first line, and every line after it at which no whole record
// of the right number of fields begins.
Result<CsvReader::Next> CsvReader::recover() {
  const std::uint64_t first = line_;
  reject_ = {first, std::nullopt, std::string(parsed_.broken), {}};
  for (;;) {
    TRY(const auto line, skip_line());
    keep_text(line);
    TRY(const Attempt found, attempt());
    const bool whole = found == Attempt::record && parsed_.fields.size() == columns_;
    if (whole || found == Attempt::long_line || found == Attempt::end) break;
  }
  while (reject_.text.ends_with('\n') || reject_.text.ends_with('\r')) reject_.text.pop_back();
  reject_.reason += range(first, line_ - 1);
  return Next::reject;
}

// One physical line, which is known to be in the buffer or to end the file.
Result<std::string_view> CsvReader::skip_line() {
  while (unread().find('\n') == std::string_view::npos && !at_end_) TRY_VOID(fill());
  const std::size_t newline = unread().find('\n');
  const std::size_t bytes = newline == std::string_view::npos ? unread().size() : newline + 1;
  const auto line = unread().substr(0, bytes);
  take(bytes);
  ++line_;
  return line;
}

// A line longer than a record may be: passed over chunk by chunk, nothing of it kept but its start.
Result<CsvReader::Next> CsvReader::skip_long_line() {
  reject_ = {line_, std::nullopt, "the line is longer than 1 MiB", {}};
  keep_text(unread());
  for (;;) {
    const std::size_t newline = unread().find('\n');
    take(newline == std::string_view::npos ? unread().size() : newline + 1);
    if (newline != std::string_view::npos || at_end_) break;
    TRY_VOID(fill());
  }
  ++line_;
  return Next::reject;
}

void CsvReader::keep_text(std::string_view text) {
  reject_.text.append(text.substr(0, kRejectTextBytesMax - reject_.text.size()));
}

}  // namespace regions
