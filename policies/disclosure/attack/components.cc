#include "policies/disclosure/attack/components.h"

#include <numeric>

namespace regions {
namespace {

class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  CellId root(CellId cell) {
    while (parent_[cell] != cell) cell = parent_[cell] = parent_[parent_[cell]];
    return cell;
  }
  void join(CellId a, CellId b) { parent_[root(a)] = root(b); }

 private:
  std::vector<CellId> parent_;
};

// The first open cell of the equation, or none.
const EquationTerm* first_open(const Equation& equation, const Pattern& open) {
  for (const EquationTerm& term : equation) {
    if (open[term.cell]) return &term;
  }
  return nullptr;
}

}  // namespace

std::vector<Component> components_of(const CellSystem& system, const Pattern& open) {
  Groups groups(system.size());
  for (const Equation& equation : system.equations) {
    const EquationTerm* first = first_open(equation, open);
    for (const EquationTerm& term : equation) {
      if (open[term.cell]) groups.join(term.cell, first->cell);
    }
  }
  std::vector<Component> found;
  std::vector<std::uint32_t> of_root(system.size(), UINT32_MAX);
  for (CellId cell = 0; cell < system.size(); ++cell) {
    if (!open[cell]) continue;
    std::uint32_t& at = of_root[groups.root(cell)];
    if (at == UINT32_MAX) {
      at = static_cast<std::uint32_t>(found.size());
      found.emplace_back();
    }
    found[at].cells.push_back(cell);
  }
  for (std::uint32_t row = 0; row < system.equations.size(); ++row) {
    if (const EquationTerm* first = first_open(system.equations[row], open)) {
      found[of_root[groups.root(first->cell)]].equations.push_back(row);
    }
  }
  return found;
}

}  // namespace regions
