// A process that is killed in the middle of an import, and the import made again after it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "node/storage/rocksdb_store.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

// Kills its own process before or right after the nth commit.
class KillingStore final : public Store {
 public:
  KillingStore(Store& inner, int nth, bool after) : inner_(inner), left_(nth), after_(after) {}
  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    return inner_.get(area, key);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    return inner_.get_many(area, keys);
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    return inner_.scan(area, prefix, from);
  }
  Result<void> commit(const Batch& batch) override {
    const bool now = --left_ == 0;
    if (now && !after_) ::kill(::getpid(), SIGKILL);
    auto done = inner_.commit(batch);
    if (now) ::kill(::getpid(), SIGKILL);
    return done;
  }
  std::unique_ptr<Reader> snapshot() const override { return inner_.snapshot(); }

 private:
  Store& inner_;
  int left_;
  bool after_;
};

constexpr int kRows = 40;
constexpr std::size_t kBatch = 8;

std::string rows() {
  std::string text = kCooperationHeader;
  for (int i = 0; i < kRows; ++i) {
    text += "c" + std::to_string(i) + ",e" + std::to_string(i % 9) + ",PRC," +
            (i % 4 == 0 ? "" : "PT16") + ",a" + std::to_string(i % 5) +
            ",HES,DE,DE80,2014-01-01,2016-01-01,robotics,1,1\n";
  }
  return text;
}

Result<ImportSummary> import_into(Store& store) {
  ImportBench bench(store, territory_of("PT16", {}));
  return bench.import(text_source(rows()), RecordKind::cooperation, ImportRole::own, kBatch);
}

void expect_same(const Store& store, const MemoryStore::Areas& expected) {
  for (const Area area : {Area::enterprises, Area::actors, Area::cooperations,
                          Area::cooperation_ids, Area::old_versions}) {
    std::map<Bytes, Bytes, std::less<>> found;
    auto cursor = store.scan(area, "");
    for (; cursor->valid(); cursor->next()) found.emplace(cursor->key(), cursor->value());
    ASSERT_OK(cursor->status());
    EXPECT_EQ(found, expected[static_cast<std::size_t>(area)]);
  }
}

TEST(ImportKill, ProcessKilledAtAnyCommitLosesAndDoublesNothing) {
  MemoryStore untouched;
  ASSERT_OK(import_into(untouched));
  for (const bool after : {false, true}) {
    for (int nth = 1; nth <= kRows / static_cast<int>(kBatch); ++nth) {
      std::string folder =
          (std::filesystem::temp_directory_path() / "regions-kill-XXXXXX").string();
      ASSERT_NE(mkdtemp(folder.data()), nullptr);
      const pid_t child = ::fork();
      ASSERT_GE(child, 0);
      if (child == 0) {
        auto store = open_store(folder, Wing::confidential, true);
        if (!store) ::_exit(1);
        KillingStore killing(**store, nth, after);
        (void)import_into(killing);
        ::_exit(2);  // not reached
      }
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      ASSERT_TRUE(WIFSIGNALED(status)) << status;
      {
        ASSERT_OK_AND(auto store, open_store(folder, Wing::confidential, false));
        ASSERT_OK_AND(const auto counts, read_counts(*store));
        const auto kept = static_cast<std::int64_t>(kBatch) * (after ? nth : nth - 1);
        EXPECT_EQ(counts.own_cooperations(), kept);
        ASSERT_OK_AND(const auto summary, import_into(*store));
        EXPECT_EQ(summary.unchanged, static_cast<std::uint64_t>(kept));
        EXPECT_EQ(summary.added, static_cast<std::uint64_t>(kRows - kept));
        expect_same(*store, untouched.contents());
      }
      std::filesystem::remove_all(folder);
    }
  }
}

}  // namespace
}  // namespace regions
