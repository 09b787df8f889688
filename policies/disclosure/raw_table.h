// A table before disclosure control: confidential. It leaves the cube and enters disclosure
// control; nothing else can build, read, copy, print or serialise one (tests/canaries/ proves it).
//
// Owner: the cube makes it, the caller in publish passes it on, disclosure consumes it. Plain
// values; one thread at a time.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "policies/disclosure/cell_key.h"
#include "protocol/base/bytes.h"

namespace regions {

// Of a cell of amounts, in cents: what the rules must know (p% rule, SDC handbook 4.2).
// Contributors are holdings with a known amount above 0.
struct RawAmount {
  std::int64_t sum = 0;
  std::int64_t contributors = 0;
  std::int64_t largest = 0;
  std::int64_t second = 0;
};

class RawTable {
 public:
  RawTable(RawTable&&) = default;
  RawTable& operator=(RawTable&&) = default;
  RawTable(const RawTable&) = delete;
  RawTable& operator=(const RawTable&) = delete;
  friend std::ostream& operator<<(std::ostream&, const RawTable&) = delete;

 private:
  friend class CubeBuilder;       // node/cube: the only maker
  friend class HeadlineControl;   // policies/disclosure: with the next one
  friend class BreakdownControl;  // the only readers

  struct Cell {
    std::vector<std::string> categories;  // one per dimension, in their order
    std::int64_t count = 0;               // distinct enterprises
    CellKey key = {};                     // of their holdings
    RawAmount amount = {};                // of an indicator of amounts, else nothing
  };

  // `indicator`: its code. `definition`: Catalogue::definition. `period`: "2017". `dimensions`: ids
  // of the categories of each cell; empty for a headline, whose one cell is the period's total.
  RawTable(std::string indicator, const Digest& definition, std::string period,
           std::vector<std::string> dimensions, std::vector<Cell> cells)
      : indicator_(std::move(indicator)),
        definition_(definition),
        period_(std::move(period)),
        dimensions_(std::move(dimensions)),
        cells_(std::move(cells)) {}

  std::string indicator_;
  Digest definition_;
  std::string period_;
  std::vector<std::string> dimensions_;
  std::vector<Cell> cells_;
};

}  // namespace regions
