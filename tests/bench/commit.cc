#include <fcntl.h>
#include <unistd.h>

#include "node/log/committer.h"
#include "node/publish/signer.h"
#include "node/storage/rocksdb_store.h"
#include "ops/bench.d/meter.h"
#include "tests/bench/parts.h"
#include "tests/support/federation/test_federation.h"

namespace regions::bench {
namespace {

constexpr int kSyncs = 400;
const std::string kMember = "PT16";

// What the disk does at best: a page appended and synced, again and again.
void measure_syncs(const std::filesystem::path& folder) {
  const auto path = folder / "syncs";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  CHECK(file >= 0);
  const std::string page(4096, 'x');
  const Meter meter;
  for (int i = 0; i < kSyncs; ++i) {
    CHECK(::write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()));
    CHECK(::fdatasync(file) == 0);
  }
  print("limit.sync", meter.stop(), kSyncs);
  ::close(file);
  std::filesystem::remove(path);
}

class Log {
 public:
  explicit Log(const std::filesystem::path& folder)
      : store_(open_store(folder / "log", Wing::shared, true).value()) {
    federation_.install(*store_);
    committer_ = Committer::open(*store_, kMember, federation_.origin(kMember),
                                 federation_.key(kMember, Role::log))
                     .value();
    CHECK(committer_->found());
  }
  // `count` statements, signed beforehand, `batch` at a time.
  void measure(std::size_t batch, std::size_t count) {
    std::vector<std::vector<SignedStatement>> batches(count / batch);
    for (auto& one : batches) {
      for (std::size_t i = 0; i < batch; ++i) one.push_back(next());
    }
    const Meter meter;
    for (const auto& one : batches) CHECK(committer_->commit(one));
    print("commit." + std::to_string(batch), meter.stop(), static_cast<double>(count));
  }

 private:
  // The log does not read payloads: any statement will do.
  SignedStatement next() {
    return signer_.roster_adopted(sequence_++, 1, federation_.membership()->roster().digest())
        .value();
  }

  TestFederation federation_{{"DE24", "ES", kMember}};
  FakeClock clock_{kFoundingTime};
  SeededRandom random_{1};
  StatementSigner signer_{StatementKey(federation_.key(kMember, Role::statement)),
                          federation_.membership()->roster().federation(), kMember, clock_,
                          random_};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Committer> committer_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

void measure_commit(const std::filesystem::path& folder) {
  measure_syncs(folder);
  Log log(folder);
  log.measure(1, 400);
  log.measure(100, 20'000);
  log.measure(1000, 50'000);
  measure_syncs(folder);
}

}  // namespace regions::bench
