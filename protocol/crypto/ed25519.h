// Ed25519 (RFC 8032), by OpenSSL. Distinct types keep keys of one role out of another's hands.
#pragma once

#include <memory>

#include "protocol/base/bytes.h"
#include "protocol/crypto/random.h"

struct evp_pkey_st;

namespace regions {

// PROTOCOL 2: every key record is (algorithm, bytes). The numbers are C2SP's signature types.
enum class Algorithm : std::uint8_t { ed25519 = 1 };

// A public key as it stands in rosters, key sets and vkeys.
struct PublicKey {
  Algorithm algorithm = Algorithm::ed25519;
  Bytes bytes;  // Ed25519: 32 bytes, RFC 8032 encoding

  auto operator<=>(const PublicKey&) const = default;
};

// A key that may enter a roster or key set: 32 bytes, canonical (y < p) and not one of the
// low-order points, so that every verifier agrees on its signatures. Else untrusted.
Result<void> check_admissible(const PublicKey& key);

// bad_signature unless `signature` (64 bytes) over `message` verifies under `key`.
Result<void> verify(const PublicKey& key, ByteView message, ByteView signature);

// A private key. Move-only; OpenSSL cleanses it when it is freed.
class PrivateKey {
 public:
  static PrivateKey generate(Random& random);
  // `seed`: the 32 bytes of RFC 8032 5.1.5. Else malformed.
  static Result<PrivateKey> from_seed(ByteView seed);
  // PKCS#8 PEM; encrypted (scrypt, AES-256-CBC) when `passphrase` is not empty.
  std::string to_pem(std::string_view passphrase) const;
  // malformed: not an Ed25519 key in PEM; unauthorised: wrong passphrase, or none for an encrypted
  // file. An unencrypted file with a passphrase is read all the same.
  static Result<PrivateKey> from_pem(std::string_view pem, std::string_view passphrase);

  const PublicKey& public_key() const { return public_key_; }
  // 64 bytes, deterministic (RFC 8032).
  Bytes sign(ByteView message) const;
  // For TLS only: the certificate's key.
  evp_pkey_st* handle() const { return key_.get(); }

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, Free>;
  PrivateKey(Handle key, PublicKey public_key)
      : key_(std::move(key)), public_key_(std::move(public_key)) {}
  static Result<PrivateKey> own(evp_pkey_st* key);

  Handle key_;
  PublicKey public_key_;
};

}  // namespace regions
