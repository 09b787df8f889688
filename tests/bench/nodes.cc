#include "tests/bench/nodes.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "node/base/file.h"
#include "node/exchange/verdict.h"
#include "node/storage/rocksdb_store.h"
#include "tests/node/api_operator/test_home.h"

namespace regions::bench {

Listener::Listener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  CHECK(::bind(descriptor_, generic, size) == 0);
  CHECK(::listen(descriptor_, SOMAXCONN) == 0);
  CHECK(::getsockname(descriptor_, generic, &size) == 0);
  port_ = ntohs(address.sin_port);
}

Listener::Listener(Listener&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_) {}

Listener::~Listener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Founded::Founded(const std::vector<std::string>& ids) {
  std::map<std::string, std::string> endpoints;
  for (const std::string& id : ids) {
    endpoints[id] = listeners.emplace(id, Listener()).first->second.endpoint();
  }
  federation.emplace(ids, endpoints);
}

RunningNode::RunningNode(const std::filesystem::path& path, Founded& founded,
                         const std::string& member, int years)
    : founded_(founded), member_(member) {
  const TestFederation& federation = *founded.federation;
  const Home home(path);
  CHECK(create_home(home, {federation.founding.charter.name, member, "127.0.0.1:7443"},
                    std::nullopt, random_));
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    CHECK(write_file(home.key(role), federation.key(member, role).to_pem(""), 0600));
  }
  federation.install(*open_store(home.shared(), Wing::shared, false).value());
  node_ = Node::open(home, clock_, random_).value();
  if (years == 0) return;
  std::string csv = "coop_id,sme_id,sme_nuts,actor_id,start,end,technology_derived\n";
  for (int i = 0; i < years * 5; ++i) {
    const std::string year = std::to_string(kFirstYear + i / 5), id = std::to_string(i);
    // Of unknown place, so the node's own: the members here are no regions.
    csv += "c" + id + ",f" + id + ",,a1," + year + "-01-01," + year + "-12-31,robotics\n";
  }
  TestHome::must(ask(*node_, "POST", "/v1/import?kind=cooperations&role=own&source=t.csv",
                     std::string(4, '\0') + csv));
}

RunningNode::~RunningNode() {
  node_->attach(std::nullopt);
  port_.reset();
}

void RunningNode::start() {
  tls_key_.emplace(node_->home().load_key(Role::tls).value());
  PeerPortOptions options{&node_->shared(),
                          &clock_,
                          &random_,
                          &node_->catalogue(),
                          &*tls_key_,
                          member_,
                          "",
                          founded_.listeners.at(member_).take(),
                          plan_of(node_->plan())};
  port_ = PeerPort::start(std::move(options), node_->membership()).value();
  node_->attach(RunningParts{[this] { return port_->peers(); }, [this] { port_->head_changed(); },
                             [this](auto membership) { port_->use(std::move(membership)); },
                             [this] { return port_->counters(); }, port_->address(), "bench",
                             clock_.now()});
}

void RunningNode::release(int number) {
  TestHome::must(
      ask(*node_, "POST",
          "/v1/release?indicator=ENT-COOP&period=" + std::to_string(kFirstYear + number)));
}

bool RunningNode::holds(const std::string& member, std::uint64_t index) const {
  bool verified = false;
  CHECK(for_each_row(node_->shared(), member, index,
                     [&](std::uint64_t found, const StatementRow& row) {
                       verified = found == index && row.state == StatementState::verified;
                       return false;
                     }));
  return verified;
}

std::uint64_t RunningNode::verified() const {
  std::uint64_t sum = 0;
  for (const PeerStatus& peer : port_->peers()) sum += peer.verified;
  return sum;
}

}  // namespace regions::bench
