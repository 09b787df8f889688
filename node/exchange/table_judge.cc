#include "node/exchange/table_judge.h"

#include <algorithm>

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// What is wrong, if anything.
using Fault = std::optional<Judgement>;

Fault fault_of_claim(const Release& release, const std::string& what) {
  const Claim& claim = release.claim;
  if (claim.method_version != kMethodVersion) {
    return not_understood("method " + claim.method + " version " +
                          std::to_string(claim.method_version));
  }
  if (claim.minimum < kHeadlineMinimum) {
    return invalid(what + " needs a minimum of " + std::to_string(kHeadlineMinimum));
  }
  return {};
}

bool plans_headline(const Release& release, const Plan& plan) {
  const auto year = Period::parse(release.period);
  const PlannedTable* table = plan.find(release.indicator, PeriodKind::year, {});
  return year && table != nullptr && table->method == Method::exact && plan.covers(*year);
}

Judgement judge_headline(const Release& release, const Plan* plan) {
  if (release.indicator != kHeadlineAll && release.indicator != kHeadlineSme) {
    return not_understood("table headline of " + release.indicator);
  }
  if (!parse_year(release.period)) return invalid("period " + release.period + " is not a year");
  if (plan != nullptr && !plans_headline(release, *plan)) {
    return not_understood("headline of " + release.indicator + " in " + release.period +
                          ", which is not in the release plan");
  }
  if (!release.dimensions.empty() || release.cells.size() != 1) {
    return invalid("a headline has no dimension and one cell");
  }
  if (release.claim.method != kMethodExact) {
    return not_understood("method " + release.claim.method + " of a headline");
  }
  if (const Fault fault = fault_of_claim(release, "a headline")) return *fault;
  const Cell& cell = release.cells.front();
  if (cell.value && *cell.value < static_cast<std::int64_t>(release.claim.minimum)) {
    return invalid("publishes a value below its own minimum");
  }
  return verified();
}

// A plan holds each margin once, and one id is one margin: indicator, kind of period and id name
// it.
const PlannedTable* planned(const Release& release, const Plan& plan, PeriodKind kind) {
  for (const PlannedTable& table : plan.tables) {
    if (table.id == release.table && table.period == kind &&
        std::find(table.indicators.begin(), table.indicators.end(), release.indicator) !=
            table.indicators.end()) {
      return &table;
    }
  }
  return nullptr;
}

// Cells ascend by categories, so that as many of them as there are combinations, each of known
// categories, is every combination once.
Fault fault_of_shape(const Release& release, const PlannedTable& table,
                     const Catalogue& catalogue) {
  if (release.dimensions != table.by) return invalid("has other dimensions than the plan");
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < table.by.size(); ++i) {
    const auto& categories = catalogue.dimension(table.by[i])->categories();
    combinations *= categories.size();
    for (const Cell& cell : release.cells) {
      if (std::none_of(categories.begin(), categories.end(),
                       [&](const Category& one) { return one.code == cell.categories[i]; })) {
        return invalid("no category " + cell.categories[i] + " of " + table.by[i]);
      }
    }
  }
  if (release.cells.size() == combinations) return {};
  return invalid(std::to_string(combinations) + " cells are planned, it has " +
                 std::to_string(release.cells.size()));
}

Fault fault_of_values(const Release& release, Method method) {
  for (const Cell& cell : release.cells) {
    if (method == Method::cell_key) {
      if (!cell.value) return invalid("withholds a cell that the cell key publishes");
      if (*cell.value != 0 && *cell.value < kCellKeyMinimum) {
        return invalid("publishes a value that the cell key never gives");
      }
    } else if (cell.value && (*cell.value < 0 || *cell.value % kAmountRounding != 0)) {
      return invalid("publishes an amount that is no multiple of " +
                     std::to_string(kAmountRounding) + " cents from 0 up");
    }
  }
  return {};
}

// Only the region itself can tell the tier that it counted; the plan says those that were given.
Fault fault_of_tier(const Release& release, const PlannedTable& table, const Plan& plan) {
  const auto given = plan.member_tiers.find(release.header.author);
  if (given == plan.member_tiers.end() || table.is_for(given->second)) return {};
  return invalid("is not for tier " + std::string(name(given->second)) +
                 ", which the plan gives this member");
}

Judgement judge_planned(const Release& release, const PlannedTable& table, const Plan& plan,
                        const Catalogue& catalogue) {
  if (const Fault fault = fault_of_tier(release, table, plan)) return *fault;
  if (const Fault fault = fault_of_shape(release, table, catalogue)) return *fault;
  if (release.claim.method != name(table.method)) {
    return invalid("is released by " + release.claim.method + ", the plan says " +
                   std::string(name(table.method)));
  }
  if (const Fault fault = fault_of_claim(release, "a planned table")) return *fault;
  return fault_of_values(release, table.method).value_or(verified());
}

bool is_too_large(const Cell& cell) { return cell.value && *cell.value > kReleasedValueMax; }

}  // namespace

Judgement judge_table(const Release& release, const Plan* plan, const Catalogue& catalogue) {
  if (std::any_of(release.cells.begin(), release.cells.end(), is_too_large)) {
    return invalid("publishes a value beyond " + std::to_string(kReleasedValueMax));
  }
  if (release.table == kHeadlineTable) return judge_headline(release, plan);
  const auto period = Period::parse(release.period);
  const PlannedTable* table = plan && period ? planned(release, *plan, period->kind()) : nullptr;
  if (table == nullptr || !plan->covers(*period)) {
    return not_understood("table " + release.table + " of " + release.indicator + " in " +
                          release.period);
  }
  return judge_planned(release, *table, *plan, catalogue);
}

}  // namespace regions
