// A safe pattern without looking for the best one: for every guard that does not hold, the cheapest
// move that keeps it (a linear program) says which cells have to be withheld besides. Moves are in
// fractions: what comes out is for the attack to prove.
//
// Pure and deterministic: guards in descending order of their level, ties by index.
#pragma once

#include <optional>

#include "policies/disclosure/suppression/problem.h"

namespace regions {

struct Repaired {
  Pattern withheld;
  std::optional<std::size_t> impossible;  // a guard that no choice of cells keeps
  bool stopped = false;                   // as `effort_max` says: some guards may still be broken
};

// From the primaries up; `also`: further cells withheld to begin with; these guards (indices).
// Stops after `effort_max` of work.effort, or once a sixteenth of it shows that it will not do.
Result<Repaired> repair(const SuppressionProblem& problem, const Pattern& also,
                        const std::vector<std::size_t>& guards, std::uint64_t effort_max,
                        Work& work);

// Where fractions do not do: for every side of these guards whole moves among all cells that may be
// withheld, and what they move is withheld. Sides for which none is found are passed over.
Result<void> keep_whole(const SuppressionProblem& problem, const std::vector<std::size_t>& guards,
                        Pattern& withheld, Work& work);

// Exchanges withheld cells for cheaper ones that keep all guards too, until none are found or
// work.effort comes to `until`; then the pattern may be the one that it was.
Result<Pattern> exchange(const SuppressionProblem& problem, const Pattern& withheld,
                         std::uint64_t until, Work& work);

}  // namespace regions
