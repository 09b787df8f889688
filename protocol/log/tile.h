// C2SP tlog-tiles, height 8: a log as a folder of tiles of hashes and bundles of entries.
//
// Pure functions, any thread. Tile (level, index) holds the roots of the complete subtrees of
// 256^level leaves numbered index * 256 and up; a partial tile is the beginning of the full one.
// Spec: protocol/spec/tiles.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/base/limits.h"
#include "protocol/log/proof.h"

namespace regions {

// No tree of at most kTreeSizeMax leaves has a tile above this level.
inline constexpr unsigned kTileLevelMax = 7;

struct TileId {
  unsigned level = 0;       // 0..kTileLevelMax
  std::uint64_t index = 0;  // number within its level
  unsigned width = 0;       // hashes in it, 1..256; 256 is a full tile

  auto operator<=>(const TileId&) const = default;
};

// "tile/0/000", "tile/1/x001/234.p/17".
std::string tile_path(const TileId& tile);
// Bundle `index` holds entries index * 256 and up: "tile/entries/000.p/5".
std::string bundle_path(std::uint64_t index, unsigned width);
// malformed for everything that tile_path or bundle_path does not write.
Result<TileId> parse_tile_path(std::string_view path);
Result<std::pair<std::uint64_t, unsigned>> parse_bundle_path(std::string_view path);

// Hashes in tile (level, index), or at level 0 entries in bundle `index`, of a tree of `size`
// leaves; 0 when the tree has no such tile.
unsigned tile_width(unsigned level, std::uint64_t index, std::uint64_t size);
// How many tiles a tree of `size` leaves has. A size that somebody else states is to be bounded by
// this before tiles_of() is asked, which needs memory for each.
std::uint64_t tile_count(std::uint64_t size);
// All tiles of a tree of `size` leaves, each at its widest, level by level. There are as many
// bundles as tiles of level 0, of the same indices and widths.
std::vector<TileId> tiles_of(std::uint64_t size);

// At most 256 entries of at most 65,535 bytes, each behind its length as u16.
Bytes encode_bundle(const std::vector<Bytes>& entries);
// malformed unless `bundle` is exactly `count` entries, each of `entry_bytes` bytes (nullopt: of
// any length).
Result<std::vector<Bytes>> decode_bundle(ByteView bundle, std::size_t count,
                                         std::optional<std::size_t> entry_bytes = kEntryBytes);

// The tile, at its widest in a tree of `size` leaves, from which the root of the complete subtree
// (level, index) follows. not_found when the subtree is not whole in that tree.
Result<TileId> tile_with(unsigned level, std::uint64_t index, std::uint64_t size);
// That root, from the bytes of the tile. malformed: not the bytes of a tile of that width;
// not_found: the tile does not cover the subtree.
Result<Digest> subtree_hash_from_tile(const TileId& tile, ByteView hashes, unsigned level,
                                      std::uint64_t index);

// Bytes of a tile: width * 32. Wider bytes than asked for are malformed.
using TileReader = std::function<Result<Bytes>(const TileId&)>;
// The hashes of a tree of `size` leaves, for the provers of proof.h. Reads one tile a hash; a
// reader that keeps tiles saves reading them again.
HashSource hashes_from_tiles(std::uint64_t size, TileReader reader);

}  // namespace regions
