// Reads one [[table]] of a plan.
#pragma once

#include "policies/plan/plan.h"

namespace regions {

// A table whose words are known and that breaks no rule of DISCLOSURE; errors as parse_plan().
Result<PlannedTable> read_planned_table(const TomlTable& entry, const Catalogue& catalogue);

}  // namespace regions
