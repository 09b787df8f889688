#include "tests/e2e/hostile/nodes.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include "node/base/file.h"
#include "node/base/home.h"
#include "node/net/local_socket.h"
#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace json = boost::json;

constexpr const char* kVictim = "PT16";
constexpr const char* kHonest = "ES13";

std::pair<int, int> listen_on_loopback() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  CHECK(::bind(fd, raw, size) == 0 && ::listen(fd, SOMAXCONN) == 0);
  CHECK(::getsockname(fd, raw, &size) == 0);
  return {fd, ntohs(address.sin_port)};
}

void must(const Ran& ran) { ASSERT_EQ(ran.status, 0) << ran.text(); }

double figure(const std::string& text, const std::string& name) {
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 2));
}

}  // namespace

Nodes::Nodes(const std::vector<std::string>& played) {
  std::signal(SIGPIPE, SIG_IGN);  // the node cuts connections, which is what is tested
  std::vector<std::string> ids = played;
  ids.insert(ids.end(), {kVictim, kHonest});
  std::sort(ids.begin(), ids.end());
  std::map<std::string, std::string> endpoints;
  for (const std::string& id : ids) {
    sockets_[id] = listen_on_loopback();
    endpoints[id] = "127.0.0.1:" + std::to_string(port(id));
  }
  federation_ = std::make_unique<TestFederation>(ids, endpoints);
  for (const char* id : {kVictim, kHonest}) make_home(id);
  victim_ = start(kVictim);
  honest_ = start(kHonest);
}

Nodes::~Nodes() {
  victim_.reset();
  honest_.reset();
  for (const auto& [id, socket] : sockets_) ::close(socket.first);
}

// What init and founding make, with the keys of the founding that the test knows.
void Nodes::make_home(const std::string& id) const {
  const Founding& founding = federation_->founding;
  must(run({program("regionctl"), "init", home(id), "--federation", founding.charter.name,
            "--member", id, "--listen", "127.0.0.1:" + std::to_string(port(id))}));
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    CHECK(write_file(Home(home(id)).key(role), key(id, role).to_pem(""), 0600));
  }
  const auto roster = folder_.path() / "roster.dsse";
  write_text(roster, encode_envelope(founding.signed_by_all()));
  must(run({program("regionctl"), "--home", home(id), "roster", "install", roster}));
  std::vector<std::string> install = {program("regionctl"), "--home", home(id), "keyset",
                                      "install"};
  for (const auto& [member, keys] : founding.keys) {
    const auto file = folder_.path() / (member + ".keyset.dsse");
    write_text(file, encode_envelope(founding.signed_key_set(member)));
    install.push_back(file);
  }
  must(run(install));
}

std::unique_ptr<Process> Nodes::start(const std::string& id) const {
  Launch launch{{program("regiond"), "--home", home(id)}};
  launch.errors = folder_.path() / (id + ".log");
  launch.listener = listener(id);
  auto process = std::make_unique<Process>(launch);
  const LocalRequest hello{"GET", "/v1/metrics", {}};
  EXPECT_TRUE(eventually(seconds(60), [&] {
    return local_request(Home(home(id)).socket(), hello,
                         [](std::string_view) { return Result<void>(); })
        .has_value();
  })) << read_text(launch.errors);
  return process;
}

std::string Nodes::ask(const std::string& target) const {
  std::string body;
  const auto status = local_request(Home(home(kVictim)).socket(), {"GET", target, {}},
                                    [&](std::string_view piece) -> Result<void> {
                                      body += piece;
                                      return {};
                                    });
  return status && *status == 200 ? body : "";
}

json::object Nodes::peer(const std::string& id) const {
  boost::system::error_code failed;
  const json::value all = json::parse(ask("/v1/peers"), failed);
  if (failed) return {};
  for (const json::value& one : all.at("peers").as_array()) {
    if (one.at("member") == json::value(id)) return one.as_object();
  }
  return {};
}

std::string Nodes::metrics() const { return ask("/v1/metrics"); }

Used Nodes::used() const {
  const std::string text = metrics();
  return {figure(text, "process_cpu_seconds_total"),
          figure(text, "process_resident_memory_bytes") / (1 << 20)};
}

bool Nodes::honest_exchange_goes_on(int limit_seconds) {
  const std::string year = std::to_string(year_++);
  const std::string csv =
      cooperation_header() + rows("f" + year, kHonest, 5, std::stoi(year), std::stoi(year));
  const Ran imported =
      run({program("regionctl"), "--home", home(kHonest), "import", "cooperations", "-"}, csv);
  EXPECT_EQ(imported.status, 0) << imported.text();
  const Ran released = run({program("regionctl"), "--home", home(kHonest), "release", "ENT-COOP",
                            "--period", year, "--json"});
  EXPECT_EQ(released.status, 0) << released.text();
  const auto size = static_cast<std::uint64_t>(year_ - 2001 + 2);
  return eventually(seconds(limit_seconds), [&] {
    const json::object es = peer(kHonest);
    return !es.empty() && es.at("verified").to_number<std::uint64_t>() >= size;
  });
}

}  // namespace regions
