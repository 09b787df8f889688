// Any bytes as a charter: what decodes encodes to the same bytes.
#include "protocol/roster/charter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto charter = regions::decode_charter(bytes))
    CHECK(regions::encode(*charter) == bytes);
  return 0;
}
