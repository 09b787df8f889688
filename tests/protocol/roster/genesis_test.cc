#include <functional>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"
#include "protocol/proto/roster.pb.h"
#include "protocol/roster/roster.h"
#include "protocol/statement/strict_proto.h"
#include "tests/protocol/roster/founding.h"
#include "tests/protocol/statement/wire_forms.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(Genesis, AMissingFounderSignatureIsRejectedByName) {
  const Founding founding = three();
  const auto opened = open_genesis(founding.signed_by({"DE24", "PT16"}));
  ASSERT_THAT(opened, IsErr(Errc::bad_signature));
  EXPECT_NE(opened.error().context.find("ES"), std::string::npos);
  EXPECT_THAT(open_genesis(founding.signed_by({})), IsErr(Errc::bad_signature));
}

TEST(Genesis, AFounderWhoSignsWithBothKeysOrTwiceCountsOnce) {
  const Founding founding({"DE24", "ES"});
  UnverifiedEnvelope envelope = founding.signed_by({"DE24"});
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  const PrivateKey second = founding.keys.at("DE24").governance(1);
  envelope.signatures.push_back({keyid_of(second.public_key()), second.sign(message)});
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
  envelope.signatures.push_back(envelope.signatures.front());
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
  envelope.signatures.push_back(founding.signed_by({"ES"}).signatures.front());
  EXPECT_THAT(open_genesis(envelope), IsOk());
}

TEST(Genesis, AnotherRolesSignatureCountsForNothing) {
  const Founding founding = three();
  UnverifiedEnvelope envelope = founding.signed_by({"DE24", "ES"});
  const PrivateKey statement_key = founding.keys.at("PT16").of(Role::statement);
  envelope.signatures.push_back({keyid_of(founding.keys.at("PT16").governance().public_key()),
                                 statement_key.sign(pae(envelope.payload_type, envelope.payload))});
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
}

TEST(Genesis, ExtraSignaturesThatDoNotVerifyDoNotFailASufficientSet) {
  UnverifiedEnvelope envelope = three().signed_by_all();
  envelope.signatures.insert(envelope.signatures.begin(), {"someone", Bytes(64, 'x')});
  EXPECT_THAT(open_genesis(envelope), IsOk());
}

TEST(Genesis, AKeyidIsThatOfTheKeyOrNotThere) {
  UnverifiedEnvelope envelope = three().signed_by_all();
  for (EnvelopeSignature& signature : envelope.signatures) signature.keyid.clear();
  EXPECT_THAT(open_genesis(envelope), IsOk());
  envelope = three().signed_by_all();
  std::swap(envelope.signatures[0].keyid, envelope.signatures[1].keyid);
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
}

TEST(Genesis, SignaturesWithoutEndAreGivenUp) {
  Founding founding(many_ids(40));
  founding.roster.board = many_ids(5);
  founding.roster.threshold = 3;
  UnverifiedEnvelope envelope = founding.signed_by({});
  envelope.signatures.assign(kEnvelopeSignaturesMax, {"", Bytes(64, 'x')});
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::too_large));
}

TEST(Genesis, ASignatureOfOtherBytesOrAnotherTypeIsRejected) {
  Founding founding = three();
  UnverifiedEnvelope envelope = founding.signed_by_all();
  founding.roster.public_log = true;
  envelope.payload = encode_payload(founding.roster);
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
  envelope = three().signed_by_all();
  envelope.payload_type = kKeySetPayloadType;
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::malformed));
}

TEST(Genesis, ALaterVersionIsNoGenesis) {
  Founding founding = three();
  founding.roster.version = 2;
  founding.roster.prev.bytes.fill(3);
  EXPECT_THAT(decode_roster(encode_payload(founding.roster)), IsOk());
  EXPECT_THAT(open_genesis(founding.signed_by_all()), IsErr(Errc::mismatch));
}

TEST(Genesis, ItSaysWhoIsWhere) {
  Founding founding = three();
  founding.roster.members[2].territory = {"PT16", "PT17"};
  founding.roster.release_plan = sha256("plan");
  const UnverifiedEnvelope envelope = founding.signed_by_all();
  ASSERT_OK_AND(const VerifiedRoster roster, open_genesis(envelope));
  EXPECT_EQ(roster.name(), "north-south");
  EXPECT_EQ(roster.version(), 1U);
  EXPECT_EQ(roster.federation(), federation_id(founding.charter));
  EXPECT_EQ(roster.digest(), sha256(envelope.payload));
  EXPECT_EQ(roster.roster(), founding.roster);
  EXPECT_EQ(roster.find("ES")->id, "ES");
  EXPECT_EQ(roster.find("FR"), nullptr);
  EXPECT_EQ(roster.find(""), nullptr);
  EXPECT_EQ(roster.find("ZZ"), nullptr);
  EXPECT_EQ(roster.home_of("PT16")->id, "PT16");
  EXPECT_EQ(roster.home_of("PT16D")->id, "PT16");
  EXPECT_EQ(roster.home_of("PT170")->id, "PT16");
  EXPECT_EQ(roster.home_of("ES1")->id, "ES");
  EXPECT_EQ(roster.home_of("PT1"), nullptr) << "coarser than the territory";
  EXPECT_EQ(roster.home_of("FR1"), nullptr);
  EXPECT_EQ(roster.home_of(""), nullptr);
  EXPECT_TRUE(roster.is_governance_key(founding.keys.at("ES").governance(1).public_key()));
  EXPECT_FALSE(roster.is_governance_key(founding.keys.at("ES").of(Role::log).public_key()));
}

TEST(Signing, OnlyAGovernanceKeyOfTheRosterSignsAndEachMemberOnce) {
  const Founding founding = three();
  ASSERT_OK_AND(const Bytes blank, unsigned_envelope(founding.roster));
  EXPECT_THAT(add_signature("junk", founding.keys.at("ES").governance()), IsErr(Errc::malformed));
  EXPECT_THAT(add_signature(blank, founding.keys.at("ES").of(Role::statement)),
              IsErr(Errc::untrusted));
  ASSERT_OK_AND(const Bytes one, add_signature(blank, founding.keys.at("ES").governance()));
  ASSERT_OK_AND(const Bytes again, add_signature(one, founding.keys.at("ES").governance()));
  EXPECT_EQ(again, one);
  EXPECT_THAT(add_signature(one, founding.keys.at("ES").governance(1)), IsErr(Errc::conflict));
}

TEST(Signing, ARosterThatBreaksARuleIsNotSigned) {
  Founding founding = three();
  founding.roster.threshold = 3;
  const Bytes bytes = encode_envelope(founding.signed_by({}));
  EXPECT_THAT(add_signature(bytes, founding.keys.at("ES").governance()), IsErr(Errc::refused));
}

TEST(Signing, FoundersSignInAnyOrderWithEitherKey) {
  const Founding founding = three();
  ASSERT_OK_AND(Bytes bytes, unsigned_envelope(founding.roster));
  ASSERT_OK_AND(bytes, add_signature(bytes, founding.keys.at("PT16").governance(1)));
  ASSERT_OK_AND(bytes, add_signature(bytes, founding.keys.at("DE24").governance(0)));
  ASSERT_OK_AND(auto envelope, decode_envelope(bytes));
  EXPECT_THAT(open_genesis(envelope), IsErr(Errc::bad_signature));
  ASSERT_OK_AND(bytes, add_signature(bytes, founding.keys.at("ES").governance(1)));
  ASSERT_OK_AND(envelope, decode_envelope(bytes));
  EXPECT_THAT(open_genesis(envelope), IsOk());
}

TEST(Signing, AFederationOfOneIsFoundedAlone) {
  EXPECT_THAT(open_genesis(Founding({"ES"}).signed_by_all()), IsOk());
}

}  // namespace
}  // namespace regions
