// Any bytes as a log entry: what decodes encodes to the same bytes.
#include "protocol/log/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto entry = regions::decode_entry(bytes)) CHECK(regions::encode(*entry) == bytes);
  return 0;
}
