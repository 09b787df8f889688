#include "node/cube/holdings.h"

#include <algorithm>

#include "node/records/values.h"
#include "protocol/base/check.h"

namespace regions {
namespace {

bool has_bit(const std::vector<std::uint64_t>& mask, std::size_t bit) {
  return (mask[bit / 64] >> (bit % 64) & 1) != 0;
}

const StateFacts& state_on(const Facts& facts, const EnterpriseFacts& enterprise,
                           std::int32_t day) {
  const StateFacts* held = facts.states().data() + enterprise.first_state;
  const StateFacts* const end = held + enterprise.states;
  for (const StateFacts* next = held + 1; next != end && next->from <= day; ++next) held = next;
  return *held;
}

// What its cooperations of that year say; false: it has none.
bool gather(const Layout& layout, const EnterpriseFacts& enterprise, int year,
            std::vector<std::uint64_t>& mask) {
  std::fill(mask.begin(), mask.end(), 0);
  bool active = false;
  const CooperationFacts* one = layout.facts().cooperations().data() + enterprise.first_cooperation;
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    if (year < one->first_year || year > one->last_year) continue;
    active = true;
    const std::uint64_t* more = layout.mask(one->shape);
    for (std::size_t w = 0; w < mask.size(); ++w) mask[w] |= more[w];
  }
  return active;
}

// Of several profiles the first that fits decides.
bool counts(const Layout& layout, const Layout::Table& table,
            const std::vector<std::uint64_t>& mask) {
  if (!has_bit(mask, layout.block(table.block).offset)) return false;
  const std::size_t profiles = layout.profile_offset(table.gate);
  for (std::size_t i = 0; i < kProfiles; ++i) {
    if (has_bit(mask, profiles + i)) return table.profile_place[i] != Layout::kNowhere;
  }
  return false;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> holders_in(const Layout& layout) {
  for (const Layout::Table& table : layout.tables()) {
    CHECK(table.periods == 1 && table.cells == 1 && table.spec.kind == PeriodKind::year);
  }
  std::vector<std::vector<std::uint32_t>> out(layout.tables().size());
  std::vector<std::uint64_t> mask(layout.words());
  const int year = layout.span().first;
  const std::int32_t last_day = last_day_of(year);
  for (const EnterpriseFacts& enterprise : layout.facts().enterprises()) {
    if (!gather(layout, enterprise, year, mask)) continue;
    const StateFacts& state = state_on(layout.facts(), enterprise, last_day);
    const std::uint32_t* places = layout.places(state.standing);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const bool in = places[i] != Layout::kNowhere && counts(layout, layout.tables()[i], mask);
      if (in) out[i].push_back(state.holder);
    }
  }
  for (auto& holders : out) {
    std::sort(holders.begin(), holders.end());
    holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  }
  return out;
}

}  // namespace regions
