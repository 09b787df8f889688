#include "policies/disclosure/rule_set.h"

#include "policies/catalogue/toml_reader.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace embedded {
extern const std::string_view rules_default;
}
namespace {

// Above these a figure is a slip of the pen: no count of a region needs them.
constexpr std::int64_t kMinimumMax = 1000;
constexpr std::int64_t kCoalitionMax = 16;

Result<std::uint32_t> read_number(const TomlTable& table, std::string_view key, std::int64_t min,
                                  std::int64_t max) {
  TRY(const std::int64_t value, table.integer(key, min, max));
  return static_cast<std::uint32_t>(value);
}

}  // namespace

Result<RuleSet> parse_rule_set(std::string_view file, std::string_view toml) {
  TRY(const TomlTable top, TomlTable::parse(file, toml));
  TRY_VOID(check_format(top, "regions4.rules/1"));
  TRY_VOID(top.refuse_unknown_keys(
      {"format", "version", "minimum", "coalition", "headline_waives_observer_rule", "amounts"}));
  RuleSet rules;
  TRY(rules.version, read_number(top, "version", 1, INT32_MAX));
  TRY(rules.minimum, read_number(top, "minimum", kMinimumFloor, kMinimumMax));
  TRY(rules.coalition, read_number(top, "coalition", 1, kCoalitionMax));
  TRY(rules.headline_waives_observer_rule, top.boolean("headline_waives_observer_rule"));
  TRY(const TomlTable amounts, top.table("amounts"));
  TRY_VOID(amounts.refuse_unknown_keys({"p", "k"}));
  TRY(rules.p_percent, read_number(amounts, "p", 1, 99));
  TRY(rules.k_percent, read_number(amounts, "k", 1, 99));
  return rules;
}

std::string_view default_rule_set_toml() { return embedded::rules_default; }

Bytes canonical(const RuleSet& rules) {
  TaggedWriter out("rule-set");
  out.number(rules.version);
  out.number(rules.minimum);
  out.number(rules.coalition);
  out.number(rules.headline_waives_observer_rule ? 1 : 0);
  out.number(rules.p_percent);
  out.number(rules.k_percent);
  return out.take();
}

Digest rule_set_digest(const RuleSet& rules, ByteView secret) {
  CHECK(secret.size() == 32);
  return hmac_sha256(secret, {canonical(rules)});
}

}  // namespace regions
