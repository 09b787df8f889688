// What the plan asks for appears, withheld cells and all; anything else is refused with one reason.
#include <boost/json.hpp>
#include <set>

#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

namespace json = boost::json;

class PlanTest : public NodeBench {
 protected:
  void import_firms(int count) {
    std::string cooperations, organisations;
    for (int i = 0; i < count; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01," +
                      "robotics,1000.00,1000.00\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10,small\n";
    }
    EXPECT_EQ(import("cooperations", cooperations).status, 200u);
    EXPECT_EQ(import("organisations", organisations).status, 200u);
  }
  // The cells of one planned margin of one indicator at this node, by period.
  std::map<std::string, std::vector<std::string>> statuses(const json::value& table,
                                                           const std::string& indicator) {
    std::string by = "region," + std::string(table.at("period").as_string());
    for (const json::value& id : table.at("by").as_array()) {
      by += "," + std::string(id.as_string());
    }
    std::map<std::string, std::vector<std::string>> out;
    const json::value answer =
        asked("GET", "/v1/query?format=json&region=PT16&indicator=" + indicator + "&by=" + by);
    for (const json::value& cell : answer.at("cells").as_array()) {
      EXPECT_EQ(cell.at("method"), table.at("method"));
      out[std::string(cell.at("period").as_string())].push_back(
          std::string(cell.at("obs_status").as_string()));
    }
    return out;
  }
};

TEST_F(PlanTest, WhatIsNotPlannedIsRefusedInTheSameWordsWhateverItIs) {
  open(make_home("home"));
  found();
  import_firms(50);
  ask("POST", "/v1/release/due");
  std::set<std::string> answers;
  for (const char* target :
       {"/v1/query?indicator=ENT-COOP&by=region,year,nace",
        "/v1/query?indicator=ENT-COOP&by=region,year,size",
        "/v1/query?indicator=SME-COOP&by=region,window,place",
        "/v1/query?indicator=COOP-FUND-EUR&by=region,programme,size",
        "/v1/query?indicator=COOP-FUND-EUR&by=region,year,technology_group",
        "/v1/query?indicator=ENT-COOP-INTERREG&by=programme",
        "/v1/progress?indicator=ENT-COOP-INTERREG&baseline=2014-2020&period=2021-2027"}) {
    const Said said = ask("GET", target);
    EXPECT_EQ(said.status, 409u) << target;
    answers.insert(said.body);
  }
  for (const char* target : {"/v1/release?indicator=ENT-COOP&period=1991-1993",
                             "/v1/release?indicator=COOP-FUND-EUR&period=2018&table=size",
                             "/v1/release?indicator=COOP-FUND-EUR&period=2010&dry_run=1"}) {
    const Said said = ask("POST", target);
    EXPECT_EQ(said.status, 409u) << target;
    answers.insert(said.body);
  }
  EXPECT_THAT(answers, testing::ElementsAre(
                           "{\"error\":{\"code\":\"refused\",\"message\":\"not in the release "
                           "plan; regionctl plan show says what is\"}}\n"));
}

TEST_F(PlanTest, APlannedTableThatIsNotDueHereIsRefusedWithTheReason) {
  open(make_home("home"));
  found();
  import_firms(12);
  // For tier L alone; and a programme that has not ended.
  for (const char* target : {"/v1/release?indicator=COOP-FUND-EUR&period=2018",
                             "/v1/release?indicator=ENT-COOP&period=2018-2020&table=technology",
                             "/v1/release?indicator=COOP-FUND-EUR&period=2021-2027&dry_run=1"}) {
    const Said said = ask("POST", target);
    EXPECT_EQ(said.status, 409u) << target;
    EXPECT_THAT(said.body, testing::HasSubstr("goes out by plan")) << target;
    EXPECT_THAT(said.body, testing::HasSubstr("regionctl plan next"));
  }
}

TEST_F(PlanTest, APlannedTableGoesOutAloneWhenItIsAskedForAlone) {
  open(make_home("home"));
  found();
  import_firms(12);
  const std::string target = "/v1/release?indicator=COOP-FUND-EUR&period=2018-2020";
  const json::value all = asked("POST", target + "&dry_run=1");
  EXPECT_EQ(all.at("lines").as_array().size(), 2u);
  EXPECT_TRUE(all.at("years_without_records").as_array().empty());
  const json::value empty =
      asked("POST", "/v1/release?indicator=COOP-FUND-EUR&period=2021-2023&dry_run=1");
  EXPECT_EQ(empty.at("years_without_records"), json::value({2021, 2022, 2023}));
  const json::value one = asked("POST", target + "&table=total&dry_run=1");
  ASSERT_EQ(one.at("lines").as_array().size(), 1u);
  const std::string digest(one.at("digest").as_string());
  EXPECT_EQ(ask("POST", target + "&table=total&confirm=" + std::string(64, '0')).status, 409u);
  const json::value done = asked("POST", target + "&table=total&confirm=" + digest);
  EXPECT_EQ(done.at("lines").at(0).at("state"), "released");
  EXPECT_EQ(done.at("lines").at(0).at("cells"), one.at("lines").at(0).at("cells"));
  const json::value ledger = asked("GET", "/v1/ledger");
  EXPECT_EQ(ledger.at("releases").as_array().size(), 1u);
  ASSERT_EQ(ledger.at("amounts").as_array().size(), 1u);
  EXPECT_EQ(ledger.at("amounts").at(0).at("published"), 1u);
}

TEST_F(PlanTest, BlanksAroundTheWordsOfAListAreNotPartOfThem) {
  open(make_home("home"));
  found();
  const std::string by = "&by=region,%20window%20,technology_group";
  EXPECT_EQ(ask("GET", "/v1/query?indicator=ENT-COOP&region=PT16,%20ES" + by).status, 200u);
  EXPECT_EQ(ask("GET", "/v1/progress?indicator=ENT-COOP&region=%20PT16,ES%20").status, 200u);
  EXPECT_EQ(ask("GET", "/v1/query?indicator=ENT-COOP&region=PT16,%20").status, 400u);
  EXPECT_EQ(ask("GET", "/v1/query?indicator=ENT-COOP&by=region,ye%20ar").status, 400u);
}

TEST_F(PlanTest, EveryPlannedTableOfTheTierAppearsInEveryPeriodThatIsDue) {
  for (const auto& [firms, tier] : {std::pair(50, "L"), std::pair(12, "M"), std::pair(2, "S")}) {
    open(make_home(tier));
    found();
    import_firms(firms);
    const json::value due = asked("POST", "/v1/release/due");
    ASSERT_EQ(due.at("tier"), tier);
    for (const json::value& line : due.at("lines").as_array()) {
      EXPECT_EQ(line.at("state"), "released");
    }
    const json::value plan = asked("GET", "/v1/plan");
    for (const json::value& table : plan.at("tables").as_array()) {
      const json::array& tiers = table.at("tiers").as_array();
      const bool planned = std::find(tiers.begin(), tiers.end(), json::value(tier)) != tiers.end();
      for (const json::value& indicator : table.at("indicators").as_array()) {
        const auto periods = statuses(table, std::string(indicator.as_string()));
        EXPECT_EQ(periods.empty(), !planned) << table;
        if (!planned) continue;
        // From 2014 to the last period that ended before 2024.
        EXPECT_EQ(periods.size(), table.at("period") == "year"     ? 10u
                                  : table.at("period") == "window" ? 3u
                                                                   : 1u);
        for (const auto& [period, cells] : periods) {
          const bool perturbed = table.at("method") == "cell-key";
          for (const std::string& status : cells) {
            EXPECT_TRUE(status == "A" || (status == "Q" && !perturbed)) << table << status;
          }
        }
      }
    }
    const json::value next = asked("POST", "/v1/release/due?dry_run=1");
    for (std::size_t i = 0; i < next.at("lines").as_array().size(); ++i) {
      const json::value& line = next.at("lines").at(i);
      EXPECT_EQ(line.at("state"), "existing");
      EXPECT_EQ(line.at("published"), due.at("lines").at(i).at("published"));
      EXPECT_EQ(line.at("withheld"), due.at("lines").at(i).at("withheld"));
    }
  }
}

}  // namespace
}  // namespace regions
