// regiond: the node as a service. Serves the peer port, follows the peers, and answers the operator
// on the Unix socket until SIGTERM or SIGINT.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "node/api_operator/operator_api.h"
#include "node/base/core_dump.h"
#include "node/base/limits.h"
#include "node/base/log.h"
#include "node/base/service_manager.h"
#include "node/net/peer_port.h"

namespace regions {
namespace {

constexpr int kInheritedFirst = 3;  // sd_listen_fds(3)

// The first socket that a service manager handed over, if any.
Result<std::optional<int>> inherited_socket() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  if (count == nullptr) return std::optional<int>();
  if (pid != nullptr && pid != std::to_string(::getpid())) return std::optional<int>();
  if (std::string(count) != "1") {
    return fail(Errc::invalid_input,
                "LISTEN_FDS=" + std::string(count) + ": exactly one listening socket expected");
  }
  return std::optional<int>(kInheritedFirst);
}

// Blocks the stop signals in this thread and all that it starts; main alone waits for them.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a limit on files is an error of the write, as a full disk is
  return signals;
}

// A connection, a file of the stores: each takes a descriptor. The soft limit of a login is small.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// A regionctl that works on the home by itself is soon done.
Result<std::unique_ptr<Node>> open_node(const std::string& home, const Clock& clock,
                                        Random& random) {
  const std::int64_t until = clock.steady_ms() + kHomeLockWaitMs;
  for (;;) {
    auto node = Node::open(Home(home), clock, random);
    if (node || node.error().code != Errc::busy || clock.steady_ms() > until) return node;
    ::usleep(100'000);
  }
}

// A manager that cannot be told is said once; the node does its work all the same.
class Teller {
 public:
  explicit Teller(const ServiceManager& manager) : manager_(manager) {}
  void tell(std::string_view lines) {
    const auto told = manager_.notify(lines);
    if (!told && !said_)
      log(LogLevel::warning, "service_manager", {{"reason", told.error().context}});
    said_ = !told;
  }

 private:
  const ServiceManager& manager_;
  bool said_ = false;
};

// Until SIGTERM or SIGINT. While the port's thread shows signs of life the manager is told so; a
// node that hangs is silent and gets restarted.
void wait_for_stop(const sigset_t& signals, PeerPort& port) {
  const ServiceManager manager = ServiceManager::from_environment();
  Teller teller(manager);
  teller.tell("READY=1\nSTATUS=serving peers on " + port.address());
  const auto every = manager.watchdog_every_ms();
  for (;;) {
    int signal = 0;
    if (!every) {
      if (sigwait(&signals, &signal) == 0) break;
      continue;
    }
    const timespec pause{*every / 1000, *every % 1000 * 1'000'000};
    if (sigtimedwait(&signals, nullptr, &pause) > 0) break;
    if (errno == EAGAIN && port.alive()) teller.tell("WATCHDOG=1");
  }
  teller.tell("STOPPING=1");
}

// A disk or a lock that hangs must not keep the process: what was acknowledged is durable, the rest
// is cut as a kill cuts it.
void end_at_the_latest() {
  ::signal(SIGALRM, [](int) {
    constexpr std::string_view kSaid = "regiond: what was still under way is cut\n";
    (void)!::write(STDERR_FILENO, kSaid.data(), kSaid.size());
    ::_exit(1);
  });
  ::alarm(kShutdownMs / 1000);
}

Result<void> run(const std::string& home) {
  raise_descriptor_limit();
  const sigset_t signals = block_stop_signals();
  static SystemClock clock;
  static SystemRandom random;
  TRY(auto node, open_node(home, clock, random));
  TRY_VOID(node->publisher());
  TRY(const PrivateKey tls_key, node->home().load_key(Role::tls));
  TRY(const auto socket, inherited_socket());
  PeerPortOptions options{&node->shared(),       &clock,   &random,
                          &node->catalogue(),    &tls_key, node->config().member,
                          node->config().listen, socket,   plan_of(node->plan())};
  TRY(auto port, PeerPort::start(std::move(options), node->membership()));
  node->attach(RunningParts{[&port] { return port->peers(); }, [&port] { port->head_changed(); },
                            [&port](auto membership) { port->use(std::move(membership)); },
                            [&port] { return port->counters(); }, port->address(), REGIONS_VERSION,
                            clock.now()});
  OperatorApi api(*node);
  TRY(auto local,
      LocalServer::start(node->home().socket(),
                         [&api](LocalRequest& q, LocalResponder& a) { api.handle(q, a); }));
  log(LogLevel::info, "started",
      {{"member", node->config().member},
       {"address", port->address()},
       {"version", REGIONS_VERSION}});
  wait_for_stop(signals, *port);
  end_at_the_latest();
  log(LogLevel::info, "stopping");
  node->stop_reading();
  local.reset();
  node->attach(std::nullopt);
  port.reset();
  return {};
}

}  // namespace
}  // namespace regions

int main(int argc, char** argv) {
  regions::keep_memory_out_of_core_dumps();
  CLI::App app{"regiond: runs the node of one region"};
  std::string home;
  app.add_option("--home", home, "the home folder")->envname("REGIONS_HOME")->required();
  app.set_version_flag("--version", REGIONS_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::cerr << "regiond: " << error.what() << "; regiond --help says what there is\n";
    return 2;
  }
  regions::start_log(regions::LogLevel::info);
  const auto ran = [&]() -> regions::Result<void> {
    try {
      return regions::run(home);
    } catch (const std::exception& error) {
      return regions::fail(regions::Errc::io, error.what());
    }
  }();
  if (ran) return 0;
  std::cerr << "regiond: " << ran.error().text() << "\n";
  return 1;
}
