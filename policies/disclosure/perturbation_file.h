// Reads a perturbation table from a file in the form of tau-ARGUS and the R package ptable, for
// counts: "i;j;p;v;p_int_ub", one entry a line (protocol/spec/cellkey.md). Pure: the caller read
// the file.
#pragma once

#include <string_view>

#include "policies/disclosure/perturbation_table.h"

namespace regions {

// Strict; `file` names it in errors, which are invalid_input and give line, column and remedy. A
// bound becomes the whole number ceil(p_int_ub 2^32), exactly: then "key < bound" is the comparison
// key / 2^32 < p_int_ub. Whether the table fits a plan is for its require() to say.
Result<PerturbationTable> parse_perturbation_table(std::string_view file, std::string_view text);

}  // namespace regions
