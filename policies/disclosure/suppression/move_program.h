// The cheapest move of cells that keeps one side of a guard: min sum of cost times distance, where
// cells withheld already move for nothing. One component of cells that may be withheld.
#pragma once

#include <optional>

#include "policies/disclosure/suppression/problem.h"

namespace regions {

class MoveProgram {
 public:
  // `problem` outlives this.
  static Result<MoveProgram> make(const SuppressionProblem& problem, const Component& component);

  // Distances in units of the level, one per cell of the component; nothing where no move exists.
  Result<std::optional<std::vector<double>>> cheapest(const Guard& guard, bool up,
                                                      const Pattern& withheld, Work& work);
  // Whether the guard's side is kept by moves of withheld cells alone, and by which.
  Result<std::optional<std::vector<double>>> within(const Guard& guard, bool up,
                                                    const Pattern& withheld, Work& work);

  const std::vector<CellId>& cells() const { return attack_.component().cells; }

 private:
  MoveProgram(const SuppressionProblem& problem, AttackProgram attack);
  void observe(const Guard& guard);
  std::vector<CellId> goal_of(const Guard& guard) const;
  void set_goal(std::vector<CellId> goal, bool up);

  const SuppressionProblem* problem_;
  AttackProgram attack_;              // of withheld cells alone
  LinearProgram cheapest_;            // columns: moves up, moves down, the guard's sum
  std::vector<std::uint8_t> inside_;  // of a cell of the system: stands in the component
  std::vector<CellId> goal_;          // whose sum the last row of cheapest_ is
  std::uint32_t observing_ = 0;
};

}  // namespace regions
