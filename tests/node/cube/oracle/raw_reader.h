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
  // Every number of every cell, and of its key what the noise of several tables tells of it: two
  // keys that differ have other noise in at least one of them in 99 of 100 cases.
  static std::vector<std::int64_t> numbers(const RawTable& raw) {
    std::vector<std::int64_t> out;
    for (const RawTable::Cell& cell : raw.cells_) {
      const RawAmount& amount = cell.amount;
      for (const std::int64_t one :
           {cell.count, amount.sum, amount.contributors, amount.largest, amount.second}) {
        out.push_back(one);
      }
      for (const PerturbationTable& table : rulers()) {
        out.push_back(perturb(table, cell.count, cell.key));
      }
    }
    return out;
  }
  static std::string name(const RawTable& raw) {
    std::string text = raw.indicator_ + " " + raw.period_ + " by";
    for (const std::string& id : raw.dimensions_) text += " " + id;
    return text;
  }
  static std::string indicator(const RawTable& raw) { return raw.indicator_; }

 private:
  // Twenty values each, with bounds that lie between one another's.
  static const std::vector<PerturbationTable>& rulers() {
    static const std::vector<PerturbationTable> all = [] {
      std::vector<PerturbationTable> tables;
      for (std::uint64_t t = 0; t < 6; ++t) {
        PerturbationTable::Row row;
        for (std::uint64_t v = 0; v < 20; ++v) {
          row.push_back({static_cast<std::int32_t>(v), kCellKeys / 126 * (v * 6 + t + 1)});
        }
        row.push_back({20, kCellKeys});
        tables.push_back(PerturbationTable::make({{{0, kCellKeys}}, row}).value());
      }
      return tables;
    }();
    return all;
  }
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
