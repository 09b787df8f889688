#include "protocol/crypto/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace regions {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

// Fetched once: EVP_sha256() per call pays an implicit fetch in OpenSSL 3.0.
const EVP_MD* algorithm() {
  static const EVP_MD* const kMd = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(kMd != nullptr);
  return kMd;
}

EVP_MD_CTX* thread_context() {
  thread_local const Context context{EVP_MD_CTX_new()};
  CHECK(context != nullptr);
  return context.get();
}

constexpr std::size_t kBlockBytes = 64;

}  // namespace

Digest sha256(std::initializer_list<ByteView> parts) {
  EVP_MD_CTX* context = thread_context();
  CHECK(EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1);
  for (const ByteView part : parts) {
    CHECK(EVP_DigestUpdate(context, part.data(), part.size()) == 1);
  }
  Digest digest;
  unsigned length = 0;
  CHECK(EVP_DigestFinal_ex(context, digest.bytes.data(), &length) == 1 && length == 32);
  return digest;
}

Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts) {
  const Digest short_key = key.size() > kBlockBytes ? sha256(key) : Digest{};
  if (key.size() > kBlockBytes) key = short_key.view();
  Bytes inner(kBlockBytes, '\x36'), outer(kBlockBytes, '\x5c');
  for (std::size_t i = 0; i < key.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ key[i]);
    outer[i] = static_cast<char>(outer[i] ^ key[i]);
  }
  Bytes message;
  for (const ByteView part : parts) message.append(part);
  const Digest first = sha256({inner, message});
  const Digest result = sha256({outer, first.view()});
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  OPENSSL_cleanse(message.data(), message.size());
  return result;
}

}  // namespace regions
