// A first pattern for large tables, without linear programs (Langsrud 2024, the method of
// GaussSuppression): publish the cells one after the other, the most expensive first, and withhold
// those that would make an unsafe cell a linear combination of what is published already.
//
// It keeps anybody from computing an unsafe cell exactly; levels are for the attack and repair.
// Pure and deterministic; exact up to a prime of 31 bits, by which it can only withhold too much.
#pragma once

#include "policies/disclosure/suppression/problem.h"

namespace regions {

// Eligible cells that are withheld, and all primaries. too_large: the sums grow beyond
// kEliminationTermsMax terms, which is no failure of the task: repair works without it.
Result<Pattern> eliminate(const SuppressionProblem& problem);

// Of all sums together: half a gigabyte.
inline constexpr std::size_t kEliminationTermsMax = 40'000'000;

}  // namespace regions
