// Import of cooperations and organisations from CSV into the record store.
//
// Streaming, in constant memory but for 32 bytes a key and what it remembers of the parties that it
// met (import_memory.h); atomic per batch; idempotent by key. A call that was killed or failed is
// simply made again: the end state is the same and nothing is twice.
// One thread calls, a second one commits while the first reads on; both have ended when the call
// returns. Several imports may run beside each other, their batches take turns.
#pragma once

#include <functional>
#include <stop_token>

#include "node/records/limits.h"
#include "node/records/mapping.h"
#include "node/records/record_store.h"
#include "node/records/rejects.h"
#include "node/records/source.h"
#include "node/records/territory.h"

namespace regions {

struct ImportOptions {
  RecordKind kind = RecordKind::cooperation;
  ImportRole role = ImportRole::own;
  std::optional<Mapping> mapping;  // nullopt: the built-in one of the kind
  std::string source_name;         // for errors and the summary
  std::size_t batch_rows = kImportBatchRows;
};

// Every record read is added, changed, unchanged or rejected.
struct ImportSummary {
  struct Nulls {
    std::string column;
    std::uint64_t count;
  };
  std::string source_name;
  std::uint64_t read = 0;
  std::uint64_t added = 0;
  std::uint64_t changed = 0;    // new versions of what was there
  std::uint64_t unchanged = 0;  // the same as what was there
  std::uint64_t rejected = 0;
  // Of the accepted rows:
  std::uint64_t undated = 0;        // cooperations without a start or an end
  std::uint64_t unknown_place = 0;  // no place, or one too coarse to tell whose it is
  std::vector<Nulls> nulls;         // every mapped column of the file, in the header's order
  // An optional column of the mapping that the file does not have, and the column that is nearest
  // of those that the mapping does not name: empty when none is near.
  struct Absent {
    std::string column;
    std::string near;
  };
  std::vector<Absent> absent;
};

using ImportProgress = std::function<void(const ImportSummary&)>;

// invalid_input: the file as a whole cannot be read (encoding, header, mapping of the other kind).
// too_large: more than kImportKeysMax rows. cancelled: `stop` was requested; what is committed
// stays. io, corrupt: source, store or rejects failed. `progress` may be empty; it is called after
// each batch.
Result<ImportSummary> import_csv(const ByteSource& source, const ImportOptions& options,
                                 RecordStore& records, const TerritoryRule& territory,
                                 RejectSink& rejects, const ImportProgress& progress,
                                 std::stop_token stop);

}  // namespace regions
