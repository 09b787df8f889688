// The statements of an exported log: every entry, and the envelope of each that may be there.
#pragma once

#include "protocol/evidence/export_reader.h"
#include "protocol/roster/keyset.h"

namespace regions {

// Opens the envelope of every entry and counts into `report`. Entry 0 must adopt `key_set`, entry 1
// `roster`.
void check_statements(ExportReader& reader, const std::vector<Bytes>& entries,
                      const VerifiedRoster& roster, const VerifiedKeySet& key_set, Report& report);

}  // namespace regions
