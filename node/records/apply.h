// Puts a batch of rows into the record store: one synced write, whole or not at all.
//
// The same content under the same key is a no-op, other content a new version behind which the old
// one is kept, so a batch may be applied again after any failure. Holds the store's writer lock for
// the time of the call; any thread.
#pragma once

#include <span>
#include <vector>

#include "node/records/import_memory.h"
#include "node/records/record_store.h"
#include "node/records/row.h"

namespace regions {

enum class RowOutcome : std::uint8_t { added, changed, unchanged, refused };

struct Applied {
  std::vector<RowOutcome> outcomes;  // one per row
  std::vector<RowFault> refusals;    // one per refused row, in their order
};

// No key may stand twice in `rows`, nor in those of earlier batches with the same `memory`. Errors:
// io, corrupt, busy of the store; then either nothing of the batch is in, or all of it, and the
// memory is of no further use.
Result<Applied> apply(RecordStore& records, std::span<CooperationRow> rows, ImportMemory& memory);
Result<Applied> apply(RecordStore& records, std::span<OrganisationRow> rows, ImportMemory& memory);

}  // namespace regions
