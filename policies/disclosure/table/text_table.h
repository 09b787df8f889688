// Rows of a text file as they stand there: what the node read and hands over. Pure values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

struct TextTable {
  std::string file;  // as errors name it
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`; blanks trimmed
  std::vector<std::uint64_t> lines;            // of each row

  // Index of the column; invalid_input names file, key of the specification and nearest column.
  Result<std::size_t> column(std::string_view name, std::string_view key) const;
  // Keeps the rows that have one of `values` in the column of that index.
  void keep(std::size_t column, const std::vector<std::string>& values);
  // "<file> line <n>: <column>: <what>; <remedy>", invalid_input.
  Error error(std::size_t row, std::size_t column, std::string_view what,
              std::string_view remedy) const;
};

}  // namespace regions
