// The cube: figures from the region's records, before protection. The only maker of RawTable.
//
//   records -> Facts (columns in memory) -> Layout (which cell each cooperation touches)
//           -> Pass (all cells of all tables at once) -> RawTable
//
// Counting rules: pass.h. Stateless; any thread.
#pragma once

#include <map>

#include "node/cube/layout.h"
#include "policies/disclosure/headline.h"

namespace regions {

class CubeBuilder {
 public:
  // Both headlines of one year (kYearMin..kYearMax, else invalid_input). Without a single own
  // enterprise of known NACE there is no SME-COOP (nullopt). not_found: the catalogue lacks a
  // headline.
  static Result<HeadlineInput> headline(const Facts& facts, const Catalogue& catalogue, int year);
  // The same for every year from the first to the last in which anything is active.
  static Result<std::map<int, HeadlineInput>> headlines(const Facts& facts,
                                                        const Catalogue& catalogue);

  // Every period of every table that has a year in `span`, in the order of `specs` and then of the
  // periods; all in one pass. Every category of every dimension has its cell, in bytewise order.
  static std::vector<RawTable> tables(const Facts& facts, const Catalogue& catalogue,
                                      const std::vector<TableSpec>& specs, YearSpan span);

 private:
  static RawTable table(const Layout& layout, const Layout::Table& table, std::size_t period,
                        struct Cells& cells);
};

}  // namespace regions
