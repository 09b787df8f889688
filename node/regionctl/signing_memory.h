// A governance key signs one payload for each version of a document, never a second one: what it
// signed stands in a file beside it (PROTOCOL 1).
#pragma once

#include <filesystem>
#include <string>

#include "protocol/base/bytes.h"

namespace regions {

// `document` names what has versions, such as "roster <federation name> 1". Durable before it
// returns, so call it before signing. conflict: another payload was signed for this version.
Result<void> remember_signing(const std::filesystem::path& key_file, const std::string& document,
                              const Digest& payload);

}  // namespace regions
