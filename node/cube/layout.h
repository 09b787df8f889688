// Which cell of which table a cooperation of an enterprise touches, worked out beforehand.
//
// What a cooperation says by itself (technology, kind and place of its actor) becomes one word of
// bits, its mask: a block of bits for every combination of such dimensions that a table wants, a
// bit per combination of categories. Masks of one enterprise are united by OR, over a year and over
// the years of a window; so an enterprise counts once in a cell however often it cooperates there.
// What the enterprise says (NACE, size, place, profile) then chooses among copies of the block.
//
// Built for one Facts and one Catalogue, which must outlive it. Immutable.
#pragma once

#include <map>

#include "node/cube/facts.h"
#include "policies/catalogue/indicator.h"

namespace regions {

// One planned table of one indicator, over all its periods.
struct TableSpec {
  const Indicator* indicator = nullptr;
  PeriodKind kind = PeriodKind::year;
  std::vector<const Dimension*> by;  // in the order of a cell's categories; empty: the total
};

// Years that a cube covers, both included. Windows and programmes count those in full or in part.
struct YearSpan {
  int first = 0;
  int last = -1;
};

// How many periods of a kind have a year in the span.
std::size_t periods_in(PeriodKind kind, YearSpan span);

class Layout {
 public:
  // Bits [offset, offset + size) of a mask.
  struct Block {
    std::size_t gate = 0;
    std::vector<const Dimension*> by;  // those of cooperations
    std::size_t offset = 0;
    std::size_t size = 1;
  };
  struct EnterpriseDimension {
    const Dimension* dimension = nullptr;
    std::size_t stride = 0;  // in units of the block
  };
  struct Table {
    TableSpec spec;
    std::size_t block = 0;
    std::size_t any = 0;      // bit that says: some cooperation counts for the indicator
    std::size_t profile = 0;  // block of the profile bits, if one is asked about
    bool asks_profile = false;
    std::vector<EnterpriseDimension> by;
    std::size_t cells = 1;       // per period
    std::size_t first_cell = 0;  // in the cube
    int first_start = 0;         // first year of the first period
    std::size_t periods = 0;
  };

  Layout(const Catalogue& catalogue, const Facts& facts, const std::vector<TableSpec>& specs,
         YearSpan span);

  const Catalogue& catalogue() const { return catalogue_; }
  const Facts& facts() const { return facts_; }
  const YearSpan& span() const { return span_; }
  const std::vector<Table>& tables() const { return tables_; }
  const Block& block(std::size_t i) const { return blocks_[i]; }
  std::size_t cells() const { return cells_; }
  // 64-bit words of a mask; the mask of a shape.
  std::size_t words() const { return words_; }
  const std::uint64_t* mask(std::uint32_t shape) const { return &masks_[shape * words_]; }

  // The technologies of a shape that count for the table's indicator.
  std::vector<std::string> technologies(const Table& table, const Shape& shape) const;
  // The bits of a shape in the table's block, given that it stood for one technology alone ("" for
  // none): what an amount that is split over technologies is booked under.
  std::vector<std::size_t> slots(const Table& table, const Shape& shape,
                                 const std::string& technology) const;

  // The categories of a cell of the table, in the order of spec.by.
  std::vector<std::string> categories(const Table& table, std::size_t cell) const;

 private:
  // The conditions of an indicator on cooperations.
  struct Gate {
    const Indicator* indicator;
  };
  std::size_t gate_of(const Indicator& indicator);
  std::size_t block_of(std::size_t gate, const std::vector<const Dimension*>& by);
  Table make_table(const TableSpec& spec);
  void make_masks();
  bool admits_kind(const Gate& gate, const Shape& shape) const;
  std::vector<std::string> admitted(const Gate& gate, const Shape& shape) const;
  std::vector<std::size_t> slots_of(const Block& block, const Shape& shape,
                                    const std::vector<std::string>& technologies) const;

  const Catalogue& catalogue_;
  const Facts& facts_;
  const YearSpan span_;
  std::vector<Gate> gates_;
  std::vector<Block> blocks_;
  std::vector<Table> tables_;
  std::size_t bits_ = 0;
  std::size_t words_ = 0;
  std::size_t cells_ = 0;
  std::vector<std::uint64_t> masks_;
};

}  // namespace regions
