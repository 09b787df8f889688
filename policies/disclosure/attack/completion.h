// Whole-number completions: another table that agrees with everything published and differs where
// it must. Checked by adding whole numbers; no solver has to be believed.
#pragma once

#include <optional>

#include "policies/disclosure/attack/attack_program.h"

namespace regions {

// Distances of one completion in which the sum over `cells` is at least `at_least` above the truth
// (`up`) or below it. Nothing: none exists, or none was found within kCompletionNodesMax.
std::optional<std::vector<std::int64_t>> find_completion(const AttackProgram& program,
                                                         const std::vector<CellId>& cells, bool up,
                                                         std::int64_t at_least);

}  // namespace regions
