// Metadata of tau-ARGUS: what is refused with its line, and what is read.
#include "policies/disclosure/table/tau_metadata.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string why_no_metadata(std::string_view text) {
  const auto read = parse_tau_metadata("m.rda", text);
  return read ? "" : read.error().context;
}

TEST(TauMetadata, WhatIsNoneNamesTheLine) {
  EXPECT_THAT(why_no_metadata(""), HasSubstr("no variables"));
  EXPECT_THAT(why_no_metadata("a 1 2\n <NUMERICAL>\n"),
              HasSubstr("m.rda line 2: <NUMERICAL> is not known; nearest: <NUMERIC>"));
  EXPECT_THAT(why_no_metadata("<RECODEABLE>\n"), HasSubstr("line 1: <RECODEABLE> of no variable"));
  EXPECT_THAT(why_no_metadata("a 1 2\na 3 2\n"), HasSubstr("line 2: two variables 'a'"));
  EXPECT_THAT(why_no_metadata("a 1\n"), HasSubstr("line 1: 'a' has no place"));
  EXPECT_THAT(why_no_metadata("a 0 2\n"), HasSubstr("'0' is no place"));
  EXPECT_THAT(why_no_metadata("a 1 70000\n"), HasSubstr("'70000' is no place"));
  EXPECT_THAT(why_no_metadata("a 1 2\n <TOTCODE\n"), HasSubstr("line 2: an open '<'"));
  EXPECT_THAT(why_no_metadata("a 1 2\n <TOTCODE> \"x\n"), HasSubstr("line 2: an open quote"));
  EXPECT_THAT(why_no_metadata("a 1 2\n <TOTCODE>\n"), HasSubstr("<TOTCODE> needs one word"));
  EXPECT_THAT(why_no_metadata("a 1 2\n<SEPARATOR> \",\"\n"), HasSubstr("below a variable"));
  EXPECT_THAT(why_no_metadata("<SEPARATOR> \",,\"\na\n"), HasSubstr("several characters"));
  EXPECT_THAT(why_no_metadata("a 1 2\n <HIERLEVELS> 1 x\n"), HasSubstr("line 2: 'x'"));
}

TEST(TauMetadata, VariablesHaveTheirPlaces) {
  ASSERT_OK_AND(const TauMetadata read, parse_tau_metadata("m.rda",
                                                           "Branch 4 5 99999\r\n"
                                                           "  <RECODEABLE>\r\n"
                                                           "  <HIERLEVELS>  3 1 1 0 0\r\n"
                                                           "Amount 19  9 999 998 \r\n"
                                                           "  <NUMERIC> <DECIMALS> 2\r\n"));
  ASSERT_EQ(read.variables.size(), 2u);
  EXPECT_FALSE(read.separator);
  EXPECT_EQ(read.variables[0].start, 4u);
  EXPECT_EQ(read.variables[0].width, 5u);
  EXPECT_EQ(read.variables[0].role, TauRole::dimension);
  EXPECT_THAT(read.variables[0].digits, ElementsAre(3u, 4u, 5u));
  EXPECT_EQ(read.variables[1].role, TauRole::numeric);
  EXPECT_THAT(read.variables[1].missing, ElementsAre("999", "998"));
}

TEST(TauMetadata, VariablesOfSeparatedFieldsHaveNames) {
  ASSERT_OK_AND(const TauMetadata read,
                parse_tau_metadata("m.rda",
                                   "   <SEPARATOR> \";\"\n<SAFE> \"S\"\n\"Size of firm\" \"99\"\n"
                                   "<RECODEABLE> <TOTCODE> \"All < 250\" <HIERARCHICAL>\n"
                                   "<HIERCODELIST> size.hrc <HIERLEADSTRING> @@\nTop1\n"
                                   "<maxscore>\n"));
  ASSERT_EQ(read.variables.size(), 2u);
  EXPECT_EQ(read.separator, ';');
  EXPECT_EQ(read.safe, "S");
  EXPECT_EQ(read.variables[0].name, "Size of firm");
  EXPECT_EQ(read.variables[0].total, "All < 250");
  EXPECT_EQ(read.variables[0].hierarchy, "size.hrc");
  EXPECT_EQ(read.variables[0].leading, "@@");
  EXPECT_EQ(read.variables[0].width, 0u);
  EXPECT_THAT(read.variables[0].missing, ElementsAre("99"));  // in quotes: a code, no width
  EXPECT_EQ(read.variables[1].role, TauRole::largest);
}

}  // namespace
}  // namespace regions
