#include "node/cube/holdings.h"

#include <algorithm>

#include "node/records/values.h"
#include "protocol/base/check.h"

namespace regions {
namespace {

bool has_bit(const std::uint64_t* mask, std::size_t bit) {
  return (mask[bit / 64] >> (bit % 64) & 1) != 0;
}

bool is_active(const CooperationFacts& cooperation, int year) {
  return cooperation.first_year <= year && year <= cooperation.last_year;
}

}  // namespace

YearTotals::YearTotals(const Layout& layout)
    : layout_(layout),
      year_(layout.span().first),
      last_day_(last_day_of(year_)),
      mask_(layout.words()) {
  for (const Layout::Table& table : layout.tables()) {
    CHECK(table.periods == 1 && table.cells == 1 && table.spec.kind == PeriodKind::year);
  }
}

bool YearTotals::look_at(std::uint32_t enterprise) {
  const Facts& facts = layout_.facts();
  const EnterpriseFacts& held = facts.enterprises()[enterprise];
  std::fill(mask_.begin(), mask_.end(), 0);
  bool active = false;
  const CooperationFacts* one = facts.cooperations().data() + held.first_cooperation;
  for (const CooperationFacts* end = one + held.cooperations; one != end; ++one) {
    if (!is_active(*one, year_)) continue;
    active = true;
    const std::uint64_t* more = layout_.mask(one->shape);
    for (std::size_t w = 0; w < mask_.size(); ++w) mask_[w] |= more[w];
  }
  if (active) state_ = &facts.state_on(held, last_day_);
  return active;
}

bool YearTotals::counts(std::size_t table) const {
  return layout_.places(state_->standing)[table] != Layout::kNowhere &&
         meets(layout_.tables()[table], mask_.data());
}

bool YearTotals::counts_by(std::size_t table, const CooperationFacts& cooperation) const {
  return is_active(cooperation, year_) &&
         meets(layout_.tables()[table], layout_.mask(cooperation.shape));
}

// Of several profiles the first that fits decides.
bool YearTotals::meets(const Layout::Table& table, const std::uint64_t* mask) const {
  if (!has_bit(mask, layout_.block(table.block).offset)) return false;
  const std::size_t profiles = layout_.profile_offset(table.gate);
  for (std::size_t i = 0; i < kProfiles; ++i) {
    if (has_bit(mask, profiles + i)) return table.profile_place[i] != Layout::kNowhere;
  }
  return false;
}

std::vector<std::vector<std::uint32_t>> holders_in(const Layout& layout) {
  YearTotals totals(layout);
  std::vector<std::vector<std::uint32_t>> out(layout.tables().size());
  for (std::uint32_t i = 0; i < layout.facts().enterprises().size(); ++i) {
    if (!totals.look_at(i)) continue;
    for (std::size_t table = 0; table < out.size(); ++table) {
      if (totals.counts(table)) out[table].push_back(totals.holder());
    }
  }
  for (auto& holders : out) {
    std::sort(holders.begin(), holders.end());
    holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  }
  return out;
}

}  // namespace regions
