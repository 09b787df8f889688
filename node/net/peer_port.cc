#include "node/net/peer_port.h"

#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/ssl.hpp>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "node/base/config.h"
#include "node/base/limits.h"
#include "node/base/log.h"
#include "node/net/cuttable.h"
#include "node/net/handshakes.h"
#include "node/net/peer_client.h"
#include "node/net/peer_session.h"
#include "node/net/silence.h"

namespace regions {
namespace {

using namespace net;  // NOLINT: the types of http_types.h, in this source alone
using Acceptor_ = asio::basic_socket_acceptor<Tcp, Executor>;

std::chrono::milliseconds ms(int count) { return std::chrono::milliseconds(count); }

// A service manager may hand over a socket of either family.
Tcp family_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  const int known = ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return known == 0 && address.ss_family == AF_INET6 ? Tcp::v6() : Tcp::v4();
}

// What ends a coroutine that nobody waits for: a log line, never the process.
void log_end(const char* what, std::exception_ptr error) {
  if (!error) return;
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    log(LogLevel::error, "task_ended", {{"task", what}, {"reason", e.what()}});
  }
}

}  // namespace

class PeerPort::Impl {
 public:
  Impl(PeerPortOptions options, std::shared_ptr<const Membership> membership)
      : options_(std::move(options)),
        membership_(std::move(membership)),
        service_(*options_.shared, options_.member),
        server_context_(TlsContext::Side::server, *options_.tls_key,
                        [this](const PublicKey& key) { return member_of(key).has_value(); }),
        listener_(io_.get_executor()) {}

  // Two steps: every connection, timer and look-up is cut, so that the coroutines end by
  // themselves; what has not ended then is dropped with the context.
  ~Impl() {
    asio::post(io_, [this] { cut(); });
    if (thread_.joinable()) thread_.join();
  }

  Result<void> start() {
    TRY_VOID(bind());
    asio::co_spawn(io_.get_executor(), accept_loop(),
                   [](std::exception_ptr e) { log_end("peer port", e); });
    start_followers();
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  void use(std::shared_ptr<const Membership> membership) {
    {
      const std::lock_guard lock(mutex_);
      membership_ = std::move(membership);
    }
    asio::post(io_, [this] {
      start_followers();
      close_removed();
    });
  }

  void head_changed() {
    asio::post(io_, [this] { waiters_.wake(); });
  }

  std::vector<PeerStatus> peers() const {
    const std::lock_guard lock(mutex_);
    std::vector<PeerStatus> out;
    for (const auto& [member, follower] : followers_) out.push_back(follower->status());
    out.insert(out.end(), unfollowed_.begin(), unfollowed_.end());
    std::sort(out.begin(), out.end(),
              [](const PeerStatus& a, const PeerStatus& b) { return a.member < b.member; });
    return out;
  }

  std::string address() const { return address_; }

  PortCounters counters() const {
    return {connections_, refused_, counters_.requests, counters_.answer_bytes};
  }

  bool alive() {
    const bool answered = answered_ == asked_;
    const std::uint64_t number = ++asked_;
    asio::post(io_, [this, number] { answered_ = number; });
    return answered;
  }

 private:
  std::shared_ptr<const Membership> membership() const {
    const std::lock_guard lock(mutex_);
    return membership_;
  }

  // The member whose TLS key this is, ourselves excepted.
  std::optional<std::string> member_of(const PublicKey& key) const {
    const auto current = membership();
    const std::string* member = current->member_of_tls_key(key);
    if (member == nullptr || *member == options_.member) return std::nullopt;
    return *member;
  }

  Result<void> bind() {
    error_code error;
    if (options_.inherited_socket) {
      listener_.assign(family_of(*options_.inherited_socket), *options_.inherited_socket, error);
    } else {
      TRY(const HostPort address, parse_host_port(options_.listen));
      Tcp::resolver resolver(io_);
      const auto found =
          resolver.resolve(address.host, address.port, Tcp::resolver::passive, error);
      if (error) return fail(Errc::io, "listen " + options_.listen + ": " + error.message());
      const Tcp::endpoint endpoint = found.begin()->endpoint();
      listener_.open(endpoint.protocol(), error);
      if (!error) listener_.set_option(Acceptor_::reuse_address(true), error);
      if (!error) listener_.bind(endpoint, error);
      if (!error) listener_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) return fail(Errc::io, "listen " + options_.listen + ": " + error.message());
    const auto bound = listener_.local_endpoint(error);
    if (error) return fail(Errc::io, "listen " + options_.listen + ": " + error.message());
    const std::string host = bound.address().to_string();
    address_ =
        (bound.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(bound.port());
    return {};
  }

  // A peer whose stored log is damaged is not followed, and said; the others are.
  void start_followers() {
    const auto current = membership();
    std::vector<PeerStatus> unfollowed;
    const auto acceptor =
        std::make_shared<const Acceptor>(current, *options_.catalogue, options_.plan);
    for (const Member& member : current->roster().roster().members) {
      const VerifiedKeySet* keyset = current->keyset(member.id);
      if (member.id == options_.member || keyset == nullptr || followers_.contains(member.id))
        continue;
      auto opened =
          Follower::open(*options_.shared, acceptor, *options_.clock, *options_.random, member.id);
      if (!opened) {
        log(LogLevel::error, "peer",
            {{"member", member.id}, {"state", "damaged"}, {"reason", opened.error().text()}});
        unfollowed.push_back(damaged(member.id, opened.error()));
        continue;
      }
      std::shared_ptr<Follower> follower = std::move(*opened);
      {
        const std::lock_guard lock(mutex_);
        followers_.emplace(member.id, follower);
      }
      asio::co_spawn(io_.get_executor(),
                     follow(follower, keyset->keys(Role::tls), keyset->key_set().endpoints),
                     [](std::exception_ptr e) { log_end("follower", e); });
    }
    const std::lock_guard lock(mutex_);
    unfollowed_ = std::move(unfollowed);
  }

  static PeerStatus damaged(const std::string& member, const Error& error) {
    PeerStatus status;
    status.member = member;
    status.state = "damaged";
    status.reason = error.text() + "; see the runbook";
    return status;
  }

  void cut() {
    stopping_ = true;
    error_code ignored;
    listener_.close(ignored);
    waiters_.wake();
    for (const auto* cut_one : cuttable_) (*cut_one)();
    // A name look-up in progress cannot be interrupted; it does not hold the process up.
    last_.expires_after(ms(kDrainMs));
    last_.async_wait([this](const error_code&) { io_.stop(); });
  }

  // `shown`: where the timer is to be found meanwhile, for somebody who may end the pause.
  Task<void> pause(int milliseconds, Timer** shown = nullptr) {
    Timer timer(io_.get_executor());
    const Cuttable cuttable(cuttable_, [&timer] { timer.cancel(); });
    timer.expires_after(ms(milliseconds));
    if (shown != nullptr) *shown = &timer;
    error_code ignored;
    co_await timer.async_wait(asio::redirect_error(kAwait, ignored));
    if (shown != nullptr) *shown = nullptr;
  }

  Task<void> follow(std::shared_ptr<Follower> follower, std::vector<PublicKey> pins,
                    std::vector<std::string> endpoints) {
    PeerClient client(io_.get_executor(), *options_.tls_key, std::move(pins), std::move(endpoints));
    const Cuttable cuttable(cuttable_, [&client] { client.abort(); });
    Said said;
    while (!stopping_) {
      const auto step = follower->next();
      if (const auto* wait = std::get_if<Pause>(&step)) {
        co_await pause(wait->milliseconds, &pauses_[follower->member()]);
        continue;
      }
      auto reply = co_await client.ask(std::get<PeerRequest>(step));
      if (stopping_) co_return;
      if (!follower->answer(std::move(reply))) client.reconnect();
      say(said, follower->status());
    }
  }

  // Behind a partition the first that gets through tells the other so.
  void was_reached_by(const std::string& member) {
    const auto follower = followers_.find(member);
    if (follower == followers_.end() || !follower->second->reached()) return;
    if (Timer* pause = pauses_[member]) pause->cancel();
  }

  // What was last said of a peer. One that goes to and fro is said once in a while, as it is then,
  // so that it cannot fill a disk.
  struct Said {
    std::string what;
    std::int64_t again_after_ms = 0;
  };
  void say(Said& said, const PeerStatus& status) const {
    std::string what = status.state + " " + status.reason;
    const std::int64_t now = options_.clock->steady_ms();
    if (what == said.what || now < said.again_after_ms) return;
    said = {std::move(what), now + kSayPeerEveryMs};
    log(LogLevel::info, "peer",
        {{"member", status.member}, {"state", status.state}, {"reason", status.reason}});
  }

  Task<void> accept_loop() {
    while (!stopping_) {
      error_code error;
      Socket socket = co_await listener_.async_accept(asio::redirect_error(kAwait, error));
      if (error) {
        // Out of descriptors or a connection that was gone already: go on after a breath.
        co_await pause(kAcceptPauseMs);
        continue;
      }
      if (connections_ >= kPeerConnectionsMax) continue;  // closes the socket
      asio::co_spawn(io_.get_executor(), session(std::move(socket)),
                     [](std::exception_ptr e) { log_end("peer connection", e); });
    }
  }

  // Whose pin is gone is cut off at once; a long-poll finds out when it wakes (PROTOCOL 8).
  void close_removed() {
    for (const OpenSession& session : sessions_) {
      if (!member_of(session.key)) session.stream->close();
    }
    waiters_.wake();
  }

  void say_refused(const std::string& why) {
    ++refused_;
    const std::int64_t now = options_.clock->steady_ms();
    if (now < say_refused_after_ms_) return;
    log(LogLevel::info, "callers_refused", {{"count", std::to_string(refused_)}, {"last", why}});
    say_refused_after_ms_ = now + kRefusedEveryMs;
  }

  Task<void> session(Socket socket) {
    const Count all(connections_);
    TlsStream stream(TcpStream(std::move(socket)), server_context_.get());
    const Cuttable cuttable(cuttable_, [&stream] { stream.next_layer().close(); });
    error_code error;
    stream.next_layer().socket().set_option(Tcp::no_delay(true), error);
    give_up_on_silence(stream.next_layer().socket());
    stream.next_layer().expires_after(ms(kHandshakeTimeoutMs));
    {
      const auto remote = stream.next_layer().socket().remote_endpoint(error);
      const Handshakes::Place place(handshakes_, network_of(remote.address()),
                                    [&stream] { stream.next_layer().close(); });
      co_await stream.async_handshake(asio::ssl::stream_base::server,
                                      asio::redirect_error(kAwait, error));
    }
    if (error) {
      say_refused(error.message());
      co_return;
    }
    const auto key = peer_key(stream.native_handle());
    const auto member = key ? member_of(*key) : std::nullopt;
    if (!member) co_return;
    std::size_t& of_member = connections_of_[*member];
    if (of_member >= kConnectionsPerMemberMax) {
      say_refused(*member + " has " + std::to_string(of_member) + " connections already");
      co_return;
    }
    const Count theirs(of_member);
    was_reached_by(*member);
    const Listed listed(sessions_, {*key, &stream.next_layer()});
    const std::function<bool()> admitted = [this, &key] {
      return !stopping_ && member_of(*key).has_value();
    };
    const SessionParts parts{waiters_, counters_, admitted};
    co_await serve(stream, *member, service_, parts);
  }

  template <class Number>
  struct Count {
    Number& n;
    explicit Count(Number& counter) : n(counter) { ++n; }
    ~Count() { --n; }
  };

  // A connection of a member, listed for as long as it is served.
  struct OpenSession {
    PublicKey key;
    TcpStream* stream;
  };
  class Listed {
   public:
    Listed(std::list<OpenSession>& all, OpenSession session)
        : all_(all), place_(all.insert(all.end(), std::move(session))) {}
    ~Listed() { all_.erase(place_); }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

   private:
    std::list<OpenSession>& all_;
    const std::list<OpenSession>::iterator place_;
  };

  const PeerPortOptions options_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Membership> membership_;  // guarded by mutex_
  std::map<std::string, std::shared_ptr<Follower>>
      followers_;                       // written by the port's thread under mutex_
  std::vector<PeerStatus> unfollowed_;  // guarded by mutex_: their stored logs are damaged
  const PeerService service_;
  std::string address_;
  // Owned by the port's thread. Before io_, whose end destroys the coroutines that use them.
  HeadWaiters waiters_;
  std::atomic<std::size_t> connections_ = 0;
  std::map<std::string, std::size_t> connections_of_;
  Handshakes handshakes_;
  std::list<OpenSession> sessions_;
  std::atomic<std::uint64_t> refused_ = 0;
  SessionCounters counters_;
  std::atomic<std::uint64_t> asked_ = 0, answered_ = 0;  // signs of life
  std::int64_t say_refused_after_ms_ = 0;
  Cuttable::All cuttable_;
  std::map<std::string, Timer*> pauses_;  // of followers, while they last
  bool stopping_ = false;
  asio::io_context io_{1};
  Timer last_{io_.get_executor()};
  TlsContext server_context_;
  Acceptor_ listener_;
  std::thread thread_;
};

Result<std::unique_ptr<PeerPort>> PeerPort::start(PeerPortOptions options,
                                                  std::shared_ptr<const Membership> membership) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(membership));
  TRY_VOID(impl->start());
  return std::unique_ptr<PeerPort>(new PeerPort(std::move(impl)));
}

PeerPort::PeerPort(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PeerPort::~PeerPort() = default;
void PeerPort::use(std::shared_ptr<const Membership> membership) {
  impl_->use(std::move(membership));
}
void PeerPort::head_changed() { impl_->head_changed(); }
std::vector<PeerStatus> PeerPort::peers() const { return impl_->peers(); }
PortCounters PeerPort::counters() const { return impl_->counters(); }
bool PeerPort::alive() { return impl_->alive(); }
std::string PeerPort::address() const { return impl_->address(); }

}  // namespace regions
