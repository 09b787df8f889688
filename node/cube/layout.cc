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
  for (const TableSpec& spec : specs) {
    tables_.push_back(make_table(spec));
    Table& table = tables_.back();
    table.first_cell = cells_;
    cells_ += table.cells * table.periods;
  }
  words_ = (bits_ + 63) / 64;
  make_masks();
}

// Indicators that ask the same of a cooperation share their blocks.
std::size_t Layout::gate_of(const Indicator& indicator) {
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (same_condition(*gates_[i].indicator, indicator, Attribute::technology) &&
        same_condition(*gates_[i].indicator, indicator, Attribute::actor_kind)) {
      return i;
    }
  }
  gates_.push_back({&indicator});
  return gates_.size() - 1;
}

std::size_t Layout::block_of(std::size_t gate, const std::vector<const Dimension*>& by) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (blocks_[i].gate == gate && blocks_[i].by == by) return i;
  }
  Block block{gate, by, bits_, 1};
  for (const Dimension* dimension : by) block.size *= dimension->categories().size();
  bits_ += block.size;
  blocks_.push_back(std::move(block));
  return blocks_.size() - 1;
}

Layout::Table Layout::make_table(const TableSpec& spec) {
  Table table;
  table.spec = spec;
  const std::size_t gate = gate_of(*spec.indicator);
  std::vector<const Dimension*> of_cooperations;
  for (const Dimension* dimension : spec.by) {
    if (of_cooperation(*dimension)) of_cooperations.push_back(dimension);
  }
  table.any = blocks_[block_of(gate, {})].offset;
  table.block = block_of(gate, of_cooperations);
  std::size_t stride = 1;
  for (const Dimension* dimension : spec.by) {
    if (of_cooperation(*dimension)) continue;
    table.by.push_back({dimension, stride});
    stride *= dimension->categories().size();
    table.asks_profile |= dimension->attribute() == Attribute::partner_profile;
  }
  table.asks_profile |= spec.indicator->condition(Attribute::partner_profile) != nullptr;
  if (table.asks_profile) {
    table.profile = block_of(gate, {catalogue_.dimension(name(Attribute::partner_profile))});
  }
  table.cells = stride * blocks_[table.block].size;
  table.first_start = Period::of(spec.kind, span_.first).first_year();
  table.periods = periods_in(spec.kind, span_);
  return table;
}

bool Layout::admits_kind(const Gate& gate, const Shape& shape) const {
  return catalogue_.admits(*gate.indicator, Attribute::actor_kind, shape.actor_kind);
}

// A cooperation on several technologies counts by those that meet the condition, and under these
// alone.
std::vector<std::string> Layout::admitted(const Gate& gate, const Shape& shape) const {
  std::vector<std::string> out;
  for (const std::string& technology : shape.technologies) {
    if (catalogue_.admits(*gate.indicator, Attribute::technology, technology)) {
      out.push_back(technology);
    }
  }
  return out;
}

std::vector<std::size_t> Layout::slots_of(const Block& block, const Shape& shape,
                                          const std::vector<std::string>& technologies) const {
  std::vector<std::size_t> slots{0};
  for (const Dimension* dimension : block.by) {
    std::vector<std::size_t> categories;
    if (dimension->attribute() == Attribute::technology) {
      for (const std::string& one : technologies) categories.push_back(dimension->category_of(one));
      if (technologies.empty()) categories.push_back(dimension->unknown());
    } else if (dimension->attribute() == Attribute::partner_profile) {
      categories.push_back(dimension->category_of(code(shape.profile)));
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

void Layout::make_masks() {
  masks_.assign(facts_.shapes().size() * words_, 0);
  for (std::size_t s = 0; s < facts_.shapes().size(); ++s) {
    const Shape& shape = facts_.shapes()[s];
    for (const Block& block : blocks_) {
      const Gate& gate = gates_[block.gate];
      if (!admits_kind(gate, shape)) continue;
      const auto technologies = admitted(gate, shape);
      if (technologies.empty() && gate.indicator->condition(Attribute::technology) != nullptr) {
        continue;
      }
      for (const std::size_t slot : slots_of(block, shape, technologies)) {
        const std::size_t bit = block.offset + slot;
        masks_[s * words_ + bit / 64] |= std::uint64_t{1} << (bit % 64);
      }
    }
  }
}

std::vector<std::string> Layout::technologies(const Table& table, const Shape& shape) const {
  return admitted(gates_[blocks_[table.block].gate], shape);
}

std::vector<std::size_t> Layout::slots(const Table& table, const Shape& shape,
                                       const std::string& technology) const {
  return slots_of(blocks_[table.block], shape,
                  technology.empty() ? std::vector<std::string>() : std::vector{technology});
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
