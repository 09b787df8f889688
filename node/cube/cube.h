// The cube: figures from the region's records, before protection. The only maker of RawTable.
//
//   records -> Facts (columns in memory) -> Layout (which cell each cooperation touches)
//           -> Pass (all cells of all tables at once) -> RawTable
//
// Counting rules: pass.h.
#pragma once

#include <map>
#include <memory>

#include "node/cube/knowledge.h"
#include "node/cube/pass.h"
#include "policies/disclosure/amounts/raw_amounts.h"
#include "policies/disclosure/headline.h"
#include "policies/disclosure/membership.h"

namespace regions {

// Stateless; any thread.
class CubeBuilder {
 public:
  // Both headlines of one year (kYearMin..kYearMax, else invalid_input). Without a single own
  // enterprise of known NACE there is no SME-COOP (nullopt). not_found: the catalogue lacks a
  // headline.
  static Result<HeadlineInput> headline(const Facts& facts, const Catalogue& catalogue, int year);
  // The holdings whose enterprises headline() counts; errors as there. A pass of its own over
  // everything.
  static Result<HeadlineHoldings> headline_holdings(const Facts& facts, const Catalogue& catalogue,
                                                    int year);
  // Both headlines of every year from the first to the last in which anything is active.
  static Result<std::map<int, HeadlineInput>> headlines(const Facts& facts,
                                                        const Catalogue& catalogue);

  // Every period of every table that has a year in `span`, in the order of `specs` and then of the
  // periods; all in one pass, by so many threads. Every category of every dimension has its cell,
  // in bytewise order.
  static std::vector<RawTable> tables(const Facts& facts, const Catalogue& catalogue,
                                      const std::vector<TableSpec>& specs, YearSpan span,
                                      unsigned threads = all_cores());

  // Every share of an indicator of amounts that is booked in a year of `span`, with who knows it:
  // added up they are what tables() gives for every margin of `by` and every period in `span`.
  // Holdings between which an enterprise changes within a period are one contributor, though they
  // are several that know. Rows in the order of the records. too_large: more than kAmountRowsMax
  // shares, or kKnownToMax of those who know one.
  static Result<RawAmounts> amounts(const Knowledge& knowledge, const Catalogue& catalogue,
                                    const Indicator& indicator,
                                    const std::vector<const Dimension*>& by, YearSpan span);
  // The enterprises that headline() counts, each with those who know that it does. Errors as there.
  static Result<HeadlineKnowledge> headline_knowledge(const Knowledge& knowledge,
                                                      const Catalogue& catalogue, int year);

 private:
  friend class Cube;
  static std::vector<RawTable> tables(const Layout& layout, const Cells& cells);
  static void add_periods(const Layout& layout, const Layout::Table& table,
                          const Digest& definition, const Cells& cells, std::vector<RawTable>& out);
};

// Facts and the cells of some tables, kept up to date together: after a change of the records, what
// the touched enterprises contributed is taken out of the cells and what they contribute now put
// in. The cells are then what a pass over everything would give.
//
// Memory: the facts (facts.h), and a few hundred bytes a cell. One caller at a time.
class Cube {
 public:
  // `catalogue` must outlive the cube. Counts everything once, by so many threads.
  Cube(Facts facts, const Catalogue& catalogue, const std::vector<TableSpec>& specs, YearSpan span,
       unsigned threads = all_cores());
  Cube(const Cube&) = delete;
  Cube& operator=(const Cube&) = delete;

  // `changed`, `territories`, `secret`: as for FactsUpdate::read. After an error the cube is what
  // it was.
  Result<void> update(const Reader& reader, const Territories& territories, ByteView secret,
                      const Changed& changed);

  const Facts& facts() const { return facts_; }
  // As CubeBuilder::tables of the facts as they are now.
  std::vector<RawTable> tables() const;

 private:
  Facts facts_;
  Layout layout_;
  Cells cells_;
};

}  // namespace regions
