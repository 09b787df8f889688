// Base64, RFC 4648 section 4, padded, no line breaks; decoding accepts the canonical form only.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

std::string base64_encode(ByteView bytes);
Result<Bytes> base64_decode(std::string_view text);

}  // namespace regions
