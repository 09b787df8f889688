// The store on a disk that fails at its nth change: what was acknowledged is there when it is
// opened again, what was not is there whole or not at all, and it takes writes again.
#include "node/storage/rocksdb_store.h"
#include "tests/node/disk/child.h"
#include "tests/node/disk/disk_bench.h"
#include "tests/support/eventually.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

constexpr int kBefore = 3, kCommits = 4;

Bytes value_of(int commit) { return Bytes(20'000, static_cast<char>('a' + commit)); }
Bytes key_of(int commit) { return "key" + std::to_string(commit); }

// Entry and count of one commit, in two areas.
Result<void> commit(Store& store, int number) {
  Batch batch;
  batch.put(Area::entries, key_of(number), value_of(number));
  batch.put(Area::heads, "count", std::to_string(number + 1));
  return store.commit(batch);
}

// How many commits are there; nullopt when one is not whole.
std::optional<int> commits_in(const Reader& store) {
  const auto count = store.get(Area::heads, "count");
  if (!count) return std::nullopt;
  const int commits = *count ? std::stoi(**count) : 0;
  for (int i = 0; i <= kBefore + kCommits; ++i) {
    const auto value = store.get(Area::entries, key_of(i));
    if (!value || value->has_value() != (i < commits)) return std::nullopt;
    if (i < commits && **value != value_of(i)) return std::nullopt;
  }
  return commits;
}

class StoreFaults : public OnFailingDisk {
 protected:
  // A store with `count` commits.
  static int fill(const fs::path& dir, int count) {
    const auto store = open_store(dir, Wing::shared, true);
    for (int i = 0; i < count; ++i) {
      if (!commit(**store, i)) return wrong;
    }
    return untouched;
  }
  // Opens, writes and closes while the disk fails; `acknowledged` counts on.
  int write_on(const fs::path& dir, std::uint64_t n, int& acknowledged) const {
    static FaultDisk disk(folder.path);  // outlives the threads of an engine that failed
    arm(disk, n);
    {
      const auto store = open_store(dir, Wing::shared, false);
      if (!store && store.error().context.empty()) return wrong;
      for (int i = 0; store && i < kCommits; ++i) {
        if (const auto done = commit(**store, acknowledged); !done) break;
        ++acknowledged;
      }
    }
    return disk.failed() ? failed : untouched;
  }
  // Everything acknowledged and at most one more, which is whole; and the store goes on.
  static int check(const fs::path& dir, int acknowledged) {
    const auto store = open_store(dir, Wing::shared, false);
    if (!store) {
      std::fprintf(stderr, "%s\n", store.error().text().c_str());
      return wrong;
    }
    const auto commits = commits_in(**store);
    if (!commits || *commits < acknowledged || *commits > acknowledged + 1) return wrong;
    return commit(**store, *commits) ? untouched : wrong;
  }

  Shared<int> acknowledged_;
};

TEST_P(StoreFaults, AStoreThatIsOpenedAndWrittenLosesNothing) {
  ASSERT_EQ(in_child([&] { return fill(path("before"), kBefore); }), 0);
  for (std::uint64_t n = first();; n += step()) {
    const fs::path dir = path("store");
    fs::remove_all(dir);
    fs::copy(path("before"), dir, fs::copy_options::recursive);
    *acknowledged_ = kBefore;
    const int ended = in_child([&] { return write_on(dir, n, *acknowledged_); });
    EXPECT_NE(ended, wrong) << n;
    EXPECT_LT(ended, 128) << "change " << n << ": died of signal " << ended - 128;
    EXPECT_EQ(in_child([&] { return check(dir, *acknowledged_); }), 0)
        << "change " << n << " with " << *acknowledged_ << " acknowledged";
    if (ended == untouched) {
      std::printf("at most %llu changes\n", static_cast<unsigned long long>(n - 1));
      EXPECT_GT(n, 10u);
      break;
    }
  }
}

// A full disk that has room again at once: the engine must not go on by itself, since its journal
// holds a batch that was refused.
TEST_P(StoreFaults, AStoreThatFailedWritesNothingMoreByItself) {
  const fs::path dir = path("store");
  ASSERT_EQ(in_child([&] { return fill(dir, kBefore); }), 0);
  EXPECT_EQ(in_child([&] {
              static FaultDisk disk(folder.path);
              const auto store = open_store(dir, Wing::shared, false);
              if (!commit(**store, kBefore)) return int{wrong};
              constexpr std::uint64_t kSync = 2;  // of the journal, behind its write
              disk.fail_at(kSync, FaultDisk::Flavour::refused, false);
              if (commit(**store, kBefore + 1) || !disk.failed()) return int{wrong};
              const bool wrote =
                  eventually(std::chrono::milliseconds(500), [] { return disk.changes() > kSync; });
              return wrote ? int{wrong} : int{untouched};
            }),
            0);
  EXPECT_EQ(in_child([&] { return check(dir, kBefore + 1); }), 0);
}

INSTANTIATE_TEST_SUITE_P(Disk, StoreFaults, process_flavours(), flavour_name);

}  // namespace
}  // namespace regions
