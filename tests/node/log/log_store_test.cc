// The stored form of a log against the tree computed the plain way, at every size that matters.
#include "node/log/log_store.h"

#include "protocol/log/checkpoint.h"
#include "tests/node/log/log_bench.h"

namespace regions {
namespace {

Bytes entry_number(std::uint64_t index) {
  Entry entry{EntryKind::release, AudienceKind::federation, index, kFoundingTime, {}};
  entry.statement = sha256(std::to_string(index));
  return encode(entry);
}

// Appends entries [size, to) in one batch.
void append(Store& store, std::uint64_t size, std::uint64_t to) {
  auto appender = LogAppender::start(LogStore(store, "ES"), size).value();
  Batch batch;
  for (; size < to; ++size) appender.add(entry_number(size), batch);
  appender.finish("note", batch);
  ASSERT_OK(store.commit(batch));
}

CompactTree tree_of(std::uint64_t size) {
  CompactTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(entry_number(i)));
  return tree;
}

// Everything a reader may ask of a log of `size` entries.
void expect_whole(const Store& store, std::uint64_t size) {
  const LogStore log(store, "ES");
  const auto head = log.head().value().value();
  EXPECT_EQ(head.size, size);
  EXPECT_EQ(head.root, tree_of(size).root());
  EXPECT_EQ(log.edge(size).value().tree().root(), head.root);
  for (const TileId& id : tiles_of(size)) {
    const auto tile = log.tile(id);
    ASSERT_THAT(tile, IsOk());
    EXPECT_EQ(tile->size(), id.width * kHashBytes);
  }
  const TileReader reader = [&](const TileId& id) { return log.tile(id); };
  for (std::uint64_t part = 1; part < size; part += 1 + part / 3) {
    const auto root = root_of(part, hashes_from_tiles(size, reader));
    ASSERT_THAT(root, IsOk());
    EXPECT_EQ(*root, tree_of(part).root()) << part << " of " << size;
    // A partial tile is the beginning of a wider one: the edge of any earlier size is still there.
    EXPECT_EQ(log.edge(part).value().tree().root(), *root);
  }
  for (std::uint64_t bundle = 0; bundle * kTileWidth < size; ++bundle) {
    const unsigned width = tile_width(0, bundle, size);
    const auto entries = decode_bundle(log.bundle(bundle, width).value(), width).value();
    EXPECT_EQ(entries.back(), entry_number(bundle * kTileWidth + width - 1));
    if (width < kTileWidth) {
      EXPECT_THAT(log.bundle(bundle, width + 1), IsErr(Errc::not_found));
      EXPECT_THAT(log.tile({0, bundle, width + 1}), IsErr(Errc::not_found));
    }
  }
  EXPECT_THAT(log.entry(size), IsErr(Errc::not_found));
  EXPECT_EQ(log.entries(size - 1, 100).value().size(), 1u);
}

TEST(LogStoreTest, EmptyStoreHoldsNoLog) {
  MemoryStore store;
  const LogStore log(store, "ES");
  EXPECT_EQ(log.head().value(), std::nullopt);
  EXPECT_THAT(log.entry(0), IsErr(Errc::not_found));
  EXPECT_TRUE(log.entries(0, 10).value().empty());
  EXPECT_THAT(log.tile({0, 0, 1}), IsErr(Errc::not_found));
  EXPECT_THAT(log.bundle(0, 1), IsErr(Errc::not_found));
  EXPECT_THAT(log.edge(1), IsErr(Errc::not_found));
}

TEST(LogStoreTest, SizesAroundTileBordersAppendedOneByOne) {
  MemoryStore store;
  for (std::uint64_t size = 0; size < 514; ++size) {
    append(store, size, size + 1);
    if (size + 1 <= 3 || (size + 1 >= 255 && size + 1 <= 257) || size + 1 >= 511) {
      expect_whole(store, size + 1);
    }
  }
}

TEST(LogStoreTest, BatchesOfAnyLengthGiveTheSameStore) {
  MemoryStore at_once;
  append(at_once, 0, 513);
  expect_whole(at_once, 513);
  for (const std::uint64_t cut : {1, 255, 256, 257, 512}) {
    MemoryStore in_two;
    append(in_two, 0, cut);
    expect_whole(in_two, cut);
    append(in_two, cut, 513);
    EXPECT_EQ(in_two.contents(), at_once.contents()) << cut;
  }
}

TEST(LogStoreTest, LogsOfMembersWithACommonBeginningStayApart) {
  MemoryStore store;
  append(store, 0, 3);
  const LogStore other(store, "E");
  EXPECT_TRUE(other.entries(0, 10).value().empty());
  EXPECT_THAT(LogStore(store, "ES2").head(), IsOk());
  EXPECT_EQ(LogStore(store, "ES2").head().value(), std::nullopt);
}

TEST(LogStoreTest, MissingOrShortEntryIsCorruptNotPassedOver) {
  MemoryStore store;
  append(store, 0, 5);
  Bytes key = std::string("ES") + '\0';
  append_u64(key, 2);
  Batch batch;
  batch.erase(Area::entries, key);
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(LogStore(store, "ES").entries(0, 5), IsErr(Errc::corrupt));
  EXPECT_THAT(LogStore(store, "ES").bundle(0, 5), IsErr(Errc::corrupt));
  batch.put(Area::entries, key, "short");
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(LogStore(store, "ES").entries(0, 5), IsErr(Errc::corrupt));
  EXPECT_THAT(LogStore(store, "ES").entry(2), IsErr(Errc::corrupt));
}

TEST(LogStoreTest, ShortHeadIsCorrupt) {
  MemoryStore store;
  Batch batch;
  batch.put(Area::heads, "ES", Bytes(39, 'x'));
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(LogStore(store, "ES").head(), IsErr(Errc::corrupt));
}

TEST(LogStoreTest, BundleNumberPastEveryTreeIsNotFound) {
  MemoryStore store;
  append(store, 0, 5);
  EXPECT_THAT(LogStore(store, "ES").bundle(std::uint64_t{1} << 56, 5), IsErr(Errc::not_found));
  EXPECT_THAT(LogStore(store, "ES").bundle(std::uint64_t{1} << 60, 5), IsErr(Errc::not_found));
}

}  // namespace
}  // namespace regions
