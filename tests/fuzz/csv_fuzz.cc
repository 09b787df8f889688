// A CSV file of any bytes, in pieces: the reader ends, its records have the header's number of
// fields and valid text, and lines only go up.
#include <algorithm>
#include <cstdint>

#include "node/records/csv_reader.h"
#include "node/records/limits.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

void read_all(std::string_view text, std::size_t step) {
  std::size_t at = 0;
  CsvReader reader(
      [&](char* out, std::size_t room) -> Result<std::size_t> {
        const std::size_t count = text.copy(out, std::min(step, room), at);
        at += count;
        return count;
      },
      ',');
  const auto header = reader.header();
  if (!header) return;
  for (std::uint64_t line = 1;;) {
    const auto next = reader.next();
    CHECK(next.has_value());
    if (*next == CsvReader::Next::end) return;
    const bool record = *next == CsvReader::Next::record;
    const std::uint64_t now = record ? reader.record().line : reader.reject().line;
    CHECK(now > line);
    line = now;
    if (!record) {
      CHECK(reader.reject().text.size() <= kRejectTextBytesMax);
      continue;
    }
    CHECK(reader.record().fields.size() == header->size());
    for (const auto field : reader.record().fields) CHECK(is_valid_utf8(field));
  }
}

}  // namespace
}  // namespace regions

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // About eight pieces: every fill parses the record at hand anew.
  regions::read_all(text, 1 + size / 8);
  return 0;
}
