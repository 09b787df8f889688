// The attack on what is published: the interval that remains for every withheld cell, and the
// guards that do not hold (SDC handbook 4.2.2; audit). The linear program is a filter; a guard
// holds only where a whole-number completion proves it.
//
// Pure and deterministic. Errors: too_large (a component), timed_out (counted work), which the
// caller treats as unsafe.
#pragma once

#include "policies/disclosure/attack/attack_program.h"

namespace regions {

struct CellInterval {
  CellId cell = 0;
  std::int64_t below = 0, above = 0;  // how far the cell may lie from its value, whole units
  bool open_below = false, open_above = false;  // without any bound
  bool exact() const { return below == 0 && above == 0; }
};

// Of every withheld cell, ascending, for one observer.
Result<std::vector<CellInterval>> find_intervals(const CellSystem& system, const Pattern& withheld,
                                                 const Observer& observer, Work& work);
// Of those of `cells` (ascending) that are withheld.
Result<std::vector<CellInterval>> find_intervals(const CellSystem& system, const Pattern& withheld,
                                                 const std::vector<CellId>& cells,
                                                 const Observer& observer, Work& work);

struct CellReach {
  CellInterval interval;
  // The completions at both ends, one distance per cell of the component; empty where the corner is
  // no whole one.
  std::vector<std::int64_t> low, high;
};

// Of one cell of the program's component, for the observer that it was told last.
Result<CellReach> find_reach(AttackProgram& program, CellId cell, Work& work);

struct Breach {
  std::size_t guard = 0;              // index
  std::int64_t below = 0, above = 0;  // what the attack leaves, as far as completions prove it
  // It leaves no more, be there completions that were not found; of a side that does not hold.
  std::int64_t below_most = 0, above_most = 0;
};

// The guards that do not hold, ascending. The sum of a guard moves only through its withheld cells.
Result<std::vector<Breach>> find_breaches(const CellSystem& system, const Pattern& withheld,
                                          const std::vector<Observer>& observers,
                                          const std::vector<Guard>& guards, Work& work);

}  // namespace regions
