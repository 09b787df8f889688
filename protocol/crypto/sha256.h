// SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104), by OpenSSL.
#pragma once

#include <initializer_list>

#include "protocol/base/bytes.h"

namespace regions {

// SHA-256 of the concatenation of `parts`.
Digest sha256(std::initializer_list<ByteView> parts);
inline Digest sha256(ByteView bytes) { return sha256({bytes}); }

// HMAC-SHA256 of the concatenation of `parts` under `key`.
Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);

}  // namespace regions
