#include "protocol/log/note.h"

#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

constexpr std::string_view kText = "head\n\nof a log\n";

struct NoteTest : ::testing::Test {
  SeededRandom random{7};
  PrivateKey alice = PrivateKey::generate(random);
  PrivateKey bob = PrivateKey::generate(random);
  VerifierKey alice_key{"alice.example/log", alice.public_key()};
  VerifierKey bob_key{"bob.example", bob.public_key()};

  NoteSignature by_alice() const { return sign_note_text(kText, alice_key.name, alice); }
  NoteSignature by_bob() const { return sign_note_text(kText, bob_key.name, bob); }
  static Bytes note(std::vector<NoteSignature> lines) {
    return encode_note({std::string(kText), std::move(lines)});
  }
};

Bytes with_line(const std::string& line) { return "text\n\n" + line; }

TEST_F(NoteTest, EveryFlippedByteIsRefused) {
  const Bytes good = note({by_alice()});
  ASSERT_THAT(open_note(good, {alice_key}), IsOk());
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char bit : {'\x01', '\x20', '\x80'}) {
      Bytes bad = good;
      bad[i] = static_cast<char>(bad[i] ^ bit);
      EXPECT_FALSE(open_note(bad, {alice_key})) << i;
    }
  }
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(open_note(good.substr(0, length), {alice_key})) << length;
  }
}

TEST_F(NoteTest, ALineOfAKnownKeyThatFailsRefusesTheWholeNote) {
  NoteSignature forged = by_bob();
  forged.signature[0] = static_cast<char>(forged.signature[0] ^ 1);
  const std::vector<VerifierKey> both{alice_key, bob_key};
  EXPECT_THAT(open_note(note({by_alice(), forged}), both), IsErr(Errc::bad_signature));
  EXPECT_THAT(open_note(note({forged, by_alice()}), both), IsErr(Errc::bad_signature));
  // Also where an earlier line of the same key verified.
  EXPECT_THAT(open_note(note({by_bob(), forged}), both), IsErr(Errc::bad_signature));
  NoteSignature short_one = by_bob();
  short_one.signature.pop_back();
  EXPECT_THAT(open_note(note({by_alice(), short_one}), both), IsErr(Errc::bad_signature));
  // Bob unknown: his line says nothing.
  ASSERT_OK_AND(const Note opened, open_note(note({by_alice(), forged}), {alice_key}));
  EXPECT_THAT(opened.signatures, ElementsAre(by_alice()));
}

TEST_F(NoteTest, WithoutAVerifiedLineItIsRefused) {
  EXPECT_THAT(open_note(note({by_alice()}), {bob_key}), IsErr(Errc::bad_signature));
  EXPECT_THAT(open_note(note({by_alice()}), {}), IsErr(Errc::bad_signature));
  VerifierKey other_name = alice_key;
  other_name.name = "alice.example/log2";
  EXPECT_THAT(open_note(note({by_alice()}), {other_name}), IsErr(Errc::bad_signature));
}

TEST_F(NoteTest, OneKeyCountsOnceHoweverManyLinesAndNamesItHas) {
  const VerifierKey second_name{"alice.example/again", alice.public_key()};
  const NoteSignature again = sign_note_text(kText, second_name.name, alice);
  ASSERT_OK_AND(const Note opened, open_note(note({by_alice(), by_alice(), again, by_bob()}),
                                             {alice_key, second_name, bob_key}));
  EXPECT_THAT(opened.signatures, ElementsAre(by_alice(), by_bob()));
  EXPECT_EQ(opened.text, kText);
}

TEST_F(NoteTest, TheLastEmptyLineDividesTextAndSignatures) {
  ASSERT_OK_AND(const Note parsed, parse_note("a\n\n\nb\n\n\xe2\x80\x94 n AAAAAQE=\n"));
  EXPECT_EQ(parsed.text, "a\n\n\nb\n");
  EXPECT_THAT(parsed.signatures, ElementsAre(NoteSignature{"n", 1, "\x01"}));
}

TEST(Note, OtherFormsAreMalformed) {
  const std::string dash = "\xe2\x80\x94 ";
  ASSERT_THAT(parse_note(with_line(dash + "n AAAAAQE=\n")), IsOk());
  for (const std::string& bad : {
           std::string(),
           std::string("\n\n"),
           std::string("text\n"),
           std::string("text\n\n"),
           "text\n" + dash + "n AAAAAQE=\n",           // no empty line
           with_line(dash + "n AAAAAQE="),             // no last line feed
           with_line(dash + "n AAAAAQE=\n\n"),         // empty line at the end
           with_line(dash + "n AAAAAQE=\nrest\n"),     // not a signature line
           with_line(dash + "n AAAAAQE= \n"),          // bytes after the signature
           with_line(dash + "n  AAAAAQE=\n"),          // two spaces
           with_line(dash + "n AAAAAQE\n"),            // no padding
           with_line(dash + "n AAAAAQF=\n"),           // stray bits
           with_line(dash + "n AAAAAQ==\n"),           // key id alone
           with_line(dash + "n AAAA\n"),               // less than a key id
           with_line(dash + "n \n"),                   // nothing
           with_line(dash + "n\n"),                    // no space
           with_line(dash + " AAAAAQE=\n"),            // no name
           with_line(dash + "n+m AAAAAQE=\n"),         // plus in the name
           with_line(dash + "n\xc2\xa0m AAAAAQE=\n"),  // Unicode space in the name
           with_line("- n AAAAAQE=\n"),                // hyphen
           with_line("\xe2\x80\x93 n AAAAAQE=\n"),     // en dash
           with_line(dash + "n AAAAAQE=\r\n"),         // carriage return
           "te\tt\n\n" + dash + "n AAAAAQE=\n",        // control byte
           std::string("te\0t\n\n", 6) + dash + "n AAAAAQE=\n",
           "te\xff\n\n" + dash + "n AAAAAQE=\n",  // not UTF-8
           with_line(dash + std::string(kNameBytesMax + 1, 'n') + " AAAAAQE=\n"),
       }) {
    EXPECT_THAT(parse_note(bad), IsErr(Errc::malformed)) << bad;
  }
}

TEST(Note, PastALimitItIsTooLarge) {
  const std::string line = "\xe2\x80\x94 n AAAAAQE=\n";
  std::string lines;
  for (std::size_t i = 0; i < kNoteSignaturesMax; ++i) lines += line;
  EXPECT_THAT(parse_note(with_line(lines)), IsOk());
  EXPECT_THAT(parse_note(with_line(lines + line)), IsErr(Errc::too_large));
  const auto of_size = [](std::size_t bytes) {
    return encode_note({"t\n", {{"n", 1, Bytes(bytes, 's')}}});
  };
  EXPECT_THAT(parse_note(of_size(kSignatureBytesMax)), IsOk());
  EXPECT_THAT(parse_note(of_size(kSignatureBytesMax + 1)), IsErr(Errc::too_large));
  EXPECT_THAT(parse_note(of_size(kSignatureBytesMax + 100)), IsErr(Errc::too_large));
  const std::string tail = "\n\n" + line;
  const std::string longest(kNoteBytesMax - tail.size(), 't');
  EXPECT_THAT(parse_note(longest + tail), IsOk());
  EXPECT_THAT(parse_note("t" + longest + tail), IsErr(Errc::too_large));
}

TEST_F(NoteTest, KeysWithLowOrderOrAnotherIdAreNotRead) {
  const std::string good = encode_vkey(alice_key);
  ASSERT_OK_AND(const VerifierKey parsed, parse_vkey(good));
  EXPECT_EQ(parsed, alice_key);
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(parse_vkey(bad)) << i;
    EXPECT_FALSE(parse_vkey(good.substr(0, i))) << i;
  }
  EXPECT_THAT(parse_vkey(good + "\n"), IsErr(Errc::malformed));
  const VerifierKey low_order{"n", {Algorithm::ed25519, Bytes(32, '\0')}};
  EXPECT_THAT(parse_vkey(encode_vkey(low_order)), IsErr(Errc::untrusted));
  const VerifierKey short_key{"n", {Algorithm::ed25519, Bytes(31, '\1')}};
  EXPECT_THAT(parse_vkey(encode_vkey(short_key)), IsErr(Errc::untrusted));
  EXPECT_THAT(parse_vkey("n+00000000+" + base64_encode("\x04" + Bytes(32, 'k'))),
              IsErr(Errc::unsupported));
  EXPECT_THAT(parse_vkey(std::string(100'000, 'n')), IsErr(Errc::too_large));
  EXPECT_THAT(parse_vkey(""), IsErr(Errc::malformed));
  EXPECT_THAT(parse_vkey("++"), IsErr(Errc::malformed));
}

}  // namespace
}  // namespace regions
