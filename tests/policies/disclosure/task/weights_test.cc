// Sampling weights, as the rules of two tools take them.
#include <gtest/gtest.h>

#include "policies/disclosure/task/assemble.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// 90 with weight 2 and 10: of 190 the largest is 90, or 90 twice.
bool is_unsafe(const std::string& weights, const std::string& dominance) {
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
  files.tables["r.csv"] = {"r.csv", {"r", "v", "w"}, {{"A", "90", "2"}, {"A", "10", "1"}}, {2, 3}};
  const BuiltTable built = build_table(*spec, files).value();
  EXPECT_EQ(built.table.cells()[0].value, 190);
  return assemble(*spec, built, Convention::gauss, "")->states[0].verdict.has_value();
}

TEST(Weights, ARecordStandsForSoManyAlikeOrOnlyTotalsAreWeighted) {
  EXPECT_TRUE(is_unsafe("", "{ n = 2, k = 70 }"));
  EXPECT_TRUE(is_unsafe("weights = \"records\"\n", "{ n = 2, k = 70 }"));
  EXPECT_FALSE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 70 }"));
  EXPECT_FALSE(is_unsafe("", "{ n = 1, k = 80 }"));
  EXPECT_TRUE(is_unsafe("weights = \"totals\"\n", "{ n = 2, k = 52 }"));
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
