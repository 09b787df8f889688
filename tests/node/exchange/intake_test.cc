// Quotas at their limit and one past it.
#include "node/exchange/intake.h"

#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

constexpr std::int64_t kNoon = 1'700'000'000 / 86400 * 86400 + 43200;

TEST(Intake, EntriesAreLeftUntilTheLimitAndNoneAtIt) {
  Intake intake({10, 1000, 60}, std::nullopt);
  intake.on_day_of(kNoon);
  intake.take_entries(9);
  EXPECT_EQ(intake.entries_left(), 1u);
  intake.take_entries(1);
  EXPECT_EQ(intake.entries_left(), 0u);
  intake.take_entries(1);
  EXPECT_EQ(intake.entries_left(), 0u);
  intake.on_day_of(kNoon + 43199);
  EXPECT_EQ(intake.entries_left(), 0u);
  intake.on_day_of(kNoon + 43200);
  EXPECT_EQ(intake.entries_left(), 10u);
}

TEST(Intake, BytesAreOverAtTheLimitAndNotOneBefore) {
  Intake intake({10, 1000, 60}, std::nullopt);
  intake.on_day_of(kNoon);
  intake.take_bytes(999);
  EXPECT_FALSE(intake.bytes_over());
  intake.take_bytes(1);
  EXPECT_TRUE(intake.bytes_over());
  intake.on_day_of(kNoon + 86400);
  EXPECT_FALSE(intake.bytes_over());
}

TEST(Intake, HeadsOfAMinuteAreFollowedAtOnceAndThenAtTheirPace) {
  Intake intake({10, 1000, 60}, std::nullopt);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(intake.wait_for_head(5000), 0) << i;
  EXPECT_EQ(intake.wait_for_head(5000), 1000);
  EXPECT_EQ(intake.wait_for_head(5999), 1);
  EXPECT_EQ(intake.wait_for_head(6000), 0);
  EXPECT_EQ(intake.wait_for_head(6000), 1000);
  // A clock that stands still or an hour's pause gives no more than a minute's worth.
  EXPECT_EQ(intake.wait_for_head(6000), 1000);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(intake.wait_for_head(3'600'000), 0) << i;
  EXPECT_EQ(intake.wait_for_head(3'600'000), 1000);
}

TEST(Intake, IsKeptOverARestartAndRubbishIsNothing) {
  Intake intake({10, 1000, 60}, std::nullopt);
  intake.on_day_of(kNoon);
  intake.take_entries(7);
  intake.take_bytes(1000);
  Intake again({10, 1000, 60}, intake.encode());
  again.on_day_of(kNoon + 5);
  EXPECT_EQ(again.entries_left(), 3u);
  EXPECT_TRUE(again.bytes_over());
  Intake rubbish({10, 1000, 60}, Bytes("x"));
  rubbish.on_day_of(kNoon);
  EXPECT_EQ(rubbish.entries_left(), 10u);
}

// ES has a quota of its own; everybody else that of the roster.
class QuotaOfALog : public testing::Test {
 protected:
  static TestFederation founded(Quota quota) {
    Founding founding({"DE24", "ES", "PT16"});
    founding.roster.members[1].quota = quota;
    return TestFederation(std::move(founding));
  }
};

struct Followed {
  explicit Followed(TestFederation founded) : federation(std::move(founded)) {
    federation.install(theirs);
    federation.install(ours);
    log.emplace(federation, theirs, "ES");
    open();
  }
  void open() {
    follower = Follower::open(ours, federation.acceptor(), clock, random, "ES").value();
  }
  TestFederation federation;
  FakeClock clock{kNoon};
  SeededRandom random{7};
  MemoryStore theirs, ours;
  std::optional<TestLog> log;
  PeerService service{theirs, "ES"};
  std::unique_ptr<Follower> follower;
};

TEST_F(QuotaOfALog, OneEntryPastTheDaysQuotaWaitsForTheNextDayAndIsNoFault) {
  Followed es(founded({300, 1 << 30, 60}));
  es.log->append_withdrawals(298);
  drive(*es.follower, es.clock, honest(es.service, "PT16"));
  EXPECT_EQ(es.follower->status().state, "following");
  EXPECT_EQ(es.follower->status().verified, 300u);
  es.log->append(es.log->release("2017"));
  drive(*es.follower, es.clock, honest(es.service, "PT16"), 20);
  EXPECT_EQ(es.follower->status().state, "over quota");
  EXPECT_EQ(es.follower->status().reason, "300 entries a day");
  EXPECT_EQ(es.follower->status().size, 300u);
  EXPECT_EQ(es.follower->status().bad, 0u);
  es.open();  // a restart is no other day
  drive(*es.follower, es.clock, honest(es.service, "PT16"), 20);
  EXPECT_EQ(es.follower->status().state, "over quota");
  es.clock.advance(86400);
  drive(*es.follower, es.clock, honest(es.service, "PT16"));
  EXPECT_EQ(es.follower->status().state, "following");
  EXPECT_EQ(es.follower->status().verified, 301u);
  EXPECT_EQ(verdict_on(es.ours, es.federation, "ES"), "valid");
}

// The quota ends in the middle of a chunk and of a bundle.
TEST_F(QuotaOfALog, ALogOfManyDaysIsTakenADaysShareAtATime) {
  Followed es(founded({700, 1 << 30, 60}));
  es.log->append_unknown(1500);
  for (const std::uint64_t size : {700u, 1400u, 1502u}) {
    drive(*es.follower, es.clock, honest(es.service, "PT16"), 60);
    EXPECT_EQ(es.follower->status().size, size);
    EXPECT_EQ(es.follower->status().state, size == 1502 ? "following" : "over quota");
    es.clock.advance(86400);
  }
  EXPECT_EQ(LogStore(es.ours, "ES").head().value()->root, es.log->head().root);
}

TEST_F(QuotaOfALog, AtTheDaysBytesNothingMoreIsAsked) {
  Followed es(founded({10'000, 4'000, 60}));
  es.log->append_withdrawals(100);
  int asked = 0;
  const Peer peer = [&](const PeerRequest& request) {
    ++asked;
    return honest(es.service, "PT16")(request);
  };
  drive(*es.follower, es.clock, peer, 30);
  EXPECT_LE(asked, 4);
  EXPECT_EQ(es.follower->status().state, "over quota");
  EXPECT_EQ(es.follower->status().reason, "4000 bytes a day");
  EXPECT_EQ(es.follower->status().bad, 0u);
}

TEST_F(QuotaOfALog, HeadAfterHeadIsFollowedAtItsPace) {
  Followed es(founded({10'000, 1 << 30, 3}));
  const Peer peer = [&](const PeerRequest& request) {
    if (asks(request, "/checkpoint")) es.log->append_unknown(1);
    return honest(es.service, "PT16")(request);
  };
  const std::int64_t from = es.clock.steady_ms();
  std::uint64_t heads = 0, size = 0;
  while (es.clock.steady_ms() - from < 600'000) {
    drive(*es.follower, es.clock, peer, 1);
    heads += es.follower->status().size != size ? 1 : 0;
    size = es.follower->status().size;
  }
  EXPECT_GE(heads, 25u);
  EXPECT_LE(heads, 34u);  // three at once, three a minute
  EXPECT_EQ(es.follower->status().state, "following");
}

}  // namespace
}  // namespace regions
