// Equations of distances made fewer before a program is asked. Where two cells stand alone in an
// equation the one moves as the other does, and they share a column; a cell that stands alone
// cannot move. In a table with few withheld cells a line that is most of them.
//
// Exact: what moves here moves there, by the same whole numbers. Pure values.
#pragma once

#include "policies/disclosure/solver/linear_program.h"

namespace regions {

class Reduction {
 public:
  // `rows` over `cells` columns: whole factors other than 0, each row sums to 0.
  Reduction(std::size_t cells, const std::vector<LinearRow>& rows);

  // The distance of a cell is that of `column`, times `sign` (1 or -1); kStill: always 0.
  struct Place {
    std::uint32_t column;
    int sign;
  };
  static constexpr std::uint32_t kStill = UINT32_MAX;
  const Place& of(std::size_t cell) const { return places_[cell]; }
  std::size_t cells() const { return places_.size(); }

  std::size_t columns() const { return columns_; }
  // Over the columns; tidy.
  const std::vector<LinearRow>& rows() const { return rows_; }
  // Those of them that say it all.
  const std::vector<LinearRow>& independent() const { return independent_; }

 private:
  std::vector<Place> places_;
  std::vector<LinearRow> rows_, independent_;
  std::size_t columns_ = 0;
};

// Rows in one form and order, each once: terms ascending by column, the first factor above 0.
void tidy(std::vector<LinearRow>& rows);

// How far columns move at the most, as one row after the other allows: bounds that hold, not
// always the nearest ones. Narrows `lower` and `upper`, which hold 0. Whole numbers.
void narrow(const std::vector<LinearRow>& rows, std::vector<std::int64_t>& lower,
            std::vector<std::int64_t>& upper);

}  // namespace regions
