#include "node/cube/pass.h"

#include <algorithm>

#include "node/records/values.h"

namespace regions {
namespace {

const StateFacts& state_at(const Facts& facts, const EnterpriseFacts& enterprise,
                           std::int32_t day) {
  const StateFacts* held = &facts.states()[enterprise.first_state];
  for (const StateFacts *next = held + 1, *end = held + enterprise.states;
       next != end && next->from <= day; ++next) {
    held = next;
  }
  return *held;
}

std::size_t kind_index(PeriodKind kind) {
  return static_cast<std::size_t>(std::find(kPeriodKinds.begin(), kPeriodKinds.end(), kind) -
                                  kPeriodKinds.begin());
}

void add(RawAmount& amount, std::int64_t cents) {
  amount.sum += cents;
  if (cents == 0) return;
  ++amount.contributors;
  if (cents > amount.largest) std::swap(amount.largest, cents);
  amount.second = std::max(amount.second, cents);
}

}  // namespace

Pass::Pass(const Layout& layout) : layout_(layout), facts_(layout.facts()) {
  bool amounts = false;
  for (const Layout::Table& table : layout.tables()) {
    if (table.spec.indicator->is_amount()) {
      booked_.push_back(state_of(table));
      amounts = true;
    } else {
      counted_[kind_index(table.spec.kind)].push_back(state_of(table));
    }
  }
  cells_.counts.resize(layout.cells());
  cells_.keys.resize(layout.cells());
  if (amounts) cells_.amounts.resize(layout.cells());
  const int years = std::max(0, layout.span().last - layout.span().first + 1);
  years_.resize(static_cast<std::size_t>(years) * layout.words());
  united_.resize(layout.words());
}

Pass::TableState Pass::state_of(const Layout::Table& table) const {
  const Catalogue& catalogue = layout_.catalogue();
  const Indicator& indicator = *table.spec.indicator;
  TableState state;
  state.table = &table;
  for (const std::string& name : facts_.names()) {
    state.nace_admitted.push_back(catalogue.admits(indicator, Attribute::nace, name));
    state.size_admitted.push_back(catalogue.admits(indicator, Attribute::size, name));
  }
  if (indicator.condition(Attribute::place) != nullptr) {
    state.place_known_only = catalogue.admits(indicator, Attribute::place, kPlaceKnown);
    state.place_unknown_never = !state.place_known_only;
  }
  for (const auto& [dimension, stride] : table.by) {
    std::vector<std::uint32_t> by_name;
    for (const std::string& name : facts_.names()) {
      by_name.push_back(static_cast<std::uint32_t>(dimension->category_of(name)));
    }
    state.category.push_back(std::move(by_name));
  }
  if (!table.asks_profile) return state;
  const Dimension& profile = *catalogue.dimension(name(Attribute::partner_profile));
  for (const Category& category : profile.categories()) {
    state.profile_admitted.push_back(
        catalogue.admits(indicator, Attribute::partner_profile, category.code));
  }
  for (std::size_t i = 0; i < kProfiles; ++i) {
    state.profile_order.push_back(profile.category_of(code(static_cast<Profile>(i))));
  }
  return state;
}

Cells Pass::run(const Layout& layout) {
  Pass pass(layout);
  if (layout.words() > 0 && layout.span().first <= layout.span().last) {
    const auto& clusters = layout.facts().clusters();
    for (std::size_t i = 0; i + 1 < clusters.size(); ++i)
      pass.cluster(clusters[i], clusters[i + 1]);
  }
  return std::move(pass.cells_);
}

void Pass::cluster(std::uint32_t begin, std::uint32_t end) {
  alone_ = end - begin == 1;
  for (std::uint32_t i = begin; i < end; ++i) {
    enterprise(facts_.enterprises()[facts_.order()[i]]);
  }
  file_touched();
  file_booked();
}

void Pass::enterprise(const EnterpriseFacts& enterprise) {
  gather(enterprise);
  for (std::size_t kind = 0; first_ <= last_ && kind < kPeriodKinds.size(); ++kind) {
    if (!counted_[kind].empty()) close(enterprise, kPeriodKinds[kind]);
  }
  for (int y = first_; y <= last_; ++y) std::fill_n(year(y), layout_.words(), 0);
  if (!booked_.empty()) book(enterprise);
}

void Pass::gather(const EnterpriseFacts& enterprise) {
  first_ = layout_.span().last + 1;
  last_ = layout_.span().first - 1;
  const CooperationFacts* one = &facts_.cooperations()[enterprise.first_cooperation];
  const std::size_t words = layout_.words();
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    const int first = std::max<int>(one->first_year, layout_.span().first);
    const int last = std::min<int>(one->last_year, layout_.span().last);
    if (first > last) continue;
    first_ = std::min(first_, first);
    last_ = std::max(last_, last);
    const std::uint64_t* mask = layout_.mask(one->shape);
    std::uint64_t* word = year(first);
    for (int y = first; y <= last; ++y) {
      for (std::size_t w = 0; w < words; ++w) *word++ |= mask[w];
    }
  }
}

void Pass::close(const EnterpriseFacts& enterprise, PeriodKind kind) {
  const auto& tables = counted_[kind_index(kind)];
  const int length = static_cast<int>(kind), start = tables.front().table->first_start;
  const std::size_t words = layout_.words();
  for (int p = (first_ - start) / length; p <= (last_ - start) / length; ++p) {
    const int begin = start + p * length, end = begin + length - 1;
    std::fill(united_.begin(), united_.end(), 0);
    for (int y = std::max(begin, first_); y <= std::min(end, last_); ++y) {
      const std::uint64_t* mask = year(y);
      for (std::size_t w = 0; w < words; ++w) united_[w] |= mask[w];
    }
    const StateFacts& state = state_at(facts_, enterprise, last_day_of(end));
    if (state.home == records::HOME_ELSEWHERE) continue;
    for (const TableState& table : tables) count(table, state, static_cast<std::size_t>(p));
  }
}

bool Pass::admits(const TableState& table, const StateFacts& state) const {
  if (!table.nace_admitted[state.nace] || !table.size_admitted[state.size]) return false;
  const bool known = state.home == records::HOME_OURS;
  return !(table.place_known_only && !known) && !table.place_unknown_never;
}

// Which copy of the block the enterprise chooses.
std::size_t Pass::copy_of(const TableState& table, const StateFacts& state) const {
  std::size_t copy = 0;
  for (std::size_t i = 0; i < table.category.size(); ++i) {
    const auto& [dimension, stride] = table.table->by[i];
    std::size_t category = 0;
    switch (dimension->attribute()) {
      case Attribute::nace:
        category = table.category[i][state.nace];
        break;
      case Attribute::size:
        category = table.category[i][state.size];
        break;
      case Attribute::place:
        category = state.home == records::HOME_OURS ? dimension->category_of(kPlaceKnown)
                                                    : dimension->unknown();
        break;
      default:
        category = profile_of_bits(table);
    }
    copy += category * stride;
  }
  return copy;
}

std::size_t Pass::profile_of_bits(const TableState& table) const {
  const std::size_t offset = layout_.block(table.table->profile).offset;
  for (const std::size_t category : table.profile_order) {
    if (has(offset + category)) return category;
  }
  return table.profile_order.back();
}

void Pass::count(const TableState& table, const StateFacts& state, std::size_t period) {
  if (!has(table.table->any) || !admits(table, state)) return;
  if (table.table->asks_profile && !table.profile_admitted[profile_of_bits(table)]) return;
  const Layout::Block& block = layout_.block(table.table->block);
  const std::size_t base =
      table.table->first_cell + period * table.table->cells + copy_of(table, state) * block.size;
  for (std::size_t slot = 0; slot < block.size; ++slot) {
    if (has(block.offset + slot)) touch(base + slot, state.holder);
  }
}

// A holding's key is added once per cell: at once for a lone enterprise, at the cluster's end else.
void Pass::touch(std::size_t cell, std::uint32_t holder) {
  ++cells_.counts[cell];
  if (alone_) {
    cells_.keys[cell].add(facts_.record_keys()[holder]);
  } else {
    touched_.push_back({cell, holder});
  }
}

void Pass::file_touched() {
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const Touch& one : touched_) cells_.keys[one.cell].add(facts_.record_keys()[one.holder]);
  touched_.clear();
}

void Pass::book(const EnterpriseFacts& enterprise) {
  const CooperationFacts* one = &facts_.cooperations()[enterprise.first_cooperation];
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    if (one->cents == kUnknownCents || one->first_year < layout_.span().first ||
        one->first_year > layout_.span().last) {
      continue;
    }
    for (const TableState& table : booked_) {
      const StateFacts& state = state_at(facts_, enterprise, last_day_of(one->first_year));
      if (state.home == records::HOME_ELSEWHERE || !admits(table, state)) continue;
      const Period period = Period::of(table.table->spec.kind, one->first_year);
      book_one(table, *one, state,
               state_at(facts_, enterprise, last_day_of(period.last_year())).holder);
    }
  }
}

// Equal parts in cents over the technologies, the first ones a cent more (largest remainder).
void Pass::book_one(const TableState& table, const CooperationFacts& cooperation,
                    const StateFacts& state, std::uint32_t holder) {
  const Layout::Table& layout = *table.table;
  std::copy_n(layout_.mask(cooperation.shape), layout_.words(), united_.begin());
  if (!has(layout.any)) return;
  if (layout.asks_profile && !table.profile_admitted[profile_of_bits(table)]) return;
  const std::size_t period = static_cast<std::size_t>(cooperation.first_year - layout.first_start) /
                             static_cast<std::size_t>(layout.spec.kind);
  const std::size_t base = layout.first_cell + period * layout.cells +
                           copy_of(table, state) * layout_.block(layout.block).size;
  const Shape& shape = facts_.shapes()[cooperation.shape];
  const auto& all = shape.technologies;
  const auto parts = static_cast<std::int64_t>(std::max<std::size_t>(1, all.size()));
  const auto counted = layout_.technologies(layout, shape);
  for (std::int64_t i = 0; i < parts; ++i) {
    const std::string technology = all.empty() ? "" : all[static_cast<std::size_t>(i)];
    if (!all.empty() && std::find(counted.begin(), counted.end(), technology) == counted.end()) {
      continue;
    }
    const std::int64_t cents = cooperation.cents / parts + (i < cooperation.cents % parts ? 1 : 0);
    for (const std::size_t slot : layout_.slots(layout, shape, technology)) {
      bookings_.push_back({base + slot, holder, cents});
    }
  }
}

void Pass::file_booked() {
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
    add(cells_.amounts[total.cell], total.cents);
  }
  bookings_.clear();
}

}  // namespace regions
