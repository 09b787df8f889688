// Sensitivity rules as they stand in a TOML table: [rules] of SPEC.toml.
#pragma once

#include "policies/catalogue/toml_reader.h"
#include "policies/disclosure/rules/rule_book.h"

namespace regions {

// Strict; every parameter that means nothing (p = 0, k = 100, p >= q) is refused where it stands.
Result<RuleBook> read_rule_book(const TomlTable& table);

}  // namespace regions
