// Bounds of the two stores, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// Bytes of one store's memory tables over all its areas: a node runs two stores on a small machine.
inline constexpr std::size_t kMemtableBytesMax = 64u << 20;
// One area's memory table: a quarter, so that a busy area flushes before the common bound is hit.
inline constexpr std::size_t kAreaMemtableBytesMax = kMemtableBytesMax / 4;
// Blocks kept in memory, shared by all areas of a store.
inline constexpr std::size_t kBlockCacheBytes = 64u << 20;
// The engine's own diary: four files of 1 MiB; it holds no values.
inline constexpr std::size_t kEngineLogBytesMax = 1u << 20;
inline constexpr std::size_t kEngineLogFiles = 4;
// Open table files; the usual soft limit of a process is 1,024.
inline constexpr int kOpenFilesMax = 256;

}  // namespace regions
