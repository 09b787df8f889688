// Connected components of withheld cells: what an attacker can tell of one cell depends on no cell
// outside its component, so that each is attacked on its own.
#pragma once

#include "policies/disclosure/attack/system.h"

namespace regions {

struct Component {
  std::vector<CellId> cells;             // ascending
  std::vector<std::uint32_t> equations;  // that hold one of them, ascending
};

// Cells marked in `open` that stand in one equation are in one component. Components in the order
// of their first cell.
std::vector<Component> components_of(const CellSystem& system, const Pattern& open);

}  // namespace regions
