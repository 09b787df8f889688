// ChaCha20-Poly1305 (RFC 8439), by OpenSSL: what is sealed under a key opens under it unchanged, or
// not at all.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

inline constexpr std::size_t kSealKeyBytes = 32;
inline constexpr std::size_t kSealNonceBytes = 12;
inline constexpr std::size_t kSealTagBytes = 16;

// Ciphertext and tag, kSealTagBytes longer than `plain`; `context` is bound to it and not in it. A
// nonce is used once under a key. malformed: a key or nonce of another length; too_large past
// kSealedBytesMax.
Result<Bytes> seal(ByteView key, ByteView nonce, ByteView context, ByteView plain);

// The plain bytes. bad_signature: changed, or another key, nonce or context; malformed, too_large
// as seal().
Result<Bytes> unseal(ByteView key, ByteView nonce, ByteView context, ByteView sealed);

}  // namespace regions
