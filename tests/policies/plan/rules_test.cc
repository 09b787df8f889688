// A plan that asks for what DISCLOSURE forbids is refused with the rule it breaks.
#include <gtest/gtest.h>

#include "tests/policies/catalogue/small_catalogue.h"
#include "tests/policies/plan/plan_texts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kM[] = "\"M\"";
constexpr char kL[] = "\"L\"";
constexpr char kMl[] = "\"M\", \"L\"";
constexpr char kSml[] = "\"S\", \"M\", \"L\"";

std::string refusal(const std::string& text) {
  const auto plan = parse(text);
  EXPECT_THAT(plan, IsErr(Errc::refused)) << text;
  return plan.has_value() ? "" : plan.error().context;
}

// Why the table `t` of one indicator, a name in quotes, is refused.
std::string why_not(const std::string& indicator, const std::string& period, const std::string& by,
                    const std::string& method, const std::string& tiers) {
  return refusal(kPlanHead + planned("t", '"' + indicator + '"', period, by, method, tiers));
}

Result<Plan> allowed(const std::string& indicator, const std::string& period, const std::string& by,
                     const std::string& method, const std::string& tiers) {
  return parse(kPlanHead + planned(method == "exact" ? "headline" : "t", '"' + indicator + '"',
                                   period, by, method, tiers));
}

TEST(PlanRules, ErrorNamesFileLineKeyRulePageAndRemedy) {
  EXPECT_EQ(why_not("SME-COOP", "window", "", "exact", kMl),
            "plan.toml line 16: table[0].method: SME-COOP: the total of a window or programme is "
            "never released exactly (protocol/spec/plan.md); write method = \"cell-key\"");
}

TEST(PlanLimits, MoreThanAMillionCellsAreRefused) {
  std::string head = kPlanHead;
  head.replace(head.find("2023"), 4, "2113");
  const auto table = planned("t", "\"ENT-COOP-INTERREG\", \"SME-COOP-INTERREG\"", "year",
                             "\"actor_group\", \"nace_group\", \"partner_profile\", \"place\", "
                             "\"size\", \"technology\"",
                             "cell-key", kL);
  const auto plan = parse(head + table);
  ASSERT_THAT(plan, IsErr(Errc::invalid_input));
  EXPECT_THAT(plan.error().context, HasSubstr("more than 1000000 cells"));
  EXPECT_THAT(parse(kPlanHead + table), IsOk());
}

TEST(PlanRules, ExactIsRefusedForAllButTheTwoHeadlinesByYear) {
  const auto exact = AllOf(HasSubstr("only ENT-COOP and SME-COOP by region and year are exact"),
                           HasSubstr("protocol/spec/plan.md"));
  EXPECT_THAT(why_not("SME-COOP", "year", "\"technology_group\"", "exact", kL), exact);
  EXPECT_THAT(why_not("ENT-COOP", "window", "\"size\"", "exact", kMl), exact);
  EXPECT_THAT(why_not("ENT-COOP-INTERREG", "year", "", "exact", kSml), exact);
  for (const char* headline : {"SME-COOP", "ENT-COOP"}) {
    EXPECT_THAT(allowed(headline, "year", "", "exact", kSml), IsOk());
  }
}

TEST(PlanRules, ExactWindowTotalIsRefused) {
  for (const char* period : {"window", "programme"}) {
    EXPECT_THAT(why_not("ENT-COOP", period, "", "exact", kSml),
                HasSubstr("total of a window or programme is never released exactly"));
    EXPECT_THAT(allowed("ENT-COOP", period, "", "cell-key", kMl), IsOk());
  }
}

TEST(PlanRules, TotalOfAYearByCellKeyIsRefused) {
  for (const char* headline : {"SME-COOP", "ENT-COOP"}) {
    EXPECT_THAT(
        why_not(headline, "year", "", "cell-key", kL),
        HasSubstr("the total of a year is the exact headline alone (protocol/spec/plan.md)"));
  }
  EXPECT_THAT(allowed("ENT-COOP-INTERREG", "year", "", "cell-key", kL), IsOk());
}

TEST(PlanRules, YearByAnAdditiveDimensionIsRefused) {
  for (const char* by : {"\"size\"", "\"nace_group\"", "\"partner_profile\"", "\"place\"",
                         "\"actor_group\", \"size\""}) {
    const std::string why = why_not("ENT-COOP", "year", by, "cell-key", kL);
    EXPECT_THAT(why, AllOf(HasSubstr("exact and perturbed figures share no additive equation"),
                           HasSubstr("table[0].period"), HasSubstr("write period = \"window\"")));
    EXPECT_THAT(allowed("ENT-COOP", "window", by, "cell-key", kL), IsOk()) << by;
  }
  for (const char* by : {"\"technology_group\"", "\"actor_group\""}) {
    EXPECT_THAT(allowed("SME-COOP", "year", by, "cell-key", kL), IsOk()) << by;
  }
}

// A second code for what ENT-COOP counts would be a way around.
TEST(PlanRules, YearlyTotalOfAHeadlineUnderAnotherCodeIsRefused) {
  auto sources = Catalogue::builtin_sources();
  std::string again;
  for (const auto& [file, text] : sources) {
    if (file == "indicators/ENT-COOP.toml") again = text;
  }
  again.replace(again.find("\"ENT-COOP\""), 10, "\"AGAIN\"");
  sources.emplace_back("indicators/AGAIN.toml", again);
  ASSERT_OK_AND(const Catalogue catalogue, Catalogue::load(sources));
  for (const char* by : {"", "\"size\""}) {
    const std::string text = kPlanHead + planned("t", "\"AGAIN\"", "year", by, "cell-key", kL);
    EXPECT_THAT(parse_plan("plan.toml", text, catalogue), IsErr(Errc::refused));
  }
}

TEST(PlanRules, NaceDivisionIsRefused) {
  EXPECT_THAT(why_not("SME-COOP", "window", "\"nace\"", "cell-key", kL),
              HasSubstr("table[0].by: SME-COOP: a breakdown by NACE division is never released "
                        "(protocol/spec/plan.md); write nace_group"));
  EXPECT_THAT(allowed("SME-COOP", "window", "\"nace_group\"", "cell-key", kMl), IsOk());
}

// The plan's table of an indicator that is SME-COOP with another filter.
Result<Plan> with_filter(const std::string& filter, const std::string& period,
                         const std::string& by, const std::string& tiers) {
  auto sources = Catalogue::builtin_sources();
  std::string other;
  for (const auto& [file, text] : sources) {
    if (file == "indicators/SME-COOP.toml") other = text;
  }
  other.replace(other.find("\"SME-COOP\""), 10, "\"OTHER\"");
  const std::size_t from = other.find("[filter]"), to = other.find("[progress]");
  other.replace(from, to - from, "[filter]\n" + filter + "\n");
  sources.emplace_back("indicators/OTHER.toml", other);
  const auto catalogue = Catalogue::load(sources);
  EXPECT_THAT(catalogue, IsOk());
  const std::string text = kPlanHead + planned("t", "\"OTHER\"", period, by, "cell-key", tiers);
  return parse_plan("plan.toml", text, *catalogue);
}

TEST(PlanRules, AFilterThatNamesCodesIsABreakdownByThem) {
  const auto nace = with_filter("nace = { in = [\"28\"] }", "window", "", kMl);
  ASSERT_THAT(nace, IsErr(Errc::refused));
  EXPECT_THAT(
      nace.error().context,
      HasSubstr("table[0].indicators: OTHER: a filter by NACE division is a breakdown by "
                "it, which is never released (protocol/spec/plan.md); take an indicator whose"));
  EXPECT_THAT(with_filter("nace = { in = [\"C\", \"J\"] }", "window", "", kMl), IsOk());
  EXPECT_THAT(with_filter("nace = { in = [\"C\", \"28.1\"] }", "window", "", kL),
              IsErr(Errc::refused));

  const std::string robots = "technology = { in = [\"robotics\"] }";
  EXPECT_THAT(with_filter(robots, "year", "", kMl).error().context,
              HasSubstr("region by technology by year is never released below tier L"));
  EXPECT_THAT(with_filter(robots, "year", "", kL), IsOk());
  EXPECT_THAT(with_filter(robots, "window", "\"size\"", kMl).error().context,
              HasSubstr("two-way tables with technology are never released below tier L"));
  EXPECT_THAT(with_filter(robots, "window", "", kMl), IsOk());
  // What a group holds is no single technology.
  const std::string group =
      "technology = { in = [\"additive-manufacturing\", \"advanced-manufacturing\", "
      "\"robotics\"] }";
  EXPECT_THAT(with_filter(group, "year", "", kMl), IsOk());
  EXPECT_THAT(with_filter(group, "window", "\"size\"", kMl), IsErr(Errc::refused));
}

TEST(PlanRules, TierSGetsHeadlinesAndOneAmountAlone) {
  for (const char* by : {"", "\"size\"", "\"technology_group\""}) {
    EXPECT_THAT(why_not("ENT-COOP", "window", by, "cell-key", kSml),
                AllOf(HasSubstr("a region of tier S releases its headlines and the programme total "
                                "of an amount, nothing else (protocol/spec/plan.md)"),
                      HasSubstr("table[0].tiers")));
  }
  EXPECT_THAT(allowed("COOP-FUND-EUR", "programme", "", "rounded", kSml), IsOk());
  for (const auto& [period, by] : {std::pair("window", ""), std::pair("year", ""),
                                   std::pair("programme", "\"actor_group\"")}) {
    EXPECT_THAT(why_not("COOP-FUND-EUR", period, by, "rounded", kSml),
                HasSubstr("a region of tier S releases its headlines and the programme total"));
  }
}

TEST(PlanRules, TechnologyByYearBelowTierLIsRefused) {
  for (const char* tiers : {kM, kMl}) {
    EXPECT_THAT(why_not("ENT-COOP", "year", "\"technology\"", "cell-key", tiers),
                HasSubstr("region by technology by year is never released below tier L"));
  }
  EXPECT_THAT(allowed("ENT-COOP", "year", "\"technology\"", "cell-key", kL), IsOk());
}

TEST(PlanRules, TwoWayWithTechnologyBelowTierLIsRefused) {
  for (const char* by : {"\"nace_group\", \"technology_group\"", "\"size\", \"technology\""}) {
    EXPECT_THAT(why_not("SME-COOP", "window", by, "cell-key", kMl),
                HasSubstr("two-way tables with technology are never released below tier L"));
    EXPECT_THAT(allowed("SME-COOP", "window", by, "cell-key", kL), IsOk());
  }
}

TEST(PlanRules, InterregionalByYearBelowTierLIsRefused) {
  for (const char* by : {"", "\"actor_group\""}) {
    EXPECT_THAT(why_not("SME-COOP-INTERREG", "year", by, "cell-key", kMl),
                HasSubstr("interregional figures by year are never released below tier L"));
    EXPECT_THAT(allowed("SME-COOP-INTERREG", "window", by, "cell-key", kMl), IsOk());
  }
}

TEST(PlanRules, AmountsByOtherMethodsOrMarginsAreRefused) {
  for (const char* method : {"cell-key", "exact"}) {
    EXPECT_THAT(why_not("COOP-FUND-EUR", "programme", "", method, kSml),
                HasSubstr("an amount is protected by the p % rule and rounded, never exact, never "
                          "by cell key (protocol/spec/plan.md); write method = \"rounded\""));
  }
  EXPECT_THAT(why_not("COOP-FUND-EUR", "window", "\"nace\"", "rounded", kL),
              HasSubstr("a breakdown by NACE division is never released"));
  EXPECT_THAT(why_not("COOP-FUND-EUR", "window", "\"size\", \"technology_group\"", "rounded", kMl),
              HasSubstr("two-way tables with technology are never released below tier L"));
  EXPECT_THAT(why_not("COOP-FUND-EUR", "year", "\"technology\"", "rounded", kMl),
              HasSubstr("region by technology by year is never released below tier L"));
}

TEST(PlanRules, AmountsOfAnyPeriodAndMarginAreAllowedAboveTierS) {
  for (const char* period : {"year", "window", "programme"}) {
    for (const char* by : {"", "\"actor_group\"", "\"technology_group\""}) {
      EXPECT_THAT(allowed("COOP-FUND-EUR", period, by, "rounded", kMl), IsOk()) << period << by;
    }
  }
  EXPECT_THAT(allowed("COOP-FUND-EUR", "window", "\"size\", \"technology_group\"", "rounded", kL),
              IsOk());
}

TEST(PlanRules, RoundedCountIsRefused) {
  EXPECT_THAT(why_not("SME-COOP", "window", "\"size\"", "rounded", kMl),
              HasSubstr("only amounts are rounded"));
}

TEST(PlanRules, OneBadIndicatorOfATableIsEnough) {
  EXPECT_THAT(refusal(kPlanHead + planned("t", "\"ENT-COOP-INTERREG\", \"ENT-COOP\"", "year", "",
                                          "cell-key", kL)),
              HasSubstr("ENT-COOP: one figure, one method"));
}

TEST(PlanRules, OneFigureInTwoTablesIsRefused) {
  EXPECT_THAT(
      refusal(kPlanHead + planned("a", "\"ENT-COOP\"", "window", "\"size\"", "cell-key", kM) +
              planned("b", "\"ENT-COOP\"", "window", "\"size\"", "cell-key", kL)),
      HasSubstr("table[1].indicators: one figure, one method: ENT-COOP has this margin in another "
                "table (protocol/spec/plan.md)"));
}

TEST(PlanRules, TiersBelowTheirThresholdsAndVarianceBelowTwoAreRefused) {
  const auto with = [](std::string_view from, std::string_view to) {
    std::string text = kPlanHead + planned("headline", "\"ENT-COOP\"", "year", "", "exact", kSml);
    return refusal(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_THAT(with("M = 10", "M = 9"),
              StartsWith("plan.toml line 6: tiers.M: tier M begins at 10 enterprises or more "
                         "(protocol/spec/plan.md); write M = 10"));
  EXPECT_THAT(with("L = 40", "L = 39"), HasSubstr("tier L begins at 40"));
  EXPECT_THAT(with("variance = 2.25", "variance = 1.99"),
              HasSubstr("cell_key.variance: below 2 the rows for 1 and 2 have no solution "
                        "(protocol/spec/plan.md); write variance = 2.25"));
}

}  // namespace
}  // namespace regions
