// Metrics in Prometheus' text format; promtool judges them where it is installed.
#include "node/api_operator/metrics.h"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdio>

namespace regions {
namespace {

MetricsInput input() {
  PeerStatus es;
  es.member = "ES";
  es.state = "following";
  es.size = 7;
  es.verified = 6;
  PeerStatus odd;
  odd.member = "X\"\\\nY";
  odd.state = "refused";
  return {"0.1.0", "PT16", true, 42, 1'700'000'040, {es, odd}, {3, 4, 5, 6}, {1.5, 4096, 9}};
}

TEST(Metrics, EveryPeerAndCounterHasItsLine) {
  const std::string text = metrics_text(input());
  for (const char* line :
       {"regions4_build_info{member=\"PT16\",version=\"0.1.0\"} 1\n", "regions4_healthy 1\n",
        "regions4_log_entries 42\n", "regions4_peer_following{member=\"ES\"} 1\n",
        "regions4_peer_log_entries{member=\"ES\"} 7\n",
        "regions4_peer_verified_statements{member=\"ES\"} 6\n", "regions4_port_connections 3\n",
        "regions4_port_refused_callers_total 4\n", "regions4_port_requests_total 5\n",
        "regions4_port_answer_bytes_total 6\n", "process_resident_memory_bytes 4096\n",
        "process_open_fds 9\n"}) {
    EXPECT_THAT(text, testing::HasSubstr(line));
  }
  EXPECT_THAT(text, testing::HasSubstr("regions4_peer_following{member=\"X\\\"\\\\ Y\"} 0\n"));
}

TEST(Metrics, EveryFamilyHasHelpAndTypeOnceBeforeItsSamples) {
  const std::string text = metrics_text(input());
  std::size_t helps = 0, types = 0;
  for (std::size_t at = text.find("# HELP "); at != text.npos; at = text.find("# HELP ", at + 1)) {
    ++helps;
    const std::string name = text.substr(at + 7, text.find(' ', at + 7) - at - 7);
    EXPECT_EQ(text.find("# HELP " + name + " ", at + 1), text.npos) << name;
    EXPECT_THAT(text.substr(at), testing::HasSubstr("# TYPE " + name + " ")) << name;
  }
  for (std::size_t at = text.find("# TYPE "); at != text.npos; at = text.find("# TYPE ", at + 1)) {
    ++types;
  }
  EXPECT_EQ(helps, types);
  EXPECT_EQ(helps, 18u);
}

TEST(Metrics, PromtoolAcceptsThem) {
  if (::system("command -v promtool >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "promtool (Debian: prometheus) is not installed";
  }
  MetricsInput good = input();
  good.peers.pop_back();
  std::FILE* tool = ::popen("promtool check metrics", "w");
  ASSERT_NE(tool, nullptr);
  const std::string text = metrics_text(good);
  EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), tool), text.size());
  EXPECT_EQ(WEXITSTATUS(::pclose(tool)), 0);
}

TEST(ProcessUse, IsThatOfThisProcess) {
  const ProcessUse use = process_use();
  EXPECT_GT(use.cpu_seconds, 0.0);
  EXPECT_GT(use.resident_bytes, 1u << 20);
  EXPECT_GE(use.open_files, 3u);
}

}  // namespace
}  // namespace regions
