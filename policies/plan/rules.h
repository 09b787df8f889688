// What no plan may ask for (DISCLOSURE 2 and 3).
#pragma once

#include "policies/plan/plan.h"

namespace regions {

// refused, naming file, key, the rule in words and the remedy. `entry` is the [[table]] that
// `table` was read from; its indicators and dimensions are known to the catalogue.
Result<void> check_disclosure(const TomlTable& entry, const PlannedTable& table,
                              const Catalogue& catalogue);

// refused: "<file> line <n>: <key>: <what> (<kForbiddenSays>); <remedy>".
Error forbidden(const TomlTable& table, std::string_view key, std::string_view what,
                std::string_view remedy);

// Where all of it stands for people.
inline constexpr std::string_view kForbiddenSays = "protocol/spec/plan.md";

}  // namespace regions
