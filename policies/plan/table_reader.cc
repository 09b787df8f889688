#include "policies/plan/table_reader.h"

#include <algorithm>

#include "policies/catalogue/tables.h"
#include "policies/plan/rules.h"
#include "protocol/base/limits.h"

namespace regions {
namespace {

constexpr std::string_view kTiersExample = "[\"M\", \"L\"]";

Result<void> refuse_twice(const TomlTable& entry, std::string_view key,
                          const std::vector<std::string>& sorted) {
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice == sorted.end()) return {};
  return entry.error(key, "'" + *twice + "' stands here twice", "remove one of them");
}

Result<std::vector<std::string>> read_indicators(const TomlTable& entry,
                                                 const Catalogue& catalogue) {
  TRY(std::vector<std::string> codes, entry.strings("indicators"));
  if (codes.empty()) return entry.error("indicators", "empty", "name at least one indicator");
  std::sort(codes.begin(), codes.end());
  TRY_VOID(refuse_twice(entry, "indicators", codes));
  for (const std::string& code : codes) {
    if (catalogue.find(code) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const Indicator& indicator : catalogue.indicators()) known.push_back(indicator.code);
    return entry.error("indicators", "'" + code + "' is no indicator of the catalogue",
                       "did you mean '" + std::string(nearest(code, known)) + "'?");
  }
  return codes;
}

Result<PeriodKind> read_period(const TomlTable& entry) {
  std::vector<std::string_view> kinds;
  for (PeriodKind kind : kPeriodKinds) kinds.push_back(name(kind));
  TRY(const std::string word, entry.one_of("period", kinds));
  return *period_kind(word);
}

Result<Method> read_method(const TomlTable& entry) {
  TRY(const std::string word,
      entry.one_of("method", {kMethodExact, kMethodCellKey, kMethodRounded}));
  for (Method method : {Method::exact, Method::cell_key}) {
    if (name(method) == word) return method;
  }
  return Method::rounded;
}

Result<std::vector<Tier>> read_tiers(const TomlTable& entry) {
  TRY(std::vector<std::string> words, entry.strings("tiers"));
  std::vector<Tier> tiers;
  for (Tier tier : {Tier::S, Tier::M, Tier::L}) {
    const auto given = std::count(words.begin(), words.end(), name(tier));
    if (given > 0) tiers.push_back(tier);
  }
  if (tiers.empty() || tiers.size() != words.size()) {
    return entry.error("tiers", "some of S, M and L expected, each once",
                       "write tiers = " + std::string(kTiersExample));
  }
  return tiers;
}

Result<std::vector<std::string>> read_by(const TomlTable& entry, const Catalogue& catalogue) {
  TRY(std::vector<std::string> ids, entry.strings("by"));
  std::vector<std::string_view> known;
  for (const Dimension& dimension : catalogue.dimensions()) known.push_back(dimension.id());
  for (const std::string& id : ids) {
    if (id == kRegionDimension || period_kind(id)) {
      return entry.error("by", "'" + id + "' is implied",
                         "leave it out; the kind of period has a key of its own");
    }
    if (catalogue.dimension(id) != nullptr) continue;
    return entry.error("by", "'" + id + "' is no dimension of the catalogue",
                       "did you mean '" + std::string(nearest(id, known)) + "'?");
  }
  if (!std::is_sorted(ids.begin(), ids.end())) {
    std::sort(ids.begin(), ids.end());
    std::string sorted;
    for (const std::string& id : ids) sorted += (sorted.empty() ? "\"" : ", \"") + id + "\"";
    return entry.error("by", "not in bytewise order", "write by = [" + sorted + "]");
  }
  TRY_VOID(refuse_twice(entry, "by", ids));
  if (ids.size() > kDimensionsMax) {
    return entry.error("by", "more dimensions than a release can have", "name at most 8");
  }
  return ids;
}

// A grouping beside its own list says nothing that the list alone does not say.
Result<void> check_attributes(const TomlTable& entry, const PlannedTable& table,
                              const Catalogue& catalogue) {
  std::map<Attribute, std::string> of_attribute;
  std::size_t cells = 1;
  for (const std::string& id : table.by) {
    const Dimension& dimension = *catalogue.dimension(id);
    const auto [other, first] = of_attribute.emplace(dimension.attribute(), id);
    if (!first) {
      return entry.error("by", "'" + other->second + "' and '" + id + "' group the same codes",
                         "leave one of them out");
    }
    cells *= dimension.categories().size();
    if (cells > kCellsMax) {
      return entry.error("by", "more cells than the 50000 of a release", "name fewer dimensions");
    }
  }
  return {};
}

Result<void> check_declared(const TomlTable& entry, const PlannedTable& table,
                            const Catalogue& catalogue) {
  for (const std::string& code : table.indicators) {
    const Indicator& indicator = *catalogue.find(code);
    const auto not_by = [&](std::string_view key, std::string_view id) {
      return entry.error(key, code + " is not broken down by '" + std::string(id) + "'",
                         "add it as [[dimension]] of the indicator, or leave it out here");
    };
    const std::string_view period = name(table.period);
    if (indicator.dimension(period) == nullptr) return not_by("period", period);
    for (const std::string& id : table.by) {
      if (indicator.dimension(id) == nullptr) return not_by("by", id);
    }
  }
  return {};
}

}  // namespace

Result<PlannedTable> read_planned_table(const TomlTable& entry, const Catalogue& catalogue) {
  TRY_VOID(entry.refuse_unknown_keys({"id", "indicators", "period", "by", "method", "tiers"}));
  PlannedTable table;
  TRY(table.id, read_code(entry, "id"));
  TRY(table.indicators, read_indicators(entry, catalogue));
  TRY(table.period, read_period(entry));
  TRY(table.by, read_by(entry, catalogue));
  TRY(table.method, read_method(entry));
  TRY(table.tiers, read_tiers(entry));
  TRY_VOID(check_attributes(entry, table, catalogue));
  TRY_VOID(check_declared(entry, table, catalogue));
  TRY_VOID(check_disclosure(entry, table, catalogue));
  if ((table.id == kHeadlineTable) != (table.method == Method::exact)) {
    return entry.error("id", "the exact table, and no other, is called 'headline'",
                       "change id or method");
  }
  return table;
}

}  // namespace regions
