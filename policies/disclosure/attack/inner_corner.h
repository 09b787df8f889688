// The farthest corner at a distance from all bounds, rounded: what rounding adds then breaks none.
// Where bounds are wide beside that distance it proves in one program, mostly warm, what is else
// looked for among least moves.
//
// One owner, one thread.
#pragma once

#include "policies/disclosure/attack/whole_moves.h"
#include "policies/disclosure/attack/work.h"

namespace regions {

class InnerCorner {
 public:
  // What becomes of columns that have not that room both ways.
  enum class Narrow {
    still,   // they stand still, but for the goal's: quick
    one_way  // they go where they have it, or stand still: another elimination every time
  };

  // Every row sums to 0; `moves` are of the same rows. Columns keep `room` (whole units, above 0)
  // from their bounds. `scale`: units of a distance in the program.
  InnerCorner(std::size_t columns, const std::vector<LinearRow>& rows, WholeMoves moves,
              std::int64_t room, Narrow narrow, double scale);

  // By column, holding 0.
  void set_bounds(const std::vector<std::int64_t>& lower, const std::vector<std::int64_t>& upper);

  // Whole distances by column that keep the rows, the sum over `goal` mostly `wanted` or more: the
  // caller looks at that and at the bounds. Nothing where the corner is nearer, or not to be
  // rounded.
  Result<std::optional<std::vector<std::int64_t>>> find(const LinearRow& goal, std::int64_t wanted,
                                                        Work& work);

 private:
  bool is_asked(std::uint32_t column) const;
  bool may_move(std::uint32_t column) const;
  void set(std::uint32_t column);
  void ask(const LinearRow& goal);
  void hold(const std::vector<double>& point);

  std::int64_t room_;
  Narrow narrow_;
  double scale_;
  LinearProgram program_;
  WholeMoves moves_;
  std::vector<std::int64_t> lower_, upper_;
  std::vector<std::uint32_t> goal_;  // columns that move whatever room they have
  bool held_ = false;                // moves_ holds what does not move
};

}  // namespace regions
