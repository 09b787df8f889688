// SPEC.toml: what is refused and how it is said; the worked example of the page.
#include "policies/disclosure/task/spec.h"

#include <gtest/gtest.h>

#include <fstream>

#include "policies/disclosure/task/report.h"
#include "tests/policies/catalogue/spec_blocks.h"
#include "tests/policies/disclosure/task/text_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::HasSubstr;

const std::string kSpec = R"(format = "regions4.disclosure/1"
[input]
kind = "cells"
file = "cells.csv"
value = "v"
count = "n"
[[dimension]]
column = "r"
[rules]
minimum = 3
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kSpec;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string why_not(const std::string& text) {
  const auto spec = parse_disclosure_spec("s.toml", text);
  EXPECT_THAT(spec, IsErr(Errc::invalid_input)) << text;
  return spec ? "" : spec.error().context;
}

TEST(Spec, UnknownKeysNameTheNearest) {
  EXPECT_THAT(why_not(with("minimum", "minimun")),
              HasSubstr("s.toml line 10: rules.minimun: unknown key"));
  EXPECT_THAT(why_not(with("column =", "colum =")), HasSubstr("did you mean 'column'?"));
  EXPECT_THAT(why_not(with("count =", "counts =")), HasSubstr("input.counts: unknown key"));
}

TEST(Spec, ParametersThatMeanNothingNameTheirKey) {
  EXPECT_THAT(why_not(with("minimum = 3", "minimum = 0")), HasSubstr("line 10: rules.minimum"));
  EXPECT_THAT(why_not(with("minimum = 3", "dominance = [{ n = 0, k = 80 }]")), HasSubstr("n"));
  for (const char* rule :
       {"dominance = [{ n = 1, k = 0 }]", "dominance = [{ n = 1, k = 100 }]",
        "p_percent = [{ p = 0 }]", "p_percent = [{ p = 100 }]", "p_percent = [{ p = -1 }]",
        "p_percent = [{ p = 10, coalition = 0 }]", "pq = [{ p = 85, q = 80 }]",
        "pq = [{ p = 85, q = 180 }]", "request = [{ share = 70 }]", "waiver = [{ p = 100 }]"}) {
    EXPECT_THAT(why_not(with("minimum = 3", rule)), HasSubstr("line 10: rules.")) << rule;
  }
}

TEST(Spec, ColumnsOfRecordsAreNoneOfCells) {
  EXPECT_THAT(why_not(with("count = \"n\"", "contributor = \"n\"")), HasSubstr("kind"));
  EXPECT_THAT(why_not(with("\"cells\"\n", "\"records\"\nlargest = [\"m\"]\n")), HasSubstr("kind"));
  EXPECT_THAT(why_not(with("value = \"v\"\ncount = \"n\"\n", "")), HasSubstr("input.value"));
  EXPECT_THAT(why_not(with("kind = \"cells\"", "kind = \"cell\"")), HasSubstr("nearest: 'cells'"));
}

TEST(Spec, ARuleOfRequestsNeedsTheirColumn) {
  const std::string asked = with("minimum = 3", "request = [{ share = 70, minimum = 3 }]");
  EXPECT_THAT(why_not(asked), HasSubstr("s.toml line 10: rules.request: nobody's request"));
  EXPECT_THAT(why_not(with("count = \"n\"", "requested = \"n\"")), HasSubstr("input.kind"));
  const std::string records = R"(format = "regions4.disclosure/1"
[input]
kind = "records"
file = "r.csv"
value = "v"
weight = "w"
weights = "totals"
requested = "q"
[[dimension]]
column = "r"
[rules]
)";
  for (const char* rule : {"request = [{ share = 70, minimum = 3 }]", "waiver = [{ p = 10 }]"}) {
    EXPECT_THAT(why_not(records + rule), HasSubstr("only totals are weighted")) << rule;
  }
}

TEST(Spec, AHierarchyHasOneSource) {
  const auto hierarchy = [](const std::string& text) {
    return why_not(with("column = \"r\"\n", "column = \"r\"\nhierarchy = " + text + "\n"));
  };
  EXPECT_THAT(hierarchy("{ leading = \"@\" }"), HasSubstr("one of file, columns or digits"));
  EXPECT_THAT(hierarchy("{ file = \"a\", digits = [\"1\"] }"), HasSubstr("one of file"));
  EXPECT_THAT(hierarchy("{ digits = [\"0\"] }"), HasSubstr("'0' is no number of digits"));
  EXPECT_THAT(hierarchy("{ digits = [1, 17] }"), HasSubstr("digits[1]: a whole number expected"));
  EXPECT_THAT(hierarchy("{ digits = [1, \"1\"] }"), HasSubstr("digits[1]"));
  EXPECT_THAT(hierarchy("{ file = \"a\", leading = \"\" }"), HasSubstr("one of file"));
}

TEST(Spec, SeveralHierarchiesAreFilesOrTables) {
  const auto dimension = [](const std::string& keys) {
    return with("column = \"r\"\n", "column = \"r\"\nhierarchies = " + keys + "\n");
  };
  const auto files = parse_disclosure_spec("s.toml", dimension("[\"a.hrc\", \"b.hrc\"]")).value();
  EXPECT_THAT(files.files(), ::testing::ElementsAre("a.hrc", "b.hrc", "cells.csv"));
  const auto tables =
      parse_disclosure_spec("s.toml", dimension("[{ file = \"a.hrc\" }, { digits = [1] }]"))
          .value();
  EXPECT_EQ(tables.dimensions[0].hierarchies.size(), 2u);
  for (const char* wrong : {"\"a.hrc\"", "[1]", "[\"a.hrc\", { file = \"b.hrc\" }]"}) {
    EXPECT_THAT(why_not(dimension(wrong)), HasSubstr("write [[dimension.hierarchies]] above"))
        << wrong;
  }
}

TEST(Spec, SeveralFilesAreLinkedTables) {
  EXPECT_THAT(
      why_not(with("file = \"cells.csv\"", "files = [\"a.csv\", \"b.csv\"]")),
      HasSubstr(
          "s.toml line 1: table: missing, and there are several files; say with a [[table]]"));
}

TEST(Spec, DigitsAreNumbersOrTexts) {
  for (const char* digits : {"[2, 1, 1]", "[\"2\", \"1\", \"1\"]"}) {
    const auto spec = parse_disclosure_spec(
        "s.toml", with("column = \"r\"\n",
                       "column = \"r\"\nhierarchy = { digits = " + std::string(digits) + " }\n"));
    ASSERT_THAT(spec, IsOk()) << digits;
    EXPECT_THAT(spec->dimensions[0].hierarchies[0].digits, ::testing::ElementsAre(2u, 3u, 4u));
  }
}

TEST(Spec, TablesNameDimensions) {
  EXPECT_THAT(why_not(kSpec + "[[table]]\nq = \"*\"\n"), HasSubstr("table[0].q: unknown key"));
  EXPECT_THAT(why_not(kSpec + "[[table]]\nfile = \"x\"\n"), HasSubstr("no file of [input]"));
}

TEST(Spec, AllFilesAreListedOnce) {
  const auto spec =
      parse_disclosure_spec("s.toml", "priors = [\"old.csv\"]\n" + kSpec +
                                          "[pattern]\ncolumn = \"w\"\nwithheld = [\"1\"]\n");
  // `format` must come first: the page says so, and check_format reads it anywhere.
  ASSERT_THAT(spec, IsOk());
  EXPECT_THAT(spec->files(), ::testing::ElementsAre("cells.csv", "old.csv"));
}

TEST(Page, TheWorkedExampleComesOutAsItStandsThere) {
  std::ifstream in(REGIONS_SOURCE_DIR "/policies/disclosure/tables.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  const auto spec = parse_disclosure_spec("SPEC.toml", spec_blocks(page, "toml").at(0));
  ASSERT_THAT(spec, IsOk());
  TaskFiles files;
  files.tables["firms.csv"] = table_of("firms.csv", spec_blocks(page, "csv").at(0));
  files.texts["region.hrc"] = spec_blocks(page, "hrc").at(0);
  ASSERT_OK_AND(const BuiltTable built, build_table(*spec, files));
  ASSERT_OK_AND(const Protected made, protect(*spec, built, Convention::full, ""));
  const std::string out = published_csv(built, made.suppression.withheld);
  EXPECT_EQ(out, spec_blocks(page, "published").at(0));

  // What comes out is a pattern to be attacked, and what an earlier release told.
  const std::string again = spec_blocks(page, "toml").at(0) + spec_blocks(page, "toml").at(1);
  ASSERT_OK_AND(DisclosureSpec attacking, parse_disclosure_spec("ATTACK.toml", again));
  attacking.priors = {"out/table.csv"};
  files.tables["out/table.csv"] = table_of("out/table.csv", out);
  ASSERT_OK_AND(const BuiltTable known, build_table(attacking, files));
  EXPECT_EQ(std::count_if(known.wishes.begin(), known.wishes.end(),
                          [](const Wish& wish) { return wish.released; }),
            11);
  ASSERT_OK_AND(const Attacked safe, attack(attacking, known, Convention::full));
  EXPECT_TRUE(safe.report.findings.empty());
  const std::size_t tools = out.find("N1,tools,NaN,Q,C");
  files.tables["out/table.csv"] =
      table_of("out/table.csv", std::string(out).replace(tools, 16, "N1,tools,1100,A,F"));
  ASSERT_OK_AND(const BuiltTable told, build_table(attacking, files));
  ASSERT_OK_AND(const Attacked open, attack(attacking, told, Convention::full));
  ASSERT_FALSE(open.report.findings.empty());
  EXPECT_EQ(told.table.name(open.report.findings[0].cell), "region=N1, sector=food");
}

}  // namespace
}  // namespace regions
