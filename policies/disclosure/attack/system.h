// Cells under linear equations: all that disclosure control needs to know of a table once names are
// gone. Amounts are whole numbers of one unit. Pure values; any thread may read them.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "policies/disclosure/rules/sensitivity.h"

namespace regions {

using CellId = std::uint32_t;

struct EquationTerm {
  CellId cell;
  std::int32_t factor;
};
// The sum of factor times value is 0 (or what the published figures give, where they are rounded:
// attacks compute with differences from the values, which sum to 0 exactly).
using Equation = std::vector<EquationTerm>;

// No bound: an attacker who knows nothing of a cell but its sign, or not even that.
inline constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

struct CellSystem {
  std::vector<std::int64_t> value;
  // What everybody knows of a cell beforehand, as distances from the value: it lies between
  // value - below and value + above.
  std::vector<std::int64_t> below, above;
  std::vector<Equation> equations;
  // A cell without a bound is let run at least so far, where kUnboundedLeast is too near for the
  // unit of the values.
  std::int64_t unbounded_least = 0;

  std::size_t size() const { return value.size(); }
};

// Which cells are not published. std::uint8_t: vectors of bool are slow to read.
using Pattern = std::vector<std::uint8_t>;

// What one class of observers knows besides what is published.
struct Observer {
  std::uint32_t id = 0;  // who, for the caller; 0 is the outsider
  struct Share {
    CellId cell;
    std::int64_t own;  // its own contribution: the cell is at least that
    bool whole;        // it is all of the cell
  };
  std::vector<Share> shares;  // ascending by cell
};

// A withheld cell, or the sum of several (a derived cell), that must stay uncertain.
struct Guard {
  std::vector<CellId> cells;  // the sum of these
  Level level;
  std::uint32_t observer = 0;  // index into the observers
};

}  // namespace regions
