#include "protocol/log/tile.h"

#include <gmock/gmock.h>

#include <map>

#include "protocol/log/tile_edge.h"
#include "tests/protocol/log/tree_of.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(TilePath, TheFormsOfTheSpecification) {
  EXPECT_EQ(tile_path({0, 0, 256}), "tile/0/000");
  EXPECT_EQ(tile_path({0, 1'234'067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({1, 1234, 17}), "tile/1/x001/234.p/17");
  EXPECT_EQ(tile_path({7, 0, 64}), "tile/7/000.p/64");
  EXPECT_EQ(bundle_path(0, 5), "tile/entries/000.p/5");
  EXPECT_EQ(bundle_path(1000, 256), "tile/entries/x001/000");
}

TEST(TilePath, WhatEncodesParsesBack) {
  for (const std::uint64_t index : {0ULL, 1ULL, 999ULL, 1000ULL, 999'999ULL, 1'234'067ULL,
                                    18'014'398'509'481'983ULL /* 2^54 - 1 */}) {
    for (const unsigned width : {1u, 17u, 255u, 256u}) {
      for (const unsigned level : {0u, 1u, kTileLevelMax}) {
        ASSERT_OK_AND(const TileId tile, parse_tile_path(tile_path({level, index, width})));
        EXPECT_EQ(tile, (TileId{level, index, width}));
      }
      ASSERT_OK_AND(const auto bundle, parse_bundle_path(bundle_path(index, width)));
      EXPECT_EQ(bundle, std::pair(index, width));
    }
  }
}

TEST(TilePath, OtherFormsAreMalformed) {
  for (const std::string position : {
           "",
           "0",
           "00",
           "0000",
           "x000/000",
           "x001",
           "x001/",
           "/000",
           "000/",
           "000/001",
           "x001/x002",
           "001/002",
           "X001/002",
           "0x0",
           "-01",
           "+01",
           " 00",
           "00a",
           "000.p",
           "000.p/",
           "000.p/0",
           "000.p/256",
           "000.p/257",
           "000.p/01",
           "000.p/1/",
           "000.p/1.p/1",
           "000/.p/1",
           "000.p/-1",
           "000.P/1",
           "000.p/18446744073709551617",
           "x000/x000/000",
           "../000",
           "x001/x000/x000/x000/x000/x000/000",
           "000\n",
           "000.p/1\n",
           "x1234/000",
           "000.p//1",
       }) {
    EXPECT_THAT(parse_tile_path("tile/0/" + position), IsErr(Errc::malformed)) << position;
    EXPECT_THAT(parse_bundle_path("tile/entries/" + position), IsErr(Errc::malformed)) << position;
  }
  for (const char* path : {"", "tile", "tile/", "tile/0", "tile/0/", "tile/8/000", "tile/00/000",
                           "tile/63/000", "tile/-1/000", "tile/a/000", "/tile/0/000", "tile//0/000",
                           "tile/0//000", "tiles/0/000", "tile/entries/000"}) {
    EXPECT_THAT(parse_tile_path(path), IsErr(Errc::malformed)) << path;
  }
  for (const char* path :
       {"", "tile/entries", "tile/entries/", "tile/0/000", "tile/entries0/000"}) {
    EXPECT_THAT(parse_bundle_path(path), IsErr(Errc::malformed)) << path;
  }
}

// The three sizes that tlog-tiles works out.
TEST(Tiles, OfASize) {
  EXPECT_THAT(tiles_of(0), SizeIs(0));
  EXPECT_THAT(tiles_of(1), ElementsAre(TileId{0, 0, 1}));
  EXPECT_THAT(tiles_of(256), ElementsAre(TileId{0, 0, 256}, TileId{1, 0, 1}));
  const auto tiles = tiles_of(70'000);
  ASSERT_THAT(tiles, SizeIs(274 + 2 + 1));
  EXPECT_EQ(tiles[273], (TileId{0, 273, 112}));
  EXPECT_EQ(tiles[274], (TileId{1, 0, 256}));
  EXPECT_EQ(tiles[275], (TileId{1, 1, 17}));
  EXPECT_EQ(tiles[276], (TileId{2, 0, 1}));
  for (const std::uint64_t size : {0u, 1u, 255u, 256u, 257u, 65'535u, 65'536u, 70'000u}) {
    EXPECT_THAT(tiles_of(size), SizeIs(tile_count(size)));
  }
  EXPECT_GT(tile_count(kTreeSizeMax), kTreeSizeMax / 256);
  EXPECT_EQ(tile_width(kTileLevelMax, 0, kTreeSizeMax), 64u);
  EXPECT_EQ(tile_width(kTileLevelMax + 1, 0, kTreeSizeMax), 0u);
  EXPECT_EQ(tile_width(0, ~std::uint64_t{0}, 300), 0u);
}

TEST(Bundle, AnyOtherBytesAreMalformed) {
  const std::vector<Bytes> entries{Bytes(kEntryBytes, 'a'), Bytes(kEntryBytes, 'b')};
  const Bytes bundle = encode_bundle(entries);
  ASSERT_OK_AND(const auto again, decode_bundle(bundle, 2));
  EXPECT_EQ(again, entries);
  for (std::size_t length = 0; length < bundle.size(); ++length) {
    EXPECT_THAT(decode_bundle(bundle.substr(0, length), 2), IsErr(Errc::malformed)) << length;
  }
  EXPECT_THAT(decode_bundle(bundle + '\0', 2), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle(bundle, 1), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle(bundle, 3), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle(bundle, kTileWidth + 1), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle(encode_bundle({Bytes(55, 'a')}), 1), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle(encode_bundle({Bytes(57, 'a')}), 1), IsErr(Errc::malformed));
  EXPECT_THAT(decode_bundle("", 0), IsOk());
}

// The golden bytes of tlog-tiles.
TEST(Bundle, OfEntriesOfAnyLength) {
  const Bytes bundle = encode_bundle({"one", "two", "three"});
  EXPECT_EQ(to_hex(bundle), "00036f6e65000374776f00057468726565");
  ASSERT_OK_AND(const auto entries, decode_bundle(bundle, 3, std::nullopt));
  EXPECT_THAT(entries, ElementsAre("one", "two", "three"));
  EXPECT_THAT(decode_bundle(bundle, 3), IsErr(Errc::malformed));
}

// A log in memory: the tiles as a committer would keep them, the widest of each position.
class TiledLog {
 public:
  void grow(std::uint64_t leaves) {
    for (std::uint64_t i = 0; i < leaves; ++i) edge_.append(test_leaf(edge_.size()));
    for (Tile& tile : edge_.take_changed()) {
      EXPECT_EQ(tile.hashes.size(), tile.id.width * kHashBytes);
      tiles_[{tile.id.level, tile.id.index}] = std::move(tile.hashes);
    }
  }
  TileReader reader() const {
    return [this](const TileId& tile) -> Result<Bytes> {
      const auto found = tiles_.find({tile.level, tile.index});
      if (found == tiles_.end()) return fail(Errc::not_found, tile_path(tile));
      return found->second.substr(0, tile.width * kHashBytes);
    };
  }
  const TileEdge& edge() const { return edge_; }
  std::size_t tiles() const { return tiles_.size(); }

 private:
  TileEdge edge_;
  std::map<std::pair<unsigned, std::uint64_t>, Bytes> tiles_;
};

TEST(TileEdge, GrownInBatchesHoldsTheTilesAndRootOfItsSize) {
  TiledLog log;
  CompactTree tree;
  for (const std::uint64_t batch : {1u, 1u, 0u, 253u, 1u, 1u, 600u, 256u, 70'000u}) {
    for (std::uint64_t i = 0; i < batch; ++i) tree.append(test_leaf(tree.size()));
    log.grow(batch);
    ASSERT_EQ(log.edge().tree(), tree) << tree.size();
    ASSERT_EQ(log.tiles(), tile_count(tree.size()));
    for (const TileId& tile : tiles_of(tree.size())) {
      ASSERT_OK_AND(const Bytes hashes, log.reader()(tile));
      ASSERT_EQ(hashes.size(), tile.width * kHashBytes) << tile_path(tile);
    }
    ASSERT_OK_AND(const TileEdge again, TileEdge::from(tree.size(), log.reader()));
    ASSERT_EQ(again.tree(), tree);
    ASSERT_OK_AND(const Digest root,
                  root_of(tree.size(), hashes_from_tiles(tree.size(), log.reader())));
    ASSERT_EQ(root, tree.root());
  }
}

TEST(TileEdge, AMissingOrShortTileIsAnError) {
  const TileReader none = [](const TileId&) -> Result<Bytes> { return fail(Errc::io, "no disk"); };
  const TileReader empty = [](const TileId&) -> Result<Bytes> { return Bytes(); };
  EXPECT_THAT(TileEdge::from(0, none), IsOk());
  EXPECT_THAT(TileEdge::from(256, none), IsErr(Errc::io));
  EXPECT_THAT(TileEdge::from(5, empty), IsErr(Errc::malformed));
  EXPECT_THAT(TileEdge::from(kTreeSizeMax + 1, none), IsErr(Errc::too_large));
}

// The tiles of a log prove every size that it ever had.
TEST(HashesFromTiles, ProveTheSameAsTheDefinition) {
  constexpr std::uint64_t kSize = 1500;
  TiledLog log;
  log.grow(kSize);
  for (const std::uint64_t size : {1u, 2u, 255u, 256u, 257u, 513u, 1024u, 1500u}) {
    const HashSource tiled = hashes_from_tiles(size, log.reader());
    ASSERT_EQ(*root_of(size, tiled), root_by_definition(0, size));
    for (std::uint64_t index = 0; index < size; index += 1 + size / 40) {
      ASSERT_EQ(*prove_inclusion(index, size, tiled),
                *prove_inclusion(index, size, hashes_of(size)));
      ASSERT_EQ(*prove_consistency(index + 1, size, tiled),
                *prove_consistency(index + 1, size, hashes_of(size)));
    }
  }
}

TEST(HashesFromTiles, ASubtreeThatIsNotWholeIsNotThere) {
  EXPECT_THAT(tile_with(0, 5, 5), IsErr(Errc::not_found));
  EXPECT_THAT(tile_with(3, 0, 7), IsErr(Errc::not_found));
  EXPECT_THAT(tile_with(63, 0, kTreeSizeMax), IsErr(Errc::not_found));
  EXPECT_THAT(tile_with(200, 0, kTreeSizeMax), IsErr(Errc::not_found));
  EXPECT_THAT(tile_with(0, 0, kTreeSizeMax + 1), IsErr(Errc::not_found));
  EXPECT_EQ(*tile_with(8, 0, 256), (TileId{1, 0, 1}));
  EXPECT_EQ(*tile_with(62, 0, kTreeSizeMax), (TileId{7, 0, 64}));
  const Bytes hashes(5 * kHashBytes, 'h');
  const TileId tile{0, 2, 5};
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 0, 516), IsOk());
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 2, 128), IsOk());
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 0, 517), IsErr(Errc::not_found));
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 0, 511), IsErr(Errc::not_found));
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 2, 129), IsErr(Errc::not_found));
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 8, 2), IsErr(Errc::not_found));
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes, 7, ~std::uint64_t{0}), IsErr(Errc::not_found));
  EXPECT_THAT(subtree_hash_from_tile(tile, hashes + 'h', 0, 516), IsErr(Errc::malformed));
  EXPECT_THAT(subtree_hash_from_tile({0, 2, 0}, "", 0, 512), IsErr(Errc::malformed));
  EXPECT_THAT(subtree_hash_from_tile({0, 0, 257}, Bytes(257 * 32, 'h'), 0, 256),
              IsErr(Errc::malformed));
}

}  // namespace
}  // namespace regions
