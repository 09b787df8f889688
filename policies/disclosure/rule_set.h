// The rule set of a region: the numbers behind disclosure control. Confidential; read from
// rules.toml in the home. A release states its version, minimum and keyed digest only.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocol/base/bytes.h"

namespace regions {

// DISCLOSURE 2: nothing below 3 is ever published, whatever a region's rules say.
inline constexpr std::uint32_t kMinimumFloor = 3;

struct RuleSet {
  std::uint32_t version = 1;
  std::uint32_t minimum = kMinimumFloor;
  std::uint32_t coalition = 1;
  bool headline_waives_observer_rule = false;
  std::uint32_t p_percent = 10;
  std::uint32_t k_percent = 90;

  bool operator==(const RuleSet&) const = default;
};

// Format regions4.rules/1, strict; `file` names it in errors, which are invalid_input.
Result<RuleSet> parse_rule_set(std::string_view file, std::string_view toml);

// The text of policies/rules/default.toml.
std::string_view default_rule_set_toml();

// The bytes that the claim of a release digests: "regions4/rule-set/v1" and the numbers version,
// minimum, coalition, waiver (0 or 1), p, k as fields (protocol/base/tagged.h).
Bytes canonical(const RuleSet& rules);

// PROTOCOL 10: HMAC-SHA256 of canonical(rules) under the 32-byte secret of this rule-set version,
// which never leaves the confidential store.
Digest rule_set_digest(const RuleSet& rules, ByteView secret);

}  // namespace regions
