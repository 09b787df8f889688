// What is released now leaves protected what the plan will tell later.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const SmallPlan kAllPlanned;

ProtectedAmounts made_of(const SmallAmounts& amounts, std::vector<AmountTable> tables,
                         AmountHistory history, std::vector<AmountTable> planned) {
  AmountRequest asked = request(std::move(tables));
  asked.history = std::move(history);
  asked.planned = std::move(planned);
  auto made = AmountControl::protect(amounts.raw(), asked);
  EXPECT_THAT(made, IsOk());
  return std::move(*made);
}

// An actor knows all of 2014 but two firms, both of no known technology. The windows and the
// programme by technology leave 2014 over, piece by piece.
class PlannedAmounts : public testing::Test {
 protected:
  PlannedAmounts() {
    for (int i = 0; i < 5; ++i) {
      years_.row("f" + std::to_string(i), 2014, 40'000, {"data-ai"}, "university");
    }
    years_.many("u", 2, 2014, 40'000, {""});
    early_ = years_;
    years_.many("g", 5, 2016, 40'000, {"data-ai"}).many("h", 5, 2019, 40'000, {""});
  }
  const std::vector<AmountTable> later_{in(kAllPlanned.window_technology, 2015),
                                        in(kAllPlanned.window_technology, 2018),
                                        in(kAllPlanned.programme_technology, 2014)};
  SmallAmounts early_{{"technology_group"}}, years_{{"technology_group"}};
};

TEST_F(PlannedAmounts, WhoDoesNotLookAheadHasToldTooMuch) {
  const auto first = made_of(early_, {in(kAllPlanned.year, 2014)}, {}, {});
  EXPECT_EQ(figures(first).at("2014"), 280'000);
  const auto then = made_of(years_, later_, after({}, first), {});
  ASSERT_EQ(then.disclosed.size(), 1u);
  EXPECT_EQ(then.disclosed[0].who, "actor university");
  EXPECT_EQ(then.disclosed[0].cells, std::vector<std::string>{"2014 technology_group=_U"});
  EXPECT_EQ(then.disclosed[0].above, 0);
}

TEST_F(PlannedAmounts, WhatIsToComeIsProtectedFromTheBeginning) {
  const auto first = made_of(early_, {in(kAllPlanned.year, 2014)}, {}, later_);
  EXPECT_EQ(figures(first).at("2014"), std::nullopt);
  const auto then = made_of(years_, later_, after({}, first), later_);
  EXPECT_TRUE(then.disclosed.empty());
  EXPECT_EQ(then.tables.size(), 3u);
}

// The figure of a window that has not ended is another one when it has.
TEST_F(PlannedAmounts, PeriodsThatRunOnWithholdNothing) {
  const std::vector<AmountTable> window{in(kAllPlanned.window_technology, 2014)};
  const auto first = made_of(early_, {in(kAllPlanned.year, 2013)}, {}, window);
  EXPECT_EQ(first.decided.size(), 1u);
  const auto of_2014 =
      made_of(early_, {in(kAllPlanned.year, 2014)}, {},
              {in(kAllPlanned.window_technology, 2015), in(kAllPlanned.window_technology, 2018)});
  EXPECT_EQ(figures(of_2014).at("2014"), 280'000);
}

}  // namespace
}  // namespace regions
