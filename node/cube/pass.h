// The one pass over the facts that fills every cell of every table at once; or, for the enterprises
// that a change touches, takes out of the cells what they contribute, or puts it in.
//
// Counting rules: DISCLOSURE 1 (counting_rules 1 of the catalogue). An enterprise counts where it
// is at home on the period's last day; known to be elsewhere, not; at an unknown place, here. NACE,
// size and place are those of that day. A cell's key has every holding once. An amount is booked
// in the year of start, under what the enterprise was at the end of that year: so years add up. Who
// contributes it is the holding on the period's last day: one that changed is not two contributors.
//
// One thread for what a change touches; run() of everything shares itself out over several. Nothing
// is allocated per cooperation or enterprise but in groups of several holdings.
#pragma once

#include "node/cube/bit_cells.h"
#include "node/cube/contributors.h"

namespace regions {

// By Layout: table.first_cell + period * table.cells + cell. About 50 KB for the default plan.
struct Cells {
  // Empty ones.
  explicit Cells(const Layout& layout);
  // Those of other holdings, from a pass that put them in.
  void add(const Cells& others);

  std::vector<CountCell> counted;
  std::vector<Contributors> booked;
};

// One thread per core: what a pass takes where nobody says how many.
unsigned all_cores();

class Pass {
 public:
  enum class Way { put_in, take_out };

  // The layout must outlive the pass, and have been extended to its facts.
  explicit Pass(const Layout& layout);

  // Everything, into empty cells; the same however many threads share in it.
  static Cells run(const Layout& layout, unsigned threads = all_cores());
  // Amounts alone, of everything, into empty cells.
  static void run_booked(const Layout& layout, Cells& cells);
  // `enterprises`: ascending, whole groups.
  void run(const std::vector<std::uint32_t>& enterprises, Way way, Cells& cells);

 private:
  struct Counted {
    std::size_t table;  // in the layout
    std::size_t first_cell, cells;
    std::size_t profiles;  // offset of those of its gate
    std::size_t word, shift, size;
    const std::uint32_t* profile_place;
    bool asks_profile;
  };
  // Periods of seven years reach so far beyond the span.
  static constexpr int kBeyond = static_cast<int>(PeriodKind::programme) - 1;
  struct Profiles {
    std::size_t word, shift;
  };
  struct Booked {
    std::size_t table;
    std::size_t first_cell, cells;
    int first_start, length;
    std::vector<std::size_t> first_cell_of;  // of the period, by year of the span
  };
  static void run_all(const Layout& layout, unsigned threads, bool counts, Cells& cells);
  void begin(Way way, std::size_t enterprises, Cells& cells);
  void end();
  void one(std::uint32_t enterprise);
  std::uint32_t first_holder(std::uint32_t enterprise) const;
  bool stands_in_one(std::uint32_t enterprise, std::uint32_t holder) const;
  void group(const std::vector<std::uint32_t>& members);
  void enterprise(std::uint32_t number);
  template <std::size_t kWords>
  void count(const EnterpriseFacts& enterprise);
  template <std::size_t kWords>
  bool gather(const EnterpriseFacts& enterprise);
  template <std::size_t kWords>
  void close(const EnterpriseFacts& enterprise, std::size_t kind);
  template <std::size_t kWords>
  const std::uint64_t* unite(int first, int last);
  template <std::size_t kWords>
  void add(std::size_t kind, std::size_t period, const StateFacts& state, std::uint32_t of_class);
  void choose_profiles();
  void change_count(std::size_t cell) { cells_->counted[cell].count += sign(); }
  void change_key(std::size_t cell, const RecordKey& key);
  template <class Each>
  void each_cell(const std::vector<Counted>& tables, std::size_t period, std::uint32_t standing,
                 const std::uint64_t* mask, Each each) const;
  void file_bits(std::size_t kind);
  void file_bits(const Counted& table, std::size_t period, std::uint32_t place,
                 const CountCell* bits);
  void put(std::size_t cell, const CountCell& more);
  void file_touched();
  void book(const EnterpriseFacts& enterprise);
  void book_unchanging(const EnterpriseFacts& enterprise);
  void book_one(std::size_t i, const CooperationFacts& cooperation,
                const EnterpriseFacts& enterprise);
  void book_part(std::size_t cell, std::uint32_t holder, std::int64_t cents);
  void file_booked();
  void change_amount(std::size_t cell, std::int64_t cents);
  const StateFacts& state_at(const EnterpriseFacts& enterprise, int year) const;
  int sign() const { return way_ == Way::put_in ? 1 : -1; }
  std::uint64_t* year(int y) {
    return years_.data() + static_cast<std::size_t>(y - layout_.span().first) * layout_.words();
  }

  // A cell that an enterprise of a group counts in, for its holding.
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

  const Layout& layout_;
  const Facts& facts_;
  std::array<std::vector<Counted>, kPeriodKinds.size()> counted_;
  std::vector<Profiles> profiles_;  // of each gate
  std::vector<Booked> booked_;
  // Those of which a profile chooses and a cooperation too: no bit stands for one of their cells.
  std::array<std::vector<Counted>, kPeriodKinds.size()> joint_;
  std::vector<BitCells> bits_;  // by kind of period; empty when few enterprises come
  std::array<std::vector<std::uint32_t>, kPeriodKinds.size()> period_of_;  // by year of the span
  std::array<int, kPeriodKinds.size()> starts_{};  // first year of the first period
  Cells* cells_ = nullptr;
  Way way_ = Way::put_in;
  bool counts_ = true;

  // Of the enterprise at hand:
  std::vector<std::uint64_t> years_;   // a mask per year of the span; 0 between enterprises
  int first_ = 0, last_ = -1;          // years within the span in which it is active
  std::vector<std::uint64_t> united_;  // the mask of the period at hand
  bool alone_ = true;                  // it is no group's member
  // It, or all of its group, always stood in one holding.
  bool one_holder_ = true;
  std::vector<std::int64_t> sums_;   // then, by booked cell; 0 between enterprises
  std::vector<std::size_t> summed_;  // the cells of sums_ that may not be 0
  // Of the group at hand: the last group of one holding that each cell has the key of; of groups of
  // several holdings, what is to be sorted out.
  std::vector<std::uint32_t> keyed_by_;
  std::uint32_t group_ = 0;
  std::vector<Touch> touched_;
  std::vector<Booking> bookings_;
  std::vector<std::int32_t> last_days_;  // of the years from 6 before the span to 6 after it
};

inline const StateFacts& Pass::state_at(const EnterpriseFacts& enterprise, int year) const {
  const StateFacts* held = facts_.states().data() + enterprise.first_state;
  const StateFacts* const end = held + enterprise.states;
  if (enterprise.states == 1) return *held;
  const std::int32_t day =
      last_days_[static_cast<std::size_t>(year - layout_.span().first + kBeyond)];
  for (const StateFacts* next = held + 1; next != end && next->from <= day; ++next) held = next;
  return *held;
}

}  // namespace regions
