// Two peer ports on loopback, with real TLS: what the follower and the service do over a wire.
#include "node/net/peer_port.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "node/base/limits.h"
#include "tests/support/eventually.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// A socket on loopback; closed with the object unless somebody else took it over.
class LoopbackSocket {
 public:
  LoopbackSocket() : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {}
  LoopbackSocket(LoopbackSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  LoopbackSocket& operator=(LoopbackSocket&&) = delete;
  ~LoopbackSocket() {
    if (fd_ >= 0) ::close(fd_);
  }
  // Bound to a free port, which is returned.
  std::uint16_t listen() {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(fd_, generic, size), 0);
    EXPECT_EQ(::listen(fd_, SOMAXCONN), 0);
    EXPECT_EQ(::getsockname(fd_, generic, &size), 0);
    return ntohs(address.sin_port);
  }
  bool connect(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    return ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  int release() { return std::exchange(fd_, -1); }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
  }
  int fd_;
};

class PeerPortTest : public testing::Test {
 protected:
  PeerPortTest() : es_port_(es_socket_.listen()), pt_port_(pt_socket_.listen()) {
    federation_.emplace(std::vector<std::string>{"DE24", "ES", "PT16"},
                        std::map<std::string, std::string>{{"ES", endpoint(es_port_)},
                                                           {"PT16", endpoint(pt_port_)}});
    federation_->install(es_store_);
    federation_->install(pt_store_);
    log_.emplace(*federation_, es_store_, "ES");
  }
  static std::string endpoint(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

  std::unique_ptr<PeerPort> start(const std::string& member, MemoryStore& store, int socket) {
    keys_.push_back(std::make_unique<PrivateKey>(federation_->key(member, Role::tls)));
    PeerPortOptions options{
        &store, &clock_, &random_, &Catalogue::builtin(), keys_.back().get(), member,
        "",     socket,  nullptr};
    return PeerPort::start(std::move(options), federation_->membership()).value();
  }
  std::unique_ptr<PeerPort> start_es() { return start("ES", es_store_, es_socket_.release()); }
  std::unique_ptr<PeerPort> start_pt() { return start("PT16", pt_store_, pt_socket_.release()); }

  static PeerStatus status_of(const PeerPort& port, const std::string& member) {
    for (const PeerStatus& status : port.peers()) {
      if (status.member == member) return status;
    }
    return {};
  }
  bool has_all_of_es(const PeerPort& port) const {
    const PeerStatus status = status_of(port, "ES");
    return status.size == log_->size() && status.verified == log_->size();
  }

  LoopbackSocket es_socket_, pt_socket_;
  const std::uint16_t es_port_, pt_port_;
  std::optional<TestFederation> federation_;
  SystemClock clock_;
  SystemRandom random_;
  MemoryStore es_store_, pt_store_;
  std::optional<TestLog> log_;
  std::vector<std::unique_ptr<PrivateKey>> keys_;
};

TEST_F(PeerPortTest, ALogIsFollowedOverTheWireAndItsNextEntryAtOnce) {
  log_->append_withdrawals(300);
  const auto es = start_es(), pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
  EXPECT_EQ(verdict_on(pt_store_, *federation_, "ES"), "valid");
  log_->append(log_->release("2017"));
  es->head_changed();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
}

TEST_F(PeerPortTest, APeerWhoseStoredLogIsDamagedIsSaidAndTheOthersAreFollowed) {
  Batch batch;
  batch.put(Area::heads, "DE24", "no head");
  ASSERT_OK(pt_store_.commit(batch));
  const auto es = start_es(), pt = start_pt();
  const PeerStatus damaged = status_of(*pt, "DE24");
  EXPECT_EQ(damaged.state, "damaged");
  EXPECT_THAT(damaged.reason, testing::HasSubstr("log of DE24"));
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
}

TEST_F(PeerPortTest, CallersWithoutAKeyDoNotShutThePortToMembers) {
  const auto es = start_es();
  std::vector<LoopbackSocket> strangers(kHandshakesMax + 50);
  for (LoopbackSocket& stranger : strangers) ASSERT_TRUE(stranger.connect(es_port_));
  const auto pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
}

TEST_F(PeerPortTest, AMemberWhosePinIsGoneIsCutWithinASecondWithItsLongPoll) {
  const auto es = start_es(), pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
  MemoryStore without;
  federation_->install(without, "PT16");
  const std::int64_t before = clock_.steady_ms();
  es->use(Membership::load(without).value());
  EXPECT_TRUE(eventually(seconds(5), [&] { return status_of(*pt, "ES").state != "following"; }));
  EXPECT_LT(clock_.steady_ms() - before, 1'000);
  log_->append(log_->release("2017"));
  es->head_changed();
  EXPECT_TRUE(eventually(seconds(5), [&] { return status_of(*pt, "ES").state == "refused"; }))
      << status_of(*pt, "ES").reason;
  EXPECT_LT(status_of(*pt, "ES").size, log_->size());
  es->use(federation_->membership());
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
}

TEST_F(PeerPortTest, ACallerThatHangsUpInALongPollTakesUpNoPlace) {
  const auto es = start_es();
  auto pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
  EXPECT_EQ(es->counters().connections, 1u);
  pt.reset();
  static_assert(kLongPollMs > 10'000);
  EXPECT_TRUE(eventually(seconds(10), [&] { return es->counters().connections == 0; }));
}

TEST_F(PeerPortTest, CountersAndSignsOfLifeAreThoseOfThePort) {
  auto es = start_es();
  EXPECT_EQ(es->counters().requests, 0u);
  EXPECT_TRUE(es->alive());
  const auto pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
  EXPECT_EQ(es->counters().connections, 1u);
  EXPECT_GE(es->counters().requests, 3u);
  EXPECT_GT(es->counters().answer_bytes, 100u);
  EXPECT_TRUE(eventually(seconds(5), [&] { return es->alive(); }));
}

TEST_F(PeerPortTest, APortWithOpenLongPollsAndStrangersStopsAtOnce) {
  auto es = start_es(), pt = start_pt();
  EXPECT_TRUE(eventually(seconds(30), [&] { return has_all_of_es(*pt); }));
  LoopbackSocket stranger;
  ASSERT_TRUE(stranger.connect(es_port_));
  const std::int64_t before = clock_.steady_ms();
  es.reset();
  pt.reset();
  EXPECT_LT(clock_.steady_ms() - before, kShutdownMs);
}

}  // namespace
}  // namespace regions
