#include "policies/plan/plan.h"

#include <algorithm>

#include "policies/catalogue/tables.h"

namespace regions {
namespace embedded {
extern const std::string_view plan_default;
}

std::string_view name(Tier tier) {
  switch (tier) {
    case Tier::S:
      return "S";
    case Tier::M:
      return "M";
    case Tier::L:
      return "L";
  }
  return {};
}

std::string_view name(Method method) {
  switch (method) {
    case Method::exact:
      return kMethodExact;
    case Method::cell_key:
      return kMethodCellKey;
    case Method::rounded:
      return kMethodRounded;
  }
  return {};
}

std::string_view default_plan_toml() { return embedded::plan_default; }

bool PlannedTable::is_for(Tier tier) const {
  return std::find(tiers.begin(), tiers.end(), tier) != tiers.end();
}

Tier Plan::tier_of(const std::string& member, std::int64_t enterprises) const {
  if (const auto given = member_tiers.find(member); given != member_tiers.end()) {
    return given->second;
  }
  if (enterprises >= l_from) return Tier::L;
  return enterprises >= m_from ? Tier::M : Tier::S;
}

std::vector<const PlannedTable*> Plan::tables_for(Tier tier) const {
  std::vector<const PlannedTable*> out;
  for (const PlannedTable& table : tables) {
    if (table.is_for(tier)) out.push_back(&table);
  }
  return out;
}

std::vector<DueTable> Plan::due(Tier tier, std::chrono::year_month_day today) const {
  // A period ends with a year, so one of this year has not ended.
  const int last = std::min(until, static_cast<int>(today.year()) - 1);
  std::vector<DueTable> out;
  for (const PlannedTable* table : tables_for(tier)) {
    for (Period at = Period::of(table->period, from); at.last_year() <= last; at = at.next()) {
      if (at.first_year() < from) continue;
      for (const std::string& indicator : table->indicators) out.push_back({table, indicator, at});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const DueTable& a, const DueTable& b) { return a.period < b.period; });
  return out;
}

const PlannedTable* Plan::find(std::string_view indicator, PeriodKind period,
                               std::vector<std::string> by) const {
  std::sort(by.begin(), by.end());
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const PlannedTable& table) {
    return table.period == period && table.by == by &&
           std::find(table.indicators.begin(), table.indicators.end(), indicator) !=
               table.indicators.end();
  });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace regions
