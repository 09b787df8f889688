#include "node/cube/pass.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <future>
#include <thread>

#include "node/records/values.h"

namespace regions {
namespace {

std::uint64_t low_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

}  // namespace

Cells::Cells(const Layout& layout)
    : counted(layout.counted_cells()), booked(layout.booked_cells()) {}

void Cells::add(const Cells& others) {
  for (std::size_t i = 0; i < counted.size(); ++i) {
    counted[i].count += others.counted[i].count;
    counted[i].key.add(others.counted[i].key);
  }
  for (std::size_t i = 0; i < booked.size(); ++i) booked[i].add(others.booked[i]);
}

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
    if (!counted_[kind].empty()) {
      starts_[kind] = layout.tables()[counted_[kind].front().table].first_start;
    }
    for (int y = span.first; y <= span.last; ++y) {
      period_of_[kind].push_back(
          static_cast<std::uint32_t>(periods_in(kPeriodKinds[kind], {span.first, y}) - 1));
    }
  }
  for (std::size_t gate = 0; gate < layout.gates(); ++gate) {
    profiles_.push_back({layout.profile_offset(gate) / 64, layout.profile_offset(gate) % 64});
  }
  for (const std::size_t i : layout.booked()) {
    const Layout::Table& table = layout.tables()[i];
    booked_.push_back({i,
                       table.first_cell,
                       table.cells,
                       table.first_start,
                       static_cast<int>(table.spec.kind),
                       {}});
    for (int y = span.first; y <= span.last; ++y) {
      const std::size_t period = periods_in(table.spec.kind, {span.first, y}) - 1;
      booked_.back().first_cell_of.push_back(table.first_cell + period * table.cells);
    }
  }
  const int years = std::max(0, span.last - span.first + 1);
  years_.resize(static_cast<std::size_t>(years) * layout.words());
  united_.resize(layout.words());
  sums_.resize(layout.booked_cells());
  keyed_by_.resize(layout.counted_cells());
  for (int y = -kBeyond; y < years + kBeyond; ++y)
    last_days_.push_back(last_day_of(span.first + y));
}

unsigned all_cores() { return std::max(1u, std::thread::hardware_concurrency()); }

Cells Pass::run(const Layout& layout, unsigned threads) {
  Cells cells(layout);
  run_all(layout, threads, true, cells);
  return cells;
}

void Pass::run_booked(const Layout& layout, Cells& cells) {
  cells.booked.assign(layout.booked_cells(), {});
  run_all(layout, 1, false, cells);
}

// Whoever is free takes the next enterprises. What each thread adds up is added in the end, and it
// does not matter to any of the sums who had which.
void Pass::run_all(const Layout& layout, unsigned threads, bool counts, Cells& cells) {
  const std::size_t all = layout.facts().enterprises().size();
  std::atomic<std::size_t> next = 0;
  const auto work = [&](Cells& into) {
    Pass pass(layout);
    pass.counts_ = counts;
    pass.begin(Way::put_in, all, into);
    for (std::size_t i = 0; (i = next.fetch_add(kTakenTogether)) < all;) {
      const std::size_t end = std::min(all, i + kTakenTogether);
      for (; i < end; ++i) pass.one(static_cast<std::uint32_t>(i));
    }
    pass.end();
  };
  const std::size_t useful = std::min<std::size_t>(threads, kPassThreadsMax);
  std::vector<std::future<Cells>> others;
  while (others.size() + 1 < std::min(useful, all / kTakenTogether)) {
    // Without a policy: where no thread is to be had, get() does what is left to do.
    others.push_back(std::async([&] {
      Cells part(layout);
      work(part);
      return part;
    }));
  }
  work(cells);
  for (auto& other : others) cells.add(other.get());
}

void Pass::run(const std::vector<std::uint32_t>& enterprises, Way way, Cells& cells) {
  begin(way, enterprises.size(), cells);
  for (const std::uint32_t i : enterprises) one(i);
  end();
}

void Pass::begin(Way way, std::size_t enterprises, Cells& cells) {
  cells_ = &cells;
  way_ = way;
  bits_.clear();
  for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) {
    if (counts_ && enterprises >= kBitCellsFrom) bits_.emplace_back(layout_, kind);
  }
}

void Pass::end() {
  for (std::size_t kind = 0; kind < bits_.size(); ++kind) file_bits(kind);
}

// A group is worked on when its first member's turn comes.
void Pass::one(std::uint32_t number) {
  if (years_.empty()) return;
  const std::uint32_t group_number = facts_.group_of(number);
  if (group_number != Facts::kAlone) {
    const auto& members = facts_.group(group_number);
    if (members.front() == number) group(members);
    return;
  }
  one_holder_ = stands_in_one(number, first_holder(number));
  enterprise(number);
  file_booked();
}

// Of one that has no state any more: nobody.
std::uint32_t Pass::first_holder(std::uint32_t number) const {
  const EnterpriseFacts& enterprise = facts_.enterprises().data()[number];
  if (enterprise.states == 0) return Facts::kAlone;
  return facts_.states().data()[enterprise.first_state].holder;
}

bool Pass::stands_in_one(std::uint32_t number, std::uint32_t holder) const {
  const EnterpriseFacts& enterprise = facts_.enterprises().data()[number];
  const StateFacts* state = facts_.states().data() + enterprise.first_state;
  for (const StateFacts* const end = state + enterprise.states; state != end; ++state) {
    if (state->holder != holder) return false;
  }
  return true;
}

void Pass::group(const std::vector<std::uint32_t>& members) {
  alone_ = false;
  const std::uint32_t holder = first_holder(members[0]);
  one_holder_ = std::all_of(members.begin(), members.end(),
                            [&](std::uint32_t member) { return stands_in_one(member, holder); });
  ++group_;
  for (const std::uint32_t member : members) enterprise(member);
  file_touched();
  file_booked();
  alone_ = true;
}

void Pass::enterprise(std::uint32_t number) {
  const EnterpriseFacts& enterprise = facts_.enterprises().data()[number];
  if (counts_) {
    switch (layout_.words()) {
      case 1:
        count<1>(enterprise);
        break;
      case 2:
        count<2>(enterprise);
        break;
      default:
        count<0>(enterprise);
    }
  }
  if (!booked_.empty()) book(enterprise);
}

// A number of words that the compiler knows makes this a third quicker; 0: any number.
template <std::size_t kWords>
void Pass::count(const EnterpriseFacts& enterprise) {
  if (!gather<kWords>(enterprise)) return;
  for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) close<kWords>(enterprise, kind);
  std::fill(year(first_), year(last_) + layout_.words(), 0);
}

// The masks of its years; false: active in none of the span. Cooperations of one project have the
// same years and stand together: their masks are united before they are spread over the years.
template <std::size_t kWords>
bool Pass::gather(const EnterpriseFacts& enterprise) {
  const YearSpan span = layout_.span();
  const std::size_t words = kWords == 0 ? layout_.words() : kWords;
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

template <std::size_t kWords>
const std::uint64_t* Pass::unite(int first, int last) {
  if (first == last) return year(first);
  const std::size_t words = kWords == 0 ? layout_.words() : kWords;
  std::copy_n(year(first), words, united_.begin());
  for (int y = first + 1; y <= last; ++y) {
    const std::uint64_t* mask = year(y);
    for (std::size_t w = 0; w < words; ++w) united_[w] |= mask[w];
  }
  return united_.data();
}

template <std::size_t kWords>
void Pass::close(const EnterpriseFacts& enterprise, std::size_t kind) {
  if (counted_[kind].empty()) return;
  const std::size_t words = kWords == 0 ? layout_.words() : kWords;
  const int length = static_cast<int>(kPeriodKinds[kind]);
  const int start = starts_[kind];
  std::uint64_t* const united = united_.data();
  for (int first = first_; first <= last_;) {
    const std::uint32_t period =
        period_of_[kind].data()[static_cast<std::size_t>(first - layout_.span().first)];
    const int end = start + (static_cast<int>(period) + 1) * length - 1;
    const std::uint64_t* mask = unite<kWords>(first, std::min(end, last_));
    const StateFacts& state = state_at(enterprise, end);
    const std::uint32_t of_class = layout_.class_of(state.standing, kind);
    const std::uint64_t* relevant = layout_.relevant(of_class, kind);
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < words; ++w) any |= united[w] = mask[w] & relevant[w];
    if (any != 0) add<kWords>(kind, period, state, of_class);
    first = end + 1;
  }
}

// The enterprise at hand counts in the period's cells of united_. A holding's key counts once per
// cell: that of a group's member where it is the first, or when the group is through.
template <std::size_t kWords>
void Pass::add(std::size_t kind, std::size_t period, const StateFacts& state,
               std::uint32_t of_class) {
  const std::size_t words = kWords == 0 ? layout_.words() : kWords;
  choose_profiles();
  const RecordKey& key = facts_.record_keys().data()[state.holder];
  const std::uint64_t* const mask = united_.data();
  const bool by_bits = (alone_ || one_holder_) && !bits_.empty() && bits_[kind].counts();
  if (by_bits && alone_) bits_[kind].add(period, of_class, mask, words, key);
  if (by_bits && !alone_) bits_[kind].add(period, of_class, mask, words);
  const auto& uncounted = by_bits ? joint_[kind] : counted_[kind];
  if (alone_) {
    each_cell(uncounted, period, state.standing, mask, [&](std::size_t at) {
      change_count(at);
      change_key(at, key);
    });
    return;
  }
  each_cell(uncounted, period, state.standing, mask, [&](std::size_t at) { change_count(at); });
  each_cell(counted_[kind], period, state.standing, mask, [&](std::size_t at) {
    if (!one_holder_) {
      touched_.push_back({at, state.holder});
    } else if (keyed_by_[at] != group_) {
      keyed_by_[at] = group_;
      change_key(at, key);
    }
  });
}

// Of several profiles the first that fits.
void Pass::choose_profiles() {
  for (const auto& [word, shift] : profiles_) {
    std::uint64_t& bits = united_.data()[word];
    const std::uint64_t field = low_bits(kProfiles) << shift;
    const std::uint64_t held = bits & field;
    bits = (bits & ~field) | (held & (~held + 1));
  }
}

void Pass::change_key(std::size_t cell, const RecordKey& key) {
  if (way_ == Way::put_in) {
    cells_->counted[cell].key.add(key);
  } else {
    cells_->counted[cell].key.remove(key);
  }
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
  for (const auto& [cell, holder] : touched_) change_key(cell, facts_.record_keys()[holder]);
  touched_.clear();
}

}  // namespace regions
