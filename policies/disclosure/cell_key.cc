#include "policies/disclosure/cell_key.h"

#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {

RecordKey record_key(ByteView region_secret, std::string_view holding_or_register_id) {
  CHECK(region_secret.size() == 32 && !holding_or_register_id.empty());
  TaggedWriter message("cellkey");
  message.field(holding_or_register_id);
  return RecordKey(read_u32(hmac_sha256(region_secret, {message.take()}).view()));
}

std::int64_t perturb(const PerturbationTable& table, std::int64_t count, const CellKey& key) {
  CHECK(count >= key.holdings_ && (count == 0) == (key.holdings_ == 0));
  return count + table.noise(count, key.sum_);
}

}  // namespace regions
