// Logs and tiles in the layout of C2SP tlog-tiles, each file a vector that must succeed:
//   a log    checkpoint, checkpoint.SIZE, tile/LEVEL/.., tile/entries/..
//   a level  NAME-levelN/ with its tiles: 000, x001/234, 003.p/10
#pragma once

#include "ops/vectors/files.h"
#include "ops/vectors/outcome.h"
#include "protocol/log/note.h"

namespace regions::vectors {

// `keys`: the verifier keys published beside the logs. Of a log that none of them names, and that
// brings none in a file `vkey`, everything but the signatures of its heads is checked.
std::vector<Outcome> run_tiles(const std::filesystem::path& folder, const std::string& name,
                               const std::vector<VerifierKey>& keys);

// The tiles of one level.
std::vector<Outcome> run_level(const Files& files, const std::string& name, unsigned level);

// mismatch unless `bytes`, the tile at `path`, begins the full tile where that is among `files`.
Result<void> begins_full_tile(const Files& files, const std::string& path, ByteView bytes);

}  // namespace regions::vectors
