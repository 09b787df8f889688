// All figures of one amount as unknowns under equations: every planned margin in every period in
// play, what its parts add up to, and what one period holds besides others (DISCLOSURE 4).
//
// Years add up, because an amount is booked in its start year. So windows and programmes are linked
// as far as they nest; where they do not (a window across two programmes), the pieces that all
// periods in play are made of are unknowns of their own. Totals over a dimension, and pieces, are
// hidden cells: whoever knows the others can compute them.
//
// Pure values, immutable after make().
#pragma once

#include <map>
#include <optional>

#include "policies/catalogue/dimension.h"
#include "policies/catalogue/period.h"
#include "policies/disclosure/attack/system.h"

namespace regions {

// Dimensions by index, ascending.
using Margin = std::vector<std::size_t>;
using Years = std::vector<int>;  // ascending

// The pieces that all of `sets` are made of: years that stand in the same ones.
std::vector<Years> pieces_of(const std::vector<Years>& sets);

// One margin in one period, released or about to be.
struct MarginOfPeriod {
  Margin margin;
  Period period;
  auto operator<=>(const MarginOfPeriod&) const = default;
};

class LinkedAmounts {
 public:
  // All categories of one margin in one period or piece; cells first .. first + size - 1, the last
  // dimension runs fastest.
  struct Block {
    Years years;
    Margin margin;
    CellId first = 0;
    CellId size = 1;
    std::optional<Period> period;  // shown; else hidden
  };

  // `hidden`: in play without being shown, because somebody else published one of its figures, or
  // because tables that are to come will tell it.
  // `dimensions` outlive this. too_large: more than kLinkedCellsMax cells.
  static Result<LinkedAmounts> make(std::vector<const Dimension*> dimensions,
                                    const std::vector<MarginOfPeriod>& shown,
                                    const std::vector<std::pair<Margin, Years>>& hidden = {});

  std::size_t size() const { return size_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& block_of(CellId cell) const;
  // The first term is the total (-1), the others are its parts (1).
  const std::vector<Equation>& equations() const { return equations_; }
  // The block of a margin in a period in play.
  const Block* find(const Margin& margin, const Years& years) const;
  // The categories of a cell, one per dimension of its margin.
  std::vector<std::uint32_t> categories(CellId cell) const;
  // The cells that a row of that year counts for. `categories`: one per dimension.
  std::vector<CellId> cells_of(int year, const std::vector<std::uint32_t>& categories) const;
  // "2018-2020 actor_group=_U"; "2014+2018-2020" for a piece.
  std::string name(CellId cell) const;
  const std::vector<const Dimension*>& dimensions() const { return dimensions_; }
  // Whether `coarse` is a grouping of the code list `fine`; by index.
  bool groups(std::size_t coarse, std::size_t fine) const;
  // The cell of a block. `categories`: one per dimension; those that are not in it do not count.
  CellId cell_of(const Block& block, const std::vector<std::uint32_t>& categories) const;

 private:
  Result<void> add_block(Margin margin, Years years, std::optional<Period> period);
  std::vector<Years> periods_of(const Margin& margin) const;
  Result<void> add_pieces_of(const Margin& margin);
  Result<void> add_pieces();
  std::vector<Margin> totals_of(const Margin& margin) const;
  void add_sums(const Block& block);
  void add_nesting(const Block& block);
  void add_periods(const Margin& margin);

  std::vector<const Dimension*> dimensions_;
  std::vector<Block> blocks_;
  std::map<Margin, std::map<Years, std::size_t>> at_;  // index into blocks_
  std::map<int, std::vector<std::size_t>> of_year_;
  std::vector<Equation> equations_;
  std::size_t size_ = 0;
};

Years years_of(const Period& period);

}  // namespace regions
