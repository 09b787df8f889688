// The default store: RocksDB embedded. The only place of the tree that includes the engine.
//
// Owned by the composition root; any thread may call it. Each wing has its own store in its own
// folder (0700), and a store knows the areas of its wing alone: naming another one is a programmer
// error. Every commit is synced to the write-ahead log before it returns. Snapshots and cursors
// must not outlive the store.
#pragma once

#include <filesystem>

#include "node/storage/store.h"

namespace regions {

enum class Wing : std::uint8_t { confidential = 1, shared = 2 };

// Which wing's store holds an area.
Wing wing_of(Area area);

// The version of the key layouts and messages in a store. A store of a newer one is refused.
inline constexpr std::uint32_t kStoreFormat = 1;

// Opens the store in `dir`; with `create` a missing one is made.
// not_found: no store here and not `create`. busy: another process holds it. mismatch: the store of
// the other wing. unsupported: made by a newer build. corrupt, io: the engine could not open it.
// corrupt as well: fewer writes are there than the store had acknowledged when it was last opened
// or closed.
Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& dir, Wing wing, bool create);

}  // namespace regions
