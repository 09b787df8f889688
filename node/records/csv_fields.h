// One CSV record out of a run of bytes (RFC 4180: quotes around a whole field or not at all).
// Pure: the reader (csv_reader.h) holds the bytes and decides what to do about a broken record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regions {

struct CsvFields {
  std::vector<std::string_view> fields;  // into the parsed bytes, or into `scratch`
  std::string scratch;                   // fields that had doubled quotes
  std::size_t bytes = 0;                 // of the record with its line end
  std::size_t lines = 0;                 // physical lines it stands on
  std::string_view broken;               // why it is broken

  void clear();
};

enum class CsvParse {
  complete,   // fields, bytes and lines hold; a blank line is one empty field
  broken,     // `broken` says why
  need_more,  // `data` ends inside the record
};

// Parses the record at the front of `data`; `at_end` says that no more bytes will come. The fields
// are valid as long as `data` and `out` stay where they are.
CsvParse parse_csv_fields(std::string_view data, bool at_end, char delimiter, CsvFields& out);

}  // namespace regions
