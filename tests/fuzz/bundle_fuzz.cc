// The first byte as a count, the rest as a bundle, and all of it as a path: what decodes encodes to
// the same.
#include "protocol/log/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (const auto tile = regions::parse_tile_path(bytes)) CHECK(regions::tile_path(*tile) == bytes);
  if (const auto place = regions::parse_bundle_path(bytes)) {
    CHECK(regions::bundle_path(place->first, place->second) == bytes);
  }
  if (bytes.empty()) return 0;
  const regions::ByteView rest = bytes.substr(1);
  if (const auto entries = regions::decode_bundle(rest, data[0], std::nullopt)) {
    CHECK(regions::encode_bundle(*entries) == rest);
  }
  if (const auto entries = regions::decode_bundle(rest, data[0])) {
    CHECK(entries->size() == data[0]);
  }
  return 0;
}
