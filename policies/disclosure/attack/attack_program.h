// The attacker's linear program over one component of withheld cells: how far the sum of some of
// them can move from the truth while everything published stays as it is. In distances from the
// true values, so that 0 is always possible.
//
// One owner, one thread; questions may be asked in any order and warm up each other.
#pragma once

#include <map>

#include "policies/disclosure/attack/components.h"
#include "policies/disclosure/attack/limits.h"
#include "policies/disclosure/solver/linear_program.h"

namespace regions {

// Work that is left, shared by all programs of one task.
struct Work {
  std::uint64_t pivots_left = kPivotsMax;
  std::uint64_t programs = 0;  // linear programs solved
};

class AttackProgram {
 public:
  // `system` outlives this. too_large: more than kComponentCellsMax cells.
  static Result<AttackProgram> make(const CellSystem& system, const Component& component);

  // What the observer knows from here on. Shares of cells outside the component are passed over.
  void observe(const Observer& observer);

  struct Reach {
    // One per cell of the component, whole numbers where they keep every equation and bound
    // exactly; a proof that needs no trust in the solver.
    std::vector<std::int64_t> distance;
    bool proven = false;  // `distance` is such
    double value = 0;     // of the sum, as the linear program says
    bool unbounded = false;
  };
  // The farthest that the sum of `cells` goes up (or down, a negative value).
  Result<Reach> farthest(const std::vector<CellId>& cells, bool up, Work& work);

  // The same question where the cell of column k moves at most `below[k]` down and `above[k]` up,
  // with the prices of the rows. Any unit will do, the same for both.
  Result<Optimum> question(const std::vector<CellId>& cells, bool up,
                           const std::vector<double>& below, const std::vector<double>& above,
                           Work& work);

  // Whether `distance` keeps all equations and what the observer knows, and the sum over `cells`.
  bool keeps(const std::vector<std::int64_t>& distance) const;
  std::int64_t sum(const std::vector<std::int64_t>& distance,
                   const std::vector<CellId>& cells) const;

  // Whether no cell of the component has any bound: then every move can be made many times over,
  // and one in fractions becomes one in whole numbers.
  bool is_free() const { return free_; }

  const Component& component() const { return component_; }
  std::int64_t below(std::size_t column) const { return below_[column]; }
  std::int64_t above(std::size_t column) const { return above_[column]; }
  std::uint32_t column_of(CellId cell) const { return column_.at(cell); }
  const std::vector<LinearRow>& rows() const { return rows_; }

 private:
  AttackProgram(const CellSystem& system, Component component, std::vector<LinearRow> rows);
  void set_bounds();
  Result<Optimum> ask(const std::vector<CellId>& cells, bool up, Work& work);

  const CellSystem* system_;
  Component component_;
  std::map<CellId, std::uint32_t> column_;
  std::vector<LinearRow> rows_;
  LinearProgram program_;
  std::vector<std::int64_t> below_, above_;
  std::int64_t far_ = 0;  // stands for no bound
  double scale_ = 1;
  bool bounds_set_ = false;
  bool free_ = false;
};

}  // namespace regions
