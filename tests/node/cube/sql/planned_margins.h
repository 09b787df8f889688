// The margins of the default plan, for the cube and for the oracle, without what one of the two
// says twice.
#pragma once

#include <gtest/gtest.h>

#include "node/cube/layout.h"
#include "policies/plan/plan.h"
#include "tests/node/cube/sql/sql_oracle.h"

namespace regions {

struct PlannedMargin {
  const PlannedTable* table;
  OracleMargin margin;
  TableSpec spec;
};

inline const Plan& default_plan() {
  static const Plan plan =
      parse_plan("default.toml", default_plan_toml(), Catalogue::builtin()).value();
  return plan;
}

inline PlannedMargin margin_of(const PlannedTable* table, const std::string& indicator,
                               PeriodKind period, const std::vector<std::string>& by) {
  PlannedMargin one{table,
                    {indicator, std::string(name(period)), by},
                    {Catalogue::builtin().find(indicator), period, {}}};
  for (const std::string& id : by) one.spec.by.push_back(Catalogue::builtin().dimension(id));
  return one;
}

inline std::vector<PlannedMargin> planned_margins() {
  std::vector<PlannedMargin> all;
  for (const PlannedTable& table : default_plan().tables) {
    for (const std::string& indicator : table.indicators) {
      all.push_back(margin_of(&table, indicator, table.period, table.by));
    }
  }
  return all;
}

inline std::vector<TableSpec> specs_of(const std::vector<PlannedMargin>& margins) {
  std::vector<TableSpec> specs;
  for (const PlannedMargin& one : margins) specs.push_back(one.spec);
  return specs;
}

}  // namespace regions
