// The two headlines as the cube's tables: ENT-COOP, then SME-COOP.
#pragma once

#include "node/cube/layout.h"

namespace regions {

// not_found: the catalogue lacks one.
Result<std::vector<TableSpec>> headline_specs(const Catalogue& catalogue);
// invalid_input: no year of the calendar (period.h).
Result<void> require_year(int year);

}  // namespace regions
