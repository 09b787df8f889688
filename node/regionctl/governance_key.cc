#include "node/regionctl/governance_key.h"

#include "node/base/file.h"
#include "node/base/home.h"
#include "node/base/limits.h"
#include "node/regionctl/passphrase.h"

namespace regions {

Result<PrivateKey> load_governance_key(const std::string& key_file,
                                       const std::string& passphrase_file) {
  if (is_inside_home(key_file)) {
    return fail(Errc::refused,
                key_file + ": lies inside a node's home; move it offline, away from the node");
  }
  if (key_file.ends_with(".pub")) {
    return fail(Errc::invalid_input, key_file + ": is the public key; name the file without .pub");
  }
  TRY(const Bytes pem, read_secret_file(key_file, kKeyFileBytesMax));
  if (pem.find("BEGIN ENCRYPTED PRIVATE KEY") == Bytes::npos) {
    return fail(Errc::refused,
                key_file + ": not an encrypted key; make one with regionctl governance create");
  }
  TRY(const std::string passphrase, read_passphrase(passphrase_file, false));
  auto key = PrivateKey::from_pem(pem, passphrase);
  if (!key) return key.error().in(key_file);
  return key;
}

Result<void> write_governance_key(const std::string& key_file, ByteView pem,
                                  const std::string& public_key) {
  TRY_VOID(write_new_file(key_file, pem, 0600));
  auto beside = write_new_file(key_file + ".pub", public_key + "\n", 0644);
  if (!beside) {
    // Nobody has used the key yet; one that stays would be in the way of the next try.
    std::error_code ignored;
    std::filesystem::remove(key_file, ignored);
  }
  return beside;
}

}  // namespace regions
