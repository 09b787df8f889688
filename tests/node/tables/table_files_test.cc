// Reading the files of a specification: what is refused with file and line, and which forms are
// read alike.
#include "node/tables/table_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TableFiles : public ::testing::Test {
 protected:
  Result<TextTable> read(const std::string& text, std::optional<char> separator = std::nullopt,
                         const std::vector<std::string>& columns = {}) {
    const std::filesystem::path path = folder_.path / "t.csv";
    std::ofstream(path, std::ios::binary) << text;
    return read_text_table(path, "t.csv", separator, columns);
  }
  std::string why_not(const std::string& text, const std::vector<std::string>& columns = {}) {
    const auto table = read(text, std::nullopt, columns);
    return table ? "" : table.error().context;
  }

  TemporaryFolder folder_;
};

TEST_F(TableFiles, WhatIsNoTableNamesTheLine) {
  EXPECT_THAT(why_not(""), HasSubstr("t.csv"));
  EXPECT_THAT(why_not("a,b\n1,2\n3\n"), HasSubstr("t.csv line 3: "));
  EXPECT_THAT(why_not("a,a\n1,2\n"), HasSubstr("t.csv line 1: two columns 'a'"));
  EXPECT_THAT(why_not("1,2\n3,4\n", {"a"}), HasSubstr("input.columns names 1; name every column"));
  EXPECT_THAT(why_not("a,b\n1,\"2\n"), HasSubstr("t.csv line 2: "));
}

TEST_F(TableFiles, AnAbsentFileIsNamed) {
  EXPECT_THAT(read_text_table(folder_.path / "none.csv", "t.csv", std::nullopt, {}),
              IsErr(Errc::not_found));
}

TEST_F(TableFiles, ADirectoryIsNoFile) {
  std::filesystem::create_directory(folder_.path / "old");
  DisclosureSpec spec;
  spec.priors = {"old"};
  const auto files = read_task_files(spec, folder_.path);
  ASSERT_THAT(files, IsErr(Errc::invalid_input));
  EXPECT_EQ(files.error().context, "old: a directory; name a file in it");
}

TEST_F(TableFiles, SeparatorsBlanksAndLineEndsAreReadAlike) {
  for (const char* text :
       {"a,b\n1,x y\n", "a;b\n1;x y\n", "a\tb\n1\tx y\n", "a|b\n1|x y\n", "a,b\r\n1,x y\r\n",
        "a,b\r\r\n1,x y\r\r\n", "a,b\r1,x y\r", " a ,b\n  1,x y  \n",
        "\xef\xbb\xbf"
        "a,b\n1,\"x y\"\n"}) {
    ASSERT_OK_AND(const TextTable table, read(text));
    EXPECT_THAT(table.columns, ElementsAre("a", "b")) << text;
    EXPECT_THAT(table.rows, ElementsAre(ElementsAre("1", "x y"))) << text;
    EXPECT_THAT(table.lines, ElementsAre(2u)) << text;
  }
}

TEST_F(TableFiles, AFileWithoutAHeaderIsNamedByTheSpecification) {
  ASSERT_OK_AND(const TextTable table, read("1,2\n3,4\n", std::nullopt, {"a", "b"}));
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
  EXPECT_THAT(table.lines, ElementsAre(1u, 2u));
}

class PlacedFiles : public TableFiles {
 protected:
  Result<TextTable> placed(const std::string& text) {
    std::ofstream(folder_.path / "r.asc", std::ios::binary) << text;
    return read_placed_table(folder_.path / "r.asc", "r.asc", {"code", "amount"}, {{1, 2}, {4, 3}});
  }
};

TEST_F(PlacedFiles, WhatIsNoTextNamesLineAndField) {
  const auto table = placed("AB 12\n\xff\xfe  7\n");
  ASSERT_THAT(table, IsErr(Errc::invalid_input));
  EXPECT_THAT(table.error().context, HasSubstr("r.asc line 2: code: not UTF-8"));
  EXPECT_THAT(placed(std::string(70'000, 'x')), IsErr(Errc::invalid_input));
  EXPECT_THAT(read_placed_table(folder_.path / "none.asc", "none.asc", {"a"}, {{1, 1}}),
              IsErr(Errc::not_found));
}

TEST_F(PlacedFiles, FieldsAreWhatStandsInTheirPlaces) {
  ASSERT_OK_AND(const TextTable table, placed("AB 12\r\r\n\r\r\nC 345678\r\r\nD\r\r\n"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("AB", "12"), ElementsAre("C", "456"), ElementsAre("D", "")));
  EXPECT_THAT(table.lines, ElementsAre(1u, 3u, 4u));
}

// A job of tau-ARGUS: records by place, with an amount that stands for none.
TEST_F(PlacedFiles, MetadataNameColumnsHierarchiesAndMissingAmounts) {
  std::ofstream(folder_.path / "m.rda") << "Code 1 2\n<RECODEABLE> <HIERLEVELS> 1 1\n"
                                           "Amount 4 3 999\n<NUMERIC>\n";
  std::ofstream(folder_.path / "r.asc") << "A1  12\nA2   7\nB1 999\n";
  const auto spec_of = [&](const std::string& input, const std::string& dimension) {
    return parse_disclosure_spec("s.toml",
                                 "format = \"regions4.disclosure/1\"\n[input]\n"
                                 "kind = \"records\"\nfile = \"r.asc\"\n" +
                                     input + "[[dimension]]\ncolumn = \"" + dimension + "\"\n")
        .value();
  };
  DisclosureSpec spec = spec_of("metadata = \"m.rda\"\nvalue = \"Amount\"\n", "Code");
  ASSERT_THAT(complete_spec(spec, folder_.path), IsOk());
  EXPECT_THAT(spec.input.columns, ElementsAre("Code", "Amount"));
  ASSERT_EQ(spec.dimensions[0].hierarchies.size(), 1u);
  EXPECT_THAT(spec.dimensions[0].hierarchies[0].digits, ElementsAre(1u, 2u));
  ASSERT_OK_AND(const TaskFiles files, read_task_files(spec, folder_.path));
  EXPECT_THAT(files.tables.at("r.asc").rows[2], ElementsAre("B1", ""));

  DisclosureSpec other = spec_of("metadata = \"m.rda\"\n", "Cod");
  const auto refused = complete_spec(other, folder_.path);
  ASSERT_THAT(refused, IsErr(Errc::invalid_input));
  EXPECT_THAT(refused.error().context, HasSubstr("m.rda: no variable 'Cod'"));
  EXPECT_THAT(refused.error().context, HasSubstr("nearest: 'Code'"));
  DisclosureSpec both = spec_of("metadata = \"m.rda\"\ncolumns = [\"a\", \"b\"]\n", "Code");
  EXPECT_THAT(complete_spec(both, folder_.path), IsErr(Errc::invalid_input));
}

}  // namespace
}  // namespace regions
