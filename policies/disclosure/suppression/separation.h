// Cuts for the choice of cells (Fischetti and Salazar 2001, capacity constraints): where the cells
// chosen so far let an attacker come too near, what has to be chosen besides.
//
// For any prices u of the equations and r = c + A'u, the sum moves at most by
// sum (r+ above_i + r- below_i) y_i; so that sum must reach the guard's level. Shares are capped at
// what is missing, because a cell is withheld or not. Valid whatever the solver answered.
#pragma once

#include <optional>

#include "policies/disclosure/solver/cover_program.h"
#include "policies/disclosure/suppression/problem.h"

namespace regions {

class Separation {
 public:
  // `problem` outlives this.
  static Result<Separation> make(const SuppressionProblem& problem);

  // A cut over columns (below) that `choice` breaks, for one side of one guard, or nothing where
  // the guard holds; a cut without terms says that no choice at all keeps the guard. `choice`: one
  // per cell of the system, 0 to 1, 1 for primaries. `tight`: moves of single cells count up to the
  // level only, which gives stronger cuts and finds some where the plain question finds none.
  Result<std::optional<LinearRow>> cut(const Guard& guard, bool up,
                                       const std::vector<double>& choice, bool tight, Work& work);

  // Columns of the cuts are the eligible cells, ascending.
  const std::vector<CellId>& eligible() const { return eligible_; }

 private:
  explicit Separation(const SuppressionProblem& problem) : problem_(&problem) {}
  std::optional<LinearRow> cut_of(AttackProgram& program, const std::vector<CellId>& goal, bool up,
                                  const std::vector<double>& price, double level) const;

  const SuppressionProblem* problem_;
  std::vector<CellId> eligible_;
  std::vector<std::uint32_t> column_;  // of a cell, in the cuts
  std::vector<AttackProgram> programs_;
  std::vector<std::uint32_t> home_;  // the program of a cell
  std::vector<std::uint32_t> observing_;
};

}  // namespace regions
