#include "tests/e2e/support/federation.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "node/net/local_socket.h"
#include "protocol/base/check.h"

namespace regions {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string text(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

bool listens(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path;
  CHECK(name.size() < sizeof address.sun_path);
  name.copy(address.sun_path, name.size());
  const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool connected =
      ::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(client);
  return connected;
}

}  // namespace

std::string program(const std::string& name) {
  if (const char* dir = std::getenv("REGIONS_BIN_DIR")) return fs::path(dir) / name;
  return std::string(REGIONS_BINARY_DIR) + "/bin/" + name;
}

Seat loopback_seat(const std::string&) {
  Seat seat{-1, "127.0.0.1", 0};
  seat.listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  CHECK(::bind(seat.listener, raw, size) == 0);
  CHECK(::listen(seat.listener, SOMAXCONN) == 0);
  CHECK(::getsockname(seat.listener, raw, &size) == 0);
  seat.port = ntohs(address.sin_port);
  return seat;
}

RealFederation::RealFederation(std::vector<std::string> ids,
                               std::map<std::string, std::string> territories, std::string plan,
                               const Seats& seats)
    : plan_(std::move(plan)), ids_(std::move(ids)), territories_(std::move(territories)) {
  fs::create_directories(folder() / "files");
  for (const std::string& id : ids_) seats_[id] = seats(id);
  found();
}

RealFederation::~RealFederation() {
  nodes_.clear();
  for (const auto& [id, seat] : seats_) ::close(seat.listener);
}

void RealFederation::must(const Ran& ran) const { EXPECT_EQ(ran.status, 0) << ran.text(); }

// PROTOCOL 1, every step as a member takes it.
void RealFederation::found() {
  const std::string ctl_program = program("regionctl");
  const std::string pass = file("pass");
  const std::string roster = file("roster.dsse");
  write_text(pass, "a passphrase of the tests\n");
  fs::permissions(pass, fs::perms::owner_read | fs::perms::owner_write);
  std::vector<std::string> create = {ctl_program, "roster", "create", "--federation",
                                     "e2e.test",  "--out",  roster};
  if (!plan_.empty()) create.insert(create.end(), {"--plan", plan_});
  for (const std::string& id : ids_) {
    const std::string key = file(id + ".key");
    must(run({ctl_program, "init", home(id), "--federation", "e2e.test", "--member", id, "--listen",
              seats_.at(id).address()}));
    must(run({ctl_program, "governance", "create", key, "--passphrase-file", pass}));
    std::vector<std::string> show = {"member",     "show",  "--governance",
                                     key + ".pub", "--out", file(id + ".member.json")};
    if (const auto found = territories_.find(id); found != territories_.end()) {
      show.insert(show.end(), {"--territory", found->second});
    }
    must(ctl(id, show));
    create.insert(create.end(), {"--member", file(id + ".member.json")});
  }
  must(run(create));
  for (const std::string& id : ids_) {
    must(run({ctl_program, "roster", "sign", roster, "--key", file(id + ".key"),
              "--passphrase-file", pass}));
  }
  for (const std::string& id : ids_) {
    const std::string keyset = file(id + ".keyset.dsse");
    must(ctl(id, {"roster", "install", roster}));
    must(ctl(id, {"keyset", "create", "--out", keyset}));
    must(run({ctl_program, "keyset", "sign", keyset, "--key", file(id + ".key"),
              "--passphrase-file", pass}));
    must(ctl(id, {"keyset", "install", keyset}));
  }
  for (const std::string& id : ids_) {
    std::vector<std::string> install = {"keyset", "install"};
    for (const std::string& peer : ids_) {
      if (peer != id) install.push_back(file(peer + ".keyset.dsse"));
    }
    if (install.size() > 2) must(ctl(id, install));
  }
  const json::value shown = ask(ids_[0], {"roster", "show", roster});
  genesis_ = shown.is_object() ? text(shown.at("genesis")) : "";
  EXPECT_EQ(genesis_.size(), 64U);
}

Ran RealFederation::ctl(const std::string& id, std::vector<std::string> arguments,
                        const std::string& input) const {
  arguments.insert(arguments.begin(), {program("regionctl"), "--home", home(id)});
  return run(std::move(arguments), input);
}

json::value RealFederation::ask(const std::string& id, std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  const Ran ran = ctl(id, std::move(arguments));
  boost::system::error_code failed;
  json::value out = json::parse(ran.out, failed);
  return failed ? json::value(nullptr) : out;
}

json::value RealFederation::import(const std::string& id, const std::string& kind,
                                   const std::string& csv, const std::string& role) const {
  const Ran ran = ctl(id, {"import", kind, "-", "--role", role, "--json"}, csv);
  EXPECT_EQ(ran.status, 0) << ran.text();
  boost::system::error_code failed;
  json::value out = json::parse(ran.out, failed);
  return failed ? json::value(nullptr) : out;
}

Ran RealFederation::release(const std::string& id, const std::string& indicator, int year) const {
  return ctl(id, {"release", indicator, "--period", std::to_string(year), "--json"});
}

std::string RealFederation::get(const std::string& id, const std::string& target) const {
  std::string body;
  const auto status = local_request(home(id) / "regiond.sock", {"GET", target, {}},
                                    [&](std::string_view piece) -> Result<void> {
                                      body += piece;
                                      return {};
                                    });
  return status && *status == 200 ? body : "";
}

void RealFederation::start(const std::string& id) {
  Launch launch{seats_.at(id).enter};
  launch.arguments.insert(launch.arguments.end(), {program("regiond"), "--home", home(id)});
  launch.errors = log_of(id);
  launch.listener = listener(id);
  nodes_[id] = std::make_unique<Process>(launch);
  // Not by regionctl: while nobody listens it would open the home itself.
  const bool settled = eventually(
      seconds(60), [&] { return listens(home(id) / "regiond.sock") || !nodes_[id]->running(); });
  ASSERT_TRUE(settled && nodes_[id]->running()) << id << ": " << read_text(log_of(id));
}

void RealFederation::start_all() {
  for (const std::string& id : ids_) start(id);
}

int RealFederation::stop(const std::string& id) {
  node(id).signal(SIGTERM);
  const int status = node(id).wait(seconds(10)).value_or(124);
  nodes_.erase(id);
  return status;
}

void RealFederation::kill(const std::string& id) {
  nodes_.at(id)->kill();
  nodes_.erase(id);
}

bool RealFederation::has_verified(const std::string& id, const Sizes& sizes) const {
  boost::system::error_code failed;
  const json::value all = json::parse(get(id, "/v1/peers"), failed);
  if (failed) return false;
  std::size_t complete = sizes.count(id);
  for (const json::value& held : all.at("peers").as_array()) {
    const auto size = sizes.find(text(held.at("member")));
    if (size != sizes.end() && held.at("size").to_number<std::uint64_t>() >= size->second &&
        held.at("verified").to_number<std::uint64_t>() >= size->second)
      ++complete;
  }
  return complete == sizes.size();
}

bool RealFederation::wait_for_exchange(int limit_seconds) {
  Sizes sizes;
  for (const auto& [id, process] : nodes_) {
    const json::value status = ask(id, {"status"});
    if (!status.is_object()) return false;
    sizes[id] = status.at("log").at("size").to_number<std::uint64_t>();
  }
  for (const auto& [id, process] : nodes_) {
    const bool complete = eventually(seconds(limit_seconds),
                                     [&, member = id] { return has_verified(member, sizes); });
    if (!complete) return false;
  }
  return true;
}

json::object RealFederation::peer(const std::string& id, const std::string& peer) const {
  const json::value all = ask(id, {"peers"});
  if (!all.is_object()) return {};
  for (const json::value& one : all.at("peers").as_array()) {
    if (text(one.at("member")) == peer) return one.as_object();
  }
  return {};
}

bool RealFederation::peer_says(const std::string& id, const std::string& other,
                               const std::string& reason) const {
  const json::object one = peer(id, other);
  return !one.empty() && text(one.at("reason")).find(reason) != std::string::npos;
}

std::string RealFederation::figures(const std::string& id, const std::string& indicator) const {
  const json::value answer = ask(id, {"query", indicator, "--by", "region,year"});
  if (!answer.is_object()) return "no answer";
  std::string out;
  for (const json::value& cell : answer.at("cells").as_array()) {
    out += text(cell.at("region")) + " " + text(cell.at("period")) + " " + text(cell.at("value")) +
           " " + text(cell.at("obs_status")) + "\n";
  }
  return out;
}

fs::path RealFederation::exported(const std::string& id, const std::string& member) {
  const fs::path out = file("export." + id + "." + member + "." + std::to_string(exports_++));
  const Ran ran = ctl(id, {"log", "export", out, "--member", member});
  EXPECT_EQ(ran.status, 0) << ran.text();
  return out;
}

Ran RealFederation::audit(const fs::path& folder) const {
  return run({program("regionctl"), "audit", "verify", folder, "--genesis", genesis_, "--json"});
}

std::string cooperation_header() {
  return "coop_id,sme_id,sme_nuts,actor_id,start,end,technology_derived\n";
}

std::string organisation_header() { return "org_id,kind,nuts,nace,size\n"; }

std::string line_of(const Row& row) {
  return row.id + "," + row.firm + "," + row.place + "," + row.actor + "," +
         std::to_string(row.from) + "-01-01," + std::to_string(row.to) + "-12-31," +
         row.technology + "\n";
}

std::string rows(const std::string& prefix, const std::string& place, int count, int from, int to) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    const std::string id = prefix + std::to_string(i);
    out += line_of({id + ":p:a", id, place, from, to});
  }
  return out;
}

}  // namespace regions
