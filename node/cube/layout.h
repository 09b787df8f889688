// Which cell of which table a cooperation of an enterprise touches, worked out beforehand.
//
// What a cooperation says by itself (technology, kind and place of its actor) becomes a row of
// bits, its mask: a block of bits for every combination of such dimensions that a table wants, a
// bit per combination of categories. Masks of one enterprise are united by OR, over a year and over
// the years of a window; so an enterprise counts once in a cell however often it cooperates there.
// What the enterprise says (NACE, size, place, profile) then chooses among copies of the block.
//
// Memory: a mask and a place per table for each shape and standing of the facts, some thousands.
// Built for one Facts and one Catalogue, which must outlive it. Changed by extend() alone.
#pragma once

#include <array>
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
  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

  // Bits [offset, offset + size) of a mask; one of at most 64 lies within one word.
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
    std::size_t gate = 0;
    std::size_t block = 0;
    std::vector<EnterpriseDimension> by;
    // What the profile adds to a cell's place, or kNowhere where the indicator does not admit it.
    std::array<std::uint32_t, kProfiles> profile_place{};
    std::size_t cells = 1;       // per period
    std::size_t first_cell = 0;  // among those of counts, or those of amounts
    int first_start = 0;         // first year of the first period
    std::size_t periods = 0;

    // The profile chooses among its cells, or keeps some enterprises out.
    bool asks_profile() const { return profile_place != std::array<std::uint32_t, kProfiles>{}; }
  };
  // A part of a cooperation's amount, and where in a period's cells it is booked.
  struct Piece {
    std::uint32_t place;
    std::uint32_t part;
  };
  struct Pieces {
    const Piece* begin;
    const Piece* end;
  };

  Layout(const Catalogue& catalogue, const Facts& facts, const std::vector<TableSpec>& specs,
         YearSpan span);

  // For shapes and standings that the facts have got since.
  void extend();

  const Catalogue& catalogue() const { return catalogue_; }
  const Facts& facts() const { return facts_; }
  const YearSpan& span() const { return span_; }
  // In the order of the specs.
  const std::vector<Table>& tables() const { return tables_; }
  // Their places in tables(): those of counts per kind of period, those of amounts.
  const std::vector<std::size_t>& counted(PeriodKind kind) const { return counted_.at(kind); }
  const std::vector<std::size_t>& booked() const { return booked_; }
  const Block& block(std::size_t i) const { return blocks_[i]; }
  std::size_t counted_cells() const { return counted_cells_; }
  std::size_t booked_cells() const { return booked_cells_; }

  // Conditions on cooperations that some indicators share. kProfiles bits of a mask say which
  // profiles the cooperations have that meet them.
  std::size_t gates() const { return gates_.size(); }
  std::size_t profile_offset(std::size_t gate) const { return gates_[gate].profiles; }

  // 64-bit words of a mask; the mask of a shape.
  std::size_t words() const { return words_; }
  const std::uint64_t* mask(std::uint32_t shape) const { return masks_.data() + shape * words_; }
  // Per table: where an enterprise of that standing counts in a period's cells, but for the slot in
  // the block and the profile; kNowhere: it does not.
  const std::uint32_t* places(std::uint32_t standing) const {
    return places_.data() + standing * tables_.size();
  }
  // Standings that all tables of counts of one kind of period (by its place in kPeriodKinds) treat
  // alike are of one class.
  std::size_t classes(std::size_t kind) const { return classes_[kind].size(); }
  std::uint32_t class_of(std::uint32_t standing, std::size_t kind) const {
    return class_of_.data()[standing * kPeriodKinds.size() + kind];
  }
  // One standing of the class.
  std::uint32_t example(std::uint32_t of_class, std::size_t kind) const {
    return classes_[kind][of_class].example;
  }
  // The bits of a mask that matter for enterprises of the class.
  const std::uint64_t* relevant(std::uint32_t of_class, std::size_t kind) const {
    return classes_[kind].data()[of_class].relevant.data();
  }
  // Of a shape, in the i-th table of booked(). Amounts are split over all technologies of a
  // cooperation, and each part is booked as if it were a cooperation on that one alone.
  Pieces pieces(std::uint32_t shape, std::size_t i) const {
    const std::size_t at = shape * booked_.size() + i;
    return {pieces_.data() + piece_ends_[at], pieces_.data() + piece_ends_[at + 1]};
  }
  std::int64_t parts(std::uint32_t shape) const { return parts_[shape]; }
  // Where all pieces of the shape are booked that it has, if that is one place and they make up the
  // whole amount; kNowhere: there are none. kSplit: pieces() says.
  static constexpr std::uint32_t kSplit = 0xFFFFFFFE;
  std::uint32_t whole_place(std::uint32_t shape, std::size_t i) const {
    return whole_places_.data()[shape * booked_.size() + i];
  }

  // The categories of a cell of the table, in the order of spec.by.
  std::vector<std::string> categories(const Table& table, std::size_t cell) const;

 private:
  struct Gate {
    const Indicator* indicator;
    std::size_t profiles;  // offset
  };
  std::size_t take_bits(std::size_t size);
  std::size_t gate_of(const Indicator& indicator);
  std::size_t block_of(std::size_t gate, const std::vector<const Dimension*>& by);
  Table make_table(const TableSpec& spec);
  void make_profile_places(Table& table) const;
  void add_mask(const Shape& shape);
  void add_pieces(const Shape& shape);
  std::uint32_t whole_place_of(Pieces pieces) const;
  struct Class {
    std::uint32_t example;
    std::vector<std::uint64_t> relevant;
  };
  void classify(std::uint32_t standing);
  std::vector<std::uint64_t> relevant_to(std::uint32_t standing, PeriodKind kind) const;
  std::uint32_t place_of(const Table& table, const Standing& standing) const;
  bool admits(const Gate& gate, const Shape& shape, std::vector<std::string>& technologies) const;
  std::vector<std::size_t> slots_of(const Block& block, const Shape& shape,
                                    const std::vector<std::string>& technologies) const;

  const Catalogue& catalogue_;
  const Facts& facts_;
  const YearSpan span_;
  std::vector<Gate> gates_;
  std::vector<Block> blocks_;
  std::vector<Table> tables_;
  std::map<PeriodKind, std::vector<std::size_t>> counted_;
  std::vector<std::size_t> booked_;
  std::size_t bits_ = 0;
  std::size_t words_ = 0;
  std::size_t counted_cells_ = 0;
  std::size_t booked_cells_ = 0;
  std::vector<std::uint64_t> masks_;
  std::vector<std::uint32_t> places_;
  std::array<std::vector<Class>, kPeriodKinds.size()> classes_;
  // By the places in their tables.
  std::array<std::map<std::vector<std::uint32_t>, std::uint32_t>, kPeriodKinds.size()> known_;
  std::vector<std::uint32_t> class_of_;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> piece_ends_{0};
  std::vector<std::uint32_t> parts_;  // by shape
  std::vector<std::uint32_t> whole_places_;
  std::size_t shapes_ = 0, standings_ = 0;  // worked out so far
};

}  // namespace regions
