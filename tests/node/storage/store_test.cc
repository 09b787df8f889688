// The contract of store.h, held by every store alike, and what only the one on disk can do.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "node/storage/rocksdb_store.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

class TempFolder {
 public:
  TempFolder() {
    std::string name = (fs::temp_directory_path() / "regions-store-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TempFolder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void put(Store& store, Area area, ByteView key, ByteView value) {
  Batch batch;
  batch.put(area, key, value);
  ASSERT_OK(store.commit(batch));
}

std::vector<Bytes> keys_of(const Reader& reader, Area area, ByteView prefix, ByteView from = {}) {
  std::vector<Bytes> keys;
  auto cursor = reader.scan(area, prefix, from);
  for (; cursor->valid(); cursor->next()) keys.emplace_back(cursor->key());
  EXPECT_THAT(cursor->status(), IsOk());
  return keys;
}

TEST(RocksdbStore, MissingStoreIsNotMadeUnasked) {
  TempFolder folder;
  EXPECT_THAT(open_store(folder.path() / "a", Wing::shared, false), IsErr(Errc::not_found));
  EXPECT_FALSE(fs::exists(folder.path() / "a"));
}

TEST(RocksdbStore, SecondOpenIsBusy) {
  TempFolder folder;
  ASSERT_OK_AND(auto first, open_store(folder.path(), Wing::shared, true));
  EXPECT_THAT(open_store(folder.path(), Wing::shared, true), IsErr(Errc::busy));
}

TEST(RocksdbStore, StoreOfTheOtherWingIsRefused) {
  TempFolder folder;
  { ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::confidential, true)); }
  EXPECT_THAT(open_store(folder.path(), Wing::shared, true), IsErr(Errc::mismatch));
  EXPECT_THAT(open_store(folder.path(), Wing::confidential, false), IsOk());
}

TEST(RocksdbStore, NewerFormatIsRefused) {
  TempFolder folder;
  {
    ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
    Bytes newer(1, static_cast<char>(Wing::shared));
    append_u32(newer, kStoreFormat + 1);
    put(*store, Area::meta_shared, "format", newer);
  }
  EXPECT_THAT(open_store(folder.path(), Wing::shared, true), IsErr(Errc::unsupported));
}

// A full disk, played by a limit on the size of files. In a child, which keeps its lock to the end.
void fail_a_write(const fs::path& folder) {
  ::signal(SIGXFSZ, SIG_IGN);
  auto store = open_store(folder, Wing::shared, false).value();
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlim_t before = std::exchange(limit.rlim_cur, 256 * 1024);
  ::setrlimit(RLIMIT_FSIZE, &limit);
  Batch large;
  large.put(Area::entries, "large", Bytes(1 << 20, 'x'));
  CHECK(store->commit(large).error().code == Errc::io);
  limit.rlim_cur = before;
  ::setrlimit(RLIMIT_FSIZE, &limit);
  Batch small;
  small.put(Area::entries, "small", "1");
  CHECK(store->commit(small).error().context.find("an earlier write failed") != std::string::npos);
  CHECK(store->get(Area::entries, "a").value() == Bytes("1"));
  store.reset();  // must not abort
  ::_exit(0);
}

TEST(RocksdbStore, AFailedWriteIsTheLastOneAndNothingAcknowledgedIsLost) {
  TempFolder folder;
  {
    ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
    put(*store, Area::entries, "a", "1");
  }
  EXPECT_EXIT(fail_a_write(folder.path()), testing::ExitedWithCode(0), "");
  ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, false));
  for (const auto& [key, expected] : std::map<Bytes, std::optional<Bytes>>{
           {"a", "1"}, {"large", std::nullopt}, {"small", std::nullopt}}) {
    ASSERT_OK_AND(const auto value, store->get(Area::entries, key));
    EXPECT_EQ(value, expected) << key;
  }
}

TEST(RocksdbStore, DamagedTableIsReportedNotReturned) {
  TempFolder folder;
  { ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true)); }
  std::ofstream(folder.path() / "CURRENT", std::ios::trunc) << "MANIFEST-999999\n";
  EXPECT_FALSE(open_store(folder.path(), Wing::shared, true).has_value());
}

TEST(RocksdbStore, DamageOfATableNamesTheRunbook) {
  TempFolder folder;
  for (const char* value : {"1", "2"}) {  // closing and opening again makes a table of the log
    ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
    put(*store, Area::entries, "a", value);
  }
  { ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, false)); }
  int damaged = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    if (file.path().extension() != ".sst") continue;
    std::fstream(file.path(), std::ios::in | std::ios::out | std::ios::binary) << "damage";
    ++damaged;
  }
  ASSERT_GT(damaged, 0);
  const auto store = open_store(folder.path(), Wing::shared, false);
  const auto value =
      store ? (*store)->get(Area::entries, "a") : Result<std::optional<Bytes>>(store.error());
  ASSERT_THAT(value, IsErr(Errc::corrupt));
  EXPECT_THAT(value.error().context, testing::HasSubstr("see the runbook"));
}

// Without the count nobody would see that the end of the log is gone.
TEST(RocksdbStore, AMissingCountOfWritesIsRefused) {
  TempFolder folder;
  {
    ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
    put(*store, Area::entries, "a", "1");
  }
  std::filesystem::remove(folder.path() / "acknowledged");
  const auto again = open_store(folder.path(), Wing::shared, false);
  ASSERT_THAT(again, IsErr(Errc::corrupt));
  EXPECT_THAT(again.error().context,
              testing::HasSubstr("the file acknowledged is missing, which counts the writes; see "
                                 "the runbook"));
}

TEST(RocksdbStore, FolderIsClosedToOthers) {
  TempFolder folder;
  const auto dir = folder.path() / "records";
  ASSERT_OK_AND(auto store, open_store(dir, Wing::confidential, true));
  struct stat found {};
  ASSERT_EQ(stat(dir.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
}

TEST(RocksdbStoreDeathTest, AreaOfTheOtherWingIsAProgrammerError) {
  TempFolder folder;
  ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
  EXPECT_DEATH((void)store->get(Area::enterprises, "x"), "CHECK failed");
}

TEST(RocksdbStore, CommittedBatchIsThereAfterReopening) {
  TempFolder folder;
  {
    ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, true));
    put(*store, Area::entries, "a", Bytes("\0x", 2));
  }
  ASSERT_OK_AND(auto store, open_store(folder.path(), Wing::shared, false));
  ASSERT_OK_AND(auto value, store->get(Area::entries, "a"));
  EXPECT_EQ(value, Bytes("\0x", 2));
}

// The contract, once for each kind of store.
class StoreContract : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      ASSERT_OK_AND(store_, open_store(folder_.path(), Wing::shared, true));
    } else {
      store_ = std::make_unique<MemoryStore>();
    }
  }
  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreContract, MissingKeyIsNullopt) {
  ASSERT_OK_AND(auto value, store_->get(Area::entries, "nothing"));
  EXPECT_EQ(value, std::nullopt);
}

TEST_P(StoreContract, WritesOfABatchApplyInOrder) {
  Batch batch;
  batch.put(Area::entries, "k", "1");
  batch.erase(Area::entries, "k");
  batch.put(Area::entries, "k", "2");
  batch.put(Area::heads, "gone", "1");
  batch.erase(Area::heads, "gone");
  ASSERT_OK(store_->commit(batch));
  ASSERT_OK_AND(auto value, store_->get(Area::entries, "k"));
  EXPECT_EQ(value, "2");
  EXPECT_EQ(keys_of(*store_, Area::heads, "").size(), 0u);
}

TEST_P(StoreContract, AreasDoNotMix) {
  put(*store_, Area::entries, "k", "1");
  ASSERT_OK_AND(auto value, store_->get(Area::tiles, "k"));
  EXPECT_EQ(value, std::nullopt);
}

TEST_P(StoreContract, GetManyKeepsTheOrderOfItsKeys) {
  put(*store_, Area::entries, "a", "1");
  put(*store_, Area::entries, "c", "");
  ASSERT_OK_AND(auto values, store_->get_many(Area::entries, {"c", "b", "a", "c"}));
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0], "");
  EXPECT_EQ(values[1], std::nullopt);
  EXPECT_EQ(values[2], "1");
  EXPECT_EQ(values[3], "");
  ASSERT_OK_AND(auto none, store_->get_many(Area::entries, {}));
  EXPECT_TRUE(none.empty());
}

TEST_P(StoreContract, SeekGoesToTheFirstKeyFromThereEitherWayWithinThePrefix) {
  for (const char* key : {"a", "b1", "b3", "b5", "c"}) put(*store_, Area::entries, key, key);
  const auto cursor = store_->scan(Area::entries, "b");
  const auto found = [&](ByteView from) {
    cursor->seek(from);
    EXPECT_THAT(cursor->status(), IsOk());
    return cursor->valid() ? Bytes(cursor->value()) : Bytes("none");
  };
  EXPECT_EQ(found("b2"), "b3");
  EXPECT_EQ(found("b5"), "b5");
  EXPECT_EQ(found("b6"), "none");
  EXPECT_EQ(found("b1"), "b1");
  EXPECT_EQ(found("c"), "none");
  EXPECT_EQ(found("a"), "b1");
}

TEST_P(StoreContract, ScanStaysInItsPrefixInByteOrder) {
  for (const char* key : {"a", "b", "b\x01", "b\x7f", "b\xff", "b\xff\xff", "c"}) {
    put(*store_, Area::entries, key, "v");
  }
  EXPECT_EQ(keys_of(*store_, Area::entries, "b"),
            (std::vector<Bytes>{"b", "b\x01", "b\x7f", "b\xff", "b\xff\xff"}));
  EXPECT_EQ(keys_of(*store_, Area::entries, "b", "b\x02"),
            (std::vector<Bytes>{"b\x7f", "b\xff", "b\xff\xff"}));
  EXPECT_EQ(keys_of(*store_, Area::entries, "b", "a").size(), 5u);
  EXPECT_EQ(keys_of(*store_, Area::entries, "b\xff").size(), 2u);
  EXPECT_EQ(keys_of(*store_, Area::entries, "").size(), 7u);
  EXPECT_EQ(keys_of(*store_, Area::entries, "", "c").size(), 1u);
  EXPECT_EQ(keys_of(*store_, Area::entries, "d").size(), 0u);
}

TEST_P(StoreContract, SnapshotDoesNotSeeLaterCommits) {
  put(*store_, Area::entries, "a", "1");
  auto snapshot = store_->snapshot();
  put(*store_, Area::entries, "a", "2");
  put(*store_, Area::entries, "b", "2");
  ASSERT_OK_AND(auto value, snapshot->get(Area::entries, "a"));
  EXPECT_EQ(value, "1");
  EXPECT_EQ(keys_of(*snapshot, Area::entries, ""), std::vector<Bytes>{"a"});
  ASSERT_OK_AND(auto many, snapshot->get_many(Area::entries, {"b"}));
  EXPECT_EQ(many[0], std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Bool(), [](const auto& kind) {
  return kind.param ? std::string("OnDisk") : std::string("InMemory");
});

TEST(FaultStore, NthCommitFailsInBothFlavours) {
  for (auto flavour : {FaultStore::Flavour::not_applied, FaultStore::Flavour::applied}) {
    MemoryStore memory;
    FaultStore store(memory);
    Batch batch;
    batch.put(Area::entries, "a", "1");
    store.fail_at(2, flavour);
    EXPECT_THAT(store.get(Area::entries, "a"), IsOk());
    EXPECT_FALSE(store.failed());
    EXPECT_THAT(store.commit(batch), IsErr(Errc::io));
    EXPECT_TRUE(store.failed());
    ASSERT_OK_AND(auto value, store.get(Area::entries, "a"));
    EXPECT_EQ(value.has_value(), flavour == FaultStore::Flavour::applied);
  }
}

TEST(FaultStore, SeekThatFailsLeavesNoKeyAndSaysSo) {
  MemoryStore memory;
  put(memory, Area::entries, "a", "1");
  FaultStore store(memory);
  const auto cursor = store.scan(Area::entries, "");
  store.fail_at(1, FaultStore::Flavour::not_applied);
  EXPECT_TRUE(cursor->valid());
  cursor->seek("a");
  EXPECT_FALSE(cursor->valid());
  EXPECT_THAT(cursor->status(), IsErr(Errc::io));
}

TEST(FaultStore, StoreThatStaysDownFailsUntilItIsHealed) {
  MemoryStore memory;
  FaultStore store(memory);
  auto snapshot = store.snapshot();
  store.fail_at(1, FaultStore::Flavour::applied, true);
  EXPECT_THAT(snapshot->get(Area::entries, "a"), IsErr(Errc::io));
  EXPECT_THAT(store.scan(Area::entries, "")->status(), IsErr(Errc::io));
  Batch batch;
  batch.put(Area::entries, "a", "1");
  EXPECT_THAT(store.commit(batch), IsErr(Errc::io));
  store.heal();
  ASSERT_OK_AND(auto value, store.get(Area::entries, "a"));
  EXPECT_EQ(value, std::nullopt);
}

}  // namespace
}  // namespace regions
