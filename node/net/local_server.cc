#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <list>
#include <mutex>
#include <thread>

#include "node/base/limits.h"
#include "node/base/log.h"
#include "node/net/local_address.h"
#include "node/net/local_socket.h"

namespace regions {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Protocol = asio::local::stream_protocol;
using Stream = Protocol::socket;

constexpr std::string_view kTooMany =
    "{\"error\":{\"code\":\"busy\",\"message\":\"operator socket: as many commands are under way "
    "as "
    "the node takes; wait until one has ended\"}}\n";

Error socket_error(const error_code& error) {
  return fail(Errc::io, "operator socket: " + error.message());
}

class Responder final : public LocalResponder {
 public:
  explicit Responder(Stream& stream) : stream_(stream) {}

  Result<void> begin(unsigned status, std::string_view content_type) override {
    CHECK(!begun_);
    begun_ = true;
    http::response<http::empty_body> header(static_cast<http::status>(status), 11);
    header.set(http::field::content_type, content_type);
    header.chunked(true);
    header.keep_alive(false);
    http::response_serializer<http::empty_body> serializer(header);
    error_code error;
    http::write_header(stream_, serializer, error);
    if (error) return socket_error(error);
    return {};
  }

  Result<void> write(std::string_view piece) override {
    CHECK(begun_);
    if (piece.empty()) return {};
    error_code error;
    asio::write(stream_, http::make_chunk(asio::buffer(piece)), error);
    if (error) return socket_error(error);
    return {};
  }

  bool begun() const override { return begun_; }

  // To a caller that is not served, and not waited for.
  void decline(std::string_view body) {
    if (begin(503, "application/json")) (void)write(body);
    finish();
  }

  void finish() {
    error_code ignored;
    if (begun_) asio::write(stream_, http::make_chunk_last(), ignored);
  }

 private:
  Stream& stream_;
  bool begun_ = false;
};

// Only the user that owns this process, or root, may speak here; the file's mode says so too.
std::optional<Caller> owner_at(Stream& stream) {
  ucred peer{};
  socklen_t length = sizeof peer;
  if (::getsockopt(stream.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return {};
  if (peer.uid != ::geteuid() && peer.uid != 0) return {};
  return Caller{peer.uid, peer.pid};
}

void serve(Stream& stream, const Caller& caller, const LocalHandler& handler) {
  boost::beast::flat_buffer buffer{kHttpBufferBytesMax};
  http::request_parser<http::buffer_body> parser;
  parser.header_limit(kHttpHeaderBytesMax);
  parser.body_limit(boost::none);  // an import streams; each handler bounds what it keeps
  error_code error;
  http::read_header(stream, buffer, parser, error);
  if (error) return;
  const auto read_body = [&](char* data, std::size_t size) -> Result<std::size_t> {
    std::size_t got = 0;
    while (got == 0 && !parser.is_done()) {
      parser.get().body().data = data;
      parser.get().body().size = size;
      error_code failed;
      http::read(stream, buffer, parser, failed);
      if (failed && failed != http::error::need_buffer) return socket_error(failed);
      got = size - parser.get().body().size;
    }
    return got;
  };
  LocalRequest request{std::string(parser.get().method_string()),
                       std::string(parser.get().target()), read_body, caller};
  Responder responder(stream);
  handler(request, responder);
  responder.finish();
}

}  // namespace

class LocalServer::Impl {
 public:
  explicit Impl(LocalHandler handler) : handler_(std::move(handler)), listener_(io_) {}

  Result<void> start(const std::filesystem::path& socket) {
    TRY(const auto address, net::LocalAddress::of(socket));
    ::unlink(socket.c_str());
    path_ = socket;
    error_code error;
    listener_.open(Protocol(), error);
    if (!error) listener_.bind(address.endpoint(), error);
    // Nobody can connect before listen(): the mode is set in time.
    if (!error && ::chmod(socket.c_str(), 0600) != 0)
      error.assign(errno, boost::system::system_category());
    if (!error) listener_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return fail(Errc::io, socket.string() + ": " + error.message());
    thread_ = std::thread([this] { accept_loop(); });
    return {};
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      // shutdown() wakes the blocking accept and reads; the threads close their own sockets.
      ::shutdown(listener_.native_handle(), SHUT_RDWR);
      for (Connection& connection : connections_) {
        ::shutdown(connection.stream.native_handle(), SHUT_RDWR);
      }
    }
    if (thread_.joinable()) thread_.join();
    for (Connection& connection : connections_) connection.thread.join();
    if (!path_.empty()) ::unlink(path_.c_str());
  }

 private:
  struct Connection {
    explicit Connection(Stream s) : stream(std::move(s)) {}
    Stream stream;
    std::thread thread;
    bool done = false;  // guarded by mutex_
  };

  void accept_loop() {
    for (;;) {
      Stream stream(io_);
      error_code error;
      listener_.accept(stream, error);
      reap();
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (error) {
        log(LogLevel::warning, "operator_socket", {{"reason", error.message()}});
        ::usleep(50'000);  // out of descriptors: go on after a breath
        continue;
      }
      const auto caller = owner_at(stream);
      if (!caller) continue;
      if (connections_.size() >= kOperatorConnectionsMax) {
        Responder(stream).decline(kTooMany);
        continue;
      }
      Connection& connection = connections_.emplace_back(std::move(stream));
      connection.thread = std::thread([this, &connection, caller = *caller] {
        try {
          serve(connection.stream, caller, handler_);
        } catch (const std::exception& e) {
          log(LogLevel::error, "operator_socket", {{"reason", e.what()}});
        }
        const std::lock_guard done_lock(mutex_);
        ::shutdown(connection.stream.native_handle(), SHUT_RDWR);
        connection.done = true;
      });
    }
  }

  void reap() {
    std::list<Connection> ended;
    {
      const std::lock_guard lock(mutex_);
      for (auto it = connections_.begin(); it != connections_.end();) {
        const auto next = std::next(it);
        if (it->done) ended.splice(ended.end(), connections_, it);
        it = next;
      }
    }
    for (Connection& connection : ended) connection.thread.join();
  }

  const LocalHandler handler_;
  std::filesystem::path path_;
  asio::io_context io_;
  Protocol::acceptor listener_;
  std::mutex mutex_;
  bool stopping_ = false;              // guarded by mutex_
  std::list<Connection> connections_;  // guarded by mutex_
  std::thread thread_;
};

Result<std::unique_ptr<LocalServer>> LocalServer::start(const std::filesystem::path& socket,
                                                        LocalHandler handler) {
  auto impl = std::make_unique<Impl>(std::move(handler));
  TRY_VOID(impl->start(socket));
  return std::unique_ptr<LocalServer>(new LocalServer(std::move(impl)));
}

LocalServer::LocalServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LocalServer::~LocalServer() = default;

}  // namespace regions
