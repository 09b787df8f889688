// The outer tables of SPEC.toml; [rules] is read in rule_reader.cc.
#include <algorithm>
#include <array>

#include "policies/catalogue/toml_reader.h"
#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/task/rule_reader.h"
#include "policies/disclosure/task/spec.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

constexpr std::string_view kFormat = "regions4.disclosure/1";

// One character, or the word "tab".
Result<std::optional<char>> read_separator(const TomlTable& table) {
  if (!table.has("separator")) return std::optional<char>();
  TRY(const std::string text, table.string("separator"));
  if (text == "tab") return std::optional('\t');
  if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r")
    return std::optional(text[0]);
  return table.error("separator", "one character expected", "write separator = \";\", or \"tab\"");
}

Result<InputSpec> read_input(const TomlTable& table) {
  TRY_VOID(table.refuse_unknown_keys(
      {"kind",   "file",        "files",       "separator", "columns",   "decimal",  "value",
       "count",  "contributor", "holding",     "weight",    "requested", "waived",   "largest",
       "status", "lower_level", "upper_level", "cost",      "where",     "metadata", "weights"}));
  InputSpec input;
  TRY(const std::string kind, table.one_of("kind", {"records", "cells"}));
  input.kind = kind == "cells" ? InputKind::cells : InputKind::records;
  TRY(input.files, table.strings_or("files", {}));
  if (input.files.empty()) {
    TRY(std::string file, table.string("file"));
    input.files.push_back(std::move(file));
  } else if (table.has("file") || input.kind == InputKind::records) {
    return table.error("files", "several files beside file, or of records",
                       "give one file of records, or files of cells");
  }
  TRY(input.separator, read_separator(table));
  TRY(input.columns, table.strings_or("columns", {}));
  TRY(input.metadata, table.string_or("metadata", ""));
  TRY(const std::string point, table.string_or("decimal", "."));
  if (point != "." && point != ",") {
    return table.error("decimal", "another decimal point", "write \".\" or \",\"");
  }
  input.decimal_point = point[0];
  for (auto [key, into] : {std::pair("value", &input.value),
                           {"count", &input.count},
                           {"contributor", &input.contributor},
                           {"holding", &input.holding},
                           {"weight", &input.weight},
                           {"requested", &input.requested},
                           {"waived", &input.waived},
                           {"status", &input.status},
                           {"lower_level", &input.lower_level},
                           {"upper_level", &input.upper_level},
                           {"cost", &input.cost}}) {
    TRY(*into, table.string_or(key, ""));
  }
  TRY(input.largest, table.strings_or("largest", {}));
  if (table.has("weights")) {
    TRY(const std::string weights, table.one_of("weights", {"records", "totals"}));
    input.weigh_totals_alone = weights == "totals";
    if (input.weight.empty()) return table.error("weights", "no weight", "name its column");
  }
  TRY(const auto where, table.optional_table("where"));
  if (where) {
    for (const std::string& column : where->keys()) {
      if (auto one = where->string(column)) {
        input.where.push_back({column, {*one}});
      } else {
        TRY(auto several, where->strings(column));
        input.where.push_back({column, std::move(several)});
      }
    }
  }
  if (input.kind == InputKind::cells && input.value.empty() && input.count.empty()) {
    return table.error("value", "missing", "name the column of the cells' values");
  }
  const bool of_cells = !input.largest.empty() || !input.status.empty() ||
                        !input.lower_level.empty() || !input.cost.empty();
  if (input.kind == InputKind::records && of_cells) {
    return table.error("kind", "largest, status, levels and cost are columns of cells",
                       "write kind = \"cells\", or an a priori file");
  }
  const bool of_records = !input.contributor.empty() || !input.holding.empty() ||
                          !input.weight.empty() || !input.requested.empty() ||
                          !input.waived.empty();
  if (input.kind == InputKind::cells && of_records) {
    return table.error("kind",
                       "contributor, holding, weight, requested and waived are columns of records",
                       "write kind = \"records\"");
  }
  return input;
}

// Digits of every level, as numbers or in quotes; returned as the digits of the code so far.
Result<std::vector<std::size_t>> read_digits(const TomlTable& table) {
  constexpr std::int64_t kDigitsMax = 16;
  std::vector<std::int64_t> counts;
  if (auto texts = table.strings("digits")) {
    for (const std::string& text : *texts) {
      const auto count = parse_decimal(text);
      if (!count || *count == 0 || *count > kDigitsMax) {
        return table.error("digits", "'" + text + "' is no number of digits",
                           "write digits = [2, 1]");
      }
      counts.push_back(static_cast<std::int64_t>(*count));
    }
  } else {
    TRY(counts, table.integers("digits", 1, kDigitsMax));
  }
  std::vector<std::size_t> lengths;
  std::size_t sum = 0;
  for (const std::int64_t count : counts) {
    lengths.push_back(sum += static_cast<std::size_t>(count));
  }
  return lengths;
}

Result<HierarchySpec> read_hierarchy(const TomlTable& table) {
  TRY_VOID(table.refuse_unknown_keys({"file", "leading", "columns", "digits", "partial"}));
  HierarchySpec hierarchy;
  TRY(hierarchy.file, table.string_or("file", ""));
  TRY(hierarchy.leading, table.string_or("leading", "@"));
  TRY(hierarchy.columns, table.strings_or("columns", {}));
  TRY(hierarchy.partial, table.boolean_or("partial", false));
  hierarchy.own_columns = hierarchy.file.empty() && !hierarchy.columns.empty();
  if (table.has("digits")) {
    TRY(hierarchy.digits, read_digits(table));
  }
  const int given = (hierarchy.file.empty() ? 0 : 1) + (hierarchy.own_columns ? 1 : 0) +
                    (hierarchy.digits.empty() ? 0 : 1);
  if (given != 1 || hierarchy.leading.empty()) {
    return table.error("file", "a hierarchy is one of file, columns or digits",
                       "write file = \"region.hrc\"");
  }
  return hierarchy;
}

Result<DimensionSpec> read_dimension(const TomlTable& table) {
  TRY_VOID(table.refuse_unknown_keys({"column", "name", "total", "hierarchy", "hierarchies"}));
  DimensionSpec dimension;
  TRY(dimension.column, table.string("column"));
  TRY(dimension.name, table.string_or("name", dimension.column));
  TRY(dimension.total, table.string_or("total", "Total"));
  dimension.own_total = table.has("total");
  if (table.has("hierarchy") && !table.is_table("hierarchy")) {
    HierarchySpec hierarchy;
    TRY(hierarchy.file, table.string("hierarchy"));
    dimension.hierarchies.push_back(std::move(hierarchy));
  } else if (table.has("hierarchy")) {
    TRY(const TomlTable one, table.table("hierarchy"));
    TRY(HierarchySpec hierarchy, read_hierarchy(one));
    dimension.hierarchies.push_back(std::move(hierarchy));
  }
  if (const auto files = table.strings("hierarchies")) {
    for (const std::string& file : *files) dimension.hierarchies.emplace_back().file = file;
    return dimension;
  }
  TRY(const auto more, table.tables_or_none("hierarchies"));
  for (const TomlTable& one : more) {
    TRY(HierarchySpec hierarchy, read_hierarchy(one));
    dimension.hierarchies.push_back(std::move(hierarchy));
  }
  return dimension;
}

Result<LinkedTable> read_table(const TomlTable& table, const DisclosureSpec& spec) {
  LinkedTable read;
  std::vector<std::string_view> known{"file"};
  for (const DimensionSpec& dimension : spec.dimensions) known.push_back(dimension.name);
  TRY_VOID(table.refuse_unknown_keys(known));
  TRY(read.file, table.string_or("file", ""));
  for (const DimensionSpec& dimension : spec.dimensions) {
    std::vector<std::string> codes;
    if (table.has(dimension.name)) {
      if (auto one = table.string(dimension.name)) {
        codes.push_back(*one);
      } else {
        TRY(codes, table.strings(dimension.name));
      }
    }
    read.codes.push_back(std::move(codes));
  }
  const bool known_file =
      read.file.empty() || std::find(spec.input.files.begin(), spec.input.files.end(), read.file) !=
                               spec.input.files.end();
  if (!known_file) return table.error("file", "no file of [input]", "write one of its files");
  return read;
}

Result<void> read_lists(const TomlTable& top, DisclosureSpec& spec) {
  TRY(const auto dimensions, top.tables("dimension"));
  for (const TomlTable& table : dimensions) {
    TRY(DimensionSpec dimension, read_dimension(table));
    for (const DimensionSpec& other : spec.dimensions) {
      if (other.name == dimension.name) {
        return table.error("name", "two dimensions of one name", "write another name");
      }
    }
    spec.dimensions.push_back(std::move(dimension));
  }
  if (spec.dimensions.empty() || spec.dimensions.size() > kTableDimensionsMax) {
    return top.error("dimension", "1 to 8 dimensions expected", "add [[dimension]]");
  }
  TRY(const auto tables, top.tables_or_none("table"));
  for (const TomlTable& table : tables) {
    TRY(LinkedTable read, read_table(table, spec));
    spec.tables.push_back(std::move(read));
  }
  if (spec.input.files.size() > 1 && spec.tables.empty()) {
    return top.error("table", "missing, and there are several files",
                     "say with a [[table]] for each file which codes it shows");
  }
  TRY(const auto apriori, top.tables_or_none("apriori"));
  for (const TomlTable& table : apriori) {
    TRY_VOID(table.refuse_unknown_keys({"file", "separator"}));
    AprioriSpec read;
    TRY(read.file, table.string("file"));
    TRY(read.separator, read_separator(table));
    spec.apriori.push_back(std::move(read));
  }
  TRY(spec.priors, top.strings_or("priors", {}));
  return {};
}

// A rule that asks for what no column says would find nothing unsafe.
Result<void> check_asked(const TomlTable& rules, const DisclosureSpec& spec) {
  const InputSpec& input = spec.input;
  if (!spec.rules.requests.empty() && input.requested.empty()) {
    return rules.error("request", "nobody's request is known",
                       "name its column with requested in [input]");
  }
  if ((!spec.rules.requests.empty() || !spec.rules.waivers.empty()) && input.weigh_totals_alone) {
    return rules.error(spec.rules.requests.empty() ? "waiver" : "request",
                       "no rule where only totals are weighted", "leave weights out of [input]");
  }
  return {};
}

Result<PatternSpec> read_pattern(const TomlTable& table) {
  TRY_VOID(table.refuse_unknown_keys(
      {"file", "column", "withheld", "published", "columns", "separator"}));
  PatternSpec pattern;
  TRY(pattern.file, table.string_or("file", ""));
  TRY(pattern.column, table.string("column"));
  TRY(pattern.withheld, table.strings("withheld"));
  TRY(pattern.published, table.strings_or("published", {}));
  TRY(pattern.columns, table.strings_or("columns", {}));
  TRY(pattern.separator, read_separator(table));
  return pattern;
}

}  // namespace

Result<DisclosureSpec> parse_disclosure_spec(std::string_view file, std::string_view text) {
  TRY(const TomlTable top, TomlTable::parse(file, text));
  TRY_VOID(check_format(top, kFormat));
  TRY_VOID(top.refuse_unknown_keys({"format", "input", "dimension", "table", "rules", "apriori",
                                    "priors", "pattern", "zeros", "structural_empty", "cost",
                                    "bounds", "observers", "seed", "singletons", "threshold"}));
  DisclosureSpec spec;
  spec.file = file;
  TRY(const TomlTable input, top.table("input"));
  TRY(spec.input, read_input(input));
  TRY_VOID(read_lists(top, spec));
  TRY(const auto rules, top.optional_table("rules"));
  if (rules) {
    TRY(spec.rules, read_rule_book(*rules));
    TRY_VOID(check_asked(*rules, spec));
    spec.own_rules = true;
  }
  TRY(const auto pattern, top.optional_table("pattern"));
  if (pattern) {
    TRY(spec.pattern, read_pattern(*pattern));
  }
  if (top.has("zeros")) {
    TRY(const std::string zeros, top.one_of("zeros", {"safe", "eligible", "unsafe"}));
    spec.zeros =
        zeros == "safe" ? Zeros::safe : (zeros == "eligible" ? Zeros::eligible : Zeros::unsafe);
  }
  if (top.has("cost")) {
    TRY(const std::string cost, top.one_of("cost", {"value", "count", "unity", "column"}));
    spec.cost = cost == "value"
                    ? CostKind::value
                    : (cost == "count" ? CostKind::count
                                       : (cost == "unity" ? CostKind::unity : CostKind::column));
    if (spec.cost == CostKind::column && spec.input.cost.empty()) {
      return top.error("cost", "no column of costs", "name it with cost in [input]");
    }
  }
  if (top.has("bounds")) {
    TRY(spec.bounds_parts, top.decimal("bounds", Percent::kDecimals, 1, 10 * Percent::kWhole));
  }
  TRY(spec.structural_empty, top.boolean_or("structural_empty", false));
  TRY(spec.observers, top.boolean_or("observers", true));
  TRY(spec.singletons, top.string_or("singletons", ""));
  constexpr std::int64_t kThresholdMax = 1'000;
  TRY(spec.threshold, top.integer_or("threshold", 1, kThresholdMax, 0));
  TRY(spec.seed, top.string_or("seed", ""));
  return spec;
}

std::vector<std::string> DisclosureSpec::files() const {
  std::vector<std::string> all = input.files;
  for (const DimensionSpec& dimension : dimensions) {
    for (const HierarchySpec& hierarchy : dimension.hierarchies) all.push_back(hierarchy.file);
  }
  for (const AprioriSpec& one : apriori) all.push_back(one.file);
  all.insert(all.end(), priors.begin(), priors.end());
  if (pattern) all.push_back(pattern->file);
  std::erase(all, "");
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string_view name(Convention convention) {
  constexpr std::array<std::string_view, 4> kNames{"full", "tauargus", "sdctable", "gauss"};
  return kNames[static_cast<std::size_t>(convention)];
}

}  // namespace regions
