#include "protocol/roster/keyset.h"

#include <algorithm>
#include <functional>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"
#include "protocol/roster/endpoint.h"
#include "tests/protocol/roster/founding.h"
#include "tests/protocol/statement/wire_forms.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

class KeySets : public testing::Test {
 protected:
  Result<VerifiedKeySet> open_changed(const std::function<void(KeySet&)>& change) const {
    KeySet set = founding_.key_set("ES");
    change(set);
    return open_keyset(founding_.signed_key_set(set, governance()), *roster_);
  }
  PrivateKey governance() const { return founding_.keys.at("ES").governance(); }
  // Puts `key` in the place of the set's key of that role, with a proof of possession.
  void put(KeySet& set, Role role, const PrivateKey& key) const {
    RoleKey& at = set.keys[static_cast<std::size_t>(role) - 1];
    at.key = key.public_key();
    at.possession =
        key.sign(possession_message(set.federation, set.member, role, key.public_key()));
  }

  Founding founding_{{"DE24", "ES", "PT16"}};
  Result<VerifiedRoster> roster_ = open_genesis(founding_.signed_by_all());
};

TEST_F(KeySets, EveryBrokenFieldIsRejected) {
  struct Mutation {
    const char* what;
    std::function<void(KeySet&)> change;
    Errc code = Errc::malformed;
  };
  const std::vector<Mutation> mutations = {
      {"no federation", [](KeySet& s) { s.federation = {}; }},
      {"no member", [](KeySet& s) { s.member.clear(); }},
      {"number 0", [](KeySet& s) { s.number = 0; }},
      {"number 1 with a previous one", [](KeySet& s) { s.prev.bytes.fill(1); }},
      {"number 2 without a previous one", [](KeySet& s) { s.number = 2; }},
      {"no issued-at", [](KeySet& s) { s.issued_at = 0; }},
      {"issued-at with seconds", [](KeySet& s) { s.issued_at += 1; }},
      {"no endpoint", [](KeySet& s) { s.endpoints.clear(); }},
      {"endpoint without a port", [](KeySet& s) { s.endpoints = {"localhost"}; }},
      {"endpoint twice",
       [](KeySet& s) {
         s.endpoints = {"a:1", "a:1"};
       }},
      {"nine endpoints",
       [](KeySet& s) {
         for (int i = 1; i <= 8; ++i) s.endpoints.push_back("h:" + std::to_string(i));
       },
       Errc::too_large},
      {"no keys", [](KeySet& s) { s.keys.clear(); }},
      {"valid-from 0", [](KeySet& s) { s.keys[0].valid_from = 0; }},
      {"valid-until before valid-from",
       [](KeySet& s) { s.keys[0].valid_until = s.keys[0].valid_from; }},
      {"valid-until with seconds", [](KeySet& s) { s.keys[0].valid_until += 1; }},
      {"unknown role", [](KeySet& s) { s.keys[3].role = Role{6}; }},
      {"role 0", [](KeySet& s) { s.keys[0].role = Role{0}; }},
      {"a governance key", [](KeySet& s) { s.keys[3].role = Role::governance; }},
      {"keys unsorted", [](KeySet& s) { std::swap(s.keys[0], s.keys[1]); }},
      {"low-order key", [](KeySet& s) { s.keys[1].key.bytes.assign(32, '\0'); }, Errc::untrusted},
      {"short key", [](KeySet& s) { s.keys[1].key.bytes.pop_back(); }, Errc::untrusted},
      {"another algorithm", [](KeySet& s) { s.keys[1].key.algorithm = Algorithm{6}; },
       Errc::unsupported},
      {"no proof of possession", [](KeySet& s) { s.keys[1].possession.clear(); },
       Errc::bad_signature},
      {"long proof", [](KeySet& s) { s.keys[1].possession.assign(kSignatureBytesMax + 1, 'x'); },
       Errc::too_large},
  };
  for (const Mutation& mutation : mutations) {
    EXPECT_THAT(open_changed(mutation.change), IsErr(mutation.code)) << mutation.what;
    KeySet set = founding_.key_set("ES");
    mutation.change(set);
    EXPECT_FALSE(check(set)) << mutation.what;
    EXPECT_FALSE(unsigned_envelope(set)) << mutation.what;
  }
}

TEST_F(KeySets, EveryMissingRoleIsRejected) {
  for (std::size_t i = 0; i < 4; ++i) {
    const auto opened = open_changed(
        [i](KeySet& s) { s.keys.erase(s.keys.begin() + static_cast<std::ptrdiff_t>(i)); });
    EXPECT_THAT(opened, IsErr(Errc::malformed)) << i;
  }
}

TEST_F(KeySets, AProofOfPossessionHoldsForOneFederationMemberRoleAndKey) {
  const KeySet set = founding_.key_set("ES");
  const PrivateKey key = founding_.keys.at("ES").of(Role::log);
  const PrivateKey other = founding_.keys.at("ES").of(Role::witness);
  const auto with = [&](const Bytes& message, const PrivateKey& signer) {
    return open_changed([&](KeySet& s) { s.keys[1].possession = signer.sign(message); });
  };
  const PublicKey& own = key.public_key();
  ASSERT_THAT(with(possession_message(set.federation, "ES", Role::log, own), key), IsOk());
  EXPECT_THAT(with(possession_message(sha256("x"), "ES", Role::log, own), key),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(with(possession_message(set.federation, "PT16", Role::log, own), key),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(with(possession_message(set.federation, "ES", Role::tls, own), key),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(with(possession_message(set.federation, "ES", Role::log, other.public_key()), key),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(with(possession_message(set.federation, "ES", Role::log, own), other),
              IsErr(Errc::bad_signature));
}

TEST_F(KeySets, AReusedKeyIsRejected) {
  EXPECT_THAT(open_changed(
                  [&](KeySet& s) { put(s, Role::witness, founding_.keys.at("ES").of(Role::log)); }),
              IsErr(Errc::conflict));
  // A governance key, of this member or of any other, must not lie on a node.
  EXPECT_THAT(
      open_changed([&](KeySet& s) { put(s, Role::tls, founding_.keys.at("ES").governance(1)); }),
      IsErr(Errc::conflict));
  EXPECT_THAT(
      open_changed([&](KeySet& s) { put(s, Role::tls, founding_.keys.at("PT16").governance()); }),
      IsErr(Errc::conflict));
}

TEST_F(KeySets, AWrongSignerIsRejected) {
  const KeySet set = founding_.key_set("ES");
  for (const auto& [id, role] : {std::pair{"PT16", Role::governance},
                                 std::pair{"ES", Role::statement}, std::pair{"ES", Role::tls}}) {
    const MemberKeys& keys = founding_.keys.at(id);
    const PrivateKey by = role == Role::governance ? keys.governance() : keys.of(role);
    EXPECT_THAT(open_keyset(founding_.signed_key_set(set, by), *roster_),
                IsErr(Errc::bad_signature));
  }
  EXPECT_THAT(
      open_keyset(founding_.signed_key_set(set, founding_.keys.at("ES").governance(1)), *roster_),
      IsOk());
}

TEST_F(KeySets, NoneOrTwoSignaturesAreRejected) {
  UnverifiedEnvelope envelope = founding_.signed_key_set("ES");
  envelope.signatures.push_back(envelope.signatures.front());
  EXPECT_THAT(open_keyset(envelope, *roster_), IsErr(Errc::bad_signature));
  envelope.signatures.clear();
  EXPECT_THAT(open_keyset(envelope, *roster_), IsErr(Errc::bad_signature));
}

TEST_F(KeySets, AnotherFederationOrAStrangerIsRejected) {
  Founding other({"DE24", "ES", "PT16"});
  other.charter.random.bytes.fill(1);
  EXPECT_THAT(open_keyset(other.signed_key_set("ES"), *roster_), IsErr(Errc::mismatch));
  // A set of PT16's keys that names a member which the roster does not know.
  Founding stranger({"DE24", "FR", "PT16"});
  KeySet set = stranger.key_set("FR");
  set.federation = roster_->federation();
  for (RoleKey& key : set.keys) put(set, key.role, stranger.keys.at("FR").of(key.role));
  EXPECT_THAT(
      open_keyset(stranger.signed_key_set(set, stranger.keys.at("FR").governance()), *roster_),
      IsErr(Errc::untrusted));
}

TEST_F(KeySets, ALaterNumberIsNoFirstKeySet) {
  EXPECT_THAT(open_changed([](KeySet& s) {
                s.number = 2;
                s.prev.bytes.fill(1);
              }),
              IsErr(Errc::mismatch));
}

TEST_F(KeySets, ARosterIsNoKeySet) {
  EXPECT_THAT(open_keyset(founding_.signed_by({"ES"}), *roster_), IsErr(Errc::malformed));
}

TEST_F(KeySets, LaxEncodingsAndChangedBitsAreRejected) {
  const KeySet set = founding_.key_set("ES");
  const Bytes whole = encode_payload(set);
  EXPECT_THAT(decode_keyset(whole + varint_field(99, 1)), IsErr(Errc::malformed));
  EXPECT_THAT(decode_keyset(varint_field(1, 2)), IsErr(Errc::unsupported));
  EXPECT_THAT(decode_keyset(""), IsErr(Errc::malformed));
  const std::vector<Bytes> fields = split_fields(whole);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto twice = fields;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), fields[i]);
    EXPECT_FALSE(decode_keyset(join(twice))) << i;
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto decoded = decode_keyset(changed);
    if (!decoded) continue;
    EXPECT_NE(*decoded, set) << i;
    EXPECT_EQ(encode_payload(*decoded), changed) << i;
  }
}

TEST_F(KeySets, ItGivesTheKeysOfEachRoleAndTheJudge) {
  const UnverifiedEnvelope envelope = founding_.signed_key_set("ES");
  ASSERT_OK_AND(const auto set, open_keyset(envelope, *roster_));
  const MemberKeys& own = founding_.keys.at("ES");
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    EXPECT_EQ(set.keys(role), std::vector{own.of(role).public_key()});
  }
  EXPECT_TRUE(set.keys(Role::governance).empty());
  EXPECT_EQ(set.keys_that_sign(Signable::checkpoint), set.keys(Role::log));
  EXPECT_EQ(set.digest(), sha256(envelope.payload));
  EXPECT_EQ(set.judge().author, "ES");
  EXPECT_EQ(set.judge().federation, roster_->federation());
  EXPECT_EQ(set.judge().statement_keys, set.keys(Role::statement));
}

TEST_F(KeySets, SigningPutsOneSignatureOnASoundSet) {
  const KeySet set = founding_.key_set("ES");
  ASSERT_OK_AND(const Bytes blank, unsigned_envelope(set));
  EXPECT_THAT(sign_keyset("junk", governance()), IsErr(Errc::malformed));
  EXPECT_THAT(sign_keyset(blank, founding_.keys.at("ES").of(Role::log)), IsErr(Errc::conflict));
  ASSERT_OK_AND(const Bytes once, sign_keyset(blank, governance()));
  ASSERT_OK_AND(const Bytes again, sign_keyset(once, governance()));
  EXPECT_EQ(again, once);
  EXPECT_THAT(sign_keyset(once, founding_.keys.at("ES").governance(1)), IsErr(Errc::conflict));
  ASSERT_OK_AND(const auto envelope, decode_envelope(once));
  EXPECT_THAT(open_keyset(envelope, *roster_), IsOk());
}

TEST(Endpoints, OnlyOneSpellingIsAccepted) {
  for (const char* bad :
       {"", ":1", "host", "host:", "host:0", "host:01", "host:65536", "host:+1", "Host:1", "a b:1",
        "[]:1", "[::1]", "::1:7443", "[1.2.3.4]:1", "[::1:1", "h_:1", "host:1 ", "[::g]:1"}) {
    EXPECT_THAT(parse_endpoint(bad), IsErr(Errc::malformed)) << bad;
  }
  EXPECT_THAT(parse_endpoint(std::string(254, 'a') + ":1"), IsErr(Errc::malformed));
  ASSERT_OK_AND(const Endpoint name, parse_endpoint("node.example.eu:7443"));
  EXPECT_EQ(name.host, "node.example.eu");
  EXPECT_EQ(name.port, 7443);
  ASSERT_OK_AND(const Endpoint address, parse_endpoint("[2001:db8::1]:65535"));
  EXPECT_EQ(address.host, "2001:db8::1");
  EXPECT_EQ(address.port, 65535);
}

TEST(Roles, EachThingIsSignedByExactlyOneRole) {
  for (int i = 0; i <= static_cast<int>(Signable::key_set); ++i) {
    const auto what = static_cast<Signable>(i);
    EXPECT_EQ(std::count_if(std::begin(kRoleTable), std::end(kRoleTable),
                            [&](const RoleRow& row) { return row.what == what; }),
              1)
        << name(what);
  }
  EXPECT_EQ(name(static_cast<Signable>(static_cast<int>(Signable::key_set) + 1)), "unknown");
}

}  // namespace
}  // namespace regions
