// Real nodes in network namespaces of their own, under delay, loss and partitions: when the weather
// is over, all say the same. As a test a few cells, splits and seconds; the same at length:
// ops/trial weather. REGIONS_SEED=N repeats the choice of lost packets, not the moments.
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <cstdio>

#include "protocol/crypto/random.h"
#include "tests/e2e/network/weather.h"

namespace regions {
namespace {

#define NEEDS_NAMESPACES()                                            \
  if (const std::string wrong = Wires::unavailable(); !wrong.empty()) \
  GTEST_SKIP() << "needs network namespaces with TUN devices: " << wrong

// A pause and the longest back-off behind it, a connection and its handshake with losses.
constexpr int kLimitSeconds = 150;

bool at_length() { return std::getenv("REGIONS_AT_LENGTH") != nullptr; }

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* named = std::getenv(variable);
  return named != nullptr ? std::stoull(named) : otherwise;
}

std::size_t nodes_or(std::size_t otherwise) { return number_of("REGIONS_NODES", otherwise); }

std::uint64_t seed() {
  SystemRandom fresh;
  static const std::uint64_t chosen_seed = number_of("REGIONS_SEED", read_u32(fresh.bytes(4)));
  std::printf("REGIONS_SEED=%llu\n", static_cast<unsigned long long>(chosen_seed));
  return chosen_seed;
}

void wait(int milliseconds) { ::poll(nullptr, 0, milliseconds); }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print_line(const std::string& what, const std::vector<double>& times) {
  std::printf("%-34s %8.2f %8.2f %8.2f\n", what.c_str(),
              *std::min_element(times.begin(), times.end()), median(times),
              *std::max_element(times.begin(), times.end()));
  std::fflush(stdout);
}

void print_head(const std::string& what) {
  std::printf("%-34s %8s %8s %8s   s until every node has verified everything\n", what.c_str(),
              "least", "median", "most");
}

TEST(Network, DelayAndLossSlowTheExchangeAndChangeNothing) {
  NEEDS_NAMESPACES();
  const std::vector<int> delays = at_length() ? std::vector{0, 50, 200, 500} : std::vector{0, 100};
  const std::vector<int> losses = at_length() ? std::vector{0, 5, 20} : std::vector{0, 5};
  const int rounds = at_length() ? 5 : 1;
  Weather weather(nodes_or(3), seed());
  ASSERT_TRUE(weather.converged(kLimitSeconds));
  print_head("delay one way, loss");
  for (const int delay : delays) {
    for (const int loss : losses) {
      weather.clear({delay, loss / 100.0});
      std::vector<double> times;
      for (int round = 0; round < rounds; ++round) {
        ASSERT_TRUE(weather.release_everywhere());
        const auto took = weather.converged(kLimitSeconds);
        ASSERT_TRUE(took) << delay << " ms, " << loss << " %";
        // What was released last is asked for behind a request that waits: half a turn at least,
        // and two turns for entries and envelopes.
        EXPECT_GE(*took, delay / 1000.0) << "the wires did not delay";
        times.push_back(*took);
      }
      print_line(std::to_string(delay) + " ms, " + std::to_string(loss) + " %", times);
    }
  }
  weather.clear();
  EXPECT_GT(weather.wires().carried().lost, 0U);
  EXPECT_EQ(weather.disagreement(), "");
}

// Every way to part the members in two, a release on all sides meanwhile.
TEST(Network, AfterAPartitionOfAnyHalfAllHoldTheSameStatements) {
  NEEDS_NAMESPACES();
  Weather weather(nodes_or(4), seed());
  ASSERT_TRUE(weather.converged(kLimitSeconds));
  const unsigned splits = (1U << (weather.ids().size() - 1)) - 1;
  const int lasts_ms = at_length() ? 3'000 : 300;
  std::vector<double> times;
  for (unsigned split = 1; split <= splits; ++split) {
    SCOPED_TRACE("split " + std::to_string(split));
    const auto one = chosen(weather.ids(), split), other = chosen(weather.ids(), ~split);
    weather.part(split);
    ASSERT_TRUE(weather.release_everywhere());
    EXPECT_TRUE(weather.converged(one, one, kLimitSeconds)) << "within a side nothing is cut";
    EXPECT_TRUE(weather.converged(other, other, kLimitSeconds)) << "within a side nothing is cut";
    wait(lasts_ms);
    for (const std::string& here : one) {
      for (const std::string& there : other) {
        EXPECT_FALSE(weather.has_news(here, there)) << here << " has news of " << there;
        EXPECT_FALSE(weather.has_news(there, here)) << there << " has news of " << here;
      }
    }
    weather.clear();
    const auto took = weather.converged(kLimitSeconds);
    ASSERT_TRUE(took);
    times.push_back(*took);
    if (at_length()) {
      EXPECT_EQ(weather.disagreement(), "");
    }
  }
  print_head("after a partition of any half");
  print_line(std::to_string(splits) + " splits of " + std::to_string(weather.ids().size()), times);
  EXPECT_EQ(weather.disagreement(), "");
}

// Longer than any time-out and back-off of the exchange.
TEST(Network, HoweverLongAPartitionLastsItHealsSoon) {
  NEEDS_NAMESPACES();
  const std::vector<int> lasting = at_length() ? std::vector{1, 5, 20, 60, 180} : std::vector{4};
  Weather weather(nodes_or(3), seed());
  ASSERT_TRUE(weather.converged(kLimitSeconds));
  print_head("after a partition in halves");
  for (const int lasts : lasting) {
    const auto half = static_cast<unsigned>((1U << weather.ids().size() / 2) - 1);
    weather.part(half);
    ASSERT_TRUE(weather.release_everywhere());
    wait(lasts * 1000);
    weather.clear();
    const auto took = weather.converged(kLimitSeconds);
    ASSERT_TRUE(took) << lasts << " s";
    print_line("of " + std::to_string(lasts) + " s", {*took});
  }
  EXPECT_EQ(weather.disagreement(), "");
}

// One direction alone: packets that vanish, and a firewall that lets only the other side dial.
TEST(Network, AsymmetricLinksHealAndWhoCanDialFollowsMeanwhile) {
  NEEDS_NAMESPACES();
  Weather weather(2, seed());
  const std::string a = weather.ids()[0], b = weather.ids()[1];
  ASSERT_TRUE(weather.converged(kLimitSeconds));
  print_head("after an asymmetric link");

  Link cut;
  cut.cut = true;
  weather.wires().set(b, a, cut);
  ASSERT_TRUE(weather.release_everywhere());
  wait(1'000);
  EXPECT_FALSE(weather.has_news(a, b)) << "no answer can have come";
  EXPECT_FALSE(weather.has_news(b, a)) << "nor any acknowledgement";
  weather.clear();
  auto took = weather.converged(kLimitSeconds);
  ASSERT_TRUE(took);
  print_line("packets one way only", {*took});

  Link firewall;
  firewall.refuses_dials = true;
  weather.wires().set(b, a, firewall);
  EXPECT_EQ(weather.federation().stop(b), 0);
  weather.federation().start(b);
  ASSERT_TRUE(weather.release_everywhere());
  EXPECT_TRUE(weather.converged({a}, {b}, kLimitSeconds)) << "who can dial has the news";
  wait(1'000);
  EXPECT_FALSE(weather.has_news(b, a)) << "who cannot dial has none";
  weather.clear();
  took = weather.converged(kLimitSeconds);
  ASSERT_TRUE(took);
  print_line("dials one way only", {*took});
  EXPECT_EQ(weather.disagreement(), "");
}

}  // namespace
}  // namespace regions
