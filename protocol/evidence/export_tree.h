// Entries, tiles and root of an exported log: everything is recomputed from the entries.
#pragma once

#include "protocol/evidence/export_reader.h"
#include "protocol/log/checkpoint.h"

namespace regions {

// The raw entries of the log, in order; empty where the bundle is missing or broken, which is
// noted. Checks that every tile is there and is what the entries hash to, and that the root is that
// of the checkpoint.
std::vector<Bytes> check_tree(ExportReader& reader, const Checkpoint& checkpoint);

// "tile/entries/000.p/5: entry 3": where entry `index` of a log of `size` stands.
std::string place_of_entry(std::uint64_t index, std::uint64_t size);

}  // namespace regions
