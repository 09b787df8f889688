// Any bytes as a key set, and as an endpoint in one: what decodes encodes to the same bytes.
#include "protocol/roster/endpoint.h"
#include "protocol/roster/keyset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto key_set = regions::decode_keyset(bytes)) {
    CHECK(regions::encode_payload(*key_set) == bytes);
  }
  if (const auto endpoint = regions::parse_endpoint(bytes)) {
    const bool v6 = endpoint->host.find(':') != std::string::npos;
    CHECK((v6 ? "[" + endpoint->host + "]" : endpoint->host) + ":" +
              std::to_string(endpoint->port) ==
          bytes);
  }
  return 0;
}
