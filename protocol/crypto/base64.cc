#include "protocol/crypto/base64.h"

#include <openssl/evp.h>

namespace regions {
namespace {

const unsigned char* as_unsigned(const char* p) {
  return reinterpret_cast<const unsigned char*>(p);
}
unsigned char* as_unsigned(char* p) { return reinterpret_cast<unsigned char*>(p); }

}  // namespace

std::string base64_encode(ByteView bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(as_unsigned(out.data()), as_unsigned(bytes.data()),
                                     static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

// EVP_DecodeBlock trims white space and ignores stray bits; encoding again tells a lax form apart.
Result<Bytes> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Errc::malformed, "base64 length is not a multiple of 4");
  Bytes out(text.size() / 4 * 3 + 1, '\0');
  const int length = EVP_DecodeBlock(as_unsigned(out.data()), as_unsigned(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) return fail(Errc::malformed, "not base64");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(length) - padding);
  if (base64_encode(out) != text) return fail(Errc::malformed, "not canonical base64");
  return out;
}

}  // namespace regions
