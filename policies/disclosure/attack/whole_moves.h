// Whole moves near one in fractions: the parameters that elimination leaves open are rounded, and
// all other columns follow from them. Pure and deterministic.
#pragma once

#include <optional>

#include "policies/disclosure/attack/open_moves.h"

namespace regions {

class WholeMoves {
 public:
  // Rows that sum to 0.
  WholeMoves(std::size_t columns, const std::vector<LinearRow>& rows);

  // From here on these columns (ascending), and no others, do not move.
  void hold(const std::vector<std::uint32_t>& still);

  // One per column: keeps every row, and moves no column that is held. Bounds are for the caller to
  // look at. Nothing where some column follows from the parameters by fractions, or where these are
  // too many to be of use.
  std::optional<std::vector<std::int64_t>> near(const std::vector<double>& point) const;

 private:
  OpenMoves all_, now_;  // without any column held, and with those of the day
  bool all_known_ = true, now_known_ = true;
  std::vector<std::uint32_t> held_;
};

}  // namespace regions
