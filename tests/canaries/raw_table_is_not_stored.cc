// A raw table has no bytes: it goes into no store, statement or answer.
// expect: no known conversion .*RawTable.* to .*ByteView
#include "node/storage/store.h"
#include "policies/disclosure/raw_table.h"

namespace regions {

void store(Batch& batch, [[maybe_unused]] const RawTable& table) {
#ifdef CANARY
  batch.put(Area::releases, "key", table);
#else
  batch.put(Area::releases, "key", "value");
#endif
}

}  // namespace regions
