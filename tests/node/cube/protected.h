// Tables through disclosure control, for tests that look at what comes out.
#pragma once

#include <gtest/gtest.h>

#include "node/cube/cube.h"
#include "policies/disclosure/breakdown.h"
#include "policies/disclosure/perturbation_generator.h"
#include "tests/node/cube/sql/planned_margins.h"

namespace regions {

inline constexpr std::int32_t kNoiseOfThePlan = 3;  // D

// That of the default plan.
inline const PerturbationTable& plan_noise() {
  const CellKeyParameters& plan = default_plan().cell_key;
  static const PerturbationTable table =
      generate_perturbation_table(
          {static_cast<std::int32_t>(plan.d), plan.variance_hundredths / 100.0, 2})
          .value();
  return table;
}

// Shows every count as it is.
inline const PerturbationTable& no_noise() {
  static const PerturbationTable table =
      PerturbationTable::make({{{0, kCellKeys}}, {{0, kCellKeys}}}).value();
  return table;
}

inline RuleSet default_rules() {
  return parse_rule_set("default.toml", default_rule_set_toml()).value();
}

// Every cell by the cell key: the margins' tables one behind the other, each with all its periods.
inline std::vector<SafeTable> by_cell_key(const Facts& facts, const std::vector<TableSpec>& specs,
                                          YearSpan span, const PerturbationTable& noise) {
  std::vector<SafeTable> out;
  for (const RawTable& raw : CubeBuilder::tables(facts, Catalogue::builtin(), specs, span)) {
    out.push_back(BreakdownControl::cell_key(raw, "test", noise, default_rules()).value());
  }
  return out;
}

// The margins of the default plan whose method is the cell key.
inline std::vector<PlannedMargin> cell_key_margins() {
  auto all = planned_margins();
  std::erase_if(all,
                [](const PlannedMargin& one) { return one.table->method != Method::cell_key; });
  return all;
}

}  // namespace regions
