// X25519 (RFC 7748), by OpenSSL: the shared secret of two keys.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

// Both keys 32 bytes, else malformed. untrusted: a public key of low order, with which every
// private key gives the secret 0 (RFC 7748 6.1). The caller cleanses what it gets.
Result<Bytes> x25519(ByteView private_key, ByteView public_key);

}  // namespace regions
