// How answers are shown: keys, columns, marks.
#include <boost/json.hpp>
#include <sstream>

#include "node/federation/render.h"
#include "node/federation/text_parts.h"
#include "tests/node/federation/answer_bench.h"

namespace regions {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ShownAnswerTest : public AnswerBench {};

TEST_F(ShownAnswerTest, JsonHasExactlyTheAgreedKeys) {
  const Digest id = es.append(es.release("2017", 7));
  de.append(de.release("2017", std::nullopt));
  const std::string text = render_json(asked());
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = boost::json::parse(text);
  EXPECT_THAT(keys_of(json),
              ElementsAre("format", "indicator", "definition", "unit", "decimals", "by", "combines",
                          "members", "coverage", "cells", "totals"));
  EXPECT_EQ(boost::json::serialize(json.at("combines")),
            R"({"region":"additive","year":"overlapping"})");
  EXPECT_EQ(json.at("members"), 3);
  EXPECT_EQ(json.at("format"), "regions4.answer/1");
  EXPECT_EQ(json.at("decimals"), 0);
  EXPECT_EQ(json.at("definition").as_string().size(), 64u);
  EXPECT_THAT(keys_of(json.at("coverage").at(0)),
              ElementsAre("region", "state", "releases", "as_of"));
  EXPECT_TRUE(json.at("coverage").at(2).at("as_of").is_number());
  const auto& withheld = json.at("cells").at(0);
  EXPECT_THAT(keys_of(withheld),
              ElementsAre("region", "period", "dimensions", "value", "method", "obs_status",
                          "conf_status", "provisional", "release", "log_index"));
  EXPECT_EQ(withheld.at("provisional"), false);
  EXPECT_TRUE(withheld.at("value").is_null());
  EXPECT_EQ(withheld.at("obs_status"), "Q");
  EXPECT_EQ(withheld.at("conf_status"), "C");
  EXPECT_TRUE(withheld.at("dimensions").as_object().empty());
  const auto& published = json.at("cells").at(1);
  EXPECT_EQ(published.at("value"), 7);
  EXPECT_EQ(published.at("release").as_string(), id.hex());
  EXPECT_EQ(published.at("log_index"), 2);
  const auto& absent = json.at("cells").at(2);
  EXPECT_TRUE(absent.at("release").is_null());
  EXPECT_TRUE(absent.at("log_index").is_null());
  EXPECT_EQ(absent.at("obs_status"), "O");
  EXPECT_EQ(json.at("totals").at(0).at("bound"), "at_least");
  EXPECT_EQ(json.at("totals").at(0).at("max_error"), 0);
}

TEST_F(ShownAnswerTest, CsvLeavesWithheldAndUnreleasedValuesEmpty) {
  const Digest id = es.append(es.release("2017", 7));
  const Digest withheld = de.append(de.release("2017", std::nullopt));
  EXPECT_EQ(render_csv(asked()),
            "region,period,value,method,obs_status,conf_status,release,log_index,provisional,"
            "unit_measure,decimals\n"
            "DE24,2017,,exact,Q,C," +
                withheld.hex() +
                ",2,false,enterprises,0\n"
                "ES,2017,7,exact,A,F," +
                id.hex() +
                ",2,false,enterprises,0\n"
                "PT16,2017,,exact,O,F,,,false,enterprises,0\n");
}

TEST_F(ShownAnswerTest, RegionThatWasNeverHeardOfIsNotOneThatReleasedNothing) {
  MemoryStore alone;
  federation.install(alone);
  TestLog own(federation, alone, "PT16");
  own.append(own.release("2017", 7));
  ASSERT_OK(judge_own_log(alone, *federation.acceptor(), "PT16"));
  const std::string table = render_table(
      ask(alone, *federation.membership(), Catalogue::builtin(), {"ENT-COOP"}, "PT16", clock.now())
          .value());
  EXPECT_THAT(table, HasSubstr("\nES                ?\n"));
  EXPECT_THAT(table, HasSubstr("? not heard of"));
  es.append(es.release("2017", 7));
  EXPECT_THAT(render_table(asked()), HasSubstr("\nDE24              .\n"));
}

TEST_F(ShownAnswerTest, SumOfChosenRegionsIsNotTheFederations) {
  es.append(es.release("2017", 7));
  const Answer answer = try_ask({"ENT-COOP", {}, {"year"}, {"ES"}}).value();
  const std::string table = render_table(answer);
  EXPECT_THAT(table, testing::Not(HasSubstr("\nfederation ")));
  EXPECT_THAT(table, HasSubstr("\nchosen            7\nknown           1/3\n"));
  EXPECT_THAT(table, HasSubstr("sum of 1 chosen region, not of the federation's 3 members"));
  EXPECT_EQ(render_csv(answer),
            "period,value,bound,max_error,known,regions,members,provisional,unit_measure,decimals\n"
            "2017,7,exact,0,1,1,3,false,enterprises,0\n");
  EXPECT_THAT(render_table(asked()), testing::Not(HasSubstr("chosen")));
}

TEST_F(ShownAnswerTest, SumsOverAProvisionalValueAreProvisionalAndSoIsWhatWasWithheldInTheYear) {
  const std::string year = "2023";  // of kFoundingTime
  es.append(es.release(year, std::nullopt));
  Release provisional = pt.release(year, 3);
  provisional.cells[0].status = ObsStatus::P;
  pt.append(provisional);
  es.append(es.release("2022", std::nullopt));
  const Answer answer = asked();
  ASSERT_EQ(answer.totals.size(), 2u);
  EXPECT_FALSE(answer.totals[0].provisional);
  EXPECT_TRUE(answer.totals[1].provisional);
  const std::string table = render_table(answer);
  EXPECT_THAT(table, HasSubstr("\nES                c     cp\n"));
  EXPECT_THAT(table, HasSubstr("\nfederation        -   >=3p\n"));
  const auto json = boost::json::parse(render_json(answer));
  EXPECT_EQ(json.at("cells").at(4).at("obs_status"), "Q");
  EXPECT_EQ(json.at("cells").at(4).at("provisional"), true);
  EXPECT_EQ(json.at("totals").at(1).at("provisional"), true);
}

TEST(CoverageLineTest, NamesThoseThatAreNotCompleteInLinesOfTheTerminal) {
  std::vector<Coverage> all = {{"DE24", "complete", 3, 1}, {"ES", "late", 3, kFoundingTime}};
  EXPECT_EQ(coverage_line(all),
            "coverage: 1 of 2 regions complete (as of 1970-01-01 00:00 UTC); late ES (2023-11-14 "
            "22:14 UTC)\n");
  for (int i = 10; i < 70; ++i) all.push_back({"PT" + std::to_string(i), "absent", 0, 0});
  const std::string text = coverage_line(all);
  EXPECT_THAT(text, HasSubstr("; absent PT10, PT11,"));
  EXPECT_THAT(text, testing::EndsWith("PT69; late ES (2023-11-14 22:14 UTC)\n"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u);
}

TEST_F(ShownAnswerTest, TableTellsWithheldFromUnreleasedAndKeepsItsWidth) {
  for (int year = 2000; year < 2030; ++year) {
    es.append(es.release(std::to_string(year),
                         year % 2 == 0 ? std::optional<std::int64_t>(year) : std::nullopt));
  }
  const std::string table = render_table(asked());
  EXPECT_THAT(table, HasSubstr("coverage: 3 of 3 regions complete (as of 2023-11-14"));
  EXPECT_THAT(table, HasSubstr(">=2028"));
  EXPECT_THAT(table, HasSubstr("1/3"));
  std::size_t at = table.find("\nES ");
  ASSERT_NE(at, std::string::npos);
  const std::string row = table.substr(at + 1, table.find('\n', at + 1) - at - 1);
  EXPECT_THAT(row, HasSubstr("   2000      c   2002"));
  for (std::size_t begin = 0; begin < table.size();) {
    const std::size_t end = table.find('\n', begin);
    EXPECT_LE(end - begin, 100u) << table.substr(begin, end - begin);
    begin = end + 1;
  }
}

TEST(FormatTest, OtherFormatsAreRefused) {
  for (const char* text : {"", "xml", "JSON", "csv "}) {
    EXPECT_THAT(parse_format(text), IsErr(Errc::invalid_input)) << text;
  }
  EXPECT_EQ(parse_format("json").value(), Format::json);
}

}  // namespace
}  // namespace regions
