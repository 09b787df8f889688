// Tiles of one level alone (tiles.h): there is nothing above or below to compare with, but each has
// its length, a partial one begins the full one, and the product writes the same again.
#include "ops/vectors/files.h"
#include "ops/vectors/tiles.h"
#include "protocol/log/tile_edge.h"

namespace regions::vectors {
namespace {

Result<void> check_written_again(ByteView bytes, unsigned width) {
  TileEdge edge;
  for (unsigned i = 0; i < width; ++i) {
    TRY(const Digest hash, Digest::from_bytes(bytes.substr(i * kHashBytes, kHashBytes), "tile"));
    edge.append(hash);
  }
  for (const Tile& tile : edge.take_changed()) {
    if (tile.id.level == 0 && tile.hashes == bytes) return {};
  }
  return fail(Errc::mismatch, "written again, the tile is another");
}

Result<void> check(const Files& files, const std::string& path, unsigned level) {
  TRY(const TileId id, parse_tile_path("tile/" + std::to_string(level) + "/" + path));
  TRY(const Bytes bytes, read(files.at(path)));
  if (bytes.size() != id.width * kHashBytes) return fail(Errc::malformed, "another length");
  TRY_VOID(begins_full_tile(files, path, bytes));
  return check_written_again(bytes, id.width);
}

}  // namespace

Result<void> begins_full_tile(const Files& files, const std::string& path, ByteView bytes) {
  const auto full = files.find(path.substr(0, path.find(".p/")));
  if (full == files.end()) return {};
  TRY(const Bytes whole, read(full->second));
  if (!whole.starts_with(bytes)) return fail(Errc::mismatch, "not the beginning of the full tile");
  return {};
}

std::vector<Outcome> run_level(const Files& files, const std::string& name, unsigned level) {
  std::vector<Outcome> outcomes;
  for (const auto& [path, file] : files) {
    const Attempt attempt = Attempt::of(check(files, path, level));
    for (Outcome& one : judge(name + "/" + path, Marker::must_succeed, attempt)) {
      outcomes.push_back(std::move(one));
    }
  }
  return outcomes;
}

}  // namespace regions::vectors
