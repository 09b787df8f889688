// Any bytes as the text of a log head, and as the whole note: what parses encodes to the same.
#include "protocol/log/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto head = regions::parse_checkpoint_text(bytes)) {
    CHECK(regions::encode_text(*head) == bytes);
  }
  const regions::PublicKey key{regions::Algorithm::ed25519, regions::Bytes(32, 1)};
  CHECK(!regions::open_checkpoint(bytes, "origin", {key}));
  return 0;
}
