#include "protocol/log/tile.h"

#include "protocol/log/tree.h"

namespace regions {
namespace {

constexpr unsigned kHeight = 8;
static_assert(kTileWidth == std::size_t{1} << kHeight);
static_assert(kTreeSizeMax >> (kHeight * kTileLevelMax) > 0);

}  // namespace

unsigned tile_width(unsigned level, std::uint64_t index, std::uint64_t size) {
  if (level > kTileLevelMax) return 0;
  const std::uint64_t hashes = size >> (kHeight * level);  // complete subtrees of this level
  const std::uint64_t full = hashes >> kHeight;
  if (index < full) return kTileWidth;
  return index == full ? static_cast<unsigned>(hashes % kTileWidth) : 0;
}

std::uint64_t tile_count(std::uint64_t size) {
  std::uint64_t count = 0;
  for (unsigned level = 0; level <= kTileLevelMax; ++level) {
    const std::uint64_t hashes = size >> (kHeight * level);
    count += hashes / kTileWidth + (hashes % kTileWidth != 0 ? 1 : 0);
  }
  return count;
}

std::vector<TileId> tiles_of(std::uint64_t size) {
  std::vector<TileId> tiles;
  for (unsigned level = 0; level <= kTileLevelMax; ++level) {
    for (std::uint64_t index = 0;; ++index) {
      const unsigned width = tile_width(level, index, size);
      if (width == 0) break;
      tiles.push_back({level, index, width});
    }
  }
  return tiles;
}

Result<TileId> tile_with(unsigned level, std::uint64_t index, std::uint64_t size) {
  const auto missing = [] { return fail(Errc::not_found, "tile: no such subtree"); };
  if (size > kTreeSizeMax || level > 62 || index >= size >> level) return missing();
  // Levels 8, 16, .. stand both at the top of one tile and in the tile above; taken from above,
  // one hash is read and none computed.
  const unsigned tile_level = level / kHeight;
  const std::uint64_t first = index << (level % kHeight);
  const std::uint64_t tile_index = first >> kHeight;
  return TileId{tile_level, tile_index, tile_width(tile_level, tile_index, size)};
}

Result<Digest> subtree_hash_from_tile(const TileId& tile, ByteView hashes, unsigned level,
                                      std::uint64_t index) {
  if (tile.width == 0 || tile.width > kTileWidth || hashes.size() != tile.width * kHashBytes) {
    return fail(Errc::malformed, "tile: " + std::to_string(hashes.size()) + " bytes for " +
                                     std::to_string(tile.width) + " hashes");
  }
  const auto missing = [] { return fail(Errc::not_found, "tile: does not cover the subtree"); };
  const unsigned height = level % kHeight;
  if (level / kHeight != tile.level || index > kTreeSizeMax >> height) return missing();
  const std::uint64_t first = index << height, count = std::uint64_t{1} << height;
  if (first >> kHeight != tile.index || first % kTileWidth + count > tile.width) return missing();

  CompactTree subtree;
  for (std::uint64_t i = first % kTileWidth; i < first % kTileWidth + count; ++i) {
    TRY(const Digest hash,
        Digest::from_bytes(hashes.substr(i * kHashBytes, kHashBytes), "tile: hash"));
    subtree.append(hash);
  }
  return subtree.root();
}

HashSource hashes_from_tiles(std::uint64_t size, TileReader reader) {
  return [size, read = std::move(reader)](unsigned level, std::uint64_t index) -> Result<Digest> {
    TRY(const TileId tile, tile_with(level, index, size));
    TRY(const Bytes hashes, read(tile));
    return subtree_hash_from_tile(tile, hashes, level, index);
  };
}

}  // namespace regions
