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

}  // namespace
}  // namespace regions
