// Two stores and a crash between any two of their operations: after the restart nothing is lost,
// nothing is stated twice, and the log verifies.
#include <set>

#include "tests/node/publish/publish_bench.h"

namespace regions {
namespace {

using Flavour = FaultStore::Flavour;

// Which of the two stores fails, how, and whether it stays down until the process is restarted.
class CrashTest : public PublishBench,
                  public testing::WithParamInterface<std::tuple<bool, Flavour, bool>> {
 protected:
  // One run with the nth operation failing: false when there was no nth operation.
  bool run(std::uint64_t n) {
    const auto [records_fail, flavour, stays_down] = GetParam();
    MemoryStore own_records, own_shared;
    copy(records, own_records);
    copy(shared, own_shared);
    FaultStore faulty_records(own_records), faulty_shared(own_shared);
    FaultStore& faulty = records_fail ? faulty_records : faulty_shared;
    faulty.fail_at(n, flavour, stays_down);
    std::set<Digest> acknowledged;
    for (int start = 0; start < 2; ++start) {
      auto open = NodeParts::open(federation, faulty_records, faulty_shared, clock, random);
      // Without a restart the caller simply tries again, twice.
      for (int attempt = 0; open && attempt < 2; ++attempt) {
        for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
          const auto report = (*open)->publisher->release(indicator, "2015");
          if (report) acknowledged.insert(report->release->id);
        }
      }
      if (start == 0) reached_ = faulty.failed();
      faulty.heal();
    }
    expect_whole(own_records, own_shared, acknowledged);
    return reached_;
  }
  static void copy(const MemoryStore& from, MemoryStore& to) {
    Batch batch;
    const auto contents = from.contents();
    for (std::size_t area = 0; area < contents.size(); ++area) {
      for (const auto& [key, value] : contents[area])
        batch.put(static_cast<Area>(area), key, value);
    }
    ASSERT_OK(to.commit(batch));
  }
  void expect_whole(MemoryStore& own_records, MemoryStore& own_shared,
                    const std::set<Digest>& acknowledged) {
    EXPECT_EQ(acknowledged.size(), 2u);
    const auto head = LogStore(own_shared, kSelf).head().value();
    ASSERT_TRUE(head.has_value());
    EXPECT_EQ(head->size, 4u);
    EXPECT_EQ(verdict_on(own_shared, federation, kSelf), "valid");
    EXPECT_EQ(own_shared.contents()[static_cast<std::size_t>(Area::envelopes)].size(), 4u);
    for (const Digest& id : acknowledged) {
      EXPECT_TRUE(own_shared.get(Area::envelopes, id.view()).value().has_value());
    }
    EXPECT_EQ(ReleaseHistory(own_records).pending().value().has_value(), false);
    EXPECT_EQ(own_records.contents()[static_cast<std::size_t>(Area::releases)].size(), 2u);
    std::size_t verified = 0;
    ASSERT_OK(for_each_row(own_shared, kSelf, 0, [&](std::uint64_t, const StatementRow& row) {
      verified += row.state == StatementState::verified ? 1 : 0;
      return true;
    }));
    EXPECT_EQ(verified, 4u);
  }
  bool reached_ = false;
};

TEST_P(CrashTest, NothingIsLostAndNothingIsStatedTwice) {
  import_firms(0, 9, 5);
  std::uint64_t n = 1;
  while (run(n) && !HasFailure()) ++n;
  EXPECT_FALSE(HasFailure()) << "operation " << n;
  EXPECT_GT(n, 15u);
}

INSTANTIATE_TEST_SUITE_P(Stores, CrashTest,
                         testing::Combine(testing::Bool(),
                                          testing::Values(Flavour::not_applied, Flavour::applied),
                                          testing::Bool()));

}  // namespace
}  // namespace regions
