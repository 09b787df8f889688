// Any bytes as an envelope: what decodes encodes to the same bytes and opens for nobody.
#include "protocol/statement/verified.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  const auto envelope = regions::decode_envelope(bytes);
  if (!envelope) return 0;
  CHECK(regions::encode_envelope(*envelope) == bytes);
  regions::Entry entry;
  entry.statement = regions::statement_id(envelope->payload_type, envelope->payload);
  CHECK(!regions::open(*envelope, regions::encode(entry), 0, {{}, "ES", {}}));
  return 0;
}
