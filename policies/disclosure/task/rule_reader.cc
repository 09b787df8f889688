#include "policies/disclosure/task/rule_reader.h"

namespace regions {
namespace {

constexpr std::int64_t kUnitsMax = static_cast<std::int64_t>(kRuleUnitsMax);
constexpr std::int64_t kMinimumMax = 1'000;

// The error of a rule's maker, at its key.
template <class T>
Result<T> at(const TomlTable& table, std::string_view key, Result<T> made) {
  if (made) return made;
  return table.error(key, "out of range", made.error().context);
}

Result<Percent> percent(const TomlTable& table, std::string_view key) {
  TRY(const std::int64_t parts, table.decimal(key, Percent::kDecimals, 0, Percent::kWhole));
  return at(table, key, Percent::make(parts));
}

Result<std::size_t> units(const TomlTable& table, std::string_view key) {
  TRY(const std::int64_t value, table.integer_or(key, 1, kUnitsMax, 1));
  return static_cast<std::size_t>(value);
}

Result<void> read_dominance(const TomlTable& table, RuleBook& rules) {
  TRY(const auto all, table.tables_or_none("dominance"));
  for (const TomlTable& one : all) {
    TRY_VOID(one.refuse_unknown_keys({"n", "k"}));
    TRY(const std::size_t n, units(one, "n"));
    TRY(const Percent k, percent(one, "k"));
    TRY(const DominanceRule rule, at(one, "n", DominanceRule::make(n, k)));
    rules.dominance.push_back(rule);
  }
  return {};
}

Result<void> read_concentration(const TomlTable& table, RuleBook& rules) {
  TRY(const auto p_rules, table.tables_or_none("p_percent"));
  for (const TomlTable& one : p_rules) {
    TRY_VOID(one.refuse_unknown_keys({"p", "coalition"}));
    TRY(const Percent p, percent(one, "p"));
    TRY(const std::size_t coalition, units(one, "coalition"));
    TRY(const auto rule, at(one, "p", PriorPosteriorRule::p(p, coalition)));
    rules.concentration.push_back(rule);
  }
  TRY(const auto pq_rules, table.tables_or_none("pq"));
  for (const TomlTable& one : pq_rules) {
    TRY_VOID(one.refuse_unknown_keys({"p", "q", "coalition"}));
    TRY(const Percent p, percent(one, "p"));
    TRY(const std::int64_t q, one.decimal("q", Percent::kDecimals, 0, Percent::kWhole));
    TRY(const std::size_t coalition, units(one, "coalition"));
    TRY(const auto rule, at(one, "q", PriorPosteriorRule::pq(p, q, coalition)));
    rules.concentration.push_back(rule);
  }
  return {};
}

Result<void> read_on_request(const TomlTable& table, RuleBook& rules) {
  TRY(const auto requests, table.tables_or_none("request"));
  for (const TomlTable& one : requests) {
    TRY_VOID(one.refuse_unknown_keys({"share", "minimum"}));
    TRY(const Percent share, percent(one, "share"));
    TRY(const std::int64_t minimum, one.integer("minimum", 1, kMinimumMax));
    TRY(const auto rule, at(one, "minimum", RequestRule::make(share, minimum)));
    rules.requests.push_back(rule);
  }
  TRY(const auto waivers, table.tables_or_none("waiver"));
  for (const TomlTable& one : waivers) {
    TRY_VOID(one.refuse_unknown_keys({"p"}));
    TRY(const Percent p, percent(one, "p"));
    rules.waivers.push_back(WaiverRule(p));
  }
  return {};
}

Result<void> read_range(const TomlTable& table, std::string_view key, std::int64_t& range) {
  if (!table.has(key)) return {};
  TRY(range, table.decimal(key, Percent::kDecimals, 0, 10 * Percent::kWhole));
  return {};
}

}  // namespace

Result<RuleBook> read_rule_book(const TomlTable& table) {
  TRY_VOID(
      table.refuse_unknown_keys({"minimum", "frequency_range", "manual_range", "zero_unsafe",
                                 "levels", "dominance", "p_percent", "pq", "request", "waiver"}));
  RuleBook rules;
  if (table.has("minimum")) {
    TRY(const std::int64_t minimum, table.integer("minimum", 1, kMinimumMax));
    TRY(const auto rule, at(table, "minimum", FrequencyRule::make(minimum)));
    rules.frequency.push_back(rule);
  }
  TRY_VOID(read_dominance(table, rules));
  TRY_VOID(read_concentration(table, rules));
  TRY_VOID(read_on_request(table, rules));
  TRY_VOID(read_range(table, "frequency_range", rules.frequency_range));
  // What tau-ARGUS takes where nothing is said.
  rules.manual_range = 20 * (Percent::kWhole / 100);
  TRY_VOID(read_range(table, "manual_range", rules.manual_range));
  if (table.has("levels")) {
    TRY(const std::string levels, table.one_of("levels", {"rules", "manual"}));
    rules.manual_levels = levels == "manual";
  }
  TRY(rules.zero_unsafe, table.boolean_or("zero_unsafe", true));
  return rules;
}

}  // namespace regions
