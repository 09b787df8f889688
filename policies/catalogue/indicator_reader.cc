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

Result<std::vector<Condition>> read_filter(const TomlTable& top, const Catalogue& catalogue) {
  std::vector<Condition> out;
  TRY(const auto filter, top.optional_table("filter"));
  if (!filter) return out;
  std::vector<std::string_view> known;
  for (Attribute attribute : kAttributes) known.push_back(name(attribute));
  TRY_VOID(filter->refuse_unknown_keys(known));
  for (Attribute attribute : kAttributes) {
    if (!filter->has(name(attribute))) continue;
    TRY(Condition condition, read_condition(*filter, attribute, catalogue.list(attribute)));
    out.push_back(std::move(condition));
  }
  return out;
}

Result<std::vector<DimensionDef>> read_dimensions(const TomlTable& top,
                                                  const Catalogue& catalogue) {
  std::vector<DimensionDef> out;
  TRY(const auto tables, top.tables("dimension"));
  for (const TomlTable& table : tables) {
    TRY_VOID(table.refuse_unknown_keys({"id", "combines"}));
    DimensionDef dimension;
    TRY(dimension.id, table.one_of("id", catalogue.dimension_ids()));
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

struct Measure {
  std::string_view name;
  std::string_view unit;
  std::int64_t decimals;
};
constexpr Measure kMeasures[] = {{kDistinctEnterprises, "enterprises", 0}, {kSumFunding, "EUR", 2}};

// Unit and decimals are those of the measure: they are written out for the reader of the file.
Result<void> read_measure(const TomlTable& top, Indicator& indicator) {
  TRY(indicator.measure, top.one_of("measure", {kMeasures[0].name, kMeasures[1].name}));
  const Measure& measure = kMeasures[indicator.measure == kMeasures[0].name ? 0 : 1];
  TRY(indicator.unit, top.one_of("unit", {measure.unit}));
  TRY(const std::int64_t decimals, top.integer("decimals", measure.decimals, measure.decimals));
  indicator.decimals = static_cast<std::uint32_t>(decimals);
  return {};
}

Result<std::optional<ProgressDef>> read_progress(const TomlTable& top) {
  TRY(const auto table, top.optional_table("progress"));
  if (!table) return std::optional<ProgressDef>();
  TRY_VOID(table->refuse_unknown_keys({"baseline", "period", "target_percent"}));
  TRY(const std::int64_t baseline, table->integer("baseline", kYearMin, kYearMax));
  TRY(const std::int64_t period, table->integer("period", kYearMin, kYearMax));
  TRY(const std::int64_t target, table->integer("target_percent", 1, 1000));
  if (period <= baseline) {
    return table->error("period", "not after the baseline", "name a later year");
  }
  return std::optional(ProgressDef{Period::of_year(static_cast<int>(baseline)),
                                   Period::of_year(static_cast<int>(period)),
                                   static_cast<std::uint32_t>(target)});
}

Result<std::vector<Relation>> read_relations(const TomlTable& top) {
  std::vector<Relation> out;
  TRY(const auto tables, top.tables_or_none("relates"));
  for (const TomlTable& table : tables) {
    TRY_VOID(table.refuse_unknown_keys({"code", "title", "how"}));
    Relation relation;
    TRY(relation.code, table.string("code"));
    TRY(relation.title, table.string("title"));
    TRY(relation.how, table.string("how"));
    out.push_back(std::move(relation));
  }
  return out;
}

}  // namespace

Result<Indicator> read_indicator(const TomlTable& top, const Catalogue& catalogue) {
  TRY_VOID(
      top.refuse_unknown_keys({"format", "code", "title", "measure", "unit", "decimals",
                               "counting_rules", "filter", "dimension", "progress", "relates"}));
  Indicator indicator;
  TRY(indicator.code, top.string("code"));
  if (!is_indicator_code(indicator.code)) {
    return top.error("code", "not an indicator code", "write 1 to 32 of A-Z, 0-9 and '-'");
  }
  TRY(indicator.title, top.string("title"));
  TRY_VOID(read_measure(top, indicator));
  TRY(const std::int64_t rules, top.integer("counting_rules", 1, kCountingRulesMax));
  indicator.counting_rules = static_cast<std::uint32_t>(rules);
  TRY(indicator.filter, read_filter(top, catalogue));
  TRY(indicator.dimensions, read_dimensions(top, catalogue));
  TRY(indicator.progress, read_progress(top));
  TRY(indicator.relations, read_relations(top));
  return indicator;
}

}  // namespace regions
