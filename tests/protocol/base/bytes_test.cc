#include "protocol/base/bytes.h"

#include <gmock/gmock.h>

#include "protocol/base/ids.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(Hex, RoundTripsAndRejectsUppercaseAndOddLength) {
  EXPECT_EQ(to_hex(Bytes("\x00\xff\x10", 3)), "00ff10");
  EXPECT_EQ(*from_hex("00ff10"), Bytes("\x00\xff\x10", 3));
  EXPECT_THAT(from_hex("0"), IsErr(Errc::malformed));
  EXPECT_THAT(from_hex("FF"), IsErr(Errc::malformed));
}

TEST(Utf8, OverlongSurrogateAndTruncatedFormsAreInvalid) {
  EXPECT_TRUE(is_valid_utf8("Oberösterreich — €"));
  EXPECT_FALSE(is_valid_utf8("\xc0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xe2\x82"));
  EXPECT_FALSE(is_valid_utf8("\xf4\x90\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("\xff"));
}

TEST(Decimal, SignsLeadingZerosAndOverflowAreRejected) {
  EXPECT_EQ(*parse_decimal("0"), 0u);
  EXPECT_EQ(*parse_decimal("18446744073709551615"), UINT64_MAX);
  for (const char* bad : {"", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "1.0"}) {
    EXPECT_THAT(parse_decimal(bad), IsErr(Errc::malformed)) << bad;
  }
}

TEST(Ids, MemberAndFederationNamesKeepToTheirAlphabet) {
  EXPECT_TRUE(check_member_id("ES"));
  EXPECT_TRUE(check_member_id("PT16"));
  for (const char* bad : {"E", "es13", "ABCDEFGHI", "A/B", ""}) {
    EXPECT_THAT(check_member_id(bad), IsErr(Errc::malformed)) << bad;
  }
  EXPECT_TRUE(check_federation_name("regions4.example"));
  EXPECT_THAT(check_federation_name("Upper"), IsErr(Errc::malformed));
  EXPECT_THAT(check_federation_name(std::string(64, 'a')), IsErr(Errc::malformed));
}

TEST(Ids, OriginCarriesTheShortFederationId) {
  Digest federation;
  federation.bytes.fill(0xab);
  EXPECT_EQ(log_origin("demo", federation, "PT16", 1), "demo-abababababababab/PT16/1");
}

}  // namespace
}  // namespace regions
