#include "protocol/crypto/random.h"

#include <openssl/rand.h>

namespace regions {

Digest Random::digest() {
  Digest value;
  const Bytes drawn = bytes(value.bytes.size());
  std::memcpy(value.bytes.data(), drawn.data(), drawn.size());
  return value;
}

Bytes SystemRandom::bytes(std::size_t count) {
  Bytes out(count, '\0');
  CHECK(RAND_priv_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) ==
        1);
  return out;
}

}  // namespace regions
