#include "protocol/crypto/aead.h"

#include <openssl/evp.h>

#include <memory>

#include "protocol/base/limits.h"

namespace regions {
namespace {

struct Free {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

const unsigned char* as_unsigned(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* as_unsigned(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

Result<void> check(ByteView key, ByteView nonce, std::size_t bytes) {
  if (key.size() != kSealKeyBytes) return fail(Errc::malformed, "seal: key is not 32 bytes long");
  if (nonce.size() != kSealNonceBytes) {
    return fail(Errc::malformed, "seal: nonce is not 12 bytes long");
  }
  if (bytes > kSealedBytesMax) return fail(Errc::too_large, "seal: over 64 MiB");
  return {};
}

Context begin(bool encrypt, ByteView key, ByteView nonce, ByteView context_bytes) {
  static const std::unique_ptr<EVP_CIPHER, Free> kCipher{
      EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr)};
  CHECK(kCipher != nullptr);
  Context context{EVP_CIPHER_CTX_new()};
  CHECK(context != nullptr);
  CHECK(EVP_CipherInit_ex2(context.get(), kCipher.get(), as_unsigned(key), as_unsigned(nonce),
                           encrypt ? 1 : 0, nullptr) == 1);
  int length = 0;
  CHECK(EVP_CipherUpdate(context.get(), nullptr, &length, as_unsigned(context_bytes),
                         static_cast<int>(context_bytes.size())) == 1);
  return context;
}

}  // namespace

Result<Bytes> seal(ByteView key, ByteView nonce, ByteView context, ByteView plain) {
  TRY_VOID(check(key, nonce, plain.size() + context.size()));
  const Context cipher = begin(true, key, nonce, context);
  Bytes out(plain.size() + kSealTagBytes, '\0');
  int length = 0, rest = 0;
  CHECK(EVP_CipherUpdate(cipher.get(), as_unsigned(out), &length, as_unsigned(plain),
                         static_cast<int>(plain.size())) == 1);
  CHECK(EVP_CipherFinal_ex(cipher.get(), as_unsigned(out) + length, &rest) == 1 && rest == 0);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kSealTagBytes,
                            as_unsigned(out) + plain.size()) == 1);
  return out;
}

Result<Bytes> unseal(ByteView key, ByteView nonce, ByteView context, ByteView sealed) {
  if (sealed.size() < kSealTagBytes) return fail(Errc::malformed, "seal: shorter than its tag");
  TRY_VOID(check(key, nonce, sealed.size() + context.size()));
  const ByteView body = sealed.substr(0, sealed.size() - kSealTagBytes);
  Bytes tag(sealed.substr(body.size()));
  const Context cipher = begin(false, key, nonce, context);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kSealTagBytes, tag.data()) == 1);
  Bytes out(body.size(), '\0');
  int length = 0, rest = 0;
  if (EVP_CipherUpdate(cipher.get(), as_unsigned(out), &length, as_unsigned(body),
                       static_cast<int>(body.size())) != 1 ||
      EVP_CipherFinal_ex(cipher.get(), as_unsigned(out) + length, &rest) != 1) {
    OPENSSL_cleanse(out.data(), out.size());
    return fail(Errc::bad_signature, "seal: does not open under this key");
  }
  return out;
}

}  // namespace regions
