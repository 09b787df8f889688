// Protects the tables of a specification, or attacks a pattern: what `regionctl disclosure` runs.
//
// Pure and deterministic. Nothing that failed the attack comes out: no safe pattern, a limit or an
// unreadable prior release is an error, and nothing may be published.
#pragma once

#include "policies/disclosure/suppression/suppress.h"
#include "policies/disclosure/task/assemble.h"

namespace regions {

// Who comes too near which cell.
struct Finding {
  CellId cell = 0;                    // the first of them, where a sum is known
  std::size_t cells = 1;              // how many the sum has
  std::string who;                    // "anybody", or the contributor
  Level level;                        // asked for
  std::int64_t below = 0, above = 0;  // left
};

struct CellReport {
  std::vector<CellInterval> intervals;  // of withheld cells, ascending
  std::vector<Finding> findings;        // what is not safe
  std::vector<CellId> disclosed;        // sensitive, and told by an earlier release or by this one
};

struct Protected {
  std::unique_ptr<Assembly> assembly;
  Suppression suppression;
  CellReport report;
  std::size_t insiders = 0, told_sums = 0;  // guards added for them
  bool owners_only = false;
};

// refused: no pattern is safe; names the cell. timed_out: the counted work is used up. `listener`
// hears how far it is and changes nothing.
Result<Protected> protect(const DisclosureSpec& spec, const BuiltTable& built,
                          Convention convention, std::string_view seed,
                          const WorkListener& listener = {});

struct Attacked {
  std::unique_ptr<Assembly> assembly;
  Pattern withheld;
  CellReport report;
  std::uint64_t programs = 0;
};

// The pattern of the specification under the guards of the convention. invalid_input: no pattern.
Result<Attacked> attack(const DisclosureSpec& spec, const BuiltTable& built, Convention convention,
                        const WorkListener& listener = {});

// Sum of what withholding cells beyond the unsafe ones costs, and their number.
struct PatternCost {
  std::int64_t worth = 0;
  std::size_t primaries = 0, secondaries = 0;
};
PatternCost cost_of(const Assembly& assembly, const Pattern& withheld);

}  // namespace regions
