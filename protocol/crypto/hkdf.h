// HKDF-SHA256 (RFC 5869), by OpenSSL.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

// `length` bytes derived from `secret`; an empty salt is 32 zeros (RFC 5869 2.2). too_large: more
// than 255 * 32 bytes asked for; malformed: none. The caller cleanses what it gets.
Result<Bytes> hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::size_t length);

}  // namespace regions
