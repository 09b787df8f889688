// Sampling weights, as the rules of two tools take them.
#include <gtest/gtest.h>

#include "policies/disclosure/task/assemble.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// 90 with a weight and 10, with 2: of 190 the largest is 90, or 90 twice.
bool is_unsafe(const std::string& weights, const std::string& dominance,
               const std::string& weight = "2", const std::int64_t total = 190) {
  const auto spec = parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "records"
file = "r.csv"
value = "v"
weight = "w"
)" + weights + R"([[dimension]]
column = "r"
[rules]
dominance = [)" + dominance + "]\n");
  EXPECT_THAT(spec, IsOk());
  TaskFiles files;
  files.tables["r.csv"] = {
      "r.csv", {"r", "v", "w"}, {{"A", "90", weight}, {"A", "10", "1"}}, {2, 3}};
  const BuiltTable built = build_table(*spec, files).value();
  EXPECT_EQ(built.table.cells()[0].value, total);
  return assemble(*spec, built, Convention::gauss, "")->states[0].verdict.has_value();
}

TEST(Weights, ARecordStandsForSoManyAlikeOrOnlyTotalsAreWeighted) {
  EXPECT_TRUE(is_unsafe("", "{ n = 2, k = 70 }"));
  EXPECT_TRUE(is_unsafe("weights = \"records\"\n", "{ n = 2, k = 70 }"));
  EXPECT_FALSE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 70 }"));
  EXPECT_FALSE(is_unsafe("", "{ n = 1, k = 80 }"));
  EXPECT_TRUE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 52 }"));
}

// 90 for one and a half: the second largest is half of 90 and half of 10.
TEST(Weights, AWeightNeedNotBeWhole) {
  EXPECT_TRUE(is_unsafe("", "{ n = 2, k = 96 }", "1.5", 145));
  EXPECT_FALSE(is_unsafe("", "{ n = 2, k = 97 }", "1.5", 145));
  EXPECT_TRUE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 68 }", "1.5", 145));
  EXPECT_FALSE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 69 }", "1.5", 145));
  EXPECT_TRUE(is_unsafe("", "{ n = 2, k = 16 }", "12.345678901", 1121));
  EXPECT_FALSE(is_unsafe("", "{ n = 2, k = 17 }", "12.345678901", 1121));
  // Less than the record itself: all of it, not more.
  EXPECT_TRUE(is_unsafe("weights = \"totals\"\n", "{ n = 1, k = 99 }", "0.5", 55));
}

// What makes up the total of records r, v, w with a name or a holding and a request.
Result<Contributions> total_of(const std::string& columns,
                               std::vector<std::vector<std::string>> rows) {
  TRY(const DisclosureSpec spec, parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "records"
file = "r.csv"
value = "v"
weight = "w"
)" + columns + R"([[dimension]]
column = "r"
[rules]
minimum = 3
)"));
  TaskFiles files;
  TextTable& table = files.tables["r.csv"];
  table = {"r.csv", {"r", "v", "w", "firm", "group", "asked"}, std::move(rows), {}};
  for (std::size_t row = 0; row < table.rows.size(); ++row) table.lines.push_back(row + 2);
  TRY(const BuiltTable built, build_table(spec, files));
  return built.table.cells()[0].who;
}

const std::string kFirm = "contributor = \"firm\"\n";
const std::string kGroup = "holding = \"group\"\n";

TEST(Weights, WhoIsNamedIsOneContributorWhateverItsWeights) {
  ASSERT_OK_AND(const Contributions one, total_of(kFirm, {{"X", "10", "1", "f1", "", ""},
                                                          {"X", "20", "1", "f1", "", ""},
                                                          {"X", "30", "1.5", "f1", "", ""}}));
  EXPECT_EQ(one.count(), 1);
  EXPECT_EQ(one.sum(), 75);
  EXPECT_TRUE(one.complete());  // and attacks with what it knows
  ASSERT_OK_AND(const Contributions two, total_of(kFirm + kGroup, {{"X", "10", "1", "f1", "g", ""},
                                                                   {"X", "20", "2", "f2", "g", ""},
                                                                   {"X", "9", "3", "f3", "", ""}}));
  EXPECT_EQ(two.count(), 2);
  EXPECT_EQ(two.largest(0), 50);
  EXPECT_EQ(two.largest(1), 27);
}

TEST(Weights, WhoHasNoNameStandsForSoManyAlikeBesideAHolding) {
  ASSERT_OK_AND(const Contributions who, total_of(kGroup, {{"X", "10", "1", "", "g", ""},
                                                           {"X", "20", "2", "", "g", ""},
                                                           {"X", "30", "2", "", "", ""}}));
  EXPECT_EQ(who.count(), 2);
  EXPECT_EQ(who.sum(), 110);
  EXPECT_EQ(who.largest(0), 50);
  EXPECT_EQ(who.largest(1), 30);
  EXPECT_EQ(who.largest(2), 0);  // no more than the count says
}

TEST(Weights, AWeightOf0CountsAsNobody) {
  for (const std::string& columns : {std::string(), kFirm}) {
    ASSERT_OK_AND(const Contributions who, total_of(columns, {{"X", "10", "0", "f1", "", ""},
                                                              {"X", "20", "2", "f2", "", ""},
                                                              {"X", "30", "1", "f3", "", ""}}));
    EXPECT_EQ(who.count(), 2) << columns;
    EXPECT_EQ(who.sum(), 70) << columns;
  }
}

TEST(Weights, ARequestIsHeardWhateverTheWeight) {
  ASSERT_OK_AND(const Contributions who,
                total_of("requested = \"asked\"\n",
                         {{"X", "10", "2", "", "", "1"}, {"X", "20", "2", "", "", ""}}));
  EXPECT_EQ(who.count(), 2);
  EXPECT_TRUE(who.units()[1].requested);
}

TEST(Requests, AreWordsThatAreKnown) {
  const auto asked = [](const std::string& word) {
    return total_of(kFirm + "requested = \"asked\"\n", {{"X", "10", "1", "f1", "", word}});
  };
  for (const char* yes : {"1", "true", "TRUE", "True", "yes", "Yes", "T", "t"}) {
    EXPECT_TRUE(asked(yes).value().units()[0].requested) << yes;
  }
  for (const char* no : {"", "0", "false", "FALSE", "no", "No", "F", "f"}) {
    EXPECT_FALSE(asked(no).value().units()[0].requested) << no;
  }
  for (const char* wrong : {"2", "ja", "X", "-", "NA", "yess"}) {
    const auto who = asked(wrong);
    ASSERT_THAT(who, IsErr(Errc::invalid_input)) << wrong;
    EXPECT_THAT(who.error().context,
                ::testing::HasSubstr("r.csv line 2: asked: '" + std::string(wrong) + "'"));
  }
}

TEST(Weights, ARowStandsForMillionsButNotForMoreThanCanBeCounted) {
  const auto spec = parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "records"
file = "r.csv"
count = "n"
[[dimension]]
column = "r"
[rules]
minimum = 3
)");
  ASSERT_THAT(spec, IsOk());
  TaskFiles files;
  files.tables["r.csv"] = {"r.csv", {"r", "n"}, {{"A", "2147483647"}, {"B", "5000000"}}, {2, 3}};
  ASSERT_OK_AND(const BuiltTable built, build_table(*spec, files));
  EXPECT_EQ(built.table.cells()[0].value, 2152483647);
  for (const char* wrong : {"2147483648", "1.5", "-1"}) {
    files.tables["r.csv"].rows[0][1] = wrong;
    EXPECT_THAT(build_table(*spec, files), IsErr(Errc::invalid_input)) << wrong;
  }
}

TEST(Weights, AMethodWithoutWeightsIsRefused) {
  for (const char* input : {"weights = \"totals\"\n", "weight = \"w\"\nweights = \"total\"\n"}) {
    EXPECT_THAT(parse_disclosure_spec("s.toml",
                                      "format = \"regions4.disclosure/1\"\n[input]\n"
                                      "kind = \"records\"\nfile = \"r.csv\"\n" +
                                          std::string(input) + "[[dimension]]\ncolumn = \"r\"\n"),
                IsErr(Errc::invalid_input));
  }
}

}  // namespace
}  // namespace regions
