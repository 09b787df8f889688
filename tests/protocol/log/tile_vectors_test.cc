// Whole logs and tiles that others published.
#include <gmock/gmock.h>

#include "protocol/log/checkpoint.h"
#include "protocol/log/tile_edge.h"
#include "tests/protocol/log/vectors.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// A log of 15 entries by another implementation, with the tiles and head of each of its sizes.
struct TesseraLog : ::testing::Test {
  static constexpr const char* kFolder = "tlog-tiles/tessera-testlog";
  static constexpr std::uint64_t kSize = 15;

  static Bytes file(const std::string& path) { return read_vector(fs::path(kFolder) / path); }
  static TileReader reader() {
    return [](const TileId& tile) -> Result<Bytes> { return file(tile_path(tile)); };
  }
  static Result<Checkpoint> head(std::uint64_t size) {
    const auto key = parse_vkey(
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    return open_checkpoint(file("checkpoint." + std::to_string(size)), key.value().name,
                           {key.value().key});
  }
};

TEST_F(TesseraLog, HeadsTilesAndEntriesAgreeAtEverySize) {
  NEEDS_SHARED("vectors/tlog-tiles/tessera-testlog");
  TileEdge edge;
  ASSERT_OK_AND(const auto entries,
                decode_bundle(file(bundle_path(0, kSize)), kSize, std::nullopt));
  for (std::uint64_t size = 0; size <= kSize; ++size) {
    ASSERT_OK_AND(const Checkpoint stated, head(size));
    EXPECT_EQ(stated.size, size);
    EXPECT_EQ(stated.root, edge.tree().root());
    ASSERT_OK_AND(const Digest root, root_of(size, hashes_from_tiles(size, reader())));
    EXPECT_EQ(stated.root, root);
    for (const Tile& tile : edge.take_changed()) EXPECT_EQ(tile.hashes, file(tile_path(tile.id)));
    if (size == kSize) break;
    const std::vector<Bytes> begin(entries.begin(),
                                   entries.begin() + static_cast<std::ptrdiff_t>(size + 1));
    EXPECT_EQ(encode_bundle(begin), file(bundle_path(0, static_cast<unsigned>(size + 1))));
    edge.append(leaf_hash(entries[size]));
  }
}

TEST_F(TesseraLog, EveryTwoHeadsAreConsistentAndEveryEntryIsInEvery) {
  NEEDS_SHARED("vectors/tlog-tiles/tessera-testlog");
  ASSERT_OK_AND(const auto entries,
                decode_bundle(file(bundle_path(0, kSize)), kSize, std::nullopt));
  for (std::uint64_t size2 = 1; size2 <= kSize; ++size2) {
    const HashSource hashes = hashes_from_tiles(size2, reader());
    ASSERT_OK_AND(const Checkpoint later, head(size2));
    for (std::uint64_t size1 = 1; size1 <= size2; ++size1) {
      ASSERT_OK_AND(const Checkpoint earlier, head(size1));
      ASSERT_OK_AND(const auto proof, prove_consistency(size1, size2, hashes));
      EXPECT_THAT(verify_consistency(size1, size2, earlier.root, later.root, proof), IsOk());
      ASSERT_OK_AND(const auto path, prove_inclusion(size1 - 1, size2, hashes));
      EXPECT_THAT(
          verify_inclusion(leaf_hash(entries[size1 - 1]), size1 - 1, size2, path, later.root),
          IsOk());
    }
  }
}

// Four full tiles of a public log; the partial one is the beginning of the last.
TEST(SunlightTiles, FullTilesReadAsWrittenAgain) {
  NEEDS_SHARED("vectors/tlog-tiles/sunlight-navigli2025h2-level0");
  const fs::path folder = "tlog-tiles/sunlight-navigli2025h2-level0";
  constexpr std::uint64_t kSize = 4 * kTileWidth;
  TileEdge edge;
  Bytes last;
  for (const char* name : {"000", "001", "002", "003"}) {
    last = read_vector(folder / name);
    ASSERT_EQ(last.size(), kTileWidth * kHashBytes);
    for (std::size_t i = 0; i < kTileWidth; ++i) {
      edge.append(*Digest::from_bytes(ByteView(last).substr(i * kHashBytes, kHashBytes), name));
    }
  }
  EXPECT_EQ(read_vector(folder / "003.p/10"), last.substr(0, 10 * kHashBytes));
  const std::vector<Tile> tiles = edge.take_changed();
  ASSERT_EQ(tiles.size(), 5u);
  for (const Tile& tile : tiles) {
    if (tile.id.level > 0) continue;
    EXPECT_EQ(tile.hashes, read_vector(folder / tile_path(tile.id).substr(7)));
  }
  const TileReader reader = [&](const TileId& id) -> Result<Bytes> {
    for (const Tile& tile : tiles) {
      if (tile.id == id) return tile.hashes;
    }
    return fail(Errc::not_found, tile_path(id));
  };
  ASSERT_OK_AND(const Digest root, root_of(kSize, hashes_from_tiles(kSize, reader)));
  EXPECT_EQ(root, edge.tree().root());
}

}  // namespace
}  // namespace regions
