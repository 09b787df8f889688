// Any bytes as a signed note: what parses encodes to the same bytes.
#include "protocol/log/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto note = regions::parse_note(bytes)) CHECK(regions::encode_note(*note) == bytes);
  const regions::VerifierKey key{"n", {regions::Algorithm::ed25519, regions::Bytes(32, 1)}};
  CHECK(!regions::open_note(bytes, {key}));  // nobody here has the private key
  return 0;
}
