#include "policies/disclosure/table/text_table.h"

#include <algorithm>

#include "policies/catalogue/toml_reader.h"

namespace regions {

Result<std::size_t> TextTable::column(std::string_view name, std::string_view key) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  const std::vector<std::string_view> known(columns.begin(), columns.end());
  return fail(Errc::invalid_input, file + " line 1: no column '" + std::string(name) + "', which " +
                                       std::string(key) + " names; nearest: '" +
                                       std::string(nearest(name, known)) + "'");
}

void TextTable::keep(std::size_t column, const std::vector<std::string>& values) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (std::find(values.begin(), values.end(), rows[row][column]) == values.end()) continue;
    if (kept != row) rows[kept] = std::move(rows[row]);
    lines[kept++] = lines[row];
  }
  rows.resize(kept);
  lines.resize(kept);
}

Error TextTable::error(std::size_t row, std::size_t column, std::string_view what,
                       std::string_view remedy) const {
  std::string text = file + " line " + std::to_string(lines[row]) + ": " + columns[column] + ": ";
  ((text += what) += "; ") += remedy;
  return fail(Errc::invalid_input, std::move(text));
}

}  // namespace regions
