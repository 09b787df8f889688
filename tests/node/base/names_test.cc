#include "node/base/names.h"

#include <gtest/gtest.h>

namespace regions {
namespace {

TEST(Names, WhatIsNotThereHasNoNumber) {
  Names names;
  EXPECT_EQ(names.find(""), std::nullopt);
  names.number("a");
  EXPECT_EQ(names.find("b"), std::nullopt);
}

TEST(Names, TextThatDoesNotMatchItsEndsIsNotRestored) {
  const std::vector<std::vector<std::uint64_t>> wrong = {{1, 3}, {2, 1}, {1}, {}, {1, 2, 2, 2}};
  for (const auto& ends : wrong) {
    Names names;
    EXPECT_FALSE(names.restore("ab", ends)) << ends.size();
    EXPECT_EQ(names.size(), 0u);
  }
  Names twice;
  EXPECT_FALSE(twice.restore("aa", {1, 2}));
}

TEST(Names, EveryNameKeepsItsNumber) {
  Names names;
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(names.number(std::to_string(i)), i);
  EXPECT_EQ(names.number("999"), 999u);
  EXPECT_EQ(names.number(""), 1000u);
  Names again;
  ASSERT_TRUE(again.restore(names.text(), names.ends()));
  for (std::uint32_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(again[i], std::to_string(i));
    EXPECT_EQ(again.find(std::to_string(i)), i);
  }
  EXPECT_EQ(again.number("new"), 1001u);
}

}  // namespace
}  // namespace regions
