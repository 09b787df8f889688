// NUTS and NACE.
#include <gtest/gtest.h>

#include <fstream>

#include "policies/catalogue/nace.h"
#include "policies/catalogue/nuts.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

// The first column of a CSV file, without its header.
std::vector<std::string> first_column(const std::filesystem::path& path) {
  std::vector<std::string> out;
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) out.push_back(line.substr(0, line.find(',')));
  return out;
}

TEST(Nuts, UnknownCodesAreNotContained) {
  for (const char* code : {"", "P", "PT9", "PT19", "PT16Z", "pt16", "PT16 ", "PT16E1", "HR041"}) {
    EXPECT_FALSE(NutsCodes::version_2021().contains(code)) << code;
  }
  EXPECT_EQ(NutsCodes::version("2024"), nullptr);
  EXPECT_EQ(NutsCodes::version("2021"), &NutsCodes::version_2021());
}

TEST(Nuts, PlacesOfThePartnershipAreContained) {
  for (const char* code : {"IE04", "SI04", "BG33", "RO42", "PT16", "DE24", "ES13", "CH02", "UK",
                           "PT1", "PT16E", "ES130"}) {
    EXPECT_TRUE(NutsCodes::version_2021().contains(code)) << code;
  }
}

TEST(Nuts, WithinIsThePrefixRule) {
  EXPECT_TRUE(is_within("PT16E", "PT16"));
  EXPECT_TRUE(is_within("PT16", "PT16"));
  EXPECT_FALSE(is_within("PT1", "PT16"));
  EXPECT_FALSE(is_within("PT17", "PT16"));
  EXPECT_FALSE(is_within("PT16", ""));
}

TEST(Nuts, EqualsTheReferenceList) {
  NEEDS_SHARED("data/reference/nuts_2021_all_levels.csv");
  auto expected = first_column(shared_dir() / "data/reference/nuts_2021_all_levels.csv");
  std::sort(expected.begin(), expected.end());
  ASSERT_EQ(expected.size(), 2010u);
  const auto& codes = NutsCodes::version_2021().codes();
  EXPECT_EQ(std::vector<std::string>(codes.begin(), codes.end()), expected);
}

TEST(Nace, UnknownSpellingsAreRefused) {
  for (const char* code :
       {"", "1", "1.11", "V", "C1", "34", "10.", "10.10.1", "10.99", "D10", "A10.11", "CC", "c10",
        " 10", "10 ", "101111", "C-10", "10.1.1", "1.1"}) {
    EXPECT_FALSE(NaceCodes::rev2().contains(code)) << code;
    EXPECT_EQ(NaceCodes::rev2().section_of(code), std::nullopt) << code;
  }
}

TEST(Nace, FourSpellingsAreOneActivity) {
  for (const char* code : {"10.11", "1011", "C10.11", "C1011"}) {
    EXPECT_EQ(NaceCodes::rev2().canonical(code), "10.11") << code;
  }
  EXPECT_EQ(NaceCodes::rev2().canonical("C101"), "10.1");
  EXPECT_EQ(NaceCodes::rev2().canonical("C10"), "10");
  EXPECT_EQ(NaceCodes::rev2().canonical("C"), "C");
}

TEST(Nace, SectionsBeginAndEndWhereTheRegulationSays) {
  const auto& nace = NaceCodes::rev2();
  EXPECT_EQ(nace.section_of("01.11"), 'A');
  EXPECT_EQ(nace.section_of("09.90"), 'B');
  EXPECT_EQ(nace.section_of("10"), 'C');
  EXPECT_EQ(nace.section_of("33.20"), 'C');
  EXPECT_EQ(nace.section_of("35"), 'D');
  EXPECT_EQ(nace.section_of("62.01"), 'J');
  EXPECT_EQ(nace.section_of("99"), 'U');
  EXPECT_EQ(nace.section_of("C"), 'C');
}

TEST(Nace, EveryCodeHasItsParent) {
  const auto& nace = NaceCodes::rev2();
  ASSERT_EQ(nace.codes().size(), 996u);
  for (std::string_view code : nace.codes()) {
    if (code.size() == 1) {
      EXPECT_EQ(nace.parent_of(code), "");
    } else {
      EXPECT_EQ(nace.canonical(nace.parent_of(code)), nace.parent_of(code)) << code;
    }
  }
}

TEST(Nace, EqualsTheReferenceList) {
  NEEDS_SHARED("data/reference/nace_rev2.csv");
  const auto expected = first_column(shared_dir() / "data/reference/nace_rev2.csv");
  const auto& codes = NaceCodes::rev2().codes();
  EXPECT_EQ(std::vector<std::string>(codes.begin(), codes.end()), expected);
}

}  // namespace
}  // namespace regions
