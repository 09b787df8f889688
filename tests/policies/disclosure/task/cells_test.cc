// Cells as other tools hand them over: what cannot be ruled is refused with file, line and column.
#include <gtest/gtest.h>

#include "policies/disclosure/task/build.h"
#include "policies/disclosure/task/protect.h"
#include "tests/policies/disclosure/task/text_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::HasSubstr;

const std::string kDominance = "[rules]\ndominance = [{ n = 2, k = 80 }]\n";
const std::string kLargest = "largest = [\"m1\", \"m2\"]\n";

Result<BuiltTable> build(const std::string& csv, const std::string& input,
                         const std::string& rules) {
  TRY(const DisclosureSpec spec, parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "cells"
file = "c.csv"
value = "v"
count = "n"
)" + input + "[[dimension]]\ncolumn = \"r\"\n" + rules));
  TaskFiles files;
  files.tables["c.csv"] = table_of("c.csv", csv);
  files.texts["c.hst"] = "A,u\n";
  files.texts["cost.hst"] = "A,c,7\n";
  return build_table(spec, files);
}

std::string why_not(const std::string& csv, const std::string& input, const std::string& rules) {
  const auto built = build(csv, input, rules);
  EXPECT_THAT(built, IsErr(Errc::invalid_input)) << csv << input << rules;
  return built ? "" : built.error().context;
}

const std::string kCells = "r,v,n,m1,m2,s\nA,10,3,5,4,U\nB,20,4,8,7,S\nTotal,30,7,8,7,S\n";

TEST(Rules, ATableWithoutAnyIsRefused) {
  for (const char* rules : {"", "[rules]\n", "[rules]\nzero_unsafe = true\nfrequency_range = 9\n",
                            "[[apriori]]\nfile = \"cost.hst\"\n"}) {
    EXPECT_THAT(why_not(kCells, "", rules),
                HasSubstr("s.toml: rules: none, so that everything would be published; write "
                          "minimum = 3 below [rules]"))
        << rules;
  }
  EXPECT_THAT(build(kCells, "", "[rules]\nminimum = 3\n"), IsOk());
  EXPECT_THAT(build(kCells, "status = \"s\"\n", ""), IsOk());
  EXPECT_THAT(build(kCells, "", "[[apriori]]\nfile = \"c.hst\"\n"), IsOk());
}

TEST(Largest, AsManyStandThereAsThereAreContributors) {
  EXPECT_THAT(build(kCells, kLargest, kDominance), IsOk());
  EXPECT_THAT(why_not("r,v,n,m1,m2\nA,10,3,,\nB,20,4,8,7\n", kLargest, kDominance),
              HasSubstr("c.csv line 2: m1: empty, and the cell has 3 contributors; write"));
  EXPECT_THAT(why_not("r,v,n,m1,m2\nA,10,3,5,4\nB,20,2,8,NA\n", kLargest, kDominance),
              HasSubstr("c.csv line 3: m2: empty"));
  // One contributor has no second largest; who is nobody has none.
  EXPECT_THAT(build("r,v,n,m1,m2\nA,10,1,10,\nB,0,0,,\n", kLargest, kDominance), IsOk());
  EXPECT_THAT(build("r,v,n,m1,m2\nA,10,1,10,\nB,0,3,,\n", kLargest, kDominance), IsOk());
  EXPECT_THAT(build("r,v,n,m1,m2\nA,10,3,10,\nB,20,4,8,7\n", kLargest, kDominance), IsOk());
  // A status is no rule: nothing is looked up.
  EXPECT_THAT(
      build("r,v,n,m1,m2,s\nA,10,3,,,U\nB,20,4,8,7,S\n", kLargest + "status = \"s\"\n", kDominance),
      IsOk());
  EXPECT_THAT(build("r,v,n,m1,m2\nA,10,3,,\nB,20,4,8,7\n", kLargest,
                    kDominance + "[[apriori]]\nfile = \"c.hst\"\n"),
              IsOk());
}

// Of a total its parts tell the largest; of a part that its total leaves nothing does.
TEST(Largest, OfATotalWithoutARowAreThoseOfItsParts) {
  ASSERT_OK_AND(const BuiltTable built,
                build("r,v,n,m1,m2\nA,900,3,880,10\nB,60,4,20,18\n", kLargest, kDominance));
  EXPECT_EQ(built.table.cells()[0].who.largest(0), 880);
  EXPECT_EQ(built.table.cells()[0].who.largest(1), 20);
  TaskFiles files;
  files.tables["c.csv"] = table_of("c.csv", "r,v,n,m1,m2\nTotal,90,7,30,20\nB,60,4,20,18\n");
  files.texts["r.hrc"] = "A\nB\n";
  const auto part = build_table(parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "cells"
file = "c.csv"
value = "v"
count = "n"
largest = ["m1", "m2"]
[[dimension]]
column = "r"
hierarchy = "r.hrc"
)" + kDominance)
                                    .value(),
                                files);
  ASSERT_THAT(part, IsErr(Errc::invalid_input));
  EXPECT_THAT(part.error().context, HasSubstr("c.csv: cell r=A has no row, and the rules need"));
}

TEST(Levels, AreNeededOfUnsafeCellsAlone) {
  const std::string input = "status = \"s\"\nlower_level = \"l\"\nupper_level = \"h\"\n";
  EXPECT_THAT(build("r,v,n,s,l,h\nA,10,3,U,2,3\nB,20,4,S,,\nTotal,30,7,P,NA,\n", input, ""),
              IsOk());
  EXPECT_THAT(why_not("r,v,n,s,l,h\nA,10,3,U,,3\nB,20,4,S,,\n", input, ""),
              HasSubstr("c.csv line 2: l: no amount of 0 or more"));
}

TEST(Pattern, ACellHasOneAnswer) {
  const std::string pattern =
      "[rules]\nminimum = 3\n[pattern]\ncolumn = \"w\"\nwithheld = [\"1\"]\n";
  TaskFiles files;
  files.tables["c.csv"] = table_of("c.csv", "r,v,n\nA,10,3\nB,20,4\n");
  const auto with = [&](const std::string& csv) {
    files.tables["p.csv"] = table_of("p.csv", csv);
    return build_table(parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "cells"
file = "c.csv"
value = "v"
count = "n"
[[dimension]]
column = "r"
)" + pattern + "file = \"p.csv\"\n")
                           .value(),
                       files);
  };
  EXPECT_THAT(with("r,w\nA,1\nB,0\nA,1\n"), IsOk());
  EXPECT_THAT(with("R,w\nA,1\n"), IsErr(Errc::invalid_input));
  const auto twice = with("r,w\nA,1\nB,0\nA,0\n");
  ASSERT_THAT(twice, IsErr(Errc::invalid_input));
  EXPECT_THAT(twice.error().context,
              HasSubstr("p.csv line 4: w: cell r=A stands twice, once withheld, once not"));
  const auto linked =
      build_table(parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
[input]
kind = "cells"
files = ["a.csv", "b.csv"]
value = "v"
count = "n"
[[dimension]]
column = "r"
[[table]]
r = "*"
)" + pattern)
                      .value(),
                  {{{"a.csv", table_of("a.csv", "r,v,n,w\nA,10,3,1\nB,20,4,1\n")},
                    {"b.csv", table_of("b.csv", "r,v,n,w\nA,10,3,0\n")}},
                   {}});
  ASSERT_THAT(linked, IsErr(Errc::invalid_input));
  EXPECT_THAT(linked.error().context, HasSubstr("b.csv line 2: w: cell r=A stands twice"));
}

TEST(Priors, AreWhatTheTableSays) {
  const auto with = [](const std::string& csv) {
    TaskFiles files;
    files.tables["c.csv"] = table_of("c.csv", "code,v,n\nA,10.5,3\nB,20,4\n");
    files.tables["old.csv"] = table_of("old.csv", csv);
    return build_table(parse_disclosure_spec("s.toml", R"(format = "regions4.disclosure/1"
priors = ["old.csv"]
[input]
kind = "cells"
file = "c.csv"
value = "v"
count = "n"
[[dimension]]
column = "code"
name = "region"
[rules]
minimum = 3
)")
                           .value(),
                       files);
  };
  // The columns of the input, and those that table.csv has.
  for (const char* same : {"code,v\nA,10.50\nB,x\n", "region,OBS_VALUE\nA,10.5\nB,NaN\n"}) {
    ASSERT_OK_AND(const BuiltTable built, with(same));
    EXPECT_TRUE(built.wishes[1].released) << same;
    EXPECT_FALSE(built.wishes[2].released) << same;
  }
  for (const char* other : {"10.4", "10", "10.51", "10.5004", "-10.5"}) {
    const auto built = with("region,OBS_VALUE\nA," + std::string(other) + "\n");
    ASSERT_THAT(built, IsErr(Errc::invalid_input)) << other;
    EXPECT_THAT(built.error().context,
                HasSubstr("old.csv line 2: OBS_VALUE: cell region=A was released as " +
                          std::string(other) + " and is 10.5; "));
  }
  EXPECT_THAT(with("region,other\nA,1\n"), IsErr(Errc::invalid_input));
  // Without the column it is the total, 30.5; a mistyped one is not left out.
  EXPECT_THAT(with("v\n30.5\n"), IsOk());
  EXPECT_THAT(with("cod,v\nA,10.5\n").error().context,
              HasSubstr("old.csv line 1: no column 'code', which dimension.column names; "
                        "nearest: 'cod'"));
  EXPECT_THAT(with("code,v\n").error().context,
              HasSubstr("old.csv: no rows, so that it releases nothing; leave it out of priors"));
}

TEST(Largest, AreNoMoreThanTheContributors) {
  EXPECT_THAT(why_not("r,v,n,m1,m2\nA,10,1,5,5\nB,20,4,8,7\n", kLargest, kDominance),
              HasSubstr("c.csv line 2: n: 2 of the largest contributions are above 0; count"));
  EXPECT_THAT(why_not("r,v,n,m1,m2\nA,10,0,5,\nB,20,4,8,7\n", kLargest, kDominance),
              HasSubstr("c.csv line 2: n: 1 of the largest"));
  EXPECT_THAT(build("r,v,n,m1,m2\nA,10,1,10,0\nB,20,4,8,7\n", kLargest, kDominance), IsOk());
}

DisclosureSpec two_ways(const std::string& input, const std::string& rules) {
  return parse_disclosure_spec("s.toml",
                               "format = \"regions4.disclosure/1\"\n[input]\nkind = \"cells\"\n"
                               "file = \"c.csv\"\nvalue = \"v\"\ncount = \"n\"\n" +
                                   input +
                                   "[[dimension]]\ncolumn = \"r\"\n[[dimension]]\n"
                                   "column = \"c\"\n[rules]\n" +
                                   rules)
      .value();
}

// What row a tells of x and y together is 1000, 50 and little more: whoever has the 50 would know
// the 1000 to within 6 %.
TEST(ToldSums, AreRuledByTheLargestOfTheirCells) {
  const DisclosureSpec spec = two_ways(kLargest, "minimum = 3\np_percent = [{ p = 10 }]\n");
  TaskFiles files;
  files.tables["c.csv"] = table_of("c.csv",
                                   "r,c,v,n,m1,m2\n"
                                   "a,x,1005,2,1000,5\na,y,102,4,50,20\na,z,11400,4,3000,2900\n"
                                   "b,x,1540,4,400,390\nb,y,1140,4,300,290\n"
                                   "b,z,14700,3,5000,4900\nd,x,17700,3,6000,5900\n"
                                   "d,y,20700,3,7000,6900\nd,z,23700,3,8000,7900\n"
                                   "Total,Total,91987,30,8000,7900\nTotal,x,20245,9,6000,5900\n"
                                   "Total,y,21942,11,7000,6900\nTotal,z,49800,10,8000,7900\n"
                                   "a,Total,12507,10,3000,2900\nb,Total,17380,11,5000,4900\n"
                                   "d,Total,62100,9,8000,7900\n");
  const BuiltTable built = build_table(spec, files).value();
  const Protected made = protect(spec, built, Convention::full, "").value();
  EXPECT_EQ(made.told_sums, 1u);
}

// As candidates of GaussSuppression are, unless nobody is in them.
TEST(Zeros, ThatSomebodyReportsMayBeWithheldUnderGauss) {
  const auto made = [](const std::string& count) {
    const DisclosureSpec spec = two_ways("", "minimum = 3\nzero_unsafe = false\n");
    TaskFiles files;
    files.tables["c.csv"] =
        table_of("c.csv", "r,c,v,n\na,x,5,1\na,y,0," + count + "\nb,x,50,5\nb,y,0," + count + "\n");
    return protect(spec, build_table(spec, files).value(), Convention::gauss, "");
  };
  ASSERT_OK_AND(const Protected with, made("4"));
  EXPECT_EQ(cost_of(*with.assembly, with.suppression.withheld).worth, 50);
  ASSERT_OK_AND(const Protected without, made("0"));
  EXPECT_GT(cost_of(*without.assembly, without.suppression.withheld).worth, 50);
}

}  // namespace
}  // namespace regions
