// The choice of the amount cells that are withheld: suppression, then the attack of everybody, in
// rounds until nothing is found (DISCLOSURE 4, 5). What history told already cannot be undone: such
// a guard asks for what history leaves, bounded from above, and is reported. Where no completion
// proves that a pattern leaves so much, all that hangs together with it is withheld.
//
// Pure and deterministic.
#pragma once

#include "policies/disclosure/amounts/reach.h"
#include "policies/disclosure/suppression/suppress.h"

namespace regions {

struct ProtectionTask {
  const AmountModel* model = nullptr;
  // Hidden, unsafe and withheld earlier: primary. Published earlier: published.
  std::vector<CellRole> role;
  std::vector<double> cost;
  std::vector<std::uint8_t> fresh;  // by cell: about to be decided
};

// A guard that history breaks, and what is left of it, as far as completions prove it.
struct Disclosed {
  Guard asked;
  std::vector<std::size_t> knowers;  // of the class; none: everybody
  Breach left;
};

struct ProtectionResult {
  Suppression suppression;
  bool whole = false;  // everything that is new is withheld
  std::vector<Disclosed> disclosed;
  std::vector<Reached> reached;  // to everybody, of the cells of touched components
};

// timed_out, too_large: a stated limit; nothing may leave.
Result<ProtectionResult> protect_cells(const ProtectionTask& task, Work& work);

}  // namespace regions
