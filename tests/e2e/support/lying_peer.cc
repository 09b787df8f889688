#include "tests/e2e/support/lying_peer.h"

#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ssl.hpp>

#include "node/base/home.h"
#include "protocol/base/bytes.h"
#include "protocol/base/check.h"

namespace regions {
namespace {

constexpr int kBreathMs = 50;

PrivateKey tls_key(const std::filesystem::path& home) {
  auto key = Home(home).load_key(Role::tls);
  CHECK(key);
  return std::move(*key);
}

std::string http(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

// True when there is something to read before `stopping`.
bool readable(int descriptor, const std::atomic<bool>& stopping) {
  while (!stopping) {
    pollfd wanted{descriptor, POLLIN, 0};
    if (::poll(&wanted, 1, kBreathMs) > 0) return true;
  }
  return false;
}

// The value of Content-Length, 0 without one.
std::size_t body_size(const std::string& head) {
  const std::string name = "Content-Length: ";
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

}  // namespace

LyingPeer::LyingPeer(int listener, const std::filesystem::path& home, std::filesystem::path folder)
    : listener_(listener),
      folder_(std::move(folder)),
      context_(TlsContext::Side::server, tls_key(home), [](const PublicKey&) { return true; }),
      thread_([this] { accept_loop(); }) {}

LyingPeer::~LyingPeer() {
  stopping_ = true;
  thread_.join();
}

void LyingPeer::accept_loop() {
  std::vector<std::jthread> connections;
  while (readable(listener_, stopping_)) {
    const int descriptor = ::accept(listener_, nullptr, nullptr);
    if (descriptor < 0) continue;
    const timeval limit{5, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connections.emplace_back([this, descriptor] {
      serve(descriptor);
      ::close(descriptor);
    });
  }
}

void LyingPeer::serve(int descriptor) {
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get().native_handle()),
                                                      SSL_free);
  SSL_set_fd(ssl.get(), descriptor);
  if (SSL_accept(ssl.get()) != 1) return;
  std::string buffer;
  for (;;) {
    const std::size_t end = buffer.find("\r\n\r\n");
    const std::string head = buffer.substr(0, end);
    if (end != std::string::npos && buffer.size() >= end + 4 + body_size(head)) {
      const std::string body = buffer.substr(end + 4, body_size(head));
      buffer.erase(0, end + 4 + body.size());
      const std::size_t blank = head.find(' ');
      const std::string target = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
      const std::string reply = answer(head.substr(0, blank), target, body);
      ++requests_;
      if (SSL_write(ssl.get(), reply.data(), static_cast<int>(reply.size())) <= 0) return;
      continue;
    }
    if (SSL_pending(ssl.get()) == 0 && !readable(descriptor, stopping_)) return;
    char piece[4096];
    const int got = SSL_read(ssl.get(), piece, sizeof piece);
    if (got <= 0) return;
    buffer.append(piece, static_cast<std::size_t>(got));
  }
}

// Long-polls are answered at once: a follower must bear that.
std::string LyingPeer::answer(const std::string& method, std::string target,
                              const std::string& body) const {
  target = target.substr(0, target.find('?'));
  if (method == "GET") {
    const auto file = folder_ / target.substr(1);
    if (!std::filesystem::is_regular_file(file)) return http("404 Not Found", "");
    return http("200 OK", read_text(file));
  }
  std::string envelopes;
  for (std::size_t at = 0; at + 32 <= body.size(); at += 32) {
    const std::string text =
        read_text(folder_ / "envelope" / (to_hex(std::string_view(body).substr(at, 32)) + ".dsse"));
    append_u32(envelopes, static_cast<std::uint32_t>(text.size()));
    envelopes += text;
  }
  return http("200 OK", envelopes);
}

}  // namespace regions
