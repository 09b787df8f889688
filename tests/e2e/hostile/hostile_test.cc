// One node under everything that members and strangers may do wrong, over real TLS. Each act has
// its answer; what it costs the node is printed and bounded; the exchange with an honest member
// goes on.
#include <poll.h>

#include <thread>

#include "tests/e2e/hostile/caller_acts.h"
#include "tests/e2e/hostile/peer_acts.h"

namespace regions {
namespace {

// Of the whole run. Seen: 60 MiB and 1.2 s on two busy cores; a leak or a busy loop is past these.
constexpr double kResidentMiBMax = 200;
constexpr double kCpuSecondsMax = 12;

TEST(HostilePeers, EveryActIsAnsweredBoundedAndKeepsNobodyElseWaiting) {
  Nodes nodes({"BG33", "CH02", "DE24", "IE04", "RO42"});
  ASSERT_TRUE(nodes.honest_exchange_goes_on(30));
  const Used before = nodes.used();
  Acts acts;
  {
    Played bg(nodes, "BG33"), ch(nodes, "CH02"), de(nodes, "DE24"), ie(nodes, "IE04"),
        ro(nodes, "RO42");
    for (Played* one : {&bg, &ch, &de, &ie, &ro}) ASSERT_TRUE(one->caught_up(30)) << one->id;
    const std::jthread first([&] { lies(bg, acts); });
    const std::jthread second([&] {
      broken_answers(ch, acts);
      histories(ch, acts);
    });
    const std::jthread third([&] {
      broken_handshakes(de, acts);
      busy(de, acts);
    });
    const std::jthread fourth([&] {
      bad_statements(ie, acts);
      bad_requests(nodes, "IE04", acts);
      bad_connections(nodes, "IE04", acts);
      flood(nodes, "IE04", acts);
    });
    const std::jthread fifth([&] { stalled(ro, acts); });
    const std::jthread sixth([&] { slow_reader(nodes, "RO42", acts); });
    // Meanwhile an honest member releases, and the node has it.
    for (int round = 0; round < 4; ++round) {
      const std::int64_t from = now_ms();
      EXPECT_TRUE(nodes.honest_exchange_goes_on(20));
      std::printf("an honest release is verified %lld ms after its import began\n",
                  static_cast<long long>(now_ms() - from));
      ::poll(nullptr, 0, 4'000);
    }
  }
  const Used after = nodes.used();
  std::printf("%d acts; the node used %.1f s of CPU and %.0f MiB (%.0f MiB before)\n", acts.count(),
              after.cpu_seconds - before.cpu_seconds, after.resident_mib, before.resident_mib);
  EXPECT_GE(acts.count(), 40);
  EXPECT_TRUE(nodes.running()) << nodes.log();
  EXPECT_GT(after.resident_mib, 0);
  EXPECT_LT(after.resident_mib, kResidentMiBMax);
  EXPECT_LT(after.cpu_seconds - before.cpu_seconds, kCpuSecondsMax);
  EXPECT_TRUE(nodes.honest_exchange_goes_on(20));
  EXPECT_LT(nodes.log().size(), 256u * 1024) << "the log grew without bound";
}

}  // namespace
}  // namespace regions
