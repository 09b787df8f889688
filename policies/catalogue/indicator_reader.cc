#include "policies/catalogue/indicator_reader.h"

#include <algorithm>

namespace regions {
namespace {

// What this build can compute; counting rules 1 are those of DISCLOSURE 1.
constexpr std::int64_t kCountingRulesMax = 1;
constexpr std::size_t kIndicatorCodeBytesMax = 32;

bool is_indicator_code(std::string_view code) {
  return !code.empty() && code.size() <= kIndicatorCodeBytesMax &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

Result<std::vector<std::string>> read_values(const TomlTable& table, const CodeList& list) {
  TRY(std::vector<std::string> values, table.strings("in"));
  if (values.empty()) return table.error("in", "empty", "name at least one code");
  std::sort(values.begin(), values.end());
  if (std::adjacent_find(values.begin(), values.end()) != values.end()) {
    return table.error("in", "a code stands here twice", "remove one of them");
  }
  for (const std::string& value : values) {
    if (list.contains(value)) continue;
    return table.error("in", "'" + value + "' is not in code list '" + list.id() + "'",
                       "did you mean '" + std::string(list.nearest_to(value)) + "'?");
  }
  return values;
}

Result<std::string> read_flag(const TomlTable& table, const CodeList& list) {
  if (list.flags().empty()) {
    return table.error("flag", "code list '" + list.id() + "' has no flags", "write in = [...]");
  }
  return table.one_of("flag", {list.flags().begin(), list.flags().end()});
}

Result<Condition> read_condition(const TomlTable& filter, Attribute attribute,
                                 const CodeList& list) {
  Condition condition{attribute, {}, {}};
  TRY(const TomlTable table, filter.table(name(attribute)));
  TRY_VOID(table.refuse_unknown_keys({"in", "flag"}));
  if (table.has("in") == table.has("flag")) {
    return filter.error(name(attribute), "exactly one of 'in' and 'flag' expected",
                        "write { in = [...] } or { flag = \"...\" }");
  }
  if (table.has("in")) {
    TRY(condition.in, read_values(table, list));
  } else {
    TRY(condition.flag, read_flag(table, list));
  }
  return condition;
}

Result<std::vector<Condition>> read_filter(const TomlTable& top,
                                           const std::function<const CodeList&(Attribute)>& lists) {
  std::vector<Condition> out;
  TRY(const auto filter, top.optional_table("filter"));
  if (!filter) return out;
  TRY_VOID(filter->refuse_unknown_keys({"nace", "size", "technology"}));
  for (Attribute attribute : {Attribute::nace, Attribute::size, Attribute::technology}) {
    if (!filter->has(name(attribute))) continue;
    TRY(Condition condition, read_condition(*filter, attribute, lists(attribute)));
    out.push_back(std::move(condition));
  }
  return out;
}

Result<std::vector<DimensionDef>> read_dimensions(const TomlTable& top) {
  std::vector<DimensionDef> out;
  TRY(const auto tables, top.tables("dimension"));
  for (const TomlTable& table : tables) {
    TRY_VOID(table.refuse_unknown_keys({"id", "combines"}));
    DimensionDef dimension;
    TRY(dimension.id, table.one_of("id", {"region", "year"}));
    TRY(const std::string combines, table.one_of("combines", {"additive", "overlapping"}));
    dimension.combines = combines == "additive" ? Combines::additive : Combines::overlapping;
    for (const DimensionDef& other : out) {
      if (other.id != dimension.id) continue;
      return table.error("id", "'" + dimension.id + "' stands here twice", "remove one of them");
    }
    out.push_back(std::move(dimension));
  }
  return out;
}

}  // namespace

Result<Indicator> read_indicator(const TomlTable& top,
                                 const std::function<const CodeList&(Attribute)>& lists) {
  TRY_VOID(check_format(top, "regions4.indicator/1"));
  TRY_VOID(top.refuse_unknown_keys({"format", "code", "title", "measure", "unit", "decimals",
                                    "counting_rules", "filter", "dimension"}));
  Indicator indicator;
  TRY(indicator.code, top.string("code"));
  if (!is_indicator_code(indicator.code)) {
    return top.error("code", "not an indicator code", "write 1 to 32 of A-Z, 0-9 and '-'");
  }
  TRY(indicator.title, top.string("title"));
  TRY(indicator.measure, top.one_of("measure", {"distinct-enterprises"}));
  TRY(indicator.unit, top.one_of("unit", {"enterprises"}));
  // Enterprises are whole.
  TRY(const std::int64_t decimals, top.integer("decimals", 0, 0));
  indicator.decimals = static_cast<std::uint32_t>(decimals);
  TRY(const std::int64_t rules, top.integer("counting_rules", 1, kCountingRulesMax));
  indicator.counting_rules = static_cast<std::uint32_t>(rules);
  TRY(indicator.filter, read_filter(top, lists));
  TRY(indicator.dimensions, read_dimensions(top));
  return indicator;
}

}  // namespace regions
