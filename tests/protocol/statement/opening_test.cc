// What opens a claim: nothing but what encode() makes is read.
#include "protocol/statement/opening.h"

#include <gmock/gmock.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

Opening sample_opening() {
  return {Digest::from_bytes(Bytes(32, 'r'), "release").value(), Bytes(32, 's'), "witnesses"};
}

TEST(OpeningTest, WhatIsCutLongerOrOfAnotherTagIsMalformed) {
  const Bytes bytes = encode(sample_opening());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_opening(bytes.substr(0, size))) << size;
  }
  EXPECT_THAT(decode_opening(bytes + "x"), IsErr(Errc::malformed));
  Bytes other = bytes;
  other[9] = 'x';
  EXPECT_THAT(decode_opening(other), IsErr(Errc::malformed));
}

TEST(OpeningTest, ASecretOrAReleaseOfAnotherLengthIsRefused) {
  for (const std::size_t size : {0u, 31u, 33u}) {
    Opening opening = sample_opening();
    opening.secret.resize(size);
    EXPECT_FALSE(decode_opening(encode(opening))) << size;
  }
  Bytes shorter = encode(sample_opening());
  shorter.erase(20 + 4, 1);
  shorter[20 + 3] = 31;
  EXPECT_FALSE(decode_opening(shorter));
}

TEST(OpeningTest, IsReadBackAsItWas) {
  EXPECT_EQ(decode_opening(encode(sample_opening())).value(), sample_opening());
  Opening none = sample_opening();
  none.witnesses.clear();
  EXPECT_EQ(decode_opening(encode(none)).value(), none);
}

}  // namespace
}  // namespace regions
