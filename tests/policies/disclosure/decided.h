// Stands in for the cube, which makes raw tables, in test programs that do not link it; and
// decisions of the headline rule.
#pragma once

#include "policies/disclosure/headline.h"

namespace regions {

class CubeBuilder {
 public:
  static std::vector<RawTable::Cell> cells(
      const std::vector<std::pair<std::vector<std::string>, std::int64_t>>& counts) {
    std::vector<RawTable::Cell> out;
    for (const auto& [categories, count] : counts) out.push_back({categories, count, {}, {}});
    return out;
  }
  static RawTable headline(std::string indicator, std::int64_t count, std::string period = "2017") {
    return RawTable(std::move(indicator), Digest{{1, 2, 3}}, std::move(period), {},
                    cells({{{}, count}}));
  }
  static RawTable ent(std::int64_t count) { return headline("ENT-COOP", count); }
  static RawTable sme(std::int64_t count) { return headline("SME-COOP", count); }
  // By region, one category per dimension expected.
  static RawTable placed(std::string indicator, std::int64_t count,
                         std::vector<std::string> categories) {
    return RawTable(std::move(indicator), Digest{{1, 2, 3}}, "2017", {"region"},
                    cells({{std::move(categories), count}}));
  }
  static RawTable of_cells(std::vector<std::int64_t> counts) {
    std::vector<std::pair<std::vector<std::string>, std::int64_t>> all;
    for (const std::int64_t count : counts) all.push_back({{}, count});
    return RawTable("ENT-COOP", Digest{}, "2017", {}, cells(all));
  }
};

// Of the year 2017.
inline FixedHeadlines decided_headlines(std::int64_t ent, std::int64_t sme) {
  RuleSet rules;
  rules.headline_waives_observer_rule = true;
  return HeadlineControl::decide({CubeBuilder::ent(ent), CubeBuilder::sme(sme)}, rules).value();
}

}  // namespace regions
