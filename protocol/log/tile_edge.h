// The right edge of a log's tiles: appends leaves and tells which tiles to write.
//
// Owned by whoever writes a log or keeps a copy of one; one thread at a time. It holds at most one
// partial tile a level, so a batch of any length reads nothing and writes each tile once.
#pragma once

#include <array>

#include "protocol/log/tile.h"
#include "protocol/log/tree.h"

namespace regions {

struct Tile {
  TileId id;
  Bytes hashes;  // id.width * kHashBytes
};

class TileEdge {
 public:
  TileEdge() = default;
  // Reads the partial tiles of a tree of `size` leaves. Errors of the reader as they are;
  // malformed: a tile of the wrong length; too_large past kTreeSizeMax. Nothing is verified: the
  // caller compares tree().root() with a root that it trusts.
  static Result<TileEdge> from(std::uint64_t size, const TileReader& reader);

  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  CompactTree tree() const;
  // The tiles that changed since the last call, each once and at its widest, lower levels first
  // within what a leaf completed. After this the edge counts as written.
  std::vector<Tile> take_changed();

 private:
  static constexpr std::size_t kLevels = kTileLevelMax + 1;

  std::uint64_t size_ = 0;
  std::array<Bytes, kLevels> partial_;  // hashes of the last, incomplete tile of each level
  std::array<bool, kLevels> changed_{};
  std::vector<Tile> completed_;
};

}  // namespace regions
