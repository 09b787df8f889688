#include "protocol/log/entry.h"

#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

Entry sample() {
  return {EntryKind::withdrawal, AudienceKind::named, 0x0102030405060708, 1'700'000'040,
          sha256("statement")};
}

TEST(Entry, AnyOtherLengthIsMalformed) {
  const Bytes bytes = encode(sample());
  ASSERT_EQ(bytes.size(), kEntryBytes);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_THAT(decode_entry(bytes.substr(0, length)), IsErr(Errc::malformed)) << length;
  }
  EXPECT_THAT(decode_entry(bytes + '\0'), IsErr(Errc::malformed));
}

TEST(Entry, AReservedByteThatIsNotZeroIsMalformed) {
  for (const std::size_t at : {3, 20, 21, 22, 23}) {
    Bytes bytes = encode(sample());
    bytes[at] = 1;
    EXPECT_THAT(decode_entry(bytes), IsErr(Errc::malformed)) << at;
  }
}

TEST(Entry, AnUnknownVersionKindOrAudienceIsUnsupported) {
  for (int value = 0; value < 256; ++value) {
    Bytes version = encode(sample()), kind = version, audience = version;
    version[0] = kind[1] = audience[2] = static_cast<char>(value);
    EXPECT_EQ(decode_entry(version).has_value(), value == 1) << value;
    EXPECT_EQ(decode_entry(kind).has_value(), value >= 1 && value <= 9) << value;
    EXPECT_EQ(decode_entry(audience).has_value(), value >= 1 && value <= 3) << value;
    if (value == 0 || value > 9) {
      EXPECT_THAT(decode_entry(version), IsErr(Errc::unsupported));
      EXPECT_THAT(decode_entry(kind), IsErr(Errc::unsupported));
      EXPECT_THAT(decode_entry(audience), IsErr(Errc::unsupported));
    }
  }
}

// A later version may use the bytes that are reserved in this one.
TEST(Entry, TheReservedBytesOfAnUnknownVersionAreNotJudged) {
  Bytes bytes = encode(sample());
  bytes[0] = 2;
  bytes[3] = 7;
  EXPECT_THAT(decode_entry(bytes), IsErr(Errc::unsupported));
}

TEST(Entry, WhatDecodesEncodesToTheSameBytes) {
  for (int kind = 1; kind <= 9; ++kind) {
    for (int audience = 1; audience <= 3; ++audience) {
      Entry entry = sample();
      entry.kind = static_cast<EntryKind>(kind);
      entry.audience = static_cast<AudienceKind>(audience);
      ASSERT_OK_AND(const Entry again, decode_entry(encode(entry)));
      EXPECT_EQ(again, entry);
    }
  }
}

}  // namespace
}  // namespace regions
