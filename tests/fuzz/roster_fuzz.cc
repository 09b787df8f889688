// Any bytes as a roster: what decodes encodes to the same bytes; unsigned, it founds nothing.
#include "protocol/roster/roster.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto roster = regions::decode_roster(bytes)) {
    CHECK(regions::encode_payload(*roster) == bytes);
  }
  CHECK(!regions::open_genesis(
      {std::string(regions::kRosterPayloadType), regions::Bytes(bytes), {}}));
  return 0;
}
