// Answers over the margins of a release plan.
#include <boost/json.hpp>

#include "node/federation/answer.h"
#include "node/federation/render.h"
#include "tests/node/federation/planned_bench.h"

namespace regions {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PlannedAnswerTest : public PlannedBench {
 protected:
  Result<Answer> try_ask(const Question& question) {
    judge_all();
    return ask(store, *federation.membership(), Catalogue::builtin(), question, "PT16", clock.now(),
               plan.get());
  }
  Answer asked(const std::vector<std::string>& by, std::vector<std::string> periods = {},
               const std::string& indicator = "ENT-COOP") {
    return try_ask({indicator, std::move(periods), by}).value();
  }
  void place(TestLog& log, const std::string& window, std::int64_t known, std::int64_t unknown) {
    Release release = log.table("place", window, {"place"});
    release.cells[0].value = unknown;  // _U stands before known
    release.cells[1].value = known;
    log.append(release);
  }
};

const std::vector<std::string> kByPlace = {"region", "window", "place"};

// "ES 2018-2020 known 12 A cell-key" of every cell.
std::vector<std::string> lines(const Answer& answer) {
  std::vector<std::string> out;
  for (const AnswerCell& cell : answer.cells) {
    std::string line = cell.region + " " + cell.period;
    for (const std::string& category : cell.categories) line += " " + category;
    out.push_back(line + " " + (cell.value ? std::to_string(*cell.value) : "-") + " " +
                  cell.obs_status + " " + cell.method);
  }
  return out;
}
// "2018-2020 known >= 12 +-3 of 1/3"
std::vector<std::string> sums(const Answer& answer) {
  std::vector<std::string> out;
  for (const AnswerTotal& total : answer.totals) {
    std::string line = total.period;
    for (const std::string& category : total.categories) line += " " + category;
    out.push_back(line + " " + total.bound + " " +
                  (total.value ? std::to_string(*total.value) : "-") + " +-" +
                  std::to_string(total.max_error) + " " + std::to_string(total.known) + "/" +
                  std::to_string(total.regions));
  }
  return out;
}

TEST_F(PlannedAnswerTest, UnplannedMarginIsRefusedInTheSameWordsWhateverWasAsked) {
  std::set<std::string> reasons;
  for (const std::vector<std::string>& by :
       std::vector<std::vector<std::string>>{{"region", "year", "technology"},
                                             {"region", "year", "place"},
                                             {"region", "window", "place", "size"},
                                             {"programme"},
                                             {"region", "programme", "nace"}}) {
    const auto refused = try_ask({"ENT-COOP", {}, by});
    ASSERT_THAT(refused, IsErr(Errc::refused));
    reasons.insert(refused.error().context);
  }
  const auto other = try_ask({"SME-COOP", {}, kByPlace});
  ASSERT_THAT(other, IsErr(Errc::refused));
  reasons.insert(other.error().context);
  plan = nullptr;
  reasons.insert(try_ask({"ENT-COOP", {}, kByPlace}).error().context);
  reasons.insert(try_ask({"COOP-FUND-EUR"}).error().context);
  ASSERT_EQ(reasons.size(), 1u);
  EXPECT_THAT(*reasons.begin(), HasSubstr("regionctl plan show"));
}

TEST_F(PlannedAnswerTest, RightWordsInAnotherOrderAreAnsweredWithTheOrder) {
  const auto why = [&](std::vector<std::string> by) {
    const auto refused = try_ask({"ENT-COOP", {}, std::move(by)});
    EXPECT_THAT(refused, IsErr(Errc::invalid_input));
    return refused ? std::string() : refused.error().context;
  };
  const auto right = testing::EndsWith("; write --by region,window,nace_group,technology_group");
  EXPECT_THAT(why({"technology_group", "window", "nace_group", "region"}), right);
  EXPECT_THAT(why({"window", "region", "nace_group", "technology_group"}), right);
  EXPECT_THAT(why({"size", "year"}), testing::EndsWith("; write --by year,size"));
  // These are a margin in no order.
  for (const std::vector<std::string>& none : {std::vector<std::string>{"region"},
                                               {"region", "window", "year"},
                                               {"size", "window", "x"},
                                               {"region", "window", "size", "size"}}) {
    EXPECT_THAT(why(none), testing::HasSubstr("write region (or leave it out), then year"));
  }
}

TEST_F(PlannedAnswerTest, PeriodOfAnotherKindIsRefusedWithOneThatFits) {
  const auto refused = try_ask({"ENT-COOP", {"2019"}, kByPlace});
  ASSERT_THAT(refused, IsErr(Errc::invalid_input));
  EXPECT_THAT(refused.error().context, HasSubstr("2018-2020"));
  EXPECT_THAT(try_ask({"ENT-COOP", {"2014-2020"}, kByPlace}), IsErr(Errc::invalid_input));
  EXPECT_THAT(try_ask({"ENT-COOP", {"2018-2021"}, kByPlace}), IsErr(Errc::invalid_input));
}

TEST_F(PlannedAnswerTest, AnotherTableKindOfPeriodOrDefinitionIsNotInTheAnswer) {
  es.append(es.table("technology-group", "2018", {"technology_group"}));
  es.append(es.table("size", "2018-2020", {"size"}));
  es.append(es.table("technology-group", "2018-2020", {"technology_group"}, 5, "SME-COOP"));
  Release other = es.table("technology-group", "2021-2023", {"technology_group"});
  other.definition = digest_of_byte(1);
  es.append(other);
  EXPECT_TRUE(asked({"region", "window", "technology_group"}).cells.empty());
  EXPECT_EQ(asked({"region", "year", "technology_group"}).cells.size(), 3u * 5u);
}

TEST_F(PlannedAnswerTest, OneCellPerMemberPeriodAndPlannedCategory) {
  place(es, "2018-2020", 40, 0);
  place(de, "2021-2023", 9, 3);
  Release provisional = pt.table("place", "2021-2023", {"place"}, 8);
  for (Cell& cell : provisional.cells) cell.status = ObsStatus::P;
  const Digest id = pt.append(provisional);
  const Answer answer = asked(kByPlace);
  EXPECT_THAT(lines(answer),
              ElementsAre("DE24 2018-2020 _U - O cell-key", "DE24 2018-2020 known - O cell-key",
                          "ES 2018-2020 _U 0 A cell-key", "ES 2018-2020 known 40 A cell-key",
                          "PT16 2018-2020 _U - O cell-key", "PT16 2018-2020 known - O cell-key",
                          "DE24 2021-2023 _U 3 A cell-key", "DE24 2021-2023 known 9 A cell-key",
                          "ES 2021-2023 _U - O cell-key", "ES 2021-2023 known - O cell-key",
                          "PT16 2021-2023 _U 8 P cell-key", "PT16 2021-2023 known 8 P cell-key"));
  EXPECT_EQ(answer.cells.back().release, id);
  EXPECT_EQ(answer.cells.back().log_index, 2u);
  EXPECT_EQ(answer.cells[0].release, std::nullopt);
  EXPECT_EQ(answer.coverage[1].releases, 1u);
}

TEST_F(PlannedAnswerTest, WithoutRegionsTheCsvIsTheSums) {
  place(es, "2018-2020", 40, 0);
  EXPECT_EQ(render_csv(asked({"window", "place"})),
            "period,place,value,bound,max_error,known,regions,members,provisional,unit_measure,"
            "decimals\n"
            "2018-2020,_U,0,at_least_approximate,3,1,3,3,false,enterprises,0\n"
            "2018-2020,known,40,at_least_approximate,3,1,3,3,false,enterprises,0\n");
  pt.append(pt.release("2019", std::nullopt));
  EXPECT_EQ(render_csv(asked({"year"})),
            "period,value,bound,max_error,known,regions,members,provisional,unit_measure,decimals\n"
            "2019,,at_least,0,0,3,3,false,enterprises,0\n");
}

TEST_F(PlannedAnswerTest, SumsAreApproximateWhereAllAreKnownElseAtLeast) {
  place(es, "2018-2020", 40, 0);
  place(de, "2018-2020", 10, 5);
  EXPECT_THAT(sums(asked(kByPlace)),
              ElementsAre("2018-2020 _U at_least_approximate 5 +-6 2/3",
                          "2018-2020 known at_least_approximate 50 +-6 2/3"));
  place(pt, "2018-2020", 30, 4);
  EXPECT_THAT(sums(asked(kByPlace)), ElementsAre("2018-2020 _U approximate 9 +-9 3/3",
                                                 "2018-2020 known approximate 80 +-9 3/3"));
  const Answer without_region = asked({"window", "place"});
  EXPECT_TRUE(without_region.cells.empty());
  EXPECT_EQ(sums(without_region), sums(asked(kByPlace)));
  EXPECT_THAT(sums(asked(kByPlace, {"2015-2017"})),
              ElementsAre("2015-2017 _U at_least - +-0 0/3", "2015-2017 known at_least - +-0 0/3"));
}

TEST_F(PlannedAnswerTest, WithheldAmountKeepsItsMethodAndRoundedSumsSayTheirError) {
  const std::vector<std::string> by = {"region", "programme"};
  de.append(de.table("total", "2014-2020", {}, 12'300'000, "COOP-FUND-EUR"));
  es.append(es.table("total", "2014-2020", {}, std::nullopt, "COOP-FUND-EUR"));
  Answer answer = asked(by, {}, "COOP-FUND-EUR");
  EXPECT_THAT(lines(answer), ElementsAre("DE24 2014-2020 12300000 A rounded",
                                         "ES 2014-2020 - Q rounded", "PT16 2014-2020 - O rounded"));
  EXPECT_THAT(sums(answer), ElementsAre("2014-2020 at_least_approximate 12300000 +-50000 1/3"));
  EXPECT_THAT(render_table(answer), HasSubstr(">~123000.00"));
  EXPECT_THAT(render_table(answer), HasSubstr("rounded, by at most 500.00"));
}

// A category that one region withholds is a bound in the sum over regions; the others are sums.
TEST_F(PlannedAnswerTest, AnAmountThatOneRegionWithholdsIsABoundInItsCategoryAlone) {
  for (TestLog* log : {&de, &es, &pt}) {
    Release release = log->table("technology-group", "2018-2020", {"technology_group"}, 5'000'000,
                                 "COOP-FUND-EUR");
    if (log == &es) {
      release.cells[0].value = std::nullopt;
      release.cells[0].status = ObsStatus::Q;
    }
    log->append(release);
  }
  const auto all = sums(asked({"window", "technology_group"}, {}, "COOP-FUND-EUR"));
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[0], "2018-2020 _U at_least_approximate 10000000 +-100000 2/3");
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_THAT(all[i], HasSubstr(" approximate 15000000 +-150000 3/3"));
  }
}

// What is not released is in no sum: neither a programme of its windows nor a total of its parts.
TEST_F(PlannedAnswerTest, AmountsAreNeverAddedUpFromParts) {
  for (TestLog* log : {&de, &es, &pt}) {
    for (const char* window : {"2015-2017", "2018-2020"}) {
      log->append(
          log->table("technology-group", window, {"technology_group"}, 5'000'000, "COOP-FUND-EUR"));
    }
  }
  EXPECT_THAT(sums(asked({"window"}, {"2018-2020"}, "COOP-FUND-EUR")),
              ElementsAre("2018-2020 at_least - +-0 0/3"));
  EXPECT_THAT(sums(asked({"programme"}, {"2014-2020"}, "COOP-FUND-EUR")),
              ElementsAre("2014-2020 at_least - +-0 0/3"));
  EXPECT_THAT(try_ask({"COOP-FUND-EUR", {}, {"programme", "size"}}), IsErr(Errc::refused));
}

TEST_F(PlannedAnswerTest, AmountsAreInEurosInCsvAndInCentsInJson) {
  const Digest id = de.append(de.table("total", "2014-2020", {}, 12'300'000, "COOP-FUND-EUR"));
  const Answer answer = asked({"region", "programme"}, {}, "COOP-FUND-EUR");
  EXPECT_THAT(render_csv(answer),
              HasSubstr("DE24,2014-2020,123000.00,rounded,A,F," + id.hex() + ",2,false,EUR,2\n"));
  EXPECT_THAT(render_csv(asked({"programme"}, {}, "COOP-FUND-EUR")),
              HasSubstr("2014-2020,123000.00,at_least_approximate,500.00,1,3,3,false,EUR,2\n"));
  const auto json = boost::json::parse(render_json(answer));
  EXPECT_EQ(json.at("cells").at(0).at("value"), 12'300'000);
  EXPECT_EQ(json.at("decimals"), 2);
}

TEST_F(PlannedAnswerTest, TableSaysWhatOverlapsAndJsonHowEveryDimensionCombines) {
  de.append(de.table("total", "2014-2020", {}, 12'300'000, "COOP-FUND-EUR"));
  es.append(es.table("technology-group", "2018-2020", {"technology_group"}));
  const Answer answer = asked({"region", "window", "technology_group"});
  const std::string table = render_table(answer);
  EXPECT_THAT(table, HasSubstr("technology_group overlaps: an enterprise can stand in several; "
                               "never add them\n"));
  EXPECT_THAT(table, HasSubstr("window overlaps: an enterprise active in two of them counts in "
                               "both; never add them\n"));
  EXPECT_EQ(boost::json::serialize(boost::json::parse(render_json(answer)).at("combines")),
            R"({"region":"additive","window":"overlapping","technology_group":"overlapping"})");
  const Answer amounts = asked({"region", "programme"}, {}, "COOP-FUND-EUR");
  EXPECT_THAT(render_table(amounts), Not(HasSubstr("overlaps")));
  pt.append(pt.release("2019", 7));
  EXPECT_THAT(render_table(asked({"region", "year"})), HasSubstr("year overlaps"));
}

TEST_F(PlannedAnswerTest, SumsSayHowFarTheyMayBeOffThemselves) {
  for (TestLog* log : {&de, &es, &pt}) place(*log, "2018-2020", 40, 4);
  const std::string table = render_table(asked(kByPlace));
  EXPECT_THAT(table, HasSubstr("\nmax error   known             9\n"));
  pt.append(pt.release("2019", 7));
  EXPECT_THAT(render_table(asked({"year"})), Not(HasSubstr("max error")));
}

TEST_F(PlannedAnswerTest, DimensionsInAnyOrderGiveTheSameCells) {
  es.append(es.table("nace-group-technology-group", "2018-2020", {"nace_group", "technology_group"},
                     9, "SME-COOP"));
  const Answer one = asked({"region", "window", "nace_group", "technology_group"}, {}, "SME-COOP");
  const Answer two = asked({"region", "window", "technology_group", "nace_group"}, {}, "SME-COOP");
  EXPECT_EQ(one.cells.size(), 3u * 6u * 5u);
  EXPECT_EQ(lines(one), lines(two));
  EXPECT_EQ(render_csv(one), render_csv(two));
  EXPECT_TRUE(std::is_sorted(one.cells.begin(), one.cells.end(),
                             [](const AnswerCell& a, const AnswerCell& b) {
                               return std::tie(a.period, a.region, a.categories) <
                                      std::tie(b.period, b.region, b.categories);
                             }));
}

TEST_F(PlannedAnswerTest, JsonAndCsvCarryTheOtherDimensions) {
  place(es, "2018-2020", 40, 0);
  const Answer answer = asked(kByPlace);
  const auto json = boost::json::parse(render_json(answer));
  EXPECT_EQ(json.at("by").as_array().size(), 3u);
  const auto& cell = json.at("cells").at(3);
  EXPECT_EQ(boost::json::serialize(cell.at("dimensions")), R"({"place":"known"})");
  EXPECT_EQ(cell.at("value"), 40);
  EXPECT_EQ(cell.at("method"), "cell-key");
  EXPECT_EQ(boost::json::serialize(json.at("totals").at(1).at("dimensions")),
            R"({"place":"known"})");
  EXPECT_EQ(json.at("totals").at(1).at("bound"), "at_least_approximate");
  EXPECT_EQ(json.at("totals").at(1).at("max_error"), 3);
  EXPECT_THAT(render_csv(answer),
              HasSubstr("region,period,place,value,method,obs_status,conf_status,release,log_index,"
                        "provisional,unit_measure,decimals\n"
                        "DE24,2018-2020,_U,,cell-key,O,F,,,false,enterprises,0\n"));
}

TEST_F(PlannedAnswerTest, TableSaysThatNoiseDoesNotAddUpAndKeepsItsWidth) {
  es.append(es.release("2018", 7));
  EXPECT_THAT(render_table(asked({"region", "year"})), Not(HasSubstr("add up")));
  for (TestLog* log : {&de, &es, &pt}) {
    for (const char* window : {"2015-2017", "2018-2020", "2021-2023", "2024-2026"}) {
      log->append(log->table("nace-group-technology-group", window,
                             {"nace_group", "technology_group"}, 123'456, "SME-COOP"));
    }
  }
  const std::string table =
      render_table(asked({"region", "window", "nace_group", "technology_group"}, {}, "SME-COOP"));
  EXPECT_THAT(table, HasSubstr("noise of at most 3 (cell key)"));
  EXPECT_THAT(table, HasSubstr("do not add up exactly"));
  EXPECT_THAT(table, HasSubstr("~370368"));
  EXPECT_THAT(table, HasSubstr("DE24        medium-high  automation-robotics-additive"));
  // The title stands in one line, however long.
  for (std::size_t begin = table.find('\n') + 1; begin < table.size();) {
    const std::size_t end = table.find('\n', begin);
    EXPECT_LE(end - begin, 100u) << table.substr(begin, end - begin);
    begin = end + 1;
  }
}

}  // namespace
}  // namespace regions
