// Bounds of a store, with their reasons.
#pragma once

#include <cstddef>

namespace regions {

// Bytes of one store's memory tables over all its areas: a node runs two stores on a small machine.
inline constexpr std::size_t kMemtableBytesMax = 64u << 20;
// One area's memory table: half, so that a busy area flushes before the common bound is hit, and
// not so often that the engine is mostly busy with merging its small files.
inline constexpr std::size_t kAreaMemtableBytesMax = kMemtableBytesMax / 2;
// Blocks kept in memory, shared by all areas of a store.
inline constexpr std::size_t kBlockCacheBytes = 64u << 20;
// Open table files; the usual soft limit of a process is 1,024.
inline constexpr int kOpenFilesMax = 256;

}  // namespace regions
