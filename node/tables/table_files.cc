#include "node/tables/table_files.h"

#include <algorithm>
#include <cstring>

#include "node/base/file.h"
#include "node/records/csv_reader.h"
#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/task/metadata.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
}

char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto count = std::count(line.begin(), line.end(), candidate);
    if (count > most) {
      best = candidate;
      most = count;
    }
  }
  return best;
}

// Other systems end lines with CR, or with CR CR LF after a transfer too many.
void mend_line_ends(Bytes& text) {
  if (text.find('\n') == Bytes::npos) {
    std::replace(text.begin(), text.end(), '\r', '\n');
    return;
  }
  std::size_t kept = 0;
  for (const char c : text) {
    while (c == '\n' && kept > 0 && text[kept - 1] == '\r') --kept;
    text[kept++] = c;
  }
  text.resize(kept);
}

ByteSource source_of(std::string_view text) {
  return [text](char* out, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(size, text.size());
    std::memcpy(out, text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

template <class Fields>
std::vector<std::string> trimmed_all(const Fields& fields) {
  std::vector<std::string> all;
  for (const auto& text : fields) all.push_back(trimmed(text));
  return all;
}

// The names of a file without a header line; its first line, that the reader took for one, is a
// row.
Result<void> take_first_row(TextTable& table, std::vector<std::string> first,
                            const std::vector<std::string>& columns) {
  if (columns.size() != first.size()) {
    return fail(Errc::invalid_input, table.file + " line 1: " + std::to_string(first.size()) +
                                         " fields, and input.columns names " +
                                         std::to_string(columns.size()) + "; name every column");
  }
  table.columns = columns;
  table.rows.push_back(std::move(first));
  table.lines.push_back(1);
  return {};
}

Result<void> read_rows(CsvReader& reader, TextTable& table) {
  for (;;) {
    TRY(const CsvReader::Next next, reader.next());
    if (next == CsvReader::Next::end) return {};
    if (next == CsvReader::Next::reject) {
      return fail(Errc::invalid_input, table.file + " line " +
                                           std::to_string(reader.reject().line) + ": " +
                                           reader.reject().reason + "; correct this line");
    }
    if (table.rows.size() == kTableRowsMax) {
      return fail(Errc::too_large, table.file + ": more than 5 million rows; give aggregates");
    }
    table.rows.push_back(trimmed_all(reader.record().fields));
    table.lines.push_back(reader.record().line);
  }
}

// The fields of one line by their places; a short line has none behind its end.
Result<std::vector<std::string>> placed_fields(const TextTable& table, std::uint64_t line,
                                               std::string_view text,
                                               const std::vector<InputSpec::Place>& places) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at < places.size(); ++at) {
    const std::size_t begin = places[at].start - 1;
    const std::string_view field =
        begin < text.size() ? text.substr(begin, places[at].width) : std::string_view();
    if (!is_valid_utf8(field)) {
      return fail(Errc::invalid_input, table.file + " line " + std::to_string(line) + ": " +
                                           table.columns[at] +
                                           ": not UTF-8; save the file as UTF-8, with codes of "
                                           "plain letters and digits");
    }
    fields.push_back(trimmed(field));
  }
  return fields;
}

// A name that leads nowhere is a mistake in the specification.
Result<void> check_there(const std::filesystem::path& folder, const std::string& file) {
  std::error_code error;
  if (std::filesystem::is_directory(folder / file, error)) {
    return fail(Errc::invalid_input, file + ": a directory; name a file in it");
  }
  if (std::filesystem::exists(folder / file, error)) return {};
  return fail(Errc::invalid_input,
              file + ": no such file; names are relative to the specification");
}

// An amount that stands for none is no amount: whoever reads it says so, with its line.
Result<void> empty_missing(const InputSpec& input, TextTable& table) {
  for (const auto& [name, codes] : input.missing) {
    TRY(const std::size_t column, table.column(name, "input.metadata"));
    for (auto& row : table.rows) {
      if (std::find(codes.begin(), codes.end(), row[column]) != codes.end()) row[column].clear();
    }
  }
  return {};
}

bool is_hierarchy_text(const DisclosureSpec& spec, const std::string& file) {
  for (const DimensionSpec& dimension : spec.dimensions) {
    for (const HierarchySpec& one : dimension.hierarchies) {
      if (one.file == file && one.columns.empty()) return true;
    }
  }
  return false;
}

}  // namespace

Result<TextTable> read_text_table(const std::filesystem::path& path, const std::string& name,
                                  std::optional<char> separator,
                                  const std::vector<std::string>& columns) {
  TRY(Bytes text, read_file(path, kTableFileBytesMax));
  mend_line_ends(text);
  TextTable table;
  table.file = name;
  CsvReader reader(source_of(text), separator.value_or(separator_of(text)));
  auto header = reader.header();
  if (!header) return header.error().in(name);
  std::vector<std::string> first = trimmed_all(*header);
  if (columns.empty()) {
    table.columns = std::move(first);
  } else {
    TRY_VOID(take_first_row(table, std::move(first), columns));
  }
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    const auto twice =
        std::find(table.columns.begin(), table.columns.begin() + at, table.columns[at]);
    if (twice != table.columns.begin() + at) {
      return fail(Errc::invalid_input, name + " line 1: two columns '" + table.columns[at] +
                                           "'; give every column its own name");
    }
  }
  TRY_VOID(read_rows(reader, table));
  return table;
}

Result<TextTable> read_placed_table(const std::filesystem::path& path, const std::string& name,
                                    const std::vector<std::string>& columns,
                                    const std::vector<InputSpec::Place>& places) {
  TRY(Bytes bytes, read_file(path, kTableFileBytesMax));
  mend_line_ends(bytes);
  TextTable table{name, columns, {}, {}};
  std::string_view text = bytes;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (std::uint64_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (row.size() > kFixedLineBytesMax) {
      return fail(Errc::invalid_input, name + " line " + std::to_string(line) +
                                           ": longer than 65536 bytes; give a record a line");
    }
    if (table.rows.size() == kTableRowsMax) {
      return fail(Errc::too_large, name + ": more than 5 million rows; give aggregates");
    }
    TRY(auto fields, placed_fields(table, line, row, places));
    table.rows.push_back(std::move(fields));
    table.lines.push_back(line);
  }
  return table;
}

Result<void> complete_spec(DisclosureSpec& spec, const std::filesystem::path& folder) {
  if (spec.input.metadata.empty()) return {};
  TRY_VOID(check_there(folder, spec.input.metadata));
  TRY(Bytes text, read_file(folder / spec.input.metadata, kHierarchyFileBytesMax));
  mend_line_ends(text);
  TRY(const TauMetadata metadata, parse_tau_metadata(spec.input.metadata, text));
  return apply_metadata(metadata, spec);
}

Result<TaskFiles> read_task_files(const DisclosureSpec& spec, const std::filesystem::path& folder) {
  TaskFiles files;
  const auto is_apriori = [&](const std::string& file) {
    return std::any_of(spec.apriori.begin(), spec.apriori.end(),
                       [&](const AprioriSpec& one) { return one.file == file; });
  };
  for (const std::string& file : spec.files()) {
    TRY_VOID(check_there(folder, file));
    if (is_hierarchy_text(spec, file) || is_apriori(file)) {
      TRY(files.texts[file], read_file(folder / file, kHierarchyFileBytesMax));
      continue;
    }
    const bool input =
        std::find(spec.input.files.begin(), spec.input.files.end(), file) != spec.input.files.end();
    const bool pattern = spec.pattern && spec.pattern->file == file;
    const auto separator =
        input ? spec.input.separator : (pattern ? spec.pattern->separator : std::nullopt);
    if (input && !spec.input.places.empty()) {
      TRY(files.tables[file],
          read_placed_table(folder / file, file, spec.input.columns, spec.input.places));
    } else {
      TRY(files.tables[file], read_text_table(folder / file, file, separator,
                                              input     ? spec.input.columns
                                              : pattern ? spec.pattern->columns
                                                        : std::vector<std::string>()));
    }
    if (!input) continue;
    TRY_VOID(empty_missing(spec.input, files.tables[file]));
    for (const auto& [name, values] : spec.input.where) {
      TRY(const std::size_t column, files.tables[file].column(name, "input.where"));
      files.tables[file].keep(column, values);
    }
    if (files.tables[file].rows.empty()) {
      return fail(
          Errc::invalid_input,
          file + (spec.input.where.empty() ? ": no rows; give some below the names of columns"
                                           : ": no row is left; correct input.where"));
    }
  }
  return files;
}

}  // namespace regions
