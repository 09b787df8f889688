// How far the attack lets withheld figures lie from the truth, and the completions that show it.
// Pure.
#pragma once

#include "policies/disclosure/amounts/amount_gate.h"

namespace regions {

struct Reached {
  CellReach reach;
  std::size_t observer = 0;   // index into the guards' observers; 0: everybody
  std::vector<CellId> cells;  // of the component: what the completions are of
};

// Of every withheld cell to everybody, and of every sensitive one to every class of `guards`, in
// components marked in `touched` (in the order of components_of; empty: all). By component, then
// observer, then cell.
Result<std::vector<Reached>> find_reached(const AmountModel& model, const Pattern& withheld,
                                          const std::vector<std::uint8_t>& touched,
                                          const AmountGuards& guards, Work& work);

}  // namespace regions
