// Where figures stand among the linked cells, by their names, and back. Pure.
#pragma once

#include "policies/disclosure/amounts/amount_control.h"
#include "policies/disclosure/amounts/linked_amounts.h"

namespace regions {

struct Place {
  MarginOfPeriod table;
  std::uint32_t cell;  // within the block
};

class Places {
 public:
  // `dimensions` outlive this.
  explicit Places(const std::vector<const Dimension*>& dimensions) : dimensions_(dimensions) {}

  // corrupt: a dimension that the rows do not have.
  Result<Margin> margin_of(const std::vector<std::string>& by) const;
  Result<MarginOfPeriod> of(const AmountTable& table) const;
  // corrupt: a period or category that is none.
  Result<Place> of(const AmountCell& cell) const;

 private:
  const std::vector<const Dimension*>& dimensions_;
};

// Of a cell that stands in a table.
AmountCell cell_of(const LinkedAmounts& linked, CellId id);

}  // namespace regions
