// A safe pattern without looking for the best one: for every guard that does not hold, the cheapest
// move that keeps it (a linear program) says which cells have to be withheld besides; afterwards
// what is not needed is published again, the most expensive first.
//
// Pure and deterministic: guards in descending order of their level, ties by index.
#pragma once

#include <optional>

#include "policies/disclosure/suppression/problem.h"

namespace regions {

struct Repaired {
  Pattern withheld;
  std::optional<std::size_t> impossible;  // a guard that no choice of cells keeps
};

// From the primaries up; `also`: further cells withheld to begin with.
Result<Repaired> repair(const SuppressionProblem& problem, const Pattern& also, Work& work);

// The same for these guards alone (indices), and nothing is published again: for tables so large
// that every guard has a program to spare only where it does not hold.
Result<Repaired> repair_guards(const SuppressionProblem& problem, const Pattern& also,
                               const std::vector<std::size_t>& guards, Work& work);

}  // namespace regions
