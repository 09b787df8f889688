// What a protection or an attack leaves behind, as CSV: the table that may go out, and the report
// that stays. Pure texts; RFC 4180.
#pragma once

#include "policies/disclosure/task/protect.h"

namespace regions {

// The cells to be published, with SDMX statuses: one code for every withheld cell (Q, C), whatever
// the reason, and NaN for its value.
std::string published_csv(const BuiltTable& built, const Pattern& withheld);

// Every cell, hidden ones too: value, count, status, reason, level, interval, who could infer it.
// Confidential: it tells what the table hides.
std::string report_csv(const BuiltTable& built, const Assembly& assembly, const Pattern& withheld,
                       const CellReport& report);

}  // namespace regions
