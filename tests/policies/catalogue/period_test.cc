// Years, windows and programmes, and the lists of them that a query names.
#include "policies/catalogue/period.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string why_no_period(std::string_view text) {
  const auto period = Period::parse(text);
  EXPECT_THAT(period, IsErr(Errc::invalid_input)) << text;
  return period.has_value() ? "" : period.error().context;
}

TEST(Period, AnythingButAPeriodOrAscendingRangeIsRefused) {
  for (const char* text : {"",
                           "17",
                           "1899",
                           "3000",
                           "20170",
                           "2017-",
                           "+201",
                           "2O17",
                           " 2017",
                           "2015..",
                           "..2015",
                           "2016..2015",
                           "2015...2016",
                           "1900..2000",
                           "2015..2016..2017",
                           "2015-2016",
                           "-2015",
                           "2018-2020-",
                           "2018-2020..2020",
                           "2018-2020..2014-2020",
                           "2021-2023..2018-2020",
                           "2018-2020..",
                           "2999-3001"}) {
    EXPECT_THAT(parse_period_range(text), IsErr(Errc::invalid_input)) << text;
  }
}

TEST(Period, RangeThatIsNoPeriodIsRefusedWithTheNearest) {
  EXPECT_THAT(why_no_period("2016-2018"),
              HasSubstr("nearest: 2015-2017, 2018-2020, 2014-2020; a list of years is written"));
  EXPECT_THAT(why_no_period("2014-2016"), HasSubstr("nearest: 2012-2014, 2015-2017, 2014-2020"));
  EXPECT_THAT(why_no_period("2020-2026"),
              HasSubstr("nearest: 2018-2020, 2024-2026, 2014-2020, 2021-2027"));
  EXPECT_THAT(why_no_period("2020-2018"), HasSubstr("nearest: 2018-2020, 2014-2020"));
  EXPECT_THAT(why_no_period("2018..2020"), HasSubstr("a year from 1900 to 2999 expected"));
}

TEST(Period, WindowsAndProgrammesAreThoseOfThePartnership) {
  for (const char* text : {"2015-2017", "2018-2020", "2021-2023", "2024-2026", "1901-1903"}) {
    ASSERT_OK_AND(const Period period, Period::parse(text));
    EXPECT_EQ(period.kind(), PeriodKind::window) << text;
    EXPECT_EQ(period.text(), text);
  }
  for (const char* text : {"2000-2006", "2007-2013", "2014-2020", "2021-2027"}) {
    ASSERT_OK_AND(const Period period, Period::parse(text));
    EXPECT_EQ(period.kind(), PeriodKind::programme) << text;
    EXPECT_EQ(period.text(), text);
  }
}

TEST(Period, EveryYearLiesInOneOfEachKind) {
  for (int year = kYearMin; year <= kYearMax; ++year) {
    for (PeriodKind kind : kPeriodKinds) {
      const Period period = Period::of(kind, year);
      ASSERT_TRUE(period.contains(year)) << year;
      ASSERT_EQ(period.last_year() - period.first_year() + 1, static_cast<int>(kind));
      ASSERT_EQ(Period::of(kind, period.first_year()), period);
      ASSERT_EQ(Period::of(kind, period.last_year()), period);
      ASSERT_EQ(Period::of(kind, period.last_year() + 1), period.next());
    }
  }
  EXPECT_EQ(Period::of(PeriodKind::window, 2019).text(), "2018-2020");
  EXPECT_EQ(Period::of(PeriodKind::programme, 2020).text(), "2014-2020");
}

TEST(Period, OrderIsTheBytewiseOfTheText) {
  std::vector<Period> periods;
  for (int year = 2010; year <= 2030; ++year) {
    for (PeriodKind kind : kPeriodKinds) periods.push_back(Period::of(kind, year));
  }
  for (const Period& a : periods) {
    for (const Period& b : periods) EXPECT_EQ(a < b, a.text() < b.text()) << a.text() << b.text();
  }
}

TEST(Period, NamesAreTheIdsOfTheDimensions) {
  for (PeriodKind kind : kPeriodKinds) EXPECT_EQ(period_kind(name(kind)), kind);
  EXPECT_EQ(period_kind("years"), std::nullopt);
}

TEST(Period, RangeListsItsPeriods) {
  EXPECT_THAT(*parse_period_range("2017"), ElementsAre("2017"));
  EXPECT_THAT(*parse_period_range("2015..2017"), ElementsAre("2015", "2016", "2017"));
  EXPECT_THAT(*parse_period_range("2018-2020"), ElementsAre("2018-2020"));
  EXPECT_THAT(*parse_period_range("2018-2020..2021-2023"), ElementsAre("2018-2020", "2021-2023"));
  EXPECT_THAT(*parse_period_range("2014-2020..2021-2027"), ElementsAre("2014-2020", "2021-2027"));
  EXPECT_EQ(parse_period_range("1901..2000")->size(), 100u);
  EXPECT_EQ(*parse_year("1900"), 1900);
}

}  // namespace
}  // namespace regions
