// The key record: (algorithm u8, bytes <= 2 KiB), wherever a public key stands (PROTOCOL 2).
#pragma once

#include "protocol/base/tagged.h"
#include "protocol/crypto/ed25519.h"

namespace regions {

// Algorithm byte and key bytes.
Bytes key_record(const PublicKey& key);

// unsupported: an algorithm that this build does not know; untrusted: a key that must not enter a
// roster or key set (check_admissible). `name` names it in the error.
Result<PublicKey> key_from(std::uint64_t algorithm, ByteView bytes, std::string_view name);

// A key record as one field of a tagged structure.
Result<PublicKey> read_key(TaggedReader& reader, std::string_view name);

}  // namespace regions
