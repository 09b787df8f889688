#include "node/publish/region_keys.h"

#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {

Digest confirmation_key(ByteView region_secret) {
  return hmac_sha256(region_secret, {TaggedWriter("confirmation-key").take()});
}

Digest amount_key(ByteView region_secret) {
  return hmac_sha256(region_secret, {TaggedWriter("amount-key").take()});
}

}  // namespace regions
