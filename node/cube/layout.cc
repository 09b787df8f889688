#include "node/cube/layout.h"

#include <algorithm>

namespace regions {
namespace {

bool of_cooperation(const Dimension& dimension) {
  return belongs_to(dimension.attribute()) == BelongsTo::cooperation;
}

bool same_condition(const Indicator& a, const Indicator& b, Attribute attribute) {
  const Condition* one = a.condition(attribute);
  const Condition* other = b.condition(attribute);
  if (one == nullptr || other == nullptr) return one == other;
  return *one == *other;
}

}  // namespace

std::size_t periods_in(PeriodKind kind, YearSpan span) {
  if (span.first > span.last) return 0;
  const int start = Period::of(kind, span.first).first_year();
  return static_cast<std::size_t>((span.last - start) / static_cast<int>(kind) + 1);
}

Layout::Layout(const Catalogue& catalogue, const Facts& facts, const std::vector<TableSpec>& specs,
               YearSpan span)
    : catalogue_(catalogue), facts_(facts), span_(span) {
  for (const PeriodKind kind : kPeriodKinds) counted_[kind];
  for (const TableSpec& spec : specs) {
    Table table = make_table(spec);
    const bool amount = spec.indicator->is_amount();
    (amount ? booked_ : counted_[spec.kind]).push_back(tables_.size());
    std::size_t& cells = amount ? booked_cells_ : counted_cells_;
    table.first_cell = cells;
    cells += table.cells * table.periods;
    tables_.push_back(std::move(table));
  }
  words_ = (bits_ + 63) / 64;
  extend();
}

void Layout::extend() {
  for (; shapes_ < facts_.shapes().size(); ++shapes_) {
    add_mask(facts_.shapes()[shapes_]);
    add_pieces(facts_.shapes()[shapes_]);
  }
  for (; standings_ < facts_.standings().size(); ++standings_) {
    for (const Table& table : tables_) {
      places_.push_back(place_of(table, facts_.standings()[standings_]));
    }
    classify(static_cast<std::uint32_t>(standings_));
  }
}

// A run of bits that crosses no word unless it is longer than one.
std::size_t Layout::take_bits(std::size_t size) {
  if (bits_ % 64 + size > 64) bits_ = (bits_ + 63) / 64 * 64;
  bits_ += size;
  return bits_ - size;
}

// Indicators that ask the same of a cooperation share their blocks.
std::size_t Layout::gate_of(const Indicator& indicator) {
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (same_condition(*gates_[i].indicator, indicator, Attribute::technology) &&
        same_condition(*gates_[i].indicator, indicator, Attribute::actor_kind)) {
      return i;
    }
  }
  gates_.push_back({&indicator, take_bits(kProfiles)});
  return gates_.size() - 1;
}

std::size_t Layout::block_of(std::size_t gate, const std::vector<const Dimension*>& by) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (blocks_[i].gate == gate && blocks_[i].by == by) return i;
  }
  Block block{gate, by, 0, 1};
  for (const Dimension* dimension : by) block.size *= dimension->categories().size();
  block.offset = take_bits(block.size);
  blocks_.push_back(std::move(block));
  return blocks_.size() - 1;
}

Layout::Table Layout::make_table(const TableSpec& spec) {
  Table table;
  table.spec = spec;
  table.gate = gate_of(*spec.indicator);
  std::vector<const Dimension*> of_cooperations;
  for (const Dimension* dimension : spec.by) {
    if (of_cooperation(*dimension)) of_cooperations.push_back(dimension);
  }
  table.block = block_of(table.gate, of_cooperations);
  std::size_t stride = 1;
  for (const Dimension* dimension : spec.by) {
    if (of_cooperation(*dimension)) continue;
    table.by.push_back({dimension, stride});
    stride *= dimension->categories().size();
  }
  table.cells = stride * blocks_[table.block].size;
  make_profile_places(table);
  table.first_start = Period::of(spec.kind, span_.first).first_year();
  table.periods = periods_in(spec.kind, span_);
  return table;
}

void Layout::make_profile_places(Table& table) const {
  for (std::size_t i = 0; i < kProfiles; ++i) {
    const std::string_view profile = code(static_cast<Profile>(i));
    std::size_t place = 0;
    for (const auto& [dimension, stride] : table.by) {
      if (dimension->attribute() != Attribute::partner_profile) continue;
      place += dimension->category_of(profile) * stride * blocks_[table.block].size;
    }
    const bool admitted =
        catalogue_.admits(*table.spec.indicator, Attribute::partner_profile, profile);
    table.profile_place[i] = admitted ? static_cast<std::uint32_t>(place) : kNowhere;
  }
}

std::uint32_t Layout::place_of(const Table& table, const Standing& standing) const {
  const Indicator& indicator = *table.spec.indicator;
  const std::string_view place = standing.home == records::HOME_OURS ? kPlaceKnown : "";
  if (standing.home == records::HOME_ELSEWHERE ||
      !catalogue_.admits(indicator, Attribute::nace, standing.nace) ||
      !catalogue_.admits(indicator, Attribute::size, standing.size) ||
      !catalogue_.admits(indicator, Attribute::place, place)) {
    return kNowhere;
  }
  std::size_t copy = 0;
  for (const auto& [dimension, stride] : table.by) {
    const Attribute attribute = dimension->attribute();
    if (attribute == Attribute::partner_profile) continue;
    const std::string_view value = attribute == Attribute::nace   ? standing.nace
                                   : attribute == Attribute::size ? standing.size
                                                                  : place;
    copy += dimension->category_of(value) * stride;
  }
  return static_cast<std::uint32_t>(copy * blocks_[table.block].size);
}

// A cooperation on several technologies counts by those that meet the condition, and under these
// alone.
bool Layout::admits(const Gate& gate, const Shape& shape,
                    std::vector<std::string>& technologies) const {
  technologies.clear();
  for (const std::string& technology : shape.technologies) {
    if (catalogue_.admits(*gate.indicator, Attribute::technology, technology)) {
      technologies.push_back(technology);
    }
  }
  const bool asked = gate.indicator->condition(Attribute::technology) != nullptr;
  return catalogue_.admits(*gate.indicator, Attribute::actor_kind, shape.actor_kind) &&
         !(asked && technologies.empty());
}

std::vector<std::size_t> Layout::slots_of(const Block& block, const Shape& shape,
                                          const std::vector<std::string>& technologies) const {
  std::vector<std::size_t> slots{0};
  for (const Dimension* dimension : block.by) {
    std::vector<std::size_t> categories;
    if (dimension->attribute() == Attribute::technology) {
      for (const std::string& one : technologies) categories.push_back(dimension->category_of(one));
      if (technologies.empty()) categories.push_back(dimension->unknown());
    } else {
      categories.push_back(dimension->category_of(shape.actor_kind));
    }
    std::vector<std::size_t> next;
    for (const std::size_t slot : slots) {
      for (const std::size_t category : categories) {
        next.push_back(slot * dimension->categories().size() + category);
      }
    }
    slots = std::move(next);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

void Layout::add_mask(const Shape& shape) {
  const std::size_t begin = masks_.size();
  masks_.resize(begin + words_);
  const auto set = [&](std::size_t bit) {
    masks_[begin + bit / 64] |= std::uint64_t{1} << (bit % 64);
  };
  std::vector<std::string> technologies;
  for (std::size_t g = 0; g < gates_.size(); ++g) {
    if (!admits(gates_[g], shape, technologies)) continue;
    set(gates_[g].profiles + static_cast<std::size_t>(shape.profile));
    for (const Block& block : blocks_) {
      if (block.gate != g) continue;
      for (const std::size_t slot : slots_of(block, shape, technologies)) set(block.offset + slot);
    }
  }
}

void Layout::classify(std::uint32_t standing) {
  for (std::size_t kind = 0; kind < kPeriodKinds.size(); ++kind) {
    std::vector<std::uint32_t> places_there;
    for (const std::size_t i : counted_.at(kPeriodKinds[kind])) {
      places_there.push_back(places(standing)[i]);
    }
    const auto next = static_cast<std::uint32_t>(classes_[kind].size());
    const auto [at, fresh] = known_[kind].emplace(std::move(places_there), next);
    if (fresh) classes_[kind].push_back({standing, relevant_to(standing, kPeriodKinds[kind])});
    class_of_.push_back(at->second);
  }
}

std::vector<std::uint64_t> Layout::relevant_to(std::uint32_t standing, PeriodKind kind) const {
  std::vector<std::uint64_t> bits(words_);
  const auto set = [&](std::size_t offset, std::size_t size) {
    for (std::size_t bit = offset; bit < offset + size; ++bit) {
      bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  };
  for (const std::size_t i : counted_.at(kind)) {
    if (places(standing)[i] == kNowhere) continue;
    set(gates_[tables_[i].gate].profiles, kProfiles);
    set(blocks_[tables_[i].block].offset, blocks_[tables_[i].block].size);
  }
  return bits;
}

void Layout::add_pieces(const Shape& shape) {
  std::vector<std::string> counted;
  parts_.push_back(static_cast<std::uint32_t>(std::max<std::size_t>(1, shape.technologies.size())));
  for (const std::size_t i : booked_) {
    const Table& table = tables_[i];
    const std::uint32_t profile = table.profile_place[static_cast<std::size_t>(shape.profile)];
    const bool admitted = admits(gates_[table.gate], shape, counted) && profile != kNowhere;
    for (std::uint32_t part = 0; admitted && part < parts_.back(); ++part) {
      std::vector<std::string> alone;
      if (!shape.technologies.empty()) alone.push_back(shape.technologies[part]);
      const bool counts =
          alone.empty() || std::find(counted.begin(), counted.end(), alone[0]) != counted.end();
      if (!counts) continue;
      for (const std::size_t slot : slots_of(blocks_[table.block], shape, alone)) {
        pieces_.push_back({static_cast<std::uint32_t>(profile + slot), part});
      }
    }
    whole_places_.push_back(
        whole_place_of({pieces_.data() + piece_ends_.back(), pieces_.data() + pieces_.size()}));
    piece_ends_.push_back(pieces_.size());
  }
}

// Of the shape that was added last.
std::uint32_t Layout::whole_place_of(Pieces pieces) const {
  if (pieces.begin == pieces.end) return kNowhere;
  const auto elsewhere = [&](const Piece& one) { return one.place != pieces.begin->place; };
  const bool split = std::any_of(pieces.begin, pieces.end, elsewhere) ||
                     pieces.end - pieces.begin != static_cast<std::ptrdiff_t>(parts_.back());
  return split ? kSplit : pieces.begin->place;
}

std::vector<std::string> Layout::categories(const Table& table, std::size_t cell) const {
  const Block& block = blocks_[table.block];
  std::size_t slot = cell % block.size;
  const std::size_t copy = cell / block.size;
  std::map<const Dimension*, std::size_t> found;
  for (auto at = block.by.rbegin(); at != block.by.rend(); ++at) {
    found[*at] = slot % (*at)->categories().size();
    slot /= (*at)->categories().size();
  }
  for (const EnterpriseDimension& one : table.by) {
    found[one.dimension] = copy / one.stride % one.dimension->categories().size();
  }
  std::vector<std::string> out;
  for (const Dimension* dimension : table.spec.by) {
    out.push_back(dimension->categories()[found.at(dimension)].code);
  }
  return out;
}

}  // namespace regions
