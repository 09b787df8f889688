// Reads a table before protection, for the comparison with another computation. Stands in for the
// disclosure control that this test program does not use.
#pragma once

#include <map>

#include "node/cube/cube.h"
#include "policies/plan/plan.h"
#include "tests/node/cube/sql/sql_oracle.h"

namespace regions {

class BreakdownControl {
 public:
  // Into `out` by period and categories; cells that hold nothing are left out. Keys cannot be read.
  static void read(const RawTable& raw, OracleCells& out) {
    for (const RawTable::Cell& cell : raw.cells_) {
      const RawAmount& amount = cell.amount;
      if (cell.count == 0 && amount.sum == 0 && amount.contributors == 0) continue;
      std::vector<std::string> at{raw.period_};
      at.insert(at.end(), cell.categories.begin(), cell.categories.end());
      out[at] = {cell.count, 0, amount.sum, amount.contributors, amount.largest, amount.second};
    }
  }
  static std::string indicator(const RawTable& raw) { return raw.indicator_; }
};

// All cells of the tables of `specs`, one map each.
inline std::vector<OracleCells> cube_cells(const Facts& facts, const Catalogue& catalogue,
                                           const std::vector<TableSpec>& specs, YearSpan span) {
  const auto raw = CubeBuilder::tables(facts, catalogue, specs, span);
  std::vector<OracleCells> out;
  std::size_t at = 0;
  for (const TableSpec& spec : specs) {
    out.emplace_back();
    for (std::size_t i = periods_in(spec.kind, span); i > 0; --i) {
      BreakdownControl::read(raw[at++], out.back());
    }
  }
  return out;
}

}  // namespace regions
