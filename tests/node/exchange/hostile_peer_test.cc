// A peer that sends anything but what its log is. Each time: refused with a reason, nothing false
// kept, and complete as soon as the peer is honest.
#include "protocol/crypto/sha256.h"
#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

class HostilePeer : public ExchangeBench {
 protected:
  HostilePeer() {
    log.append(log.release("2017"));
    log.append(log.release("2018", std::nullopt));
  }
  // What the peer does to an honest answer.
  using Harm = std::function<void(const PeerRequest&, PeerReply&)>;
  Peer harmed(Harm harm) {
    return [this, harm = std::move(harm)](const PeerRequest& request) -> Result<PeerReply> {
      auto reply = honest_peer()(request);
      if (reply) harm(request, *reply);
      return reply;
    };
  }
  // Against such a peer, then against an honest one. The status in between.
  PeerStatus refuse_then_finish(const Peer& hostile, const std::string& reason) {
    MemoryStore store;
    federation.install(store);
    auto follower = open(store);
    drive(*follower, clock, hostile, 12);
    const PeerStatus status = follower->status();
    EXPECT_THAT(status.reason, testing::HasSubstr(reason));
    EXPECT_LT(status.verified, log.size());
    // A restart in this state loses nothing either.
    if (restart) follower = open(store);
    finish(*follower);
    expect_copied(store, *follower);
    return status;
  }
  static void flip(Bytes& bytes, std::size_t at) {
    bytes[at % bytes.size()] = static_cast<char>(bytes[at % bytes.size()] ^ 0x20);
  }
  bool restart = false;
};

TEST_F(HostilePeer, ChangedByteOfTheCheckpointIsRefused) {
  const std::size_t length = log.head().checkpoint.size();
  for (std::size_t i = 0; i < length; ++i) {
    const PeerStatus status =
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, "/checkpoint")) flip(reply.body, i);
                           }),
                           "");
    EXPECT_EQ(status.state, "refused") << "byte " << i;
    EXPECT_NE(status.reason, "");
    EXPECT_EQ(status.size, 0u);
  }
}

TEST_F(HostilePeer, CheckpointOfAnotherMemberOrKeyIsRefused) {
  for (const auto& [origin, key] : {std::pair{"ES", "DE24"}, {"DE24", "ES"}, {"DE24", "DE24"}}) {
    const Bytes note = sign_checkpoint({federation.origin(origin), log.size(), log.head().root},
                                       federation.key(key, Role::log));
    const PeerStatus status =
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, "/checkpoint")) reply.body = note;
                           }),
                           "checkpoint");
    EXPECT_EQ(status.state, "refused");
  }
}

TEST_F(HostilePeer, ChangedByteOfABundleIsRefusedWhereverItIs) {
  for (std::size_t i = 0; i < log.size() * 58; ++i) {
    const PeerStatus status =
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, "/tile/entries/")) flip(reply.body, i);
                           }),
                           "");
    EXPECT_THAT(status.state, testing::AnyOf("refused", "unproven")) << "byte " << i;
    EXPECT_EQ(status.size, 0u);
  }
}

TEST_F(HostilePeer, BundleOfTheWrongWidthIsRefused) {
  for (const int change : {-1, +1, -58, +58}) {
    refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                         if (!asks(request, "/tile/entries/")) return;
                         if (change < 0)
                           reply.body.resize(reply.body.size() - static_cast<std::size_t>(-change));
                         if (change == 1) reply.body.push_back('x');
                         if (change == 58) reply.body += reply.body.substr(0, 58);
                       }),
                       "tile/entries/000.p/4");
  }
}

TEST_F(HostilePeer, ChangedByteOfAnEnvelopeIsRefusedWhereverItIs) {
  restart = true;
  Bytes honest_answer;
  drive(*open(ours), clock, harmed([&](const PeerRequest& request, PeerReply& reply) {
    if (asks(request, "/envelopes")) honest_answer = reply.body;
  }));
  ASSERT_GT(honest_answer.size(), 500u);
  for (std::size_t i = 0; i < honest_answer.size(); i += i < 8 ? 1 : 7) {
    const PeerStatus status = refuse_then_finish(
        harmed([&](const PeerRequest& request, PeerReply& reply) {
          if (asks(request, "/envelopes") && reply.body.size() == honest_answer.size()) {
            flip(reply.body, i);
          }
        }),
        "");
    EXPECT_NE(status.reason, "") << "byte " << i;
    EXPECT_GT(status.pending, 0u) << "byte " << i;
  }
}

TEST_F(HostilePeer, LyingEnvelopeLengthsAreRefused) {
  Bytes huge, past, cut, behind;
  append_u32(huge, static_cast<std::uint32_t>(kEnvelopeBytesMax) + 1);
  append_u32(past, 100);
  cut = Bytes(3, '\0');
  const std::vector<std::pair<Bytes, std::string>> lies = {
      {huge + Bytes(kEnvelopeBytesMax + 1, 'x'), "limit"},
      {past + Bytes(50, 'x'), "passes the answer"},
      {cut, "cut short"},
      {"", "cut short"},
      {Bytes(4 * 4, '\0') + "x", "behind"}};
  for (const auto& lie : lies) {
    const PeerStatus status =
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, "/envelopes")) reply.body = lie.first;
                           }),
                           lie.second);
    EXPECT_EQ(status.state, "refused");
    EXPECT_EQ(status.pending, 4u);
  }
}

TEST_F(HostilePeer, EnvelopeThatIsNotServedIsPendingAskedForAgainAndNotCalledBad) {
  for (const bool again : {false, true}) {
    restart = again;
    const PeerStatus status =
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, "/envelopes"))
                               reply.body = Bytes(request.body.size() / 8, '\0');
                           }),
                           "not served");
    EXPECT_EQ(status.state, "following");
    EXPECT_EQ(status.pending, 4u);
    EXPECT_EQ(status.bad, 0u);
  }
}

TEST_F(HostilePeer, PeerThatPutsOffEveryEnvelopeIsNotAskedInATightLoop) {
  auto follower = open(ours);
  const Peer later = harmed([&](const PeerRequest& request, PeerReply& reply) {
    if (asks(request, "/envelopes")) reply.body = Bytes(request.body.size() / 8, '\xff');
  });
  const std::int64_t from = clock.steady_ms();
  drive(*follower, clock, later, 22);
  EXPECT_GT(clock.steady_ms() - from, 10 * kBackoffLastMs);
  EXPECT_EQ(follower->status().state, "refused");
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(HostilePeer, OneEnvelopeAnAnswerStillCompletes) {
  auto follower = open(ours);
  drive(*follower, clock, harmed([&](const PeerRequest& request, PeerReply& reply) {
    if (!asks(request, "/envelopes")) return;
    const std::size_t first = 4 + read_u32(reply.body);
    reply.body = reply.body.substr(0, first) + Bytes(request.body.size() / 8 - 4, '\xff');
  }));
  expect_copied(ours, *follower);
}

TEST_F(HostilePeer, EnvelopesInAnotherOrderAreBadUntilServedRight) {
  const PeerStatus status = refuse_then_finish(
      harmed([&](const PeerRequest& request, PeerReply& reply) {
        if (!asks(request, "/envelopes") || request.body.size() != 4 * kHashBytes) return;
        Bytes last_first;
        for (ByteView rest = reply.body; !rest.empty();) {
          const std::size_t length = 4 + read_u32(rest);
          last_first.insert(0, rest.substr(0, length));
          rest.remove_prefix(length);
        }
        reply.body = last_first;
      }),
      "logged digest");
  EXPECT_EQ(status.bad, 4u);
  EXPECT_EQ(status.verified, 0u);
}

TEST_F(HostilePeer, ShorterLogIsRefusedAndTheCopyStays) {
  auto follower = open(ours);
  finish(*follower);
  MemoryStore old;
  TestLog shorter(federation, old, "ES");
  shorter.append(shorter.release("2017"));
  const PeerService stale(old, "ES");
  const auto step = follower->next();
  follower->answer(honest(stale, "PT16")({"GET", "/checkpoint", "", kNoteBytesMax, 1}));
  EXPECT_EQ(follower->status().state, "unproven");
  EXPECT_THAT(follower->status().reason, testing::HasSubstr("older"));
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(HostilePeer, AnotherRootForTheSameSizeIsAForkAndTheCopyStays) {
  auto follower = open(ours);
  finish(*follower);
  MemoryStore other;
  TestLog fork(federation, other, "ES");
  fork.append(fork.release("2017", 77));
  fork.append(fork.release("2018"));
  const PeerService liar(other, "ES");
  const auto step = follower->next();
  follower->answer(honest(liar, "PT16")({"GET", "/checkpoint", "", kNoteBytesMax, 1}));
  EXPECT_EQ(follower->status().state, "forked");
  EXPECT_THAT(follower->status().reason, testing::HasSubstr("fork"));
  // A longer log on the same wrong beginning hashes to another root than what is held does.
  fork.append(fork.release("2019"));
  drive(*follower, clock, honest(liar, "PT16"), 4);
  EXPECT_THAT(follower->status().reason, testing::HasSubstr("do not hash to the root"));
  finish(*follower);
  expect_copied(ours, *follower);
}

TEST_F(HostilePeer, GarbageAndErrorAnswersToEveryRequestAreRefused) {
  for (const unsigned status : {200u, 204u, 301u, 400u, 404u, 500u, 503u}) {
    for (const char* target : {"/checkpoint", "/tile/entries/", "/envelopes"}) {
      for (const std::size_t length : {0u, 1u, 60u, 4000u}) {
        refuse_then_finish(harmed([&](const PeerRequest& request, PeerReply& reply) {
                             if (asks(request, target)) reply = {status, Bytes(length, '\x8b')};
                           }),
                           "");
      }
    }
  }
}

// A log of several chunks: the beginning of the target is proved over the peer's tiles.
TEST_F(HostilePeer, ChangedOrShortTilesAreRefused) {
  log.append_unknown(5000);
  const std::vector<Harm> harms = {
      [](const PeerRequest& request, PeerReply& reply) {
        if (asks_tile(request)) flip(reply.body, 40);
      },
      [](const PeerRequest& request, PeerReply& reply) {
        if (asks_tile(request)) flip(reply.body, reply.body.size() - 1);
      },
      [](const PeerRequest& request, PeerReply& reply) {
        if (asks_tile(request)) reply.body.pop_back();
      },
      [](const PeerRequest& request, PeerReply& reply) {
        if (asks_tile(request)) reply.body.resize(32);
      },
      [](const PeerRequest& request, PeerReply& reply) {
        if (asks_tile(request)) reply = {404, ""};
      },
  };
  for (const Harm& harm : harms) {
    MemoryStore store;
    federation.install(store);
    auto follower = open(store);
    drive(*follower, clock, harmed(harm), 60);
    EXPECT_NE(follower->status().state, "following");
    EXPECT_NE(follower->status().reason, "");
    EXPECT_EQ(follower->status().size, 0u);
    EXPECT_EQ(LogStore(store, "ES").head().value(), std::nullopt);
    finish(*follower);
    expect_copied(store, *follower);
  }
}

TEST_F(HostilePeer, ChangedEntryInTheSecondChunkKeepsTheFirst) {
  log.append_unknown(5000);
  auto follower = open(ours);
  drive(*follower, clock, harmed([](const PeerRequest& request, PeerReply& reply) {
    if (asks(request, "/tile/entries/017")) flip(reply.body, 1000);
  }),
        60);
  EXPECT_EQ(follower->status().size, 4096u);
  EXPECT_EQ(follower->status().state, "unproven");
  EXPECT_THAT(follower->status().reason, testing::HasSubstr("do not hash"));
  finish(*follower);
  expect_copied(ours, *follower);
}

// Logged by ES, stated by somebody else.
TEST_F(HostilePeer, StatementOfAnotherAuthorInALogIsNotUsed) {
  Release foreign = log.release("2020");
  log.append(foreign, federation.key("DE24", Role::statement));  // signed by DE24
  foreign = log.release("2021");
  foreign.header.author = "DE24";
  log.append(foreign);  // claims to be by DE24, signed by ES
  foreign = log.release("2022");
  foreign.header.sequence = 3;
  const UnverifiedEnvelope replayed = envelope_of(foreign, federation.key("ES", Role::statement));
  Entry entry = entry_of(foreign, {});
  entry.sequence = log.size();
  log.append(replayed, entry);  // an old sequence at a new place
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  const auto all = rows(ours);
  ASSERT_EQ(all.size(), 7u);
  EXPECT_EQ(all[4].state, StatementState::pending);
  EXPECT_THAT(all[4].reason, testing::HasSubstr("bad_signature"));
  EXPECT_EQ(all[5].state, StatementState::invalid);
  EXPECT_THAT(all[5].reason, testing::HasSubstr("another author"));
  EXPECT_EQ(all[6].state, StatementState::invalid);
  EXPECT_THAT(all[6].reason, testing::HasSubstr("sequence"));
  const PeerStatus status = follower->status();
  EXPECT_EQ(status.verified, 4u);
  EXPECT_EQ(status.bad, 3u);
  EXPECT_EQ(status.state, "following");
  EXPECT_NE(status.reason, "");
  EXPECT_EQ(open(ours)->status().bad, 3u);
}

// ES logs the digest of a statement of DE24 and serves that payload under its own signature.
TEST_F(HostilePeer, CopiedStatementDoesNotDisplaceItsAuthorsEnvelope) {
  MemoryStore theirs_too;
  TestLog victim(federation, theirs_too, "DE24");
  const Release release = victim.release("2017");
  const Digest id = victim.append(release);
  const PeerService victims(theirs_too, "DE24");
  auto honest_follower = Follower::open(ours, federation.acceptor(), clock, random, "DE24").value();
  drive(*honest_follower, clock, honest(victims, "PT16"));
  ASSERT_EQ(verdict_on(ours, federation, "DE24"), "valid");

  Entry entry = entry_of(release, {});
  entry.sequence = log.size();
  log.append(envelope_of(release, federation.key("ES", Role::statement)), entry);
  const Bytes before = *ours.get(Area::envelopes, id.view()).value();
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(rows(ours).back().state, StatementState::invalid);
  EXPECT_EQ(*ours.get(Area::envelopes, id.view()).value(), before);
  EXPECT_EQ(verdict_on(ours, federation, "DE24"), "valid");
}

TEST_F(HostilePeer, BadStatementsBeyondADaysQuotaAreCountedAndNotKept) {
  const std::size_t envelopes = log.size();
  for (std::size_t i = 0; i < kBadKeptPerDay + 20; ++i) {
    Release release = log.release("2017", 2);  // below its own minimum
    log.append(release);
  }
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(follower->status().bad, kBadKeptPerDay + 20);
  EXPECT_EQ(ours.contents()[static_cast<std::size_t>(Area::envelopes)].size(),
            envelopes + kBadKeptPerDay);
  // The next day is another quota.
  clock.advance(86400);
  log.append(log.release("2018", 1));
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(ours.contents()[static_cast<std::size_t>(Area::envelopes)].size(),
            envelopes + kBadKeptPerDay + 1);
}

TEST_F(HostilePeer, NamedEntriesAreNotAskedForAndUnknownKindsAreKeptRaw) {
  Release named = log.release("2019");
  named.header.audience = {AudienceKind::named, {"DE24"}};
  log.append(named);
  log.append_unknown(2);
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(rows(ours)[4].state, StatementState::undisclosed);
  EXPECT_EQ(follower->status().not_understood, 2u);
  EXPECT_EQ(follower->status().pending, 0u);
  EXPECT_EQ(follower->status().bad, 0u);
  EXPECT_EQ(verdict_on(ours, federation, "ES"), "valid");
}

}  // namespace
}  // namespace regions
