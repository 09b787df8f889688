// The one pass over the facts that fills every cell of every table at once.
//
// Counting rules: DISCLOSURE 1 (counting_rules 1 of the catalogue). An enterprise counts where it
// is at home on the period's last day; known to be elsewhere, not; at an unknown place, here. NACE,
// size and place are those of that day. A cell's key has every holding once. An amount is booked
// in the year of start, under what the enterprise was at the end of that year: so years add up. Who
// contributes it is the holding on the period's last day: one that changed is not two contributors.
#pragma once

#include "node/cube/layout.h"
#include "policies/disclosure/raw_table.h"

namespace regions {

// Cells by Layout: table.first_cell + period * table.cells + cell.
struct Cells {
  std::vector<std::int64_t> counts;
  std::vector<CellKey> keys;
  std::vector<RawAmount> amounts;  // empty when no table is one of amounts
};

class Pass {
 public:
  static Cells run(const Layout& layout);

 private:
  struct TableState;
  explicit Pass(const Layout& layout);
  void cluster(std::uint32_t begin, std::uint32_t end);
  void enterprise(const EnterpriseFacts& enterprise);
  void gather(const EnterpriseFacts& enterprise);
  void close(const EnterpriseFacts& enterprise, PeriodKind kind);
  void count(const TableState& table, const StateFacts& state, std::size_t period);
  void book(const EnterpriseFacts& enterprise);
  void book_one(const TableState& table, const CooperationFacts& cooperation,
                const StateFacts& state, std::uint32_t holder);
  void file_touched();
  void file_booked();
  void touch(std::size_t cell, std::uint32_t holder);
  std::size_t profile_of_bits(const TableState& table) const;
  bool has(std::size_t bit) const { return (united_[bit / 64] >> (bit % 64) & 1) != 0; }
  std::uint64_t* year(int y) {
    return &years_[static_cast<std::size_t>(y - layout_.span().first) * layout_.words()];
  }

  // A cell that an enterprise counts in, or books an amount in, for its holding.
  struct Touch {
    std::size_t cell;
    std::uint32_t holder;
    auto operator<=>(const Touch&) const = default;
  };
  struct Booking {
    std::size_t cell;
    std::uint32_t holder;
    std::int64_t cents;
  };

  // What a table asks of an enterprise, by the number of a name in the facts.
  struct TableState {
    const Layout::Table* table;
    std::vector<bool> nace_admitted, size_admitted;
    bool place_known_only = false, place_unknown_never = false;
    std::vector<std::vector<std::uint32_t>> category;  // per dimension of table.by, by name
    std::vector<bool> profile_admitted;                // by category of the profile dimension
    std::vector<std::size_t> profile_order;            // categories, the first that fits first
  };
  TableState state_of(const Layout::Table& table) const;
  bool admits(const TableState& table, const StateFacts& state) const;
  std::size_t copy_of(const TableState& table, const StateFacts& state) const;

  const Layout& layout_;
  const Facts& facts_;
  std::vector<TableState> counted_[kPeriodKinds.size()];
  std::vector<TableState> booked_;
  Cells cells_;
  std::vector<std::uint64_t> years_;   // a mask per year of the span, of the enterprise at hand
  std::vector<std::uint64_t> united_;  // the mask of the period at hand
  int first_ = 0, last_ = -1;          // years of the enterprise at hand within the span
  bool alone_ = true;                  // the cluster at hand is one enterprise
  std::vector<Touch> touched_;
  std::vector<Booking> bookings_;
};

}  // namespace regions
