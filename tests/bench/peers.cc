#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <fstream>

#include "ops/bench.d/meter.h"
#include "tests/bench/light_peer.h"
#include "tests/bench/parts.h"
#include "tests/node/disk/child.h"
#include "tests/support/eventually.h"

namespace regions::bench {
namespace {

const std::string kNode = "AAA";  // many_ids() begins with it
constexpr int kEach = 20;         // statements of every peer, and of the node
constexpr int kLimitSeconds = 300;

// Written by the node's process, read by the peers'.
struct Probe {
  std::atomic<std::uint64_t> verified = 0;
  std::atomic<double> cpu_s = 0;
  std::atomic<long> resident_kib = 0;
  std::atomic<int> released = 0;
  std::atomic<int> to_release = 0;  // the only one the other way round
  std::atomic<bool> stop = false;
};

long resident_kib() {
  std::ifstream status("/proc/self/statm");
  long all = 0, resident = 0;
  status >> all >> resident;
  return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

double cpu_of_process() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The node that is measured, alone in its process.
[[noreturn]] void run_node(const std::filesystem::path& folder, Founded& founded, Probe& probe) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  {
    RunningNode node(folder / "node", founded, kNode, kEach);
    node.start();
    while (!probe.stop) {
      for (; probe.released < probe.to_release; ++probe.released) node.release(probe.released);
      probe.verified = node.verified();
      probe.cpu_s = cpu_of_process();
      probe.resident_kib = resident_kib();
      ::poll(nullptr, 0, 50);
    }
  }
  ::_exit(0);
}

// A stretch of the node's life.
class Stretch {
 public:
  explicit Stretch(const Probe& probe) : probe_(probe), cpu_(probe.cpu_s) {}
  void print_as(const std::string& name, double count) const {
    const Reading wall = meter_.stop();
    print(name, {wall.wall_s, probe_.cpu_s - cpu_, probe_.resident_kib}, count);
  }

 private:
  const Probe& probe_;
  const double cpu_;
  const Meter meter_;
};

void must_come(const std::function<bool()>& condition) {
  CHECK(eventually(seconds(kLimitSeconds), condition));
}

bool all_hold(const std::deque<LightPeer>& peers, std::uint64_t size) {
  return std::all_of(peers.begin(), peers.end(),
                     [&](const LightPeer& peer) { return peer.verified(kNode) >= size; });
}

}  // namespace

void measure_peers(const std::filesystem::path& folder, int count, int idle_seconds) {
  const auto ids = many_ids(static_cast<std::size_t>(count) + 1);
  Founded founded(ids);
  Shared<Probe> probe;
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) run_node(folder, founded, *probe);
  const std::string behind = "." + std::to_string(count);
  const auto number = static_cast<std::uint64_t>(count);
  std::deque<LightPeer> peers;
  for (const std::string& id : ids) {
    if (id != kNode) peers.emplace_back(founded, id, std::vector<std::string>{kNode}).start();
  }
  // Everybody's two adoptions.
  must_come([&] { return probe->verified >= 2 * number && all_hold(peers, 2); });
  {
    const Stretch idle(*probe);
    ::poll(nullptr, 0, idle_seconds * 1000);
    idle.print_as("peers.idle" + behind, count);
  }
  {
    const Stretch follows(*probe);
    for (int i = 0; i < kEach; ++i) {
      for (LightPeer& peer : peers) {
        peer.log().append(peer.log().release(std::to_string(2000 + i)));
        peer.tell();
      }
    }
    must_come([&] { return probe->verified >= (2 + kEach) * number; });
    follows.print_as("peers.follow" + behind, count * kEach);
  }
  {
    const Stretch serves(*probe);
    probe->to_release = kEach;
    must_come([&] { return all_hold(peers, 2 + kEach); });
    serves.print_as("peers.serve" + behind, count * kEach);
  }
  probe->stop = true;
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child && status == 0);
}

}  // namespace regions::bench
