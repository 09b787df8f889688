// Any bytes as what opens a claim: what decodes encodes to the same bytes.
#include "protocol/statement/opening.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto opening = regions::decode_opening(bytes))
    CHECK(regions::encode(*opening) == bytes);
  return 0;
}
