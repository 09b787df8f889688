// Documents that may enter the store, and what a damaged store gives.
#include "node/log/membership.h"

#include "tests/node/log/log_bench.h"

namespace regions {
namespace {

class MembershipTest : public testing::Test {
 protected:
  Bytes roster() const { return encode_envelope(federation.founding.signed_by_all()); }
  Bytes keyset(const std::string& id) const {
    return encode_envelope(federation.founding.signed_key_set(id));
  }
  Result<VerifiedKeySet> install(ByteView document) {
    TRY(const auto membership, Membership::load(store));
    Batch fresh;
    TRY(const auto installed, membership->install_keyset(store, document, fresh));
    EXPECT_THAT(store.commit(fresh), IsOk());
    return installed.keyset;
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  MemoryStore store;
  Batch batch;
};

TEST_F(MembershipTest, WithoutARosterThereIsNone) {
  EXPECT_THAT(Membership::load(store), IsErr(Errc::not_found));
  EXPECT_THAT(install(keyset("ES")), IsErr(Errc::not_found));
}

TEST_F(MembershipTest, RosterThatOneFounderDidNotSignIsNotInstalled) {
  const Bytes partly = encode_envelope(federation.founding.signed_by({"DE24", "PT16"}));
  EXPECT_FALSE(Membership::install_roster(store, partly, batch));
  EXPECT_TRUE(batch.empty());
}

TEST_F(MembershipTest, AnotherFederationsDocumentsAreNotInstalled) {
  federation.install(store);
  Founding other({"DE24", "ES", "PT16"});
  other.charter.random.bytes.fill(0x11);
  other.seal_charter();
  EXPECT_THAT(Membership::install_roster(store, encode_envelope(other.signed_by_all()), batch),
              IsErr(Errc::conflict));
  EXPECT_TRUE(batch.empty());
  EXPECT_THAT(install(encode_envelope(other.signed_key_set("ES"))), IsErr(Errc::mismatch));
}

TEST_F(MembershipTest, SecondKeySetOfAMemberIsAConflictAndTheSameOneIsNot) {
  federation.install(store);
  const auto before = store.contents();
  EXPECT_THAT(install(keyset("ES")), IsOk());
  KeySet changed = federation.founding.key_set("ES");
  changed.endpoints = {"elsewhere:7443"};
  EXPECT_THAT(install(encode_envelope(federation.founding.signed_key_set(
                  changed, federation.founding.keys.at("ES").governance()))),
              IsErr(Errc::conflict));
  EXPECT_EQ(store.contents(), before);
}

// In whatever role the other has it.
TEST_F(MembershipTest, KeyOfAnotherMemberIsAConflict) {
  federation.install(store, "PT16");
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    KeySet set = federation.founding.key_set("PT16");
    const PrivateKey taken = federation.key("ES", role);
    set.keys.back().key = taken.public_key();
    set.keys.back().possession =
        taken.sign(possession_message(set.federation, "PT16", Role::tls, taken.public_key()));
    const auto refused = install(encode_envelope(
        federation.founding.signed_key_set(set, federation.founding.keys.at("PT16").governance())));
    EXPECT_THAT(refused, IsErr(Errc::conflict));
    EXPECT_THAT(refused.error().context, testing::HasSubstr("PT16 and ES share a key"));
  }
}

TEST_F(MembershipTest, OneByOneTheyMakeTheMembershipThatIsLoadedFromTheStore) {
  ASSERT_OK(Membership::install_roster(store, roster(), batch));
  ASSERT_OK(store.commit(batch));
  const auto empty = Membership::load(store).value();
  auto membership = empty;
  for (const std::string id : {"ES", "PT16", "DE24"}) {
    Batch fresh;
    ASSERT_OK_AND(const auto with, membership->install_keyset(store, keyset(id), fresh));
    ASSERT_OK(store.commit(fresh));
    EXPECT_EQ(membership->keyset(id), nullptr) << "what somebody holds does not change";
    membership = with.membership;
  }
  const auto loaded = Membership::load(store).value();
  for (const std::string id : {"ES", "PT16", "DE24"}) {
    EXPECT_EQ(membership->keyset(id)->digest(), loaded->keyset(id)->digest());
    const PublicKey pin = federation.key(id, Role::tls).public_key();
    EXPECT_EQ(*membership->member_of_tls_key(pin), id);
    EXPECT_EQ(empty->member_of_tls_key(pin), nullptr);
  }
}

TEST_F(MembershipTest, NamesAndPinsComeFromTheDocuments) {
  federation.install(store, "PT16");
  const auto membership = Membership::load(store).value();
  EXPECT_EQ(membership->keyset("PT16"), nullptr);
  ASSERT_NE(membership->keyset("ES"), nullptr);
  const std::string* member =
      membership->member_of_tls_key(federation.key("ES", Role::tls).public_key());
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(*member, "ES");
  EXPECT_EQ(membership->member_of_tls_key(federation.key("ES", Role::log).public_key()), nullptr);
  EXPECT_EQ(membership->member_of_tls_key(federation.key("PT16", Role::tls).public_key()), nullptr);
  EXPECT_EQ(Membership::roster_document(store, 1).value(), roster());
  EXPECT_EQ(Membership::keyset_document(store, "ES", 1).value(), keyset("ES"));
  EXPECT_THAT(Membership::roster_document(store, 2), IsErr(Errc::not_found));
  EXPECT_THAT(Membership::keyset_document(store, "PT16", 1), IsErr(Errc::not_found));
}

TEST_F(MembershipTest, EveryChangedByteOfAStoredDocumentIsNoticed) {
  federation.install(store);
  const auto documents = store.contents()[static_cast<std::size_t>(Area::documents)];
  for (const auto& [key, value] : documents) {
    for (std::size_t i = 0; i < value.size(); i += 7) {
      Bytes damaged = value;
      damaged[i] = static_cast<char>(damaged[i] ^ 0x04);
      Batch flip;
      flip.put(Area::documents, key, damaged);
      ASSERT_OK(store.commit(flip));
      EXPECT_THAT(Membership::load(store), IsErr(Errc::corrupt)) << i;
    }
    Batch mend;
    mend.put(Area::documents, key, value);
    ASSERT_OK(store.commit(mend));
  }
  EXPECT_THAT(Membership::load(store), IsOk());
}

}  // namespace
}  // namespace regions
