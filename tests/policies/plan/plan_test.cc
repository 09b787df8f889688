// Reading a plan, and what it asks for when.
#include "policies/plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/policies/plan/plan_texts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Day = std::chrono::year_month_day;

constexpr Day day(int year, unsigned month, unsigned number) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(number)};
}

const std::string kTable =
    planned("size", "\"ENT-COOP\", \"SME-COOP\"", "window", "\"size\"", "cell-key", "\"M\", \"L\"");

std::string why_not(const std::string& text) {
  const auto plan = parse(text);
  EXPECT_THAT(plan, IsErr(Errc::invalid_input)) << text;
  return plan.has_value() ? "" : plan.error().context;
}

std::string with(std::string_view from, std::string_view to) {
  std::string text = kPlanHead + kTable;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Plan default_plan() {
  return parse_plan("default.toml", default_plan_toml(), Catalogue::builtin()).value();
}

std::vector<std::string> lines(const std::vector<DueTable>& due) {
  std::vector<std::string> out;
  for (const DueTable& one : due) {
    out.push_back(one.period.text() + ' ' + one.table->id + ' ' + one.indicator);
  }
  return out;
}

TEST(Plan, BadHeadNamesFileLineKeyAndRemedy) {
  EXPECT_THAT(why_not(with("plan/1", "plan/2")), HasSubstr("newer version"));
  EXPECT_THAT(why_not(with("from", "form")),
              AllOf(HasSubstr("plan.toml line 3"), HasSubstr("did you mean 'from'?")));
  EXPECT_THAT(why_not(with("from = 2014", "from = 2024")), HasSubstr("number from 2024 to 2999"));
  EXPECT_THAT(why_not(with("until = 2023", "until = 2114")), HasSubstr("more than 100 years"));
  EXPECT_THAT(
      why_not(with("until = 2023", "until = 2023\nbaseline = \"2017-2019\"")),
      AllOf(HasSubstr("line 5: baseline: "), HasSubstr("nearest: "), HasSubstr("; write a")));
  EXPECT_THAT(why_not(with("until = 2023", "until = 2023\nbaseline = \"2019\"")),
              HasSubstr("no window of three years"));
  EXPECT_THAT(why_not(with("L = 40", "L = 40\nS = 1")), HasSubstr("tiers.S: unknown key"));
  EXPECT_THAT(why_not(with("M = 10", "M = 40")), HasSubstr("tiers.L: not above M"));
  EXPECT_THAT(why_not(with("L = 40", "L = 40\nmembers = { pt16 = \"L\" }")),
              HasSubstr("tiers.members.pt16: not a member id; write 2 to 8 of A-Z"));
  EXPECT_THAT(why_not(with("L = 40", "L = 40\nmembers = { PT16 = \"X\" }")),
              HasSubstr("write one of: S, M, L"));
  EXPECT_THAT(why_not(with("D = 3", "d = 3")), HasSubstr("cell_key.d: unknown key"));
  EXPECT_THAT(why_not(with("D = 3", "D = 1")), HasSubstr("write a number from 2 to 20"));
  EXPECT_THAT(why_not(with("2.25", "9.01")), HasSubstr("write a number from 0.00 to 9.00"));
  EXPECT_THAT(why_not(with("2.25", "2.255")), HasSubstr("more than 2 decimals"));
  EXPECT_THAT(why_not(kPlanHead), HasSubstr("table: missing; write [[table]]"));
}

TEST(Plan, UnknownWordsAreRefusedWithTheNearest) {
  EXPECT_THAT(why_not(with("\"ENT-COOP\"", "\"ENT-COP\"")),
              AllOf(HasSubstr("plan.toml line 13: table[0].indicators"),
                    HasSubstr("did you mean 'ENT-COOP'?")));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"sizes\"]")), HasSubstr("did you mean 'size'?"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"tecnology_group\"]")),
              HasSubstr("did you mean 'technology_group'?"));
  EXPECT_THAT(why_not(with("\"window\"", "\"windows\"")), HasSubstr("nearest: 'window'"));
  EXPECT_THAT(why_not(with("\"cell-key\"", "\"cellkey\"")), HasSubstr("nearest: 'cell-key'"));
  EXPECT_THAT(why_not(with("tiers = [\"M\"", "tiers = [\"N\"")), HasSubstr("some of S, M and L"));
  EXPECT_THAT(why_not(with("method", "metod")), HasSubstr("did you mean 'method'?"));
}

TEST(Plan, BadTableNamesKeyAndRemedy) {
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"region\", \"size\"]")), HasSubstr("is implied"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"window\", \"size\"]")), HasSubstr("is implied"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"size\", \"actor_group\"]")),
              HasSubstr("write by = [\"actor_group\", \"size\"]"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"size\", \"size\"]")), HasSubstr("stands here twice"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"technology\", \"technology_group\"]")),
              HasSubstr("'technology' and 'technology_group' group the same codes"));
  EXPECT_THAT(why_not(with("[\"size\"]", "[\"actor_kind\", \"nace\", \"technology\"]")),
              HasSubstr("more cells than the 50000 of a release"));
  EXPECT_THAT(why_not(with("\"ENT-COOP\", \"SME-COOP\"", "")), HasSubstr("at least one indicator"));
  EXPECT_THAT(why_not(with("\"ENT-COOP\"", "\"SME-COOP\"")), HasSubstr("stands here twice"));
  EXPECT_THAT(why_not(with("[\"M\", \"L\"]", "[]")), HasSubstr("some of S, M and L"));
  EXPECT_THAT(why_not(with("[\"M\", \"L\"]", "[\"M\", \"M\"]")), HasSubstr("each once"));
  EXPECT_THAT(why_not(with("id = \"size\"", "id = \"headline\"")),
              HasSubstr("the exact table, and no other, is called 'headline'"));
  EXPECT_THAT(why_not(kPlanHead + planned("total", "\"ENT-COOP\"", "year", "", "exact", "\"L\"")),
              HasSubstr("is called 'headline'"));
  EXPECT_THAT(why_not(kPlanHead + kTable +
                      planned("size", "\"ENT-COOP\"", "window", "\"place\"", "cell-key", "\"L\"")),
              HasSubstr("table[1].id: another table 'size' is by other dimensions"));
}

TEST(Plan, IndicatorThatIsNotBrokenDownSoIsRefused) {
  auto sources = Catalogue::builtin_sources();
  sources.emplace_back(
      "indicators/ROBOT.toml",
      "format = \"regions4.indicator/1\"\ncode = \"ROBOT\"\ntitle = \"R\"\n"
      "measure = \"distinct-enterprises\"\nunit = \"enterprises\"\ndecimals = 0\n"
      "counting_rules = 1\n[[dimension]]\nid = \"window\"\ncombines = \"overlapping\"\n");
  ASSERT_OK_AND(const Catalogue catalogue, Catalogue::load(sources));
  const auto robot = [&](const std::string& period, const std::string& by) {
    return parse_plan("plan.toml",
                      kPlanHead + planned("t", "\"ROBOT\"", period, by, "cell-key", "\"L\""),
                      catalogue);
  };
  EXPECT_THAT(robot("window", "\"size\"").error().context,
              HasSubstr("by: ROBOT is not broken down by 'size'; add it as [[dimension]]"));
  EXPECT_THAT(robot("programme", "").error().context, HasSubstr("not broken down by 'programme'"));
  EXPECT_THAT(robot("window", ""), IsOk());
}

TEST(Plan, ReadsEveryKey) {
  ASSERT_OK_AND(const Plan plan,
                parse(with("L = 40", "L = 50\nmembers = { PT16 = \"L\", ES13 = \"S\" }")));
  EXPECT_EQ(plan.id, "p");
  EXPECT_EQ(plan.from, 2014);
  EXPECT_EQ(plan.until, 2023);
  EXPECT_EQ(plan.baseline.text(), "2018-2020");
  EXPECT_EQ(plan.cell_key.d, 3u);
  EXPECT_EQ(plan.cell_key.variance_hundredths, 225u);
  ASSERT_EQ(plan.tables.size(), 1u);
  EXPECT_THAT(plan.tables[0].indicators, ElementsAre("ENT-COOP", "SME-COOP"));
  EXPECT_THAT(plan.tables[0].tiers, ElementsAre(Tier::M, Tier::L));
}

TEST(Plan, TierIsByEnterprisesUnlessTheFederationGaveIt) {
  ASSERT_OK_AND(const Plan plan, parse(with("L = 40", "L = 40\nmembers = { PT16 = \"S\" }")));
  EXPECT_EQ(plan.tier_of("ES13", 0), Tier::S);
  EXPECT_EQ(plan.tier_of("ES13", 9), Tier::S);
  EXPECT_EQ(plan.tier_of("ES13", 10), Tier::M);
  EXPECT_EQ(plan.tier_of("ES13", 39), Tier::M);
  EXPECT_EQ(plan.tier_of("ES13", 40), Tier::L);
  EXPECT_EQ(plan.tier_of("PT16", 1000), Tier::S);
}

TEST(Plan, PeriodsThatHaveNotEndedOrReachOutsideAreNotDue) {
  const std::string text =
      kPlanHead + planned("total", "\"ENT-COOP\"", "window", "", "cell-key", "\"M\"") +
      planned("headline", "\"ENT-COOP\"", "year", "", "exact", "\"S\", \"M\"") +
      planned("total", "\"COOP-FUND-EUR\"", "programme", "", "rounded", "\"S\", \"M\"");
  ASSERT_OK_AND(const Plan plan, parse(text));
  EXPECT_THAT(lines(plan.due(Tier::M, day(2014, 12, 31))), testing::IsEmpty());
  EXPECT_THAT(lines(plan.due(Tier::M, day(2015, 1, 1))), ElementsAre("2014 headline ENT-COOP"));
  EXPECT_THAT(lines(plan.due(Tier::L, day(2030, 1, 1))), testing::IsEmpty());
  // 2012-2014 begins before 2014, 2021-2027 ends after 2023.
  EXPECT_THAT(
      lines(plan.due(Tier::M, day(2030, 1, 1))),
      ElementsAre("2014 headline ENT-COOP", "2014-2020 total COOP-FUND-EUR",
                  "2015 headline ENT-COOP", "2015-2017 total ENT-COOP", "2016 headline ENT-COOP",
                  "2017 headline ENT-COOP", "2018 headline ENT-COOP", "2018-2020 total ENT-COOP",
                  "2019 headline ENT-COOP", "2020 headline ENT-COOP", "2021 headline ENT-COOP",
                  "2021-2023 total ENT-COOP", "2022 headline ENT-COOP", "2023 headline ENT-COOP"));
  EXPECT_EQ(lines(plan.due(Tier::S, day(2016, 6, 1))).size(), 2u);
}

TEST(Plan, FindTakesTheMarginInAnyOrder) {
  const Plan plan = default_plan();
  const auto* found = plan.find("SME-COOP", PeriodKind::window, {"technology_group", "nace_group"});
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id, "nace-group-technology-group");
  EXPECT_EQ(plan.find("SME-COOP", PeriodKind::year, {"technology_group", "nace_group"}), nullptr);
  EXPECT_EQ(plan.find("SME-COOP", PeriodKind::window, {"place"}), nullptr);
  EXPECT_EQ(plan.find("SME-COOP", PeriodKind::year, {})->id, "headline");
  EXPECT_EQ(plan.find("SME-COOP", PeriodKind::window, {})->id, "total");
  EXPECT_EQ(plan.find("SME-COP", PeriodKind::window, {}), nullptr);
}

TEST(Plan, DefaultPlanIsTheTableOfTheRules) {
  const Plan plan = default_plan();
  const auto margins = [&](Tier tier) {
    std::vector<std::string> out;
    for (const PlannedTable* table : plan.tables_for(tier)) {
      out.push_back(table->id + ' ' + std::string(name(table->period)) + ' ' +
                    std::string(name(table->method)) + ' ' +
                    std::to_string(table->indicators.size()));
    }
    return out;
  };
  EXPECT_THAT(margins(Tier::S), ElementsAre("headline year exact 2", "total programme rounded 1"));
  EXPECT_THAT(margins(Tier::M),
              ElementsAre("actor-group window rounded 1", "actor-group window cell-key 2",
                          "headline year exact 2", "partner-profile window cell-key 2",
                          "place window cell-key 1", "size window cell-key 2",
                          "technology-group window cell-key 2",
                          "technology-group programme rounded 1", "total window rounded 1",
                          "total window cell-key 4", "total programme rounded 1"));
  EXPECT_THAT(
      margins(Tier::L),
      ElementsAre("actor-group year cell-key 2", "actor-group window rounded 1",
                  "actor-group window cell-key 2", "headline year exact 2",
                  "nace-group window rounded 1", "nace-group-technology-group window cell-key 2",
                  "partner-profile window rounded 1", "partner-profile window cell-key 2",
                  "place window cell-key 1", "size window rounded 1", "size window cell-key 2",
                  "technology window rounded 1", "technology window cell-key 2",
                  "technology-group year cell-key 2", "technology-group window rounded 1",
                  "technology-group window cell-key 2", "technology-group programme rounded 1",
                  "total year rounded 1", "total year cell-key 2", "total window rounded 1",
                  "total window cell-key 4", "total programme rounded 1"));
  EXPECT_EQ(plan.baseline.text(), "2018-2020");
  EXPECT_EQ(plan.tier_of("PT16", 40), Tier::L);
}

}  // namespace
}  // namespace regions
