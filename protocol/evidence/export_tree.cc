#include "protocol/evidence/export_tree.h"

#include "protocol/base/limits.h"
#include "protocol/log/tile.h"
#include "protocol/log/tree.h"

namespace regions {
namespace {

// A bundle's path for the tile of level 0 that covers the same entries.
std::string bundle_of(const TileId& tile) { return bundle_path(tile.index, tile.width); }

std::vector<Bytes> read_entries(ExportReader& reader, const std::vector<TileId>& tiles) {
  std::vector<Bytes> entries;
  for (const TileId& tile : tiles) {
    if (tile.level != 0) continue;
    const std::string path = bundle_of(tile);
    std::vector<Bytes> decoded;
    if (const auto bytes = reader.take(path, kBundleBytesMax)) {
      if (auto bundle = decode_bundle(*bytes, tile.width)) {
        decoded = std::move(*bundle);
      } else {
        reader.invalid(path, bundle.error());
      }
    }
    decoded.resize(tile.width);
    for (Bytes& entry : decoded) entries.push_back(std::move(entry));
  }
  return entries;
}

// The roots of the complete subtrees of 256^level leaves, level by level; those above a missing
// entry are missing too.
using Hashes = std::vector<std::optional<Digest>>;

Hashes leaves_of(const std::vector<Bytes>& entries) {
  Hashes leaves;
  for (const Bytes& entry : entries) {
    leaves.push_back(entry.empty() ? std::nullopt : std::optional(leaf_hash(entry)));
  }
  return leaves;
}

std::optional<Digest> fold(const Hashes& hashes, std::size_t begin, std::size_t end) {
  CompactTree tree;
  for (std::size_t i = begin; i < end; ++i) {
    if (!hashes[i]) return std::nullopt;
    tree.append(*hashes[i]);
  }
  return tree.root();
}

Hashes level_above(const Hashes& below) {
  Hashes above;
  for (std::size_t end = kTileWidth; end <= below.size(); end += kTileWidth) {
    above.push_back(fold(below, end - kTileWidth, end));
  }
  return above;
}

void check_tile(ExportReader& reader, const TileId& tile, const Hashes& hashes) {
  const std::string path = tile_path(tile);
  const auto bytes = reader.take(path, kTileWidth * kHashBytes);
  if (!bytes) return;
  if (bytes->size() != tile.width * kHashBytes) {
    reader.invalid(path, std::to_string(tile.width) + " hashes of 32 bytes expected");
    return;
  }
  const std::size_t begin = tile.index * kTileWidth;
  for (std::size_t i = 0; i < tile.width; ++i) {
    const auto& expected = hashes[begin + i];
    if (!expected || bytes->compare(i * kHashBytes, kHashBytes, expected->view()) == 0) continue;
    const std::string of = tile.level == 0
                               ? "entry " + std::to_string(begin + i) + " in " + bundle_of(tile)
                               : "the entries below it";
    reader.invalid(path, "hash " + std::to_string(i) + " is not that of " + of);
    return;
  }
}

}  // namespace

std::string place_of_entry(std::uint64_t index, std::uint64_t size) {
  const std::uint64_t bundle = index / kTileWidth;
  return bundle_path(bundle, tile_width(0, bundle, size)) + ": entry " + std::to_string(index);
}

std::vector<Bytes> check_tree(ExportReader& reader, const Checkpoint& checkpoint) {
  // A size that somebody states must not decide how much memory we take: a log has at least as
  // many files as tiles.
  if (tile_count(checkpoint.size) > reader.listed()) {
    // Small enough to name what is missing; otherwise the number says it.
    constexpr std::uint64_t kNamed = 10'000;
    if (tile_count(checkpoint.size) > reader.listed() + kNamed) {
      reader.invalid("checkpoint", "states " + std::to_string(checkpoint.size) +
                                       " entries, far more than there are files for");
      return {};
    }
  }
  const std::vector<TileId> tiles = tiles_of(checkpoint.size);
  std::vector<Bytes> entries = read_entries(reader, tiles);
  Hashes hashes = leaves_of(entries);
  const auto root = fold(hashes, 0, hashes.size());
  if (root && *root != checkpoint.root) {
    reader.invalid("checkpoint", "its root is not that of the entries in tile/entries");
  }
  unsigned level = 0;
  for (const TileId& tile : tiles) {
    for (; level < tile.level; ++level) hashes = level_above(hashes);
    check_tile(reader, tile, hashes);
  }
  return entries;
}

}  // namespace regions
