#include "node/cube/pass.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

#include "node/records/values.h"

namespace regions {
namespace {

// Periods of seven years reach so far beyond the span.
constexpr int kBeyond = static_cast<int>(PeriodKind::programme) - 1;

std::uint64_t low_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

}  // namespace

Pass::Pass(const Layout& layout) : layout_(layout), facts_(layout.facts()) {
  const YearSpan span = layout.span();
  for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) {
    for (const std::size_t i : layout.counted(kPeriodKinds[kind])) {
      const Layout::Table& table = layout.tables()[i];
      const Layout::Block& block = layout.block(table.block);
      counted_[kind].push_back({i, table.first_cell, table.cells, layout.profile_offset(table.gate),
                                block.offset / 64, block.offset % 64, block.size,
                                table.profile_place.data(), table.asks_profile()});
      if (table.asks_profile() && block.size > 1) joint_[kind].push_back(counted_[kind].back());
    }
    for (int y = span.first; y <= span.last; ++y) {
      period_of_[kind].push_back(
          static_cast<std::uint32_t>(periods_in(kPeriodKinds[kind], {span.first, y}) - 1));
    }
  }
  for (const std::size_t i : layout.booked()) {
    const Layout::Table& table = layout.tables()[i];
    booked_.push_back(
        {i, table.first_cell, table.cells, table.first_start, static_cast<int>(table.spec.kind)});
  }
  const int years = std::max(0, span.last - span.first + 1);
  years_.resize(static_cast<std::size_t>(years) * layout.words());
  united_.resize(layout.words());
  sums_.resize(layout.booked_cells());
  for (int y = -kBeyond; y < years + kBeyond; ++y)
    last_days_.push_back(last_day_of(span.first + y));
}

Cells Pass::run(const Layout& layout) {
  Cells cells;
  cells.counted.resize(layout.counted_cells());
  cells.booked.resize(layout.booked_cells());
  Pass(layout).run_all(cells);
  return cells;
}

void Pass::run_booked(const Layout& layout, Cells& cells) {
  cells.booked.assign(layout.booked_cells(), {});
  Pass pass(layout);
  pass.counts_ = false;
  pass.run_all(cells);
}

void Pass::run_all(Cells& cells) {
  std::vector<std::uint32_t> all(facts_.enterprises().size());
  std::iota(all.begin(), all.end(), 0u);
  run(all, Way::put_in, cells);
}

void Pass::run(const std::vector<std::uint32_t>& enterprises, Way way, Cells& cells) {
  cells_ = &cells;
  way_ = way;
  if (years_.empty()) return;
  bits_.clear();
  for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) {
    if (counts_ && enterprises.size() >= kBitCellsFrom) bits_.emplace_back(layout_, kind);
  }
  for (const std::uint32_t i : enterprises) one(i);
  for (std::size_t kind = 0; kind < bits_.size(); ++kind) file_bits(kind);
}

// A group is worked on when its first member's turn comes.
void Pass::one(std::uint32_t number) {
  const std::uint32_t group_number = facts_.group_of(number);
  if (group_number != Facts::kAlone) {
    const auto& members = facts_.group(group_number);
    if (members.front() == number) group(members);
    return;
  }
  const EnterpriseFacts& alone = facts_.enterprises()[number];
  const StateFacts* state = facts_.states().data() + alone.first_state;
  one_holder_ = true;
  for (std::uint32_t s = 1; s < alone.states; ++s) {
    one_holder_ = one_holder_ && state[s].holder == state[0].holder;
  }
  enterprise(number);
  file_booked();
}

void Pass::group(const std::vector<std::uint32_t>& members) {
  alone_ = one_holder_ = false;
  for (const std::uint32_t member : members) enterprise(member);
  file_touched();
  file_booked();
  alone_ = true;
}

void Pass::enterprise(std::uint32_t number) {
  const EnterpriseFacts& enterprise = facts_.enterprises()[number];
  if (counts_ && gather(enterprise)) {
    for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) close(enterprise, kind);
    std::fill(year(first_), year(last_) + layout_.words(), 0);
  }
  if (!booked_.empty()) book(enterprise);
}

// The masks of its years; false: active in none of the span. Cooperations of one project have the
// same years and stand together: their masks are united before they are spread over the years.
bool Pass::gather(const EnterpriseFacts& enterprise) {
  const YearSpan span = layout_.span();
  const std::size_t words = layout_.words();
  std::uint64_t* const run = united_.data();
  first_ = span.last + 1;
  last_ = span.first - 1;
  const CooperationFacts* one = facts_.cooperations().data() + enterprise.first_cooperation;
  const CooperationFacts* const end = one + enterprise.cooperations;
  while (one != end) {
    const std::uint16_t first_year = one->first_year, last_year = one->last_year;
    std::copy_n(layout_.mask(one->shape), words, run);
    for (++one; one != end && one->first_year == first_year && one->last_year == last_year; ++one) {
      const std::uint64_t* mask = layout_.mask(one->shape);
      for (std::size_t w = 0; w < words; ++w) run[w] |= mask[w];
    }
    const int first = std::max<int>(first_year, span.first);
    const int last = std::min<int>(last_year, span.last);
    if (first > last) continue;
    first_ = std::min(first_, first);
    last_ = std::max(last_, last);
    std::uint64_t* word = year(first);
    for (int y = first; y <= last; ++y) {
      for (std::size_t w = 0; w < words; ++w) *word++ |= run[w];
    }
  }
  return first_ <= last_;
}

const StateFacts& Pass::state_at(const EnterpriseFacts& enterprise, int year) const {
  const StateFacts* held = facts_.states().data() + enterprise.first_state;
  const StateFacts* const end = held + enterprise.states;
  if (enterprise.states == 1) return *held;
  const std::int32_t day =
      last_days_[static_cast<std::size_t>(year - layout_.span().first + kBeyond)];
  for (const StateFacts* next = held + 1; next != end && next->from <= day; ++next) held = next;
  return *held;
}

const std::uint64_t* Pass::unite(int first, int last) {
  if (first == last) return year(first);
  const std::size_t words = layout_.words();
  std::copy_n(year(first), words, united_.begin());
  for (int y = first + 1; y <= last; ++y) {
    const std::uint64_t* mask = year(y);
    for (std::size_t w = 0; w < words; ++w) united_[w] |= mask[w];
  }
  return united_.data();
}

void Pass::close(const EnterpriseFacts& enterprise, std::size_t kind) {
  if (counted_[kind].empty()) return;
  const std::size_t words = layout_.words();
  const int length = static_cast<int>(kPeriodKinds[kind]);
  const int start = layout_.tables()[counted_[kind].front().table].first_start;
  for (int first = first_; first <= last_;) {
    const std::uint32_t period =
        period_of_[kind].data()[static_cast<std::size_t>(first - layout_.span().first)];
    const int end = start + (static_cast<int>(period) + 1) * length - 1;
    const std::uint64_t* mask = unite(first, std::min(end, last_));
    const StateFacts& state = state_at(enterprise, end);
    const std::uint32_t of_class = layout_.class_of(state.standing, kind);
    const std::uint64_t* relevant = layout_.relevant(of_class, kind);
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < words; ++w) any |= united_[w] = mask[w] & relevant[w];
    if (any != 0) add(kind, period, state, of_class);
    first = end + 1;
  }
}

// The enterprise at hand counts in the period's cells of united_. A holding's key counts once per
// cell: that of a group's member when the group is through.
void Pass::add(std::size_t kind, std::size_t period, const StateFacts& state,
               std::uint32_t of_class) {
  // Of several profiles the first that fits.
  for (std::size_t gate = 0; gate < layout_.gates(); ++gate) {
    const std::size_t offset = layout_.profile_offset(gate);
    std::uint64_t& word = united_.data()[offset / 64];
    const std::uint64_t field = low_bits(kProfiles) << (offset % 64);
    const std::uint64_t held = word & field;
    word = (word & ~field) | (held & (~held + 1));
  }
  const RecordKey& key = facts_.record_keys().data()[state.holder];
  const bool by_bits = alone_ && !bits_.empty() && bits_[kind].counts();
  if (by_bits) bits_[kind].add(period, of_class, united_.data(), united_.size(), key);
  each_cell(by_bits ? joint_[kind] : counted_[kind], period, state.standing, united_.data(),
            [&](std::size_t at) {
              CountCell& cell = cells_->counted[at];
              cell.count += sign();
              if (!alone_) {
                touched_.push_back({at, state.holder});
              } else if (way_ == Way::put_in) {
                cell.key.add(key);
              } else {
                cell.key.remove(key);
              }
            });
}

template <class Each>
void Pass::each_cell(const std::vector<Counted>& tables, std::size_t period, std::uint32_t standing,
                     const std::uint64_t* mask, Each each) const {
  const std::uint32_t* places = layout_.places(standing);
  for (const Counted& table : tables) {
    const std::uint64_t profile =
        mask[table.profiles / 64] >> (table.profiles % 64) & low_bits(kProfiles);
    const std::uint32_t place = places[table.table];
    if (profile == 0 || place == Layout::kNowhere) continue;
    const std::uint32_t by_profile = table.profile_place[std::countr_zero(profile)];
    if (by_profile == Layout::kNowhere) continue;
    const std::size_t cell = table.first_cell + period * table.cells + place + by_profile;
    const std::uint64_t* word = mask + table.word;
    for (std::size_t done = 0; done < table.size; done += 64, ++word) {
      std::uint64_t bits = *word >> table.shift & low_bits(table.size - done);
      for (; bits != 0; bits &= bits - 1) {
        each(cell + done + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }
}

// What was counted by bits, into the cells that they stand for.
void Pass::file_bits(std::size_t kind) {
  if (counted_[kind].empty() || !bits_[kind].counts()) return;
  const std::size_t periods = periods_in(kPeriodKinds[kind], layout_.span());
  for (std::size_t period = 0; period < periods; ++period) {
    for (std::uint32_t of_class = 0; of_class < layout_.classes(kind); ++of_class) {
      const std::uint32_t* places = layout_.places(layout_.example(of_class, kind));
      for (const Counted& table : counted_[kind]) {
        if (places[table.table] == Layout::kNowhere) continue;
        file_bits(table, period, places[table.table], bits_[kind].at(period, of_class));
      }
    }
  }
}

void Pass::file_bits(const Counted& table, std::size_t period, std::uint32_t place,
                     const CountCell* bits) {
  const std::size_t first = table.first_cell + period * table.cells + place;
  if (!table.asks_profile) {
    const CountCell* const slots = bits + table.word * 64 + table.shift;
    for (std::size_t slot = 0; slot < table.size; ++slot) put(first + slot, slots[slot]);
    return;
  }
  if (table.size > 1) return;  // joint
  for (std::size_t profile = 0; profile < kProfiles; ++profile) {
    const std::uint32_t by_profile = table.profile_place[profile];
    if (by_profile != Layout::kNowhere) put(first + by_profile, bits[table.profiles + profile]);
  }
}

void Pass::put(std::size_t cell, const CountCell& more) {
  CountCell& held = cells_->counted[cell];
  held.count += sign() * more.count;
  if (way_ == Way::put_in) {
    held.key.add(more.key);
  } else {
    held.key.remove(more.key);
  }
}

void Pass::file_touched() {
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const auto& [cell, holder] : touched_) {
    CellKey& key = cells_->counted[cell].key;
    if (way_ == Way::put_in) {
      key.add(facts_.record_keys()[holder]);
    } else {
      key.remove(facts_.record_keys()[holder]);
    }
  }
  touched_.clear();
}

void Pass::book(const EnterpriseFacts& enterprise) {
  const YearSpan span = layout_.span();
  const CooperationFacts* one = facts_.cooperations().data() + enterprise.first_cooperation;
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    if (one->cents == kUnknownCents || one->first_year < span.first ||
        one->first_year > span.last) {
      continue;
    }
    for (std::size_t i = 0; i < booked_.size(); ++i) book_one(i, *one, enterprise);
  }
}

// Equal parts in cents over the technologies, the first ones a cent more (largest remainder).
void Pass::book_one(std::size_t i, const CooperationFacts& cooperation,
                    const EnterpriseFacts& enterprise) {
  const Booked& table = booked_[i];
  const auto pieces = layout_.pieces(cooperation.shape, i);
  const std::uint32_t place =
      layout_.places(state_at(enterprise, cooperation.first_year).standing)[table.table];
  if (pieces.begin == pieces.end || place == Layout::kNowhere) return;
  const int period = (cooperation.first_year - table.first_start) / table.length;
  const int last_year = table.first_start + (period + 1) * table.length - 1;
  const std::uint32_t holder = state_at(enterprise, last_year).holder;
  const std::size_t base =
      table.first_cell + static_cast<std::size_t>(period) * table.cells + place;
  const std::int64_t parts = layout_.parts(cooperation.shape);
  if (parts == 1) {
    for (const auto* piece = pieces.begin; piece != pieces.end; ++piece) {
      book_part(base + piece->place, holder, cooperation.cents);
    }
    return;
  }
  const std::int64_t whole = cooperation.cents / parts, more = cooperation.cents % parts;
  for (const auto* piece = pieces.begin; piece != pieces.end; ++piece) {
    book_part(base + piece->place, holder, whole + (piece->part < more ? 1 : 0));
  }
}

void Pass::book_part(std::size_t cell, std::uint32_t holder, std::int64_t cents) {
  if (!one_holder_) {
    bookings_.push_back({cell, holder, cents});
    return;
  }
  if (sums_[cell] == 0) summed_.push_back(cell);
  sums_[cell] += cents;
}

void Pass::change_amount(std::size_t cell, std::int64_t cents) {
  if (way_ == Way::put_in) {
    cells_->booked[cell].add(cents);
  } else {
    cells_->booked[cell].remove(cents);
  }
}

// What each holding contributes to each cell, in all.
void Pass::file_booked() {
  for (const std::size_t cell : summed_) change_amount(cell, std::exchange(sums_[cell], 0));
  summed_.clear();
  std::sort(bookings_.begin(), bookings_.end(), [](const Booking& a, const Booking& b) {
    return std::tie(a.cell, a.holder) < std::tie(b.cell, b.holder);
  });
  for (std::size_t i = 0; i < bookings_.size();) {
    Booking total = bookings_[i++];
    for (; i < bookings_.size() && bookings_[i].cell == total.cell &&
           bookings_[i].holder == total.holder;
         ++i) {
      total.cents += bookings_[i].cents;
    }
    change_amount(total.cell, total.cents);
  }
  bookings_.clear();
}

}  // namespace regions
