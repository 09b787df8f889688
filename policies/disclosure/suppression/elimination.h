// A first pattern for large tables, without linear programs (Langsrud 2024, the method of
// GaussSuppression): publish the cells one after the other, the most expensive first, and withhold
// those that would make an unsafe cell a linear combination of what is published already.
//
// It keeps anybody from computing an unsafe cell exactly; whether levels hold, the attack says.
// Pure and deterministic; exact up to a prime of 31 bits, by which it can only withhold too much.
#pragma once

#include "policies/disclosure/suppression/problem.h"

namespace regions {

// Orders of cells that cost the same, of which the cheapest pattern is taken. Another order is
// begun while the terms that were changed stay below this, about a second of one core.
inline constexpr std::uint32_t kEliminationTriesMax = 64;
inline constexpr std::uint64_t kEliminationTouchedMax = 40'000'000;

// Eligible cells that are withheld, and all primaries: nobody can compute a cell or a sum that a
// guard against the outsider names. too_large: the sums grow beyond kOpenMovesTermsMax terms,
// which is no failure of the task: repair works without it.
Result<Pattern> eliminate(const SuppressionProblem& problem,
                          std::uint32_t tries_max = kEliminationTriesMax);

// The same of some guards (indices), and one after the other of classes of their levels, the
// farthest first, each down to half of its farthest: cells that cannot move a part of that, one of
// `parts`, do not count. Far fewer levels are broken then. Besides what is `withheld` already.
Result<Pattern> eliminate_by_level(const SuppressionProblem& problem, Pattern withheld,
                                   std::vector<std::size_t> guards, std::int64_t parts);

// Pairs of withheld cells whose sum is told, by however many published figures; in the order of the
// later cell. too_large: more than `most`, or as eliminate().
Result<std::vector<std::vector<CellId>>> told_pairs(const CellSystem& system,
                                                    const Pattern& withheld, std::size_t most);

}  // namespace regions
