// kill -9 under load, at random moments. As a test 50 times on three nodes; the same at length:
// ops/trial kills. The seed is printed; REGIONS_SEED=N repeats a run's choices (not the moments,
// which the machine decides).
#include <gtest/gtest.h>

#include <cstdio>

#include "protocol/crypto/random.h"
#include "tests/e2e/kills/killer.h"

namespace regions {
namespace {

constexpr int kVerifyEvery = 100;

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* named = std::getenv(variable);
  return named != nullptr ? std::stoull(named) : otherwise;
}

// A federation with the same records, never killed, answers the same.
void compare_with_a_calm_one(RealFederation& federation, const Killer& killer) {
  RealFederation calm(federation.ids(), {}, "none");
  for (const std::string& id : calm.ids()) {
    calm.import(id, "organisations", organisations_of(id));
    std::string all = cooperation_header();
    for (int file = 0; file < killer.ledger(id).files; ++file) {
      all += cooperations_of(id, file).substr(cooperation_header().size());
    }
    calm.import(id, "cooperations", all);
  }
  calm.start_all();
  for (const std::string& id : calm.ids()) {
    for (const auto& [headline, was] : killer.ledger(id).releases) {
      EXPECT_EQ(calm.release(id, headline.first, headline.second).status, 0);
    }
  }
  EXPECT_TRUE(calm.wait_for_exchange());
  for (const std::string indicator : {"ENT-COOP", "SME-COOP"}) {
    const std::string expected = calm.figures(calm.ids()[0], indicator);
    EXPECT_NE(expected.find(" A\n"), std::string::npos) << expected;
    for (const std::string& id : calm.ids()) {
      EXPECT_EQ(federation.figures(id, indicator), expected) << id;
    }
  }
}

TEST(Kill, AtAnyMomentLosesNothingAcknowledgedAndDoublesNothing) {
  SystemRandom fresh;
  const std::uint64_t seed = number_of("REGIONS_SEED", read_u32(fresh.bytes(4)));
  const auto kills = static_cast<int>(number_of("REGIONS_KILLS", 50));
  const auto nodes = static_cast<std::ptrdiff_t>(number_of("REGIONS_NODES", 3));
  std::printf("REGIONS_SEED=%llu\n", static_cast<unsigned long long>(seed));
  RecordProperty("seed", std::to_string(seed));
  std::vector<std::string> ids = {"BG33", "DE24", "ES13", "IE04", "PT16"};
  ASSERT_TRUE(nodes >= 2 && nodes <= static_cast<std::ptrdiff_t>(ids.size()));
  ids.erase(ids.begin(), ids.end() - nodes);
  // Without a plan, which would bind the years.
  RealFederation federation(ids, {}, "none");
  Killer killer(federation, seed);
  killer.found();
  for (int kill = 1; kill <= kills && !HasFatalFailure(); ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill) + " of seed " + std::to_string(seed));
    killer.run_round();
    if (kill % kVerifyEvery != 0 && kill != kills) continue;
    killer.check_logs();
    std::printf("%d kills; %s; every log verifies\n", kill, killer.counts().c_str());
    std::fflush(stdout);
  }
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_TRUE(federation.wait_for_exchange());
  killer.check_everything();
  compare_with_a_calm_one(federation, killer);
  for (const std::string& id : ids) EXPECT_EQ(federation.stop(id), 0);
}

}  // namespace
}  // namespace regions
