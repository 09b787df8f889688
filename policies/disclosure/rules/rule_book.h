// The rules that hold for one table together: a cell is sensitive where any of them says so. The
// order in which they are asked is that of tau-ARGUS (dominance, p% and pq, request, frequency,
// zero), so that the reason of a cell is the same there and here.
#pragma once

#include "policies/disclosure/rules/sensitivity.h"

namespace regions {

struct CellVerdict {
  Reason reason;
  Level level;
};

struct RuleBook {
  std::vector<DominanceRule> dominance;
  std::vector<PriorPosteriorRule> concentration;
  std::vector<WaiverRule> waivers;
  std::vector<RequestRule> requests;
  std::vector<FrequencyRule> frequency;
  // Above the value, in parts of Percent, for cells that only the frequency or the request rule, or
  // a person, finds unsafe; a level of at least one unit in any case.
  std::int64_t frequency_range = 0;
  std::int64_t manual_range = 0;
  // Levels of a person's choice for all unsafe cells, whatever rule found them.
  bool manual_levels = false;
  // A cell of contributors that are all 0 tells the contribution of each of them.
  bool zero_unsafe = true;
  std::int64_t zero_range = 1;

  // Nothing where the cell is safe; an empty cell (N = 0) is not a zero.
  std::optional<CellVerdict> judge(const Contributions& cell) const;
  // How far a contributor must be kept from an unsafe cell, of which `rest` is what others
  // contribute: the level that the rules give the rest (p% rules count it into the coalition
  // already), and never nothing, because it must not know the rest exactly.
  Level level_against_insider(const Contributions& rest) const;
  // The level of a cell that a person calls unsafe.
  Level manual_level(std::int64_t value) const;
  // The most contributions that a rule looks at singly.
  std::size_t needs() const;
  // Whether nothing is ever sensitive.
  bool empty() const;
};

}  // namespace regions
