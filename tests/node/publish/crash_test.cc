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
      for (int attempt = 0; open && attempt < 2; ++attempt) act(*(*open)->publisher, acknowledged);
      if (start == 0) reached_ = faulty.failed();
      faulty.heal();
    }
    expect_whole(own_records, own_shared, acknowledged);
    return reached_;
  }
  // What an operator asks for; what was said to be stated.
  virtual void act(Publisher& publisher, std::set<Digest>& acknowledged) {
    for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
      const auto report = publisher.release(indicator, "2015");
      if (report) acknowledged.insert(report->release->id);
    }
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
    const std::size_t size = 2 + first_ + 2;
    EXPECT_EQ(head->size, size);
    EXPECT_EQ(verdict_on(own_shared, federation, kSelf), "valid");
    EXPECT_EQ(own_shared.contents()[static_cast<std::size_t>(Area::envelopes)].size(), size);
    for (const Digest& id : acknowledged) {
      EXPECT_TRUE(own_shared.get(Area::envelopes, id.view()).value().has_value());
    }
    const Ledger ledger(own_records);
    EXPECT_EQ(ledger.pending().value().has_value(), false);
    expect_filed(ledger);
    std::size_t verified = 0;
    ASSERT_OK(for_each_row(own_shared, kSelf, 0, [&](std::uint64_t, const StatementRow& row) {
      verified += row.state == StatementState::verified ? 1 : 0;
      return true;
    }));
    EXPECT_EQ(verified, size);
  }
  virtual void expect_filed(const Ledger& ledger) {
    EXPECT_EQ(ledger.all_releases()->size(), 2u);
    EXPECT_EQ(ledger.decisions("2015")->size(), 1u);
    EXPECT_TRUE(ledger.members("2015", 1)->has_value());
  }
  bool reached_ = false;
  std::size_t first_ = 0;  // statements beforehand
};

TEST_P(CrashTest, NothingIsLostAndNothingIsStatedTwice) {
  import_firms(0, 9, 5);
  std::uint64_t n = 1;
  while (run(n) && !HasFailure()) ++n;
  EXPECT_FALSE(HasFailure()) << "operation " << n;
  EXPECT_GT(n, 15u);
}

const auto kFaults = testing::Combine(
    testing::Bool(), testing::Values(Flavour::not_applied, Flavour::applied), testing::Bool());
INSTANTIATE_TEST_SUITE_P(Stores, CrashTest, kFaults);

// The same of a correction and a withdrawal, on top of what is out.
class LaterCrashTest : public CrashTest {
 protected:
  void act(Publisher& publisher, std::set<Digest>& acknowledged) override {
    if (const auto report = publisher.release("ENT-COOP", "2015")) {
      EXPECT_EQ(report->table.cells()[0].value, 12);
      acknowledged.insert(report->release->id);
    }
    const auto gone = publisher.withdraw(sme_, WithdrawalReason::legal_obligation);
    if (gone) acknowledged.insert(gone->release.withdrawn->statement.id);
  }
  void expect_filed(const Ledger& ledger) override {
    EXPECT_EQ(ledger.all_releases()->size(), 3u);
    EXPECT_EQ(ledger.decisions("2015")->size(), 2u);
    EXPECT_TRUE(ledger.members("2015", 2)->has_value());
    EXPECT_EQ(ledger.releases({"ENT-COOP", "2015", "headline"})->back().decision, 2u);
    EXPECT_TRUE(ledger.releases({"SME-COOP", "2015", "headline"})->back().withdrawn.has_value());
  }
  Digest sme_;
};

TEST_P(LaterCrashTest, ACorrectionAndAWithdrawalAreStatedOnce) {
  import_firms(0, 9, 5);
  ASSERT_OK(node()->publisher->release("ENT-COOP", "2015"));
  sme_ = node()->publisher->release("SME-COOP", "2015")->release->id;
  first_ = 2;
  import_firms(9, 12, 5);
  std::uint64_t n = 1;
  while (run(n) && !HasFailure()) ++n;
  EXPECT_FALSE(HasFailure()) << "operation " << n;
  EXPECT_GT(n, 15u);
}

INSTANTIATE_TEST_SUITE_P(Stores, LaterCrashTest, kFaults);

}  // namespace
}  // namespace regions
