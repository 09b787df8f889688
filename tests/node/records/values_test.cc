#include "node/records/values.h"

#include <gtest/gtest.h>

#include "node/records/limits.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(Values, DateThatDoesNotExistIsRejected) {
  for (const char* text : {"2019-13-40", "2019-02-29", "2019-00-01", "2019-01-00", "2019-1-01",
                           "19-01-01", "2019-01", "2019-01-011", "2019/01/01", " 2019-01-01", "",
                           "NA", "-019-01-01", "1899-12-31", "3000-01-01"}) {
    EXPECT_THAT(parse_date(text, "%Y-%m-%d"), IsErr(Errc::invalid_input)) << text;
  }
}

TEST(Values, DatesAreReadInTheFormatGiven) {
  ASSERT_OK_AND(auto epoch, parse_date("1970-01-01", "%Y-%m-%d"));
  EXPECT_EQ(epoch, 0);
  ASSERT_OK_AND(auto leap, parse_date("29.02.2020", "%d.%m.%Y"));
  EXPECT_EQ(leap, 18321);
  EXPECT_EQ(year_of(leap), 2020);
  ASSERT_OK_AND(auto last, parse_date("20201231", "%Y%m%d"));
  EXPECT_EQ(last, last_day_of(2020));
  EXPECT_EQ(year_of(last), 2020);
  EXPECT_EQ(year_of(last + 1), 2021);
  EXPECT_EQ(year_of(-1), 1969);
}

TEST(Values, DateFormatsNameEachPartOnce) {
  EXPECT_TRUE(is_date_format("%d/%m/%Y"));
  for (const char* format : {"", "%Y-%m", "%Y-%m-%d-%d", "%Y-%m-%D", "%Y-%m-%d%", "%y-%m-%d"}) {
    EXPECT_FALSE(is_date_format(format)) << format;
  }
}

TEST(Values, AmountThatIsNoneIsRejected) {
  for (const char* text : {"-1", "-0.00", "1.234", "1e5", "1,5", "", ".", ".5", "5.", "+1", " 1",
                           "NA", "0x10", "nan", "1000000000.01", "99999999999999999999"}) {
    EXPECT_THAT(parse_amount(text, '.'), IsErr(Errc::invalid_input)) << text;
  }
}

TEST(Values, AmountsAreReadAsCents) {
  for (auto [text, cents] :
       std::vector<std::pair<const char*, std::int64_t>>{{"0", 0},
                                                         {"0.01", 1},
                                                         {"0.1", 10},
                                                         {"4800.00", 480000},
                                                         {"007", 700},
                                                         {"1000000000", kAmountCentsMax}}) {
    ASSERT_OK_AND(auto amount, parse_amount(text, '.'));
    EXPECT_EQ(amount, cents) << text;
  }
  ASSERT_OK_AND(auto comma, parse_amount("12,5", ','));
  EXPECT_EQ(comma, 1250);
}

TEST(Values, IdentifiersHaveNoControlCharacters) {
  EXPECT_TRUE(is_record_id("fp7-1:2:3"));
  EXPECT_TRUE(is_record_id(std::string(kRecordIdBytesMax, 'x')));
  for (const std::string& id :
       {std::string(), std::string(" x"), std::string("x "), std::string("a\nb"),
        std::string("a\0b", 3), std::string("\x7f"), std::string(kRecordIdBytesMax + 1, 'x')}) {
    EXPECT_FALSE(is_record_id(id));
  }
}

}  // namespace
}  // namespace regions
