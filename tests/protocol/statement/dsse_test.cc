#include "protocol/statement/dsse.h"

#include <boost/json.hpp>
#include <fstream>

#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"
#include "protocol/crypto/sha256.h"
#include "tests/protocol/statement/wire_forms.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

const std::string kType = "application/vnd.regions4.release.v1+protobuf";

UnverifiedEnvelope sample() { return {kType, "payload", {{"hint", Bytes(64, 's')}}}; }

TEST(Dsse, EmptyBytesAreNoEnvelope) { EXPECT_THAT(decode_envelope(""), IsErr(Errc::malformed)); }

TEST(Dsse, EveryTruncatedEnvelopeIsRejectedOrDiffers) {
  const Bytes whole = encode_envelope(sample());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto cut = decode_envelope(ByteView(whole).substr(0, length));
    // Cut at a field's end it is another envelope: the one without its last signature.
    if (cut) {
      EXPECT_NE(*cut, sample()) << length;
    }
  }
}

TEST(Dsse, EveryChangedByteIsRejectedOrDiffers) {
  const Bytes whole = encode_envelope(sample());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const auto decoded = decode_envelope(changed);
      if (!decoded) continue;
      EXPECT_NE(*decoded, sample()) << i;
      EXPECT_EQ(encode_envelope(*decoded), changed) << i;
    }
  }
}

TEST(Dsse, LaxFormsAreRejected) {
  const Bytes payload = bytes_field(1, "p"), type = bytes_field(2, kType);
  const Bytes signature = bytes_field(3, bytes_field(1, "sig"));
  ASSERT_THAT(decode_envelope(payload + type + signature), IsOk());
  const std::vector<std::pair<const char*, Bytes>> lax = {
      {"unknown field", payload + type + signature + bytes_field(4, "x")},
      {"unknown nested field",
       payload + type + bytes_field(3, bytes_field(1, "s") + varint_field(9, 1))},
      {"payload twice", payload + payload + type + signature},
      {"type twice", payload + type + type + signature},
      {"out of order", type + payload + signature},
      {"signature between", payload + signature + type},
      {"nested out of order",
       payload + type + bytes_field(3, bytes_field(2, "k") + bytes_field(1, "s"))},
      {"explicit empty payload", bytes_field(1, "") + type + signature},
      {"explicit empty keyid",
       payload + type + bytes_field(3, bytes_field(1, "s") + bytes_field(2, ""))},
      {"empty signature", payload + type + bytes_field(3, "")},
      {"long tag", Bytes("\x8a\x00", 2) + payload.substr(1) + type + signature},
      {"long length", Bytes("\x0a\x81\x00p", 4) + type + signature},
      {"wrong wire type", varint_field(1, 5) + type + signature},
      {"fixed64 wire type", Bytes("\x09", 1) + Bytes(8, 'x') + type},
      {"group", Bytes("\x0b\x0c") + type},
      {"field number 0", Bytes("\x02\x01x") + type},
      {"length past the end", Bytes("\x0a\x7fp")},
      {"length of 2^64 - 1", Bytes("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01") + type},
      {"varint over 64 bits", Bytes("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02") + type},
      {"type with a byte that is no UTF-8", payload + bytes_field(2, "a\xff") + signature},
      {"keyid that is no UTF-8",
       payload + type + bytes_field(3, bytes_field(1, "s") + bytes_field(2, "\xc0\x80"))},
      {"type with a space", payload + bytes_field(2, "a b") + signature},
      {"type with a line feed", payload + bytes_field(2, "a\n") + signature},
      {"no type", payload + signature},
      {"bytes behind", payload + type + signature + Bytes(1, '\0')},
  };
  for (const auto& [what, bytes] : lax) {
    EXPECT_THAT(decode_envelope(bytes), IsErr(Errc::malformed)) << what;
  }
}

TEST(Dsse, LimitsHold) {
  UnverifiedEnvelope envelope = sample();
  envelope.payload.assign(kEnvelopeBytesMax, 'x');
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsErr(Errc::too_large));
  envelope = sample();
  envelope.payload_type.assign(kPayloadTypeBytesMax + 1, 'x');
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsErr(Errc::too_large));
  envelope = sample();
  envelope.signatures[0].signature.assign(kSignatureBytesMax + 1, 'x');
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsErr(Errc::too_large));
  envelope = sample();
  envelope.signatures[0].keyid.assign(kNameBytesMax + 1, 'x');
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsErr(Errc::too_large));
  envelope = sample();
  envelope.signatures.assign(kEnvelopeSignaturesMax + 1, {"", "s"});
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsErr(Errc::too_large));
  envelope.signatures.pop_back();
  EXPECT_THAT(decode_envelope(encode_envelope(envelope)), IsOk());
}

TEST(Dsse, EnvelopesSurviveTheRoundTrip) {
  for (const auto& envelope :
       {sample(), UnverifiedEnvelope{kType, "", {}},
        UnverifiedEnvelope{kType, Bytes("\0\xff", 2), {{"", "a"}, {"b", "c"}}}}) {
    ASSERT_OK_AND(const auto decoded, decode_envelope(encode_envelope(envelope)));
    EXPECT_EQ(decoded, envelope);
  }
}

TEST(Dsse, PaeKeepsTypeAndPayloadApart) {
  EXPECT_EQ(pae("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  EXPECT_NE(pae("a 1 b", "c"), pae("a", "1 b c"));
  EXPECT_EQ(statement_id("t", "payload"), sha256(pae("t", "payload")));
}

TEST(Dsse, ThePublishedVectorsGiveTheSamePae) {
  NEEDS_SHARED("vectors/dsse/dsse-vectors.json");
  std::ifstream file(shared_dir() / "vectors/dsse/dsse-vectors.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const boost::json::value vectors = boost::json::parse(text);
  for (const auto& vector : vectors.at("vectors").as_array()) {
    ASSERT_OK_AND(const Bytes payload, base64_decode(vector.at("payload").as_string()));
    ASSERT_OK_AND(const Bytes expected, from_hex(vector.at("pae_hex").as_string()));
    EXPECT_EQ(pae(vector.at("payloadType").as_string(), payload), expected);
  }
}

}  // namespace
}  // namespace regions
