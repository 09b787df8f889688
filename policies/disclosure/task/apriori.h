// A priori files in the form of tau-ARGUS (.hst): "code, code, ..., what[, number[, number]]", one
// cell a line, with a code for every dimension in their order.
//
//   u [lower [upper]]  unsafe, with its levels     s  safe     p  must be published
//   c cost             the cost of withholding it  ml lower upper  levels alone (also pl)
#pragma once

#include "policies/disclosure/task/wishes.h"

namespace regions {

// invalid_input with file, line and remedy. `separator` absent: the first of , ; tab and | in the
// first line.
Result<void> read_apriori(std::string_view file, std::string_view text,
                          std::optional<char> separator, const CellTable& table,
                          std::vector<Wish>& wishes);

}  // namespace regions
