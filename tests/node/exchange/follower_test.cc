// Following an honest peer: complete, resumable, bounded, right after any fault of our own store.
#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

class FollowerTest : public ExchangeBench {};

TEST_F(FollowerTest, PeerThatIsNotReachedIsSaidSoAndAskedAgainLaterEachTime) {
  auto follower = open(ours);
  EXPECT_EQ(follower->status().state, "unreachable");
  int last = 0;
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(std::holds_alternative<PeerRequest>(follower->next()));
    follower->answer(fail(Errc::io, "connection refused"));
    EXPECT_EQ(follower->status().state, "unreachable");
    EXPECT_THAT(follower->status().reason, testing::HasSubstr("connection refused"));
    const auto step = follower->next();
    const int pause = std::get<Pause>(step).milliseconds;
    EXPECT_GE(pause, kBackoffFirstMs);
    EXPECT_LE(pause, kBackoffUnreachedMs + kBackoffUnreachedMs / 2 + 1);
    if (i < 5) {
      EXPECT_GT(pause, last);
    }
    last = pause;
    clock.advance(pause / 1000 + 1);
  }
  EXPECT_GE(last, kBackoffUnreachedMs);
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, PeerThatDoesNotAnswerIsAskedLessOftenThanOneThatIsGone) {
  auto follower = open(ours);
  for (int i = 0; i < 12; ++i) {
    if (const auto step = follower->next(); std::holds_alternative<Pause>(step)) {
      clock.advance(std::get<Pause>(step).milliseconds / 1000 + 1);
      (void)follower->next();
    }
    follower->answer(fail(Errc::timed_out, "handshake"));
  }
  EXPECT_GE(std::get<Pause>(follower->next()).milliseconds, kBackoffLastMs);
}

TEST_F(FollowerTest, PeerThatReachesUsIsAskedAtOnceButNotOftenerThanOnceASecond) {
  auto follower = open(ours);
  EXPECT_FALSE(follower->reached()) << "nothing was tried yet";
  for (int i = 0; i < 6; ++i) {
    if (i > 0) clock.advance(30);
    ASSERT_TRUE(std::holds_alternative<PeerRequest>(follower->next()));
    follower->answer(fail(Errc::io, "connection refused"));
  }
  EXPECT_FALSE(follower->reached()) << "it was tried just now";
  EXPECT_TRUE(std::holds_alternative<Pause>(follower->next()));
  clock.advance(2);
  EXPECT_TRUE(follower->reached());
  EXPECT_TRUE(std::holds_alternative<PeerRequest>(follower->next()));
  EXPECT_FALSE(follower->reached());
  follower->answer(fail(Errc::untrusted, "another key"));
  clock.advance(2);
  EXPECT_FALSE(follower->reached()) << "it was reached, and refused";
  clock.advance(100);
  finish(*follower);
  EXPECT_FALSE(follower->reached());
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, PeerWithoutALogYetIsNoFault) {
  MemoryStore empty;
  federation.install(empty);
  const PeerService none(empty, "ES");
  auto follower = open(ours);
  drive(*follower, clock, honest(none, "PT16"), 3);
  EXPECT_EQ(follower->status().state, "unreachable");
  EXPECT_THAT(follower->status().reason, testing::HasSubstr("404"));
}

TEST_F(FollowerTest, EmptyLogIsFollowed) {
  MemoryStore empty;
  const TestLog head_zero(federation, empty, "ES", false);
  const PeerService none(empty, "ES");
  auto follower = open(ours);
  EXPECT_EQ(drive(*follower, clock, honest(none, "PT16")), 1);
  EXPECT_EQ(follower->status().state, "following");
  EXPECT_GT(follower->status().as_of, 0);
}

TEST_F(FollowerTest, CopiesTheLogAndAsksForNewsOnlyAfterThat) {
  log.append(log.release("2017"));
  log.append(log.release("2018", std::nullopt));
  auto follower = open(ours);
  // Checkpoint, bundle, envelopes, checkpoint again.
  EXPECT_EQ(drive(*follower, clock, honest_peer()), 4);
  expect_copied(ours, *follower);
  const auto step = follower->next();
  EXPECT_EQ(std::get<PeerRequest>(step).target, "/checkpoint?size=4");
  EXPECT_GT(std::get<PeerRequest>(step).timeout_ms, kLongPollMs);
}

TEST_F(FollowerTest, GrowingLogIsFollowedEntryByEntryOverTileBorders) {
  auto follower = open(ours);
  log.append_withdrawals(251);
  for (int i = 0; i < 6; ++i) {
    finish(*follower);
    expect_copied(ours, *follower);
    log.append_withdrawals(1);
  }
  log.append_withdrawals(256);
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, LongPollThatIsAnsweredAtOnceWithoutNewsIsNotAskedInATightLoop) {
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  const auto step = follower->next();
  follower->answer(honest_peer()({"GET", "/checkpoint", "", kNoteBytesMax, 1000}));
  EXPECT_GE(std::get<Pause>(follower->next()).milliseconds, kPollPauseMs);
  EXPECT_EQ(follower->status().state, "following");
}

TEST_F(FollowerTest, LogOfManyChunksIsProvenChunkByChunkAndResumesAnywhere) {
  log.append_unknown(2 * 4096 + 300);
  log.append(log.release("2017"));
  auto whole = open(ours);
  const int steps = drive(*whole, clock, honest_peer());
  expect_copied(ours, *whole);
  EXPECT_EQ(whole->status().not_understood, log.size() - 3);
  for (int stop = 1; stop < steps; stop += 5) {
    MemoryStore store;
    federation.install(store);
    for (int restarts = 0; restarts < 3; ++restarts) {
      drive(*open(store), clock, honest_peer(), stop);
    }
    auto follower = open(store);
    finish(*follower);
    expect_copied(store, *follower);
  }
}

TEST_F(FollowerTest, ChunkOfALongLogIsWrittenBeforeTheRestIsAskedFor) {
  log.append_unknown(5000);
  auto follower = open(ours);
  std::uint64_t most = 0;
  drive(*follower, clock, [&](const PeerRequest& request) {
    if (asks(request, "/tile/entries/016")) {
      EXPECT_EQ(LogStore(ours, "ES").head().value()->size, 4096u);
    }
    most = std::max<std::uint64_t>(most, request.answer_bytes_max);
    return honest_peer()(request);
  });
  EXPECT_LE(most, kPeerAnswerBytesMax);
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, MorePayloadsThanMemoryKeepsAreAllFetched) {
  log.append_withdrawals(kPendingMax + 4096 + 10);
  auto follower = open(ours);
  // Nothing is served at first: what is put off is bounded, the rest waits in the store.
  int asked = 0;
  drive(*follower, clock, [&](const PeerRequest& request) -> Result<PeerReply> {
    if (request.method != "POST") return honest_peer()(request);
    asked += static_cast<int>(request.body.size() / kHashBytes);
    EXPECT_LE(request.body.size() / kHashBytes, kEnvelopeBatchMax);
    return PeerReply{200, Bytes(request.body.size() / 8, '\0')};
  });
  EXPECT_LE(asked, static_cast<int>(kPendingMax + kEnvelopeBatchMax));
  EXPECT_EQ(follower->status().pending, log.size());
  EXPECT_EQ(follower->status().bad, 0u);
  for (int i = 0; i < 4; ++i) finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, StateAndTimeSurviveARestart) {
  log.append(log.release("2017"));
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  const PeerStatus before = follower->status();
  clock.advance(1000);
  const PeerStatus after = open(ours)->status();
  EXPECT_EQ(after.as_of, before.as_of);
  EXPECT_EQ(after.verified, before.verified);
  EXPECT_EQ(after.size, before.size);
  EXPECT_EQ(after.state, "unreachable");
}

TEST_F(FollowerTest, AClockThatWasAheadLeavesNoTimeToComeBehind) {
  auto follower = open(ours);
  clock.set(kFoundingTime + 100 * 86'400);
  drive(*follower, clock, honest_peer());
  EXPECT_GT(open(ours)->status().as_of, kFoundingTime);
  clock.set(kFoundingTime);
  EXPECT_TRUE(std::holds_alternative<PeerRequest>(follower->next()));
  follower->answer(honest_peer()({"GET", "/checkpoint", "", kNoteBytesMax, 1000}));
  EXPECT_EQ(open(ours)->status().as_of, kFoundingTime);
}

TEST_F(FollowerTest, AnswerWithoutARequestIsRefused) {
  auto follower = open(ours);
  follower->answer(PeerReply{200, "unasked"});
  EXPECT_EQ(follower->status().state, "refused");
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(FollowerTest, DamagedCopyIsCorruptAndBlamesNoPeer) {
  drive(*open(ours), clock, honest_peer());
  const auto contents = ours.contents();
  for (const Area area : {Area::tiles, Area::heads}) {
    const auto& [key, value] = *contents[static_cast<std::size_t>(area)].begin();
    Bytes damaged = value;
    damaged[9] = static_cast<char>(damaged[9] ^ 1);
    Batch batch;
    batch.put(area, key, damaged);
    ASSERT_OK(ours.commit(batch));
    EXPECT_THAT(Follower::open(ours, federation.acceptor(), clock, random, "ES"),
                IsErr(Errc::corrupt));
    batch.put(area, key, value);
    ASSERT_OK(ours.commit(batch));
  }
}

// Every operation of our store fails once. The follower goes on by itself and ends with the log.
class FollowerFaults : public FollowerTest,
                       public testing::WithParamInterface<std::tuple<FaultStore::Flavour, bool>> {};

TEST_P(FollowerFaults, EveryFailingOperationIsSurvivedAndNothingCountsTwice) {
  const auto [flavour, stays_down] = GetParam();
  log.append(log.release("2017"));
  log.append_unknown(3);
  for (std::uint64_t n = 1;; ++n) {
    MemoryStore inner;
    federation.install(inner);
    FaultStore faulty(inner);
    auto follower = open(faulty);
    faulty.fail_at(n, flavour, stays_down);
    drive(*follower, clock, honest_peer(), 30);
    const bool reached = faulty.failed();
    faulty.heal();
    finish(*follower);
    expect_copied(inner, *follower);
    const PeerStatus reopened = open(inner)->status();
    EXPECT_EQ(reopened.verified, follower->status().verified);
    if (HasFailure()) FAIL() << "fault at " << n;
    if (!reached) break;
  }
}

INSTANTIATE_TEST_SUITE_P(Flavours, FollowerFaults,
                         testing::Combine(testing::Values(FaultStore::Flavour::not_applied,
                                                          FaultStore::Flavour::applied),
                                          testing::Bool()));

// The write of a chunk is durable but reported failed; then the author shows another log.
TEST_F(FollowerTest, SecondLogIsNotWrittenOverTheFirstAfterAFailedWrite) {
  log.append(log.release("2017"));
  MemoryStore forked;
  TestLog fork(federation, forked, "ES");
  fork.append(fork.release("2017", 99));
  const PeerService liar(forked, "ES");
  FaultStore faulty(ours);
  auto follower = open(faulty);
  bool struck = false;
  drive(
      *follower, clock,
      [&](const PeerRequest& request) -> Result<PeerReply> {
        if (asks(request, "/tile/entries/") && !struck) {
          // The commit is the third operation from here: edge needs none at size 0.
          struck = true;
          faulty.fail_at(2, FaultStore::Flavour::applied);
          return honest_peer()(request);
        }
        return honest(struck ? liar : service, "PT16")(request);
      },
      12);
  ASSERT_TRUE(faulty.failed());
  faulty.heal();
  EXPECT_EQ(LogStore(ours, "ES").head().value()->root, log.head().root);
  EXPECT_EQ(follower->status().state, "forked");
  finish(*follower);
  expect_copied(ours, *follower);
}

}  // namespace
}  // namespace regions
