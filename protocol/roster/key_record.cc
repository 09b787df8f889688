#include "protocol/roster/key_record.h"

#include "protocol/base/limits.h"

namespace regions {

Bytes key_record(const PublicKey& key) {
  Bytes record(1, static_cast<char>(key.algorithm));
  record += key.bytes;
  return record;
}

Result<PublicKey> key_from(std::uint64_t algorithm, ByteView bytes, std::string_view name) {
  if (algorithm != static_cast<std::uint64_t>(Algorithm::ed25519)) {
    return fail(Errc::unsupported, std::string(name) + ": key algorithm");
  }
  if (bytes.size() > kKeyBytesMax) return fail(Errc::too_large, std::string(name));
  PublicKey key{Algorithm::ed25519, Bytes(bytes)};
  if (auto admissible = check_admissible(key); !admissible) return admissible.error().in(name);
  return key;
}

Result<PublicKey> read_key(TaggedReader& reader, std::string_view name) {
  TRY(const ByteView bytes, reader.field(name, 1 + kKeyBytesMax));
  if (bytes.empty()) return fail(Errc::malformed, std::string(name) + ": empty key record");
  return key_from(static_cast<std::uint8_t>(bytes.front()), bytes.substr(1), name);
}

}  // namespace regions
