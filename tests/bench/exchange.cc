#include <linux/tcp.h>  // the C library knows fewer counters
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>

#include "ops/bench.d/meter.h"
#include "tests/bench/light_peer.h"
#include "tests/bench/parts.h"

namespace regions::bench {
namespace {

constexpr int kReleasesOfAPair = 50;  // a follower takes 60 heads of a log in a minute
constexpr int kCaughtUpWith = 5000;   // statements of a log that a node meets late
constexpr int kLimitSeconds = 120;

using Watch = std::chrono::steady_clock;

double seconds_since(Watch::time_point begin) {
  return std::chrono::duration<double>(Watch::now() - begin).count();
}

// Until `there`, asked every tenth of a millisecond: the resolution of the latencies.
void wait_until(const std::function<bool()>& there) {
  const auto begin = Watch::now();
  while (!there()) {
    const timespec breath{0, 100'000};
    ::ppoll(nullptr, 0, &breath, nullptr);
    CHECK(seconds_since(begin) < kLimitSeconds);
  }
}

// Payload bytes of TCP, both ways, over the open connections that `port` has accepted.
double bytes_at(int port) {
  double bytes = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    sockaddr_in local{}, remote{};
    socklen_t size = sizeof local, remote_size = sizeof remote;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&local), &size) != 0) continue;
    if (local.sin_family != AF_INET || ntohs(local.sin_port) != port) continue;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&remote), &remote_size) != 0)
      continue;
    tcp_info info{};
    socklen_t info_size = sizeof info;
    CHECK(::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &info_size) == 0);
    bytes += static_cast<double>(info.tcpi_bytes_acked + info.tcpi_bytes_received);
  }
  return bytes;
}

// Times as readings of one: the median, the 99th percentile, the longest.
void print_shares(const std::string& name, std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  for (const auto& [share, part] : {std::pair(".p50", 0.50), {".p99", 0.99}, {".max", 1.00}}) {
    Reading reading;
    reading.wall_s =
        times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1) + 0.5)];
    print(name + share, reading, static_cast<double>(times.size()));
  }
}

struct Latencies {
  std::vector<double> answered, visible;
  double wire_bytes = 0;
};

// One release after the other, each waited for at the peer.
void release_all(RunningNode& author, const RunningNode& peer, int port, int releases,
                 Latencies& all) {
  const double before = bytes_at(port);
  for (int i = 0; i < releases; ++i) {
    const std::uint64_t index = author.size();
    const auto begin = Watch::now();
    author.release(i);
    all.answered.push_back(seconds_since(begin));
    wait_until([&] { return peer.holds("DE24", index); });
    all.visible.push_back(seconds_since(begin));
  }
  all.wire_bytes += bytes_at(port) - before;
}

// Two nodes that were founded just now.
void measure_pair(const std::filesystem::path& folder, int releases, Latencies& all) {
  Founded founded({"DE24", "PT16"});
  RunningNode author(folder / "DE24", founded, "DE24", releases);
  RunningNode peer(folder / "PT16", founded, "PT16", 0);
  const int port = founded.listeners.at("DE24").port();
  author.start();
  peer.start();
  wait_until([&] { return peer.holds("DE24", 1); });
  release_all(author, peer, port, releases, all);
}

void measure_latency(const std::filesystem::path& folder, int releases) {
  Latencies all;
  for (int left = releases; left > 0; left -= kReleasesOfAPair) {
    const auto pair = folder / ("pair" + std::to_string(left));
    std::filesystem::create_directory(pair);
    measure_pair(pair, std::min(left, kReleasesOfAPair), all);
    std::filesystem::remove_all(pair);
  }
  Reading wire;
  wire.wall_s = releases;
  print("wire.one", wire, all.wire_bytes);
  print_shares("latency.answered", all.answered);
  print_shares("latency.visible", all.visible);
}

// A node that meets a long log late.
void measure_catching_up(const std::filesystem::path& folder) {
  Founded founded({"ES", "PT16"});
  LightPeer es(founded, "ES", {"PT16"});
  es.log().append_withdrawals(kCaughtUpWith);
  RunningNode peer(folder / "PT16", founded, "PT16", 0);
  const int port = founded.listeners.at("ES").port();
  es.start();
  const Meter meter;
  peer.start();
  wait_until([&] { return peer.holds("ES", es.log().size() - 1); });
  print("catch-up", meter.stop(), static_cast<double>(es.log().size()));
  Reading wire;
  wire.wall_s = static_cast<double>(es.log().size());
  print("wire.many", wire, bytes_at(port));
}

}  // namespace

void measure_exchange(const std::filesystem::path& folder, int releases) {
  measure_catching_up(folder);
  measure_latency(folder, releases);
}

}  // namespace regions::bench
