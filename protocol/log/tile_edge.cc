#include "protocol/log/tile_edge.h"

namespace regions {
namespace {

constexpr unsigned kHeight = 8;

Result<Digest> hash_at(ByteView hashes, std::size_t i) {
  return Digest::from_bytes(hashes.substr(i * kHashBytes, kHashBytes), "tile: hash");
}

// Root of `count` hashes from number `first` on, a complete subtree.
Digest root_within(ByteView hashes, std::size_t first, std::size_t count) {
  CompactTree tree;
  for (std::size_t i = first; i < first + count; ++i) tree.append(*hash_at(hashes, i));
  return tree.root();
}

}  // namespace

Result<TileEdge> TileEdge::from(std::uint64_t size, const TileReader& reader) {
  if (size > kTreeSizeMax) return fail(Errc::too_large, "tree size " + std::to_string(size));
  TileEdge edge;
  edge.size_ = size;
  for (unsigned level = 0; level < kLevels; ++level) {
    const std::uint64_t last = size >> (kHeight * level) >> kHeight;
    const unsigned width = tile_width(level, last, size);
    if (width == 0) continue;
    TRY(edge.partial_[level], reader(TileId{level, last, width}));
    if (edge.partial_[level].size() != width * kHashBytes) {
      return fail(Errc::malformed, tile_path({level, last, width}) + ": wrong length");
    }
  }
  return edge;
}

void TileEdge::append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (unsigned level = 0; level < kLevels; ++level) {
    Bytes& hashes = partial_[level];
    hashes.append(hash.view());
    changed_[level] = true;
    if (hashes.size() < kTileWidth * kHashBytes) break;
    // The tile is full; its root is the next hash of the level above, of which one is there for
    // every 256 * 256^level leaves.
    hash = root_within(hashes, 0, kTileWidth);
    completed_.push_back(
        {{level, size_ >> (kHeight * level) >> kHeight, kTileWidth}, std::move(hashes)});
    hashes.clear();
    changed_[level] = false;
  }
  ++size_;
}

CompactTree TileEdge::tree() const {
  std::vector<Digest> peaks;
  for (unsigned level = kLevels; level-- > 0;) {
    std::size_t first = 0;
    const std::size_t width = partial_[level].size() / kHashBytes;
    for (std::size_t count = kTileWidth / 2; count > 0; count /= 2) {
      if ((width & count) == 0) continue;
      peaks.push_back(root_within(partial_[level], first, count));
      first += count;
    }
  }
  auto tree = CompactTree::from(size_, std::move(peaks));
  CHECK(tree.has_value());  // one peak for each bit of each width, which are the bits of the size
  return std::move(*tree);
}

std::vector<Tile> TileEdge::take_changed() {
  std::vector<Tile> tiles = std::move(completed_);
  completed_.clear();
  for (unsigned level = 0; level < kLevels; ++level) {
    if (!std::exchange(changed_[level], false)) continue;
    const std::uint64_t last = size_ >> (kHeight * level) >> kHeight;
    tiles.push_back({{level, last, tile_width(level, last, size_)}, partial_[level]});
  }
  return tiles;
}

}  // namespace regions
