// Any bytes as a verifier key: what parses encodes to the same bytes.
#include "protocol/log/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto key = regions::parse_vkey(bytes)) CHECK(regions::encode_vkey(*key) == bytes);
  return 0;
}
