// Reads the sample's files back, by the test's own means.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace regions::sample {

using Row = std::map<std::string, std::string>;

// Fields of one line; the sample has no line break inside quotes.
inline std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> out{""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        out.back() += line[++i];
      } else {
        quoted = !quoted;
      }
    } else if (line[i] == ',' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += line[i];
    }
  }
  return out;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Rows by column name; a row with another number of fields has the key "broken".
inline std::vector<Row> rows_of(const std::string& text) {
  const auto lines = lines_of(text);
  const auto columns = fields_of(lines.at(0));
  std::vector<Row> out;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto values = fields_of(lines[i]);
    Row row;
    if (values.size() != columns.size()) row["broken"] = lines[i];
    for (std::size_t k = 0; k < values.size() && k < columns.size(); ++k) {
      row[columns[k]] = values[k];
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace regions::sample
