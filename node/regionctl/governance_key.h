// Opening a governance key for one signature.
#pragma once

#include "protocol/crypto/ed25519.h"

namespace regions {

// refused: the file is readable by others, or not encrypted. unauthorised: wrong passphrase.
Result<PrivateKey> load_governance_key(const std::string& key_file,
                                       const std::string& passphrase_file);

}  // namespace regions
