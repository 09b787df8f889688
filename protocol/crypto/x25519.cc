#include "protocol/crypto/x25519.h"

#include <openssl/evp.h>

#include <memory>

namespace regions {
namespace {

constexpr std::size_t kKeyBytes = 32;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free>;

const unsigned char* as_unsigned(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Result<Bytes> x25519(ByteView private_key, ByteView public_key) {
  if (private_key.size() != kKeyBytes || public_key.size() != kKeyBytes) {
    return fail(Errc::malformed, "X25519: a key is not 32 bytes long");
  }
  const Key own{EVP_PKEY_new_raw_private_key_ex(nullptr, "X25519", nullptr,
                                                as_unsigned(private_key), kKeyBytes)};
  const Key other{EVP_PKEY_new_raw_public_key_ex(nullptr, "X25519", nullptr,
                                                 as_unsigned(public_key), kKeyBytes)};
  CHECK(own != nullptr && other != nullptr);  // any 32 bytes are a key
  const Context context{EVP_PKEY_CTX_new(own.get(), nullptr)};
  CHECK(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1 &&
        EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1);
  Bytes secret(kKeyBytes, '\0');
  std::size_t length = kKeyBytes;
  // OpenSSL refuses the secret 0, and so a point of low order.
  if (EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(secret.data()), &length) !=
          1 ||
      length != kKeyBytes) {
    return fail(Errc::untrusted, "X25519: public key of low order");
  }
  return secret;
}

}  // namespace regions
