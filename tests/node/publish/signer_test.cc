// What every statement carries, and that a pending one is signed again to the same bytes.
#include "node/publish/signer.h"

#include "tests/node/publish/publish_bench.h"

namespace regions {
namespace {

class SignerTest : public PublishBench {
 protected:
  StatementSigner signer{StatementKey(federation.key(kSelf, Role::statement)),
                         federation.membership()->roster().federation(), kSelf, clock, random};
};

TEST_F(SignerTest, AnotherKeysOrDamagedEnvelopeIsNotSignedAgain) {
  const auto made = signer.roster_adopted(1, 1, federation.membership()->roster().digest()).value();
  const auto again = signer.again(made.envelope());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->envelope(), made.envelope());
  EXPECT_EQ(again->id(), made.id());
  StatementSigner other(StatementKey(federation.key("ES", Role::statement)),
                        federation.membership()->roster().federation(), kSelf, clock, random);
  EXPECT_THAT(other.again(made.envelope()), IsErr(Errc::mismatch));
  for (std::size_t i = 0; i < made.envelope().size(); ++i) {
    Bytes damaged = made.envelope();
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(signer.again(damaged)) << i;
  }
  EXPECT_FALSE(signer.again(""));
}

TEST_F(SignerTest, HeaderIsWhatTheProtocolSays) {
  clock.set(kIn2024 + 59);
  const auto one = signer.roster_adopted(1, 1, federation.membership()->roster().digest()).value();
  const auto two = signer.roster_adopted(1, 1, federation.membership()->roster().digest()).value();
  EXPECT_NE(one.id(), two.id());  // another blind
  EXPECT_EQ(one.entry().issued_at % 60, 0u);
  EXPECT_EQ(one.entry().sequence, 1u);
  EXPECT_EQ(one.entry().audience, AudienceKind::federation);
}

}  // namespace
}  // namespace regions
