// Two nodes of a federation: ES, whose log is followed, and PT16, which follows it.
#pragma once

#include <gtest/gtest.h>

#include "node/base/limits.h"
#include "node/exchange/verdict.h"
#include "protocol/log/checkpoint.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/support/fault_store.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {

class ExchangeBench : public testing::Test {
 protected:
  ExchangeBench() {
    federation.install(theirs);
    federation.install(ours);
  }

  std::unique_ptr<Follower> open(Store& store) {
    return Follower::open(store, federation.acceptor(), clock, random, "ES").value();
  }
  Peer honest_peer() { return honest(service, "PT16"); }
  // The peer turns honest: everything is fetched, what was put off as well.
  void finish(Follower& follower) {
    for (int i = 0; i < 3; ++i) {
      drive(follower, clock, honest_peer());
      clock.advance(2 * kBackoffLastMs / 1000);
    }
  }
  // Our copy of the log is theirs, every payload included.
  void expect_copied(const Store& store, const Follower& follower) {
    const PeerStatus status = follower.status();
    EXPECT_EQ(status.state, "following");
    EXPECT_EQ(status.reason, "");
    EXPECT_EQ(status.size, log.size());
    EXPECT_EQ(status.bad, 0u);
    EXPECT_EQ(status.pending, 0u);
    EXPECT_EQ(status.verified + status.not_understood, log.size());
    EXPECT_TRUE(LogStore(store, "ES").head().value()->checkpoint == log.head().checkpoint);
    EXPECT_EQ(verdict_on(store, federation, "ES"), "valid");
  }
  std::vector<StatementRow> rows(const Store& store) {
    std::vector<StatementRow> all;
    const auto read = for_each_row(store, "ES", 0, [&](std::uint64_t index, const auto& row) {
      EXPECT_EQ(index, all.size());
      all.push_back(row);
      return true;
    });
    EXPECT_THAT(read, IsOk());
    return all;
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kFoundingTime};
  SeededRandom random{7};
  MemoryStore theirs, ours;
  TestLog log{federation, theirs, "ES"};
  PeerService service{theirs, "ES"};
};

// Whether a request is of a kind.
inline bool asks(const PeerRequest& request, std::string_view what) {
  return std::string_view(request.target).starts_with(what);
}
inline bool asks_tile(const PeerRequest& request) {
  return asks(request, "/tile/") && !asks(request, "/tile/entries/");
}

}  // namespace regions
