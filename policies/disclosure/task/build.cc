#include "policies/disclosure/task/build.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "policies/disclosure/table/fill_records.h"

namespace regions {
namespace {

class Builder {
 public:
  Builder(const DisclosureSpec& spec, const TaskFiles& files) : spec_(spec), files_(files) {}

  Result<BuiltTable> run() {
    std::vector<TableDimension> dimensions;
    for (const DimensionSpec& one : spec_.dimensions) {
      TRY(auto dimension, make_dimension(one));
      dimensions.push_back(std::move(dimension));
    }
    TRY(const auto layouts, make_layouts(dimensions));
    TRY(auto table, CellTable::make(std::move(dimensions), layouts));
    BuiltTable built{std::move(table), {}, {}, {}};
    FilledCells filled;
    filled.rows.resize(built.table.cells().size());
    if (spec_.input.kind == InputKind::records) {
      TRY(FilledRecords records, fill_records(built.table));
      built.units = std::move(records.units);
      built.filled = std::move(records.touched);
    } else {
      TRY(filled, fill_cells(built.table));
      TRY_VOID(refuse_second_totals(built.table, filled));
    }
    TRY(built.wishes, read_wishes(spec_, files_, built.table, filled));
    built.filled.resize(built.table.cells().size());
    for (CellId cell = 0; cell < built.table.cells().size(); ++cell) {
      built.filled[cell] = built.filled[cell] || filled.rows[cell].has_value() ||
                           built.table.cells()[cell].who.count() > 0;
    }
    return built;
  }

 private:
  Error wrong(std::string_view key, std::string_view what, std::string_view remedy) const {
    std::string text = spec_.file + ": ";
    (((text += key) += ": ") += what) += "; ";
    return fail(Errc::invalid_input, text += remedy);
  }

  // Codes of the column in all input files, sorted: the order of rows changes nothing.
  std::vector<std::string> codes_of(const DimensionSpec& dimension) const {
    std::set<std::string> seen;  // an empty code is the total
    for (const std::string& file : spec_.input.files) {
      const TextTable& rows = files_.tables.at(file);
      const auto column = rows.column(dimension.column, "dimension.column");
      if (!column) continue;
      for (const auto& row : rows.rows) seen.insert(row[*column]);
    }
    seen.erase("");
    return {seen.begin(), seen.end()};
  }

  // Every choice of codes in the columns once, with the first line that has it.
  static TextTable sorted_paths(const TextTable& rows, const std::vector<std::size_t>& columns) {
    std::map<std::vector<std::string>, std::uint64_t> paths;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
      std::vector<std::string> path;
      for (const std::size_t column : columns) path.push_back(rows.rows[row][column]);
      paths.emplace(std::move(path), rows.lines[row]);
    }
    TextTable sorted{rows.file, {}, {}, {}};
    for (const std::size_t column : columns) sorted.columns.push_back(rows.columns[column]);
    for (const auto& [path, line] : paths) {
      sorted.rows.push_back(path);
      sorted.lines.push_back(line);
    }
    return sorted;
  }

  // What is not known is a code of its own, as tau-ARGUS has it.
  static void add_missing(const std::vector<std::string>& codes,
                          const std::vector<std::string>& missing, CodeTree& tree) {
    for (const std::string& code : missing) {
      const bool there = std::binary_search(codes.begin(), codes.end(), code);
      const bool known = std::any_of(tree.nodes.begin(), tree.nodes.end(),
                                     [&](const auto& node) { return node.code == code; });
      if (there && !known) tree.nodes.push_back({code, 0});
    }
  }

  Result<CodeTree> make_tree(const DimensionSpec& dimension, const HierarchySpec& spec) const {
    if (!spec.digits.empty())
      return tree_of_codes(codes_of(dimension), spec.digits, dimension.total);
    if (spec.columns.empty()) {
      TRY(CodeTree tree,
          parse_hrc(spec.file, files_.texts.at(spec.file), spec.leading, dimension.total));
      add_missing(codes_of(dimension), spec.missing, tree);
      return tree;
    }
    const TextTable& rows =
        files_.tables.at(spec.own_columns ? spec_.input.files.front() : spec.file);
    std::vector<std::size_t> columns;
    for (const std::string& name : spec.columns) {
      TRY(const std::size_t column, rows.column(name, "hierarchy.columns"));
      columns.push_back(column);
    }
    if (spec.own_columns) {
      const TextTable paths = sorted_paths(rows, columns);
      std::iota(columns.begin(), columns.end(), 0);
      return tree_of_columns(paths, columns, dimension.total);
    }
    return tree_of_columns(rows, columns, dimension.total);
  }

  Result<TableDimension> make_dimension(const DimensionSpec& spec) const {
    std::vector<CodeTree> trees;
    for (const HierarchySpec& one : spec.hierarchies) {
      TRY(CodeTree tree, make_tree(spec, one));
      tree.complete = !one.partial;
      trees.push_back(std::move(tree));
    }
    if (trees.empty()) {
      TRY(CodeTree flat, tree_of_codes(codes_of(spec), {}, spec.total));
      trees.push_back(std::move(flat));
    }
    return TableDimension::make(spec.name, std::move(trees));
  }

  Result<std::vector<bool>> codes_shown(const TableDimension& dimension,
                                        const std::vector<std::string>& codes) const {
    std::vector<bool> shown(dimension.size(), false);
    if (codes.empty()) shown[TableDimension::kTotal] = true;
    for (const std::string& code : codes) {
      const bool all = code == "*", leaves = code == "leaves";
      for (CodeId id = 0; (all || leaves) && id < dimension.size(); ++id) {
        if (all || dimension.is_leaf(id)) shown[id] = true;
      }
      if (all || leaves) continue;
      const auto id = dimension.find(code);
      if (!id) {
        return wrong("table." + dimension.name(), "'" + code + "' is no code of the dimension",
                     "write its codes, \"*\" or \"leaves\"");
      }
      shown[*id] = true;
    }
    return shown;
  }

  Result<std::vector<TableLayout>> make_layouts(
      const std::vector<TableDimension>& dimensions) const {
    std::vector<LinkedTable> tables = spec_.tables;
    if (tables.empty()) {
      tables.push_back({std::vector<std::vector<std::string>>(dimensions.size(), {"*"}), ""});
    }
    std::vector<TableLayout> layouts;
    for (const LinkedTable& table : tables) {
      TableLayout layout;
      for (std::size_t k = 0; k < dimensions.size(); ++k) {
        TRY(auto shown, codes_shown(dimensions[k], table.codes[k]));
        layout.codes.push_back(std::move(shown));
      }
      layouts.push_back(std::move(layout));
    }
    return layouts;
  }

  static Result<std::optional<std::size_t>> optional_column(const TextTable& rows,
                                                            const std::string& name,
                                                            std::string_view key) {
    if (name.empty()) return std::optional<std::size_t>();
    TRY(const std::size_t column, rows.column(name, key));
    return std::optional(column);
  }

  Result<FilledRecords> fill_records(CellTable& table) const {
    const InputSpec& input = spec_.input;
    const TextTable& rows = files_.tables.at(input.files.front());
    RecordColumns columns;
    columns.decimal_point = input.decimal_point;
    columns.weigh_totals_alone = input.weigh_totals_alone;
    for (const DimensionSpec& dimension : spec_.dimensions) {
      TRY(const std::size_t column, rows.column(dimension.column, "dimension.column"));
      columns.codes.push_back(column);
    }
    TRY(columns.value, optional_column(rows, input.value, "input.value"));
    TRY(columns.count, optional_column(rows, input.count, "input.count"));
    TRY(columns.unit, optional_column(rows, input.contributor, "input.contributor"));
    TRY(columns.holding, optional_column(rows, input.holding, "input.holding"));
    TRY(columns.weight, optional_column(rows, input.weight, "input.weight"));
    TRY(columns.requested, optional_column(rows, input.requested, "input.requested"));
    TRY(columns.waived, optional_column(rows, input.waived, "input.waived"));
    if (columns.count && (columns.value || columns.weight)) {
      return wrong("input.count", "beside a value or a weight",
                   "counted rows have neither; leave one out");
    }
    return fill_from_records(rows, columns, table);
  }

  Result<FilledCells> fill_cells(CellTable& table) const {
    const InputSpec& input = spec_.input;
    std::vector<TextTable> all;
    std::vector<CellColumns> columns;
    const std::string& value = input.value.empty() ? input.count : input.value;
    for (const std::string& file : input.files) {
      const TextTable& rows = files_.tables.at(file);
      CellColumns own;
      own.decimal_point = input.decimal_point;
      for (const DimensionSpec& dimension : spec_.dimensions) {
        const auto column = rows.column(dimension.column, "dimension.column");
        // Of several files one may lack a dimension: its cells stand at the total.
        if (!column && input.files.size() == 1) return column.error();
        own.codes.push_back(column ? std::optional(*column) : std::nullopt);
      }
      TRY(own.value, rows.column(value, "input.value"));
      TRY(own.count, optional_column(rows, input.count, "input.count"));
      for (const std::string& name : input.largest) {
        TRY(const std::size_t column, rows.column(name, "input.largest"));
        own.largest.push_back(column);
      }
      all.push_back(rows);
      columns.push_back(std::move(own));
    }
    if (spec_.rules.needs() > input.largest.size() && input.status.empty()) {
      return wrong("input.largest",
                   "the rules need the " + std::to_string(spec_.rules.needs()) +
                       " largest contributions of a cell",
                   "name their columns, largest first");
    }
    return fill_from_cells(all, columns, table);
  }

  // A code that is everywhere as much as all others of its dimension together is a total by another
  // name: every sum would count it twice, and what it tells of the others would go unseen.
  Result<void> refuse_second_totals(const CellTable& table, const FilledCells& filled) const {
    for (std::size_t k = 0; k < spec_.dimensions.size(); ++k) {
      const TableDimension& dimension = table.dimensions()[k];
      if (!spec_.dimensions[k].hierarchies.empty() || dimension.size() < 4) continue;
      for (CodeId code = 1; code < dimension.size(); ++code) {
        if (!is_total(table, filled, k, code)) continue;
        return wrong("dimension.total",
                     "code '" + dimension.code(code) + "' of " + dimension.name() +
                         " is everywhere the sum of all others",
                     "write total = \"" + dimension.code(code) +
                         "\", or give the rows of the total as well");
      }
    }
    return {};
  }

  static bool is_total(const CellTable& table, const FilledCells& filled, std::size_t k,
                       CodeId code) {
    std::size_t seen = 0;
    for (CellId cell = 0; cell < table.cells().size(); ++cell) {
      if (table.cells()[cell].codes[k] != code) continue;
      std::vector<CodeId> above = table.cells()[cell].codes;
      above[k] = TableDimension::kTotal;
      const auto total = table.find(above);
      if (!total || filled.rows[*total]) return false;
      const std::int64_t own = table.cells()[cell].value;
      if (std::abs(table.cells()[*total].value - 2 * own) > 1) return false;
      if (own > 0) ++seen;
    }
    return seen > 1;
  }

  const DisclosureSpec& spec_;
  const TaskFiles& files_;
};

}  // namespace

Result<BuiltTable> build_table(const DisclosureSpec& spec, const TaskFiles& files) {
  return Builder(spec, files).run();
}

}  // namespace regions
