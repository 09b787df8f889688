// Texts with commas as the node would hand them over.
#pragma once

#include <sstream>

#include "policies/disclosure/table/text_table.h"

namespace regions {

inline std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == ',') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

inline TextTable table_of(const std::string& file, const std::string& csv) {
  TextTable table;
  table.file = file;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) {
    if (table.columns.empty()) {
      table.columns = fields_of(line);
    } else {
      table.lines.push_back(table.rows.size() + 2);
      table.rows.push_back(fields_of(line));
    }
  }
  return table;
}

}  // namespace regions
