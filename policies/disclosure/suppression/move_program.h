// The cheapest move of cells that keeps one side of a guard: min sum of cost times distance, where
// cells withheld already move for nothing. One component of cells that may be withheld.
//
// One owner. Questions that follow each other warm up the next: only what changed is told to the
// solver, and moves are local.
#pragma once

#include <optional>

#include "policies/disclosure/suppression/problem.h"

namespace regions {

// Cells that move, ascending, and how far.
using Move = std::vector<std::pair<CellId, double>>;

class MoveProgram {
 public:
  // `problem` outlives this.
  static Result<MoveProgram> make(const SuppressionProblem& problem, const Component& component);

  // Nothing where no move exists. `shut`: cells that may not move, by cell; empty: none.
  Result<std::optional<Move>> cheapest(const Guard& guard, bool up, const Pattern& withheld,
                                       const Pattern& shut, Work& work);

  const std::vector<CellId>& cells() const { return attack_.component().cells; }

 private:
  MoveProgram(const SuppressionProblem& problem, AttackProgram attack);
  void observe(const Guard& guard);
  void set_unit(double level);
  void set_cell(std::uint32_t at, bool withheld, bool shut);
  void set_goal(std::vector<CellId> goal, bool up, double least);
  void clear_goal();
  Move move_of(const std::vector<double>& point, double level) const;

  const SuppressionProblem* problem_;
  AttackProgram attack_;              // knows the rows, and the bounds of an observer
  LinearProgram cheapest_;            // columns: moves up, moves down, the guard's sum
  std::vector<std::uint8_t> inside_;  // of a cell of the system: stands in the component
  std::vector<CellId> goal_;          // whose sum the last row of cheapest_ is, if it is several
  double unit_ = 0;                   // of the distances
  double mean_ = 0;                   // of the costs
  std::uint32_t observing_ = 0;
};

}  // namespace regions
