#include "protocol/roster/charter.h"

#include <functional>

#include "protocol/base/limits.h"
#include "tests/protocol/roster/founding.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

Charter sample() { return Founding({"DE24", "ES", "PT16"}).charter; }

struct CharterMutation {
  const char* what;
  std::function<void(Charter&)> change;
  Errc code = Errc::malformed;
};

TEST(Charter, EveryBrokenFieldIsRejected) {
  const std::vector<CharterMutation> mutations = {
      {"no name", [](Charter& c) { c.name.clear(); }},
      {"name in upper case", [](Charter& c) { c.name = "North"; }},
      {"long name", [](Charter& c) { c.name.assign(64, 'a'); }, Errc::too_large},
      {"no random", [](Charter& c) { c.random = {}; }},
      {"no founders", [](Charter& c) { c.founders.clear(); }},
      {"bad founder", [](Charter& c) { c.founders[0].member = "de"; }},
      {"founder twice", [](Charter& c) { c.founders[1].member = c.founders[0].member; }},
      {"founders unsorted", [](Charter& c) { std::swap(c.founders[0], c.founders[1]); }},
      {"founder without a key", [](Charter& c) { c.founders[0].governance.clear(); }},
      {"key of 31 bytes", [](Charter& c) { c.founders[0].governance[0].bytes.pop_back(); },
       Errc::untrusted},
      {"low-order key", [](Charter& c) { c.founders[0].governance[0].bytes.assign(32, '\0'); },
       Errc::untrusted},
      {"key that is not canonical",
       [](Charter& c) { c.founders[0].governance[0].bytes = Bytes(32, '\xff'); }, Errc::untrusted},
      {"key twice in one founder",
       [](Charter& c) { c.founders[0].governance[1] = c.founders[0].governance[0]; },
       Errc::conflict},
      {"key of two founders",
       [](Charter& c) { c.founders[0].governance[1] = c.founders[1].governance[0]; },
       Errc::conflict},
      {"three keys",
       [](Charter& c) {
         c.founders[0].governance.push_back(MemberKeys(9).governance().public_key());
       },
       Errc::too_large},
  };
  for (const CharterMutation& mutation : mutations) {
    Charter charter = sample();
    mutation.change(charter);
    EXPECT_FALSE(check(charter)) << mutation.what;
    EXPECT_THAT(decode_charter(encode(charter)), IsErr(mutation.code)) << mutation.what;
  }
}

TEST(Charter, EveryTruncationAndEveryByteBehindIsRejected) {
  const Bytes whole = encode(sample());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_charter(ByteView(whole).substr(0, length))) << length;
  }
  EXPECT_THAT(decode_charter(whole + '\0'), IsErr(Errc::malformed));
}

TEST(Charter, EveryChangedBitIsRejectedOrFoundsAnotherFederation) {
  const Bytes whole = encode(sample());
  for (std::size_t i = 0; i < whole.size() * 8; ++i) {
    Bytes changed = whole;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    const auto decoded = decode_charter(changed);
    if (!decoded) continue;
    EXPECT_EQ(encode(*decoded), changed) << i;
    EXPECT_NE(federation_id(*decoded), federation_id(sample())) << i;
  }
}

TEST(Charter, CountsAndLengthsAreBoundedBeforeReading) {
  const Bytes tag = "regions4/charter/v1\n";
  EXPECT_THAT(decode_charter(tag + "\xff\xff\xff\xff"), IsErr(Errc::too_large));
  const Bytes whole = encode(sample());
  Bytes many = whole;
  // The founders' count stands behind tag, name and random.
  const std::size_t at = tag.size() + 4 + sample().name.size() + 4 + 32 + 4;
  many[at] = '\x7f';
  EXPECT_THAT(decode_charter(many), IsErr(Errc::too_large));
  Bytes other_tag = whole;
  other_tag[tag.size() - 2] = '2';
  EXPECT_THAT(decode_charter(other_tag), IsErr(Errc::malformed));
}

TEST(Charter, ItSurvivesTheRoundTrip) {
  ASSERT_OK_AND(const Charter decoded, decode_charter(encode(sample())));
  EXPECT_EQ(decoded, sample());
  Charter one = sample();
  one.founders.resize(1);
  one.founders[0].governance.resize(1);
  ASSERT_OK_AND(const Charter alone, decode_charter(encode(one)));
  EXPECT_EQ(alone, one);
}

}  // namespace
}  // namespace regions
