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

constexpr int kReleases = 50;        // a follower takes 60 heads of a log in a minute
constexpr int kCaughtUpWith = 5000;  // statements of a log that a node meets late
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

// The share `part` of the sorted times, as a reading of one.
void print_share(const std::string& name, std::vector<double>& times, double part) {
  std::sort(times.begin(), times.end());
  const auto at = static_cast<std::size_t>(part * static_cast<double>(times.size() - 1) + 0.5);
  Reading reading;
  reading.wall_s = times[at];
  print(name, reading, 1);
}

// One release after the other, each waited for at the peer.
void measure_latency(RunningNode& author, const RunningNode& peer, int port) {
  std::vector<double> answered, visible;
  const double before = bytes_at(port);
  for (int i = 0; i < kReleases; ++i) {
    const std::uint64_t index = author.size();
    const auto begin = Watch::now();
    author.release(i);
    answered.push_back(seconds_since(begin));
    wait_until([&] { return peer.holds("DE24", index); });
    visible.push_back(seconds_since(begin));
  }
  Reading none;
  none.wall_s = kReleases;
  print("wire.one", none, bytes_at(port) - before);
  print_share("latency.answered.p50", answered, 0.50);
  print_share("latency.answered.p99", answered, 0.99);
  print_share("latency.visible.p50", visible, 0.50);
  print_share("latency.visible.p99", visible, 0.99);
}

}  // namespace

void measure_exchange(const std::filesystem::path& folder) {
  Founded founded({"DE24", "ES", "PT16"});
  LightPeer es(founded, "ES", {"PT16"});
  es.log().append_withdrawals(kCaughtUpWith);
  RunningNode author(folder / "DE24", founded, "DE24", kReleases);
  RunningNode peer(folder / "PT16", founded, "PT16", 0);
  const int port = founded.listeners.at("DE24").port(), es_port = founded.listeners.at("ES").port();
  author.start();
  es.start();
  {
    const Meter meter;
    peer.start();
    wait_until([&] { return peer.holds("ES", es.log().size() - 1); });
    print("catch-up", meter.stop(), static_cast<double>(es.log().size()));
  }
  Reading statements;
  statements.wall_s = static_cast<double>(es.log().size());
  print("wire.many", statements, bytes_at(es_port));
  wait_until([&] { return peer.holds("DE24", 1); });
  measure_latency(author, peer, port);
}

}  // namespace regions::bench
