// Singleton options of other tools: names that a tool does not have, and what each option asks for.
#include "policies/disclosure/task/singletons.h"

#include <gtest/gtest.h>

#include "policies/disclosure/task/protect.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::HasSubstr;

// Counts or amounts of regions by sectors, records one a row: region, sector, amount, and where a
// test asks for it a firm or a part of the country.
struct Singles {
  DisclosureSpec spec;
  BuiltTable built;

  Singles(const std::string& more, const std::vector<std::vector<std::string>>& rows,
          const std::string& value, const std::string& hierarchy = "") {
    spec = parse_disclosure_spec("s.toml", "format = \"regions4.disclosure/1\"\n" + more +
                                               "[input]\nkind = \"records\"\nfile = \"r.csv\"\n" +
                                               value + R"(
[[dimension]]
column = "region"
)" + hierarchy + R"([[dimension]]
column = "sector"
[rules]
minimum = 3
)")
               .value();
    TaskFiles files;
    files.tables["r.csv"] = {"r.csv", {"region", "sector", "v", "more"}, rows, {}};
    files.texts["a.hst"] = "A,y,s\n";
    for (std::size_t row = 0; row < rows.size(); ++row) {
      files.tables["r.csv"].lines.push_back(row + 2);
    }
    built = build_table(spec, files).value();
  }

  CellId at(std::string_view region, std::string_view sector) const {
    const auto& dimensions = built.table.dimensions();
    return built.table.find({*dimensions[0].find(region), *dimensions[1].find(sector)}).value();
  }
  // How many cells of the row region are withheld, total included.
  int withheld_in(const Pattern& pattern, std::string_view region) const {
    int count = 0;
    for (const char* sector : {"Total", "x", "y", "z"}) count += pattern[at(region, sector)];
    return count;
  }
};

// Nine cells of three or four records each; one in A x and in A y.
std::vector<std::vector<std::string>> two_singles() {
  std::vector<std::vector<std::string>> rows;
  for (const std::string region : {"A", "B", "C"}) {
    for (const std::string sector : {"x", "y", "z"}) {
      const bool single = region == "A" && sector != "z";
      for (int k = 0; k < (single ? 1 : 4); ++k) {
        rows.push_back({region, sector, std::to_string(100 + k)});
      }
    }
  }
  return rows;
}

std::string why_no_option(const std::string& singletons, Convention convention, bool counts) {
  const Singles world("singletons = \"" + singletons + "\"\n", two_singles(),
                      counts ? "" : "value = \"v\"");
  const auto method = singleton_method(world.spec, convention);
  EXPECT_THAT(method, IsErr(Errc::invalid_input)) << singletons;
  return method ? "" : method.error().context;
}

TEST(Singletons, NamesOfAnotherToolAreRefusedWithTheNearest) {
  EXPECT_THAT(why_no_option("singel", Convention::tauargus, true),
              HasSubstr("'singel' is no option of tauargus; nearest: 'single'"));
  EXPECT_THAT(why_no_option("single+", Convention::tauargus, true), HasSubstr("''"));
  EXPECT_THAT(why_no_option("detectSingleton", Convention::sdctable, true),
              HasSubstr("nearest: 'detectSingletons'"));
  EXPECT_THAT(why_no_option("anysum", Convention::gauss, true), HasSubstr("nearest: 'anySum'"));
  EXPECT_THAT(why_no_option("sub2Sum", Convention::gauss, true), HasSubstr("no option of gauss"));
  EXPECT_THAT(why_no_option("anySum", Convention::gauss, false), HasSubstr("no option of gauss"));
  EXPECT_THAT(why_no_option("numFTX", Convention::gauss, false), HasSubstr("nearest: 'numFTT'"));
  EXPECT_THAT(why_no_option("numFTTFFF", Convention::gauss, false), HasSubstr("no option"));
  EXPECT_THAT(why_no_option("subSpace", Convention::gauss, true), HasSubstr("no option"));
}

TEST(Singletons, AThresholdIsAnOptionOfSdcTableAlone) {
  const Singles world("threshold = 5\n", two_singles(), "");
  EXPECT_THAT(singleton_method(world.spec, Convention::tauargus), IsErr(Errc::invalid_input));
  ASSERT_OK_AND(const SingletonMethod method, singleton_method(world.spec, Convention::sdctable));
  EXPECT_EQ(method.threshold, 5);
}

Pattern pattern_of(const Singles& world, Convention convention) {
  const auto made = protect(world.spec, world.built, convention, "");
  EXPECT_THAT(made, IsOk());
  return made ? made->suppression.withheld : Pattern(world.built.table.cells().size(), 0);
}

// Alone in their row, each of the two contributors reads the other.
TEST(Singletons, TwoAloneInALineNeedAThirdWhereTheOptionSaysSo) {
  for (const char* none : {"", "singletons = \"none\"\n"}) {
    const Singles without(none, two_singles(), "");
    EXPECT_EQ(without.withheld_in(pattern_of(without, Convention::tauargus), "A"), 2);
    EXPECT_EQ(without.withheld_in(pattern_of(without, Convention::sdctable), "A"), 2);
  }
  for (const char* option : {"single", "all", "multiple+single", "frequency"}) {
    const Singles with("singletons = \"" + std::string(option) + "\"\n", two_singles(), "");
    EXPECT_GT(with.withheld_in(pattern_of(with, Convention::tauargus), "A"), 2) << option;
  }
  // One of them has a single contributor in neither case.
  const Singles other("singletons = \"multiple\"\n", two_singles(), "");
  EXPECT_EQ(other.withheld_in(pattern_of(other, Convention::tauargus), "A"), 2);
  const Singles detect("singletons = \"detectSingletons\"\n", two_singles(), "");
  EXPECT_GT(detect.withheld_in(pattern_of(detect, Convention::sdctable), "A"), 2);
  const Singles threshold("threshold = 5\n", two_singles(), "");
  EXPECT_GT(threshold.withheld_in(pattern_of(threshold, Convention::sdctable), "A"), 2);
}

// Nobody expects a sum of everything to be more than the total.
TEST(Singletons, AThresholdAboveTheWholeTableWithholdsTheTotal) {
  const std::vector<std::vector<std::string>> rows{
      {"A", "x", "1"}, {"B", "x", "1"}, {"B", "x", "1"}, {"C", "x", "1"}};
  const Singles world("threshold = 5\n", rows, "");
  EXPECT_TRUE(pattern_of(world, Convention::sdctable)[world.at("Total", "Total")]);
}

TEST(Singletons, ContributorsOfAmountsAttackUnlessTheOptionIsNone) {
  const Singles none("singletons = \"none\"\n", two_singles(), "value = \"v\"");
  EXPECT_EQ(none.withheld_in(pattern_of(none, Convention::gauss), "A"), 2);
  for (const char* option : {"", "singletons = \"sub2Sum\"\n", "singletons = \"numFTT\"\n",
                             "singletons = \"numFFFT\"\n"}) {
    const Singles with(option, two_singles(), "value = \"v\"");
    EXPECT_GT(with.withheld_in(pattern_of(with, Convention::gauss), "A"), 2) << option;
  }
}

// One firm alone in two cells of a row knows both.
TEST(Singletons, TheCellsOfAContributorAreTakenTogetherWhereTheSecondLetterSaysSo) {
  auto rows = two_singles();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool single = rows[row][0] == "A" && rows[row][1] != "z";
    rows[row].push_back(single ? "firm" : "firm" + std::to_string(row));
  }
  const std::string value = "value = \"v\"\ncontributor = \"more\"\n";
  const Singles apart("singletons = \"numFFFT\"\n", rows, value),
      together("singletons = \"numFTFT\"\n", rows, value);
  EXPECT_GT(apart.withheld_in(pattern_of(apart, Convention::gauss), "A"), 2);
  EXPECT_EQ(together.withheld_in(pattern_of(together, Convention::gauss), "A"), 2);
}

TEST(Singletons, WhoIsAloneInACellThatIsSafeAttacksNobody) {
  const std::string safe = "value = \"v\"\n[[apriori]]\nfile = \"a.hst\"\n";
  const Singles world("singletons = \"numFFFT\"\n", two_singles(), safe);
  EXPECT_EQ(world.withheld_in(pattern_of(world, Convention::gauss), "A"), 2);
}

// Who is alone in S reads the unsafe total of N from that of both.
TEST(Singletons, AnUnsafeTotalBesideAContributorNeedsTheThirdLetterToBeH) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string region : {"N1", "N2", "S"}) {
    for (const std::string sector : {"x", "y", "z"}) {
      for (int k = 0; k < (sector == "x" ? 1 : 4); ++k) {
        rows.push_back({region, sector, std::to_string(100 + k), region.substr(0, 1)});
      }
    }
  }
  const std::string parts = "hierarchy = { columns = [\"more\", \"region\"] }\n";
  const Singles two("singletons = \"numFTT\"\n", rows, "value = \"v\"", parts),
      more("singletons = \"numFTH\"\n", rows, "value = \"v\"", parts);
  EXPECT_FALSE(pattern_of(two, Convention::gauss)[two.at("Total", "x")]);
  EXPECT_TRUE(pattern_of(more, Convention::gauss)[more.at("Total", "x")]);
}

TEST(Singletons, AFindingNamesTheContributor) {
  Singles world("singletons = \"numFTFT\"\n", two_singles(), "value = \"v\"");
  const Singles none("singletons = \"none\"\n", two_singles(), "value = \"v\"");
  const Pattern open = pattern_of(none, Convention::gauss);
  world.spec.pattern = PatternSpec();
  for (CellId cell = 0; cell < open.size(); ++cell) world.built.wishes[cell].withheld = open[cell];
  ASSERT_OK_AND(const Attacked done, attack(world.spec, world.built, Convention::gauss));
  ASSERT_FALSE(done.report.findings.empty());
  EXPECT_THAT(done.report.findings.front().who, HasSubstr("line "));
}

// Zeros alone in a row whose total is zero are told by it, though no equation says so.
TEST(Singletons, ZerosAreNotBelievedToBeLess) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string region : {"A", "B", "C"}) {
    for (const std::string sector : {"x", "y", "z"}) {
      const bool zero = region == "A" && sector != "z";
      rows.push_back({region, sector, zero ? "0" : "9"});
    }
  }
  const Singles any("", rows, "count = \"v\""),
      none("singletons = \"none\"\n", rows, "count = \"v\"");
  EXPECT_EQ(none.withheld_in(pattern_of(none, Convention::gauss), "A"), 2);
  EXPECT_GT(any.withheld_in(pattern_of(any, Convention::gauss), "A"), 2);
  const Singles sub("singletons = \"subSum\"\n", rows, "count = \"v\"");
  EXPECT_GT(sub.withheld_in(pattern_of(sub, Convention::gauss), "A"), 2);
}

TEST(Singletons, CellsWithoutARowAreEmptyForEverybodyWhereDeclaredSo) {
  std::vector<std::vector<std::string>> rows = two_singles();
  std::erase_if(rows, [](const auto& row) { return row[0] == "A" && row[1] == "x"; });
  const Singles open("", rows, ""), declared("structural_empty = true\n", rows, "");
  for (const Convention convention : {Convention::gauss, Convention::full}) {
    EXPECT_TRUE(pattern_of(open, convention)[open.at("A", "x")]);
    EXPECT_FALSE(pattern_of(declared, convention)[declared.at("A", "x")]);
    EXPECT_TRUE(pattern_of(declared, convention)[declared.at("A", "y")]);
  }
}

}  // namespace
}  // namespace regions
