// The least move of withheld cells in which a sum of them goes as far as is asked: all distances
// together are smallest. What does not have to move stands still, so that its corner is mostly one
// of whole numbers, as that of the farthest move seldom is.
//
// One owner, one thread; every question starts from nothing moved.
#pragma once

#include "policies/disclosure/attack/work.h"

namespace regions {

// A column for moves up and one, behind all of those, for moves down of every column; the last row
// and column are for the goal, whose terms are to be set.
std::vector<LinearRow> split_rows(std::size_t columns, const std::vector<LinearRow>& rows);

class LeastMove {
 public:
  // Every row sums to 0. No column moves before it has bounds. `costs`: 0 counts all distances
  // alike; others count each 1 to 2 times, which leads to other corners.
  LeastMove(std::size_t columns, const std::vector<LinearRow>& rows, std::uint32_t costs = 0);

  // At most `below` down and `above` up, both 0 or more.
  void set_bounds(std::uint32_t column, double below, double above);

  // The sum over `goal` becomes `distance` (above 0) or more: distances by column. refused: no move
  // is far enough; otherwise as LinearProgram::maximise.
  Result<std::vector<double>> find(const LinearRow& goal, double distance, Work& work);

 private:
  Result<Optimum> of_one(const LinearTerm& goal, double distance, Work& work);
  Result<Optimum> of_several(const LinearRow& goal, double distance, Work& work);

  std::uint32_t count_, goal_row_;
  LinearProgram program_;     // columns: moves up, moves down, the goal of several
  std::vector<double> most_;  // by column, but for the goal's
  LinearRow goal_;            // of several, as the last row has it
};

}  // namespace regions
