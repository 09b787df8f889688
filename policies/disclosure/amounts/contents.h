// What the rows put into the linked cells, and what each observer knows of them. Pure values.
#pragma once

#include "policies/disclosure/amounts/linked_amounts.h"
#include "policies/disclosure/amounts/raw_amounts.h"

namespace regions {

struct HoldingPart {
  PartyId holding;
  std::int64_t cents;
};

struct CellContent {
  std::int64_t sum = 0;
  std::int64_t open = 0;           // what is not public by law
  std::vector<HoldingPart> parts;  // of `open` by holding, descending, then by holding
  std::int64_t contributors = 0;   // holdings with a known amount above 0, public rows too
  bool anybody = false;            // a cooperation is there, whatever its amount
  bool harmless = false;           // empty, and everybody may know that (empty_cells.h)
};

// By cell. too_large: a sum beyond 2^52 cents. corrupt: a row that no dimension has a place for.
Result<std::vector<CellContent>> fill_contents(const LinkedAmounts& linked,
                                               const std::vector<AmountRow>& rows);

// What one observer, or several together, know of rows that are not public.
struct Knower {
  std::vector<PartyId> parties;  // ascending
  struct Cell {
    CellId cell;
    std::int64_t own;                // the sum of what they know
    std::vector<HoldingPart> parts;  // by holding
  };
  std::vector<Cell> cells;  // ascending

  const Cell* find(CellId cell) const;
};

// Every party that knows a row of these cells, and every coalition of at most `coalition` of them.
// Parties of the same rows are one coalition's member once. too_large: more than kKnowersMax.
Result<std::vector<Knower>> find_knowers(const LinkedAmounts& linked,
                                         const std::vector<AmountRow>& rows, std::size_t parties,
                                         std::uint32_t coalition);

}  // namespace regions
