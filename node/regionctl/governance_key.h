// Opening a governance key for one signature.
#pragma once

#include "protocol/crypto/ed25519.h"

namespace regions {

// refused: the file is readable by others, or not encrypted. unauthorised: wrong passphrase.
Result<PrivateKey> load_governance_key(const std::string& key_file,
                                       const std::string& passphrase_file);

// The encrypted key in `key_file` and its public key beside it, in `key_file`.pub: both, or an
// error and neither. conflict: one of them exists.
Result<void> write_governance_key(const std::string& key_file, ByteView pem,
                                  const std::string& public_key);

}  // namespace regions
