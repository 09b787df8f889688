#include "tests/e2e/hostile/channel.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>

#include "protocol/base/check.h"

namespace regions {
namespace {

using Now = std::chrono::steady_clock;

int left_of(Now::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Now::now());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

}  // namespace

Channel::~Channel() {
  if (fd_ >= 0) ::close(fd_);
}

Channel Channel::to(int port, int host) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  CHECK(fd >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + static_cast<std::uint32_t>(host));
  CHECK(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  CHECK(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return Channel(fd);
}

bool Channel::handshake(SSL_CTX* context, bool server) {
  const timeval limit{10, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  ssl_.reset(SSL_new(context));
  SSL_set_fd(ssl_.get(), fd_);
  return (server ? SSL_accept(ssl_.get()) : SSL_connect(ssl_.get())) == 1;
}

bool Channel::send(std::string_view bytes) {
  return bytes.empty() || SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

bool Channel::send_plain(std::string_view bytes) {
  return ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

std::string Channel::read_some(int limit_ms) {
  if (!ssl_ || SSL_pending(ssl_.get()) == 0) {
    pollfd wanted{fd_, POLLIN, 0};
    if (::poll(&wanted, 1, limit_ms) <= 0) return "";
  }
  char piece[16 * 1024];
  const auto got = ssl_ ? static_cast<ssize_t>(SSL_read(ssl_.get(), piece, sizeof piece))
                        : ::recv(fd_, piece, sizeof piece, 0);
  return got <= 0 ? "" : std::string(piece, static_cast<std::size_t>(got));
}

std::string Channel::read_to_end(int limit_ms, bool& closed) {
  const auto until = Now::now() + std::chrono::milliseconds(limit_ms);
  std::string all;
  for (;;) {
    const std::string piece = read_some(left_of(until));
    if (piece.empty()) {
      closed = left_of(until) > 0;
      return all;
    }
    all += piece;
  }
}

bool Channel::closes_within(int limit_ms) {
  bool closed = false;
  (void)read_to_end(limit_ms, closed);
  return closed;
}

void Channel::shut() { ::shutdown(fd_, SHUT_RDWR); }

}  // namespace regions
