#include "protocol/log/checkpoint.h"

#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "protocol/log/tree.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

struct CheckpointTest : ::testing::Test {
  SeededRandom random{11};
  PrivateKey key = PrivateKey::generate(random);
  PrivateKey next_key = PrivateKey::generate(random);
  Checkpoint head{"demo-0011223344556677/PT16/1", 42, random.digest()};

  Bytes signed_text(const std::string& text) const {
    return encode_note({text, {sign_note_text(text, head.origin, key)}});
  }
};

TEST_F(CheckpointTest, EveryFlippedByteIsRefused) {
  const Bytes good = sign_checkpoint(head, key);
  ASSERT_OK_AND(const Checkpoint opened, open_checkpoint(good, head.origin, {key.public_key()}));
  EXPECT_EQ(opened, head);
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(open_checkpoint(bad, head.origin, {key.public_key()})) << i;
  }
}

TEST_F(CheckpointTest, AnotherLogsHeadIsRefusedEvenUnderTheSameKey) {
  Checkpoint other = head;
  other.origin = "demo-0011223344556677/PT16/2";
  EXPECT_THAT(open_checkpoint(sign_checkpoint(other, key), head.origin, {key.public_key()}),
              IsErr(Errc::bad_signature));
  // A text of another origin under our key name: signed, but not the head of this log.
  EXPECT_THAT(open_checkpoint(signed_text(encode_text(other)), head.origin, {key.public_key()}),
              IsErr(Errc::mismatch));
}

TEST_F(CheckpointTest, AnotherKeyIsRefused) {
  EXPECT_THAT(open_checkpoint(sign_checkpoint(head, key), head.origin, {next_key.public_key()}),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(open_checkpoint(sign_checkpoint(head, key), head.origin, {}),
              IsErr(Errc::bad_signature));
}

TEST_F(CheckpointTest, DuringARotationEitherKeyOpensIt) {
  const std::vector<PublicKey> both{key.public_key(), next_key.public_key()};
  EXPECT_THAT(open_checkpoint(sign_checkpoint(head, key), head.origin, both), IsOk());
  EXPECT_THAT(open_checkpoint(sign_checkpoint(head, next_key), head.origin, both), IsOk());
}

TEST_F(CheckpointTest, TheTreeWithoutLeavesHasOneRoot) {
  Checkpoint empty{head.origin, 0, empty_root()};
  EXPECT_THAT(open_checkpoint(sign_checkpoint(empty, key), head.origin, {key.public_key()}),
              IsOk());
  empty.root = head.root;
  EXPECT_THAT(open_checkpoint(sign_checkpoint(empty, key), head.origin, {key.public_key()}),
              IsErr(Errc::bad_proof));
}

TEST_F(CheckpointTest, OtherTextsAreMalformedAlthoughSigned) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const std::string origin = head.origin + "\n";
  ASSERT_THAT(parse_checkpoint_text(origin + "0\n" + root), IsOk());
  for (const std::string& bad : {
           std::string("\n"),
           origin,
           origin + "1\n",
           origin + "1\n\n",
           "\n1\n" + root,
           origin + "01\n" + root,
           origin + "-1\n" + root,
           origin + "+1\n" + root,
           origin + " 1\n" + root,
           origin + "0x1\n" + root,
           origin + "\n" + root,
           origin + "18446744073709551616\n" + root,
           origin + "1\n" + root.substr(4),
           origin + "1\n" + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
           origin + "1\n" + root + "extension\n",
           origin + "1\n" + root + "\n",
           std::string(kNameBytesMax + 1, 'o') + "\n1\n" + root,
       }) {
    EXPECT_THAT(parse_checkpoint_text(bad), IsErr(Errc::malformed)) << bad;
    EXPECT_THAT(open_checkpoint(signed_text(bad), head.origin, {key.public_key()}),
                IsErr(Errc::malformed));
  }
  EXPECT_THAT(parse_checkpoint_text(""), IsErr(Errc::malformed));
  EXPECT_THAT(parse_checkpoint_text(origin + "1\n" + root.substr(0, root.size() - 1)),
              IsErr(Errc::malformed));
  EXPECT_THAT(parse_checkpoint_text(origin + std::to_string(kTreeSizeMax + 1) + "\n" + root),
              IsErr(Errc::too_large));
}

TEST_F(CheckpointTest, WhatParsesEncodesToTheSameText) {
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{70'000}, kTreeSizeMax}) {
    head.size = size;
    ASSERT_OK_AND(const Checkpoint again, parse_checkpoint_text(encode_text(head)));
    EXPECT_EQ(again, head);
  }
}

}  // namespace
}  // namespace regions
