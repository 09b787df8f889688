#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/base64.h"
#include "protocol/crypto/ed25519.h"
#include "protocol/crypto/hkdf.h"
#include "protocol/crypto/sha256.h"
#include "protocol/crypto/x25519.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

TEST(Sha256, EmptyAndAbc) {
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256({"a", "bc"}).hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231, test cases 2 and 6.
TEST(HmacSha256, Rfc4231) {
  EXPECT_EQ(hmac_sha256("Jefe", {"what do ya want ", "for nothing?"}).hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      hmac_sha256(Bytes(131, '\xaa'), {"Test Using Larger Than Block-Size Key - Hash Key First"})
          .hex(),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(X25519, LowOrderAndShortKeysAreRefused) {
  const Bytes own(32, '\x40');
  EXPECT_THAT(x25519(own, Bytes(32, '\0')), IsErr(Errc::untrusted));
  EXPECT_THAT(x25519(own, "\x01" + Bytes(31, '\0')), IsErr(Errc::untrusted));
  EXPECT_THAT(x25519(own, Bytes(31, '\x09')), IsErr(Errc::malformed));
  EXPECT_THAT(x25519(Bytes(33, '\x40'), Bytes(32, '\x09')), IsErr(Errc::malformed));
}

// RFC 7748 section 5.2.
TEST(X25519, Rfc7748) {
  const auto secret =
      x25519(*from_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
             *from_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
  ASSERT_THAT(secret, IsOk());
  EXPECT_EQ(to_hex(*secret), "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
}

// RFC 5869 appendix A.1.
TEST(Hkdf, Rfc5869AndItsBounds) {
  const Bytes secret(22, '\x0b');
  const Bytes salt = *from_hex("000102030405060708090a0b0c");
  EXPECT_EQ(to_hex(*hkdf_sha256(secret, salt, *from_hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_THAT(hkdf_sha256(secret, salt, "", 0), IsErr(Errc::malformed));
  EXPECT_THAT(hkdf_sha256(secret, salt, "", kHkdfBytesMax), IsOk());
  EXPECT_THAT(hkdf_sha256(secret, salt, "", kHkdfBytesMax + 1), IsErr(Errc::too_large));
  EXPECT_THAT(hkdf_sha256("", "", "", 32), IsOk());
}

TEST(Seal, WhatWasChangedOrIsAnothersDoesNotOpen) {
  const Bytes key(kSealKeyBytes, 'k'), nonce(kSealNonceBytes, 'n');
  ASSERT_OK_AND(const Bytes sealed, seal(key, nonce, "context", "plain"));
  EXPECT_EQ(*unseal(key, nonce, "context", sealed), "plain");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes bad = sealed;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_THAT(unseal(key, nonce, "context", bad), IsErr(Errc::bad_signature)) << i;
  }
  EXPECT_THAT(unseal(Bytes(kSealKeyBytes, 'K'), nonce, "context", sealed),
              IsErr(Errc::bad_signature));
  EXPECT_THAT(unseal(key, nonce, "Context", sealed), IsErr(Errc::bad_signature));
  EXPECT_THAT(unseal(key, nonce, "context", sealed.substr(1)), IsErr(Errc::bad_signature));
  EXPECT_THAT(unseal(key, nonce, "context", sealed.substr(0, 15)), IsErr(Errc::malformed));
  EXPECT_THAT(unseal(key, nonce.substr(1), "context", sealed), IsErr(Errc::malformed));
  EXPECT_THAT(seal(key.substr(1), nonce, "", "plain"), IsErr(Errc::malformed));
}

TEST(Base64, OnlyTheCanonicalFormDecodes) {
  EXPECT_EQ(base64_encode("hello"), "aGVsbG8=");
  EXPECT_EQ(*base64_decode("aGVsbG8="), "hello");
  EXPECT_EQ(*base64_decode(""), "");
  for (const char* bad :
       {"aGVsbG9=", "aGVsbG8", "aGVsbG8=\n", " aGVsbG8", "aGVs\nbG8=", "====", "a===", "-_=="}) {
    EXPECT_THAT(base64_decode(bad), IsErr(Errc::malformed)) << bad;
  }
}

// RFC 8032 section 7.1, test 2.
TEST(Ed25519, Rfc8032) {
  ASSERT_OK_AND(const PrivateKey key,
                PrivateKey::from_seed(
                    *from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
  EXPECT_EQ(to_hex(key.public_key().bytes),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const Bytes signature = key.sign("\x72");
  EXPECT_EQ(to_hex(signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(verify(key.public_key(), "\x72", signature));
  EXPECT_THAT(verify(key.public_key(), "\x73", signature), IsErr(Errc::bad_signature));
  EXPECT_THAT(verify(key.public_key(), "\x72", signature.substr(1)), IsErr(Errc::bad_signature));
}

TEST(Ed25519, LowOrderAndNonCanonicalKeysAreNotAdmitted) {
  const auto admit = [](const char* hex) {
    return check_admissible({Algorithm::ed25519, *from_hex(hex)});
  };
  for (const char* bad :
       {"0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "00"}) {
    EXPECT_THAT(admit(bad), IsErr(Errc::untrusted)) << bad;
  }
  EXPECT_TRUE(admit("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
}

TEST(Ed25519, EncryptedPemOpensWithItsPassphraseAlone) {
  SeededRandom random(1);
  const PrivateKey key = PrivateKey::generate(random);
  const std::string pem = key.to_pem("correct horse");
  EXPECT_THAT(pem, ::testing::HasSubstr("BEGIN ENCRYPTED PRIVATE KEY"));
  ASSERT_OK_AND(const PrivateKey again, PrivateKey::from_pem(pem, "correct horse"));
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_THAT(PrivateKey::from_pem(pem, "wrong"), IsErr(Errc::unauthorised));
  EXPECT_THAT(PrivateKey::from_pem(pem, ""), IsErr(Errc::unauthorised));
  EXPECT_THAT(PrivateKey::from_pem("no pem", ""), IsErr(Errc::malformed));
  ASSERT_OK_AND(const PrivateKey plain, PrivateKey::from_pem(key.to_pem(""), ""));
  EXPECT_EQ(plain.public_key(), key.public_key());
}

}  // namespace
}  // namespace regions
