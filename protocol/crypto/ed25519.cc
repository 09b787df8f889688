#include "protocol/crypto/ed25519.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

namespace regions {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;
using Bio = std::unique_ptr<BIO, FreeBio>;

const unsigned char* as_unsigned(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// The y coordinates of the eight points of small order, little-endian, as listed in the CCTV
// Ed25519 notes (C2SP); the sign bit is masked before comparison, which covers every alternative
// sign.
constexpr std::array<const char*, 5> kLowOrderY = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
};

bool is_low_order(Bytes y) {
  y.back() = static_cast<char>(y.back() & 0x7f);
  const std::string hex = to_hex(y);
  return std::any_of(kLowOrderY.begin(), kLowOrderY.end(),
                     [&](const char* low) { return hex == low; });
}

// y < p = 2^255 - 19, little-endian with the sign bit masked.
bool is_canonical(Bytes y) {
  y.back() = static_cast<char>(y.back() & 0x7f);
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(y[i]); };
  if (at(31) != 0x7f) return true;
  for (std::size_t i = 1; i < 31; ++i) {
    if (at(i) != 0xff) return true;
  }
  return at(0) < 0xed;
}

// Answers OpenSSL's question for a passphrase; -1 (refuse) when there is none, so that it never
// prompts on a terminal by itself.
int passphrase_callback(char* buffer, int size, int, void* user) {
  const auto* passphrase = static_cast<const std::string_view*>(user);
  if (passphrase->empty() || passphrase->size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, passphrase->data(), passphrase->size());
  return static_cast<int>(passphrase->size());
}

}  // namespace

Result<void> check_admissible(const PublicKey& key) {
  if (key.algorithm != Algorithm::ed25519) return fail(Errc::unsupported, "key algorithm");
  if (key.bytes.size() != kKeyBytes)
    return fail(Errc::untrusted, "public key is not 32 bytes long");
  if (!is_canonical(key.bytes))
    return fail(Errc::untrusted, "public key is not canonical (y >= p)");
  if (is_low_order(key.bytes)) return fail(Errc::untrusted, "public key is a point of low order");
  return {};
}

Result<void> verify(const PublicKey& key, ByteView message, ByteView signature) {
  const auto bad = [] { return fail(Errc::bad_signature, "signature does not verify"); };
  if (key.algorithm != Algorithm::ed25519) return fail(Errc::unsupported, "key algorithm");
  if (key.bytes.size() != kKeyBytes || signature.size() != kSignatureBytes) return bad();
  const std::unique_ptr<EVP_PKEY, FreeKey> handle{EVP_PKEY_new_raw_public_key_ex(
      nullptr, "ED25519", nullptr, as_unsigned(key.bytes), key.bytes.size())};
  if (!handle) return bad();
  const Context context{EVP_MD_CTX_new()};
  CHECK(context != nullptr);
  if (EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, handle.get(),
                              nullptr) != 1) {
    return bad();
  }
  if (EVP_DigestVerify(context.get(), as_unsigned(signature), signature.size(),
                       as_unsigned(message), message.size()) != 1) {
    return bad();
  }
  return {};
}

void PrivateKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

Result<PrivateKey> PrivateKey::own(evp_pkey_st* raw) {
  Handle key{raw};
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1) {
    return fail(Errc::malformed, "not an Ed25519 private key");
  }
  PublicKey public_key{Algorithm::ed25519, Bytes(kKeyBytes, '\0')};
  std::size_t length = kKeyBytes;
  if (EVP_PKEY_get_raw_public_key(
          key.get(), reinterpret_cast<unsigned char*>(public_key.bytes.data()), &length) != 1 ||
      length != kKeyBytes) {
    return fail(Errc::malformed, "not an Ed25519 private key");
  }
  return PrivateKey(std::move(key), std::move(public_key));
}

Result<PrivateKey> PrivateKey::from_seed(ByteView seed) {
  if (seed.size() != kKeyBytes) return fail(Errc::malformed, "seed is not 32 bytes long");
  return own(
      EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, as_unsigned(seed), seed.size()));
}

PrivateKey PrivateKey::generate(Random& random) {
  Bytes seed = random.bytes(kKeyBytes);
  auto key = from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  CHECK(key.has_value());
  return std::move(*key);
}

Bytes PrivateKey::sign(ByteView message) const {
  const Context context{EVP_MD_CTX_new()};
  CHECK(context != nullptr);
  CHECK(EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key_.get(),
                              nullptr) == 1);
  Bytes signature(kSignatureBytes, '\0');
  std::size_t length = kSignatureBytes;
  CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                       as_unsigned(message), message.size()) == 1);
  CHECK(length == kSignatureBytes);
  return signature;
}

std::string PrivateKey::to_pem(std::string_view passphrase) const {
  const Bio bio{BIO_new(BIO_s_secmem())};
  CHECK(bio != nullptr);
  if (passphrase.empty()) {
    CHECK(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                        nullptr) == 1);
  } else {
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info{
        EVP_PKEY2PKCS8(key_.get()), &PKCS8_PRIV_KEY_INFO_free};
    CHECK(info != nullptr);
    // scrypt N = 2^14, r = 8, p = 1: 16 MiB a guess, the most that OpenSSL admits by default.
    std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> scheme{
        PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, 1 << 14, 8, 1),
        &X509_ALGOR_free};
    CHECK(scheme != nullptr);
    X509_SIG* sealed = PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()),
                                      info.get(), scheme.get());
    CHECK(sealed != nullptr);
    (void)scheme.release();  // owned by `sealed` now
    const std::unique_ptr<X509_SIG, decltype(&X509_SIG_free)> owner{sealed, &X509_SIG_free};
    CHECK(PEM_write_bio_PKCS8(bio.get(), sealed) == 1);
  }
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<std::size_t>(length));
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem, std::string_view passphrase) {
  const Bio bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  CHECK(bio != nullptr);
  const bool encrypted =
      pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos;
  EVP_PKEY* key = PEM_read_bio_PrivateKey_ex(bio.get(), nullptr, passphrase_callback, &passphrase,
                                             nullptr, nullptr);
  if (key == nullptr && encrypted) {
    return fail(Errc::unauthorised, "wrong or missing passphrase");
  }
  return own(key);
}

}  // namespace regions
