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
