// One TLS connection of a test that may break any rule: blocking, each read with a deadline.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "node/net/tls.h"

namespace regions {

class Channel {
 public:
  // Takes over the connected socket; no handshake yet.
  explicit Channel(int fd) : fd_(fd) {}
  Channel(Channel&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), ssl_(std::move(other.ssl_)) {}
  Channel& operator=(Channel&&) = delete;
  ~Channel();

  // A TCP connection to loopback, from 127.0.0.`host`.
  static Channel to(int port, int host = 1);
  // Whether the other side agreed, as far as this side can know before it reads.
  bool handshake(SSL_CTX* context, bool server);

  bool send(std::string_view bytes);
  bool send_plain(std::string_view bytes);  // without TLS, whatever was agreed
  // What comes within `limit_ms`; empty: the end, or nothing came.
  std::string read_some(int limit_ms);
  // Reads until the other side closes, at most `limit_ms` in all; `closed` says whether it did.
  std::string read_to_end(int limit_ms, bool& closed);
  // True when the other side closes within `limit_ms`; what it sends until then is dropped.
  bool closes_within(int limit_ms);
  int fd() const { return fd_; }
  SSL* ssl() const { return ssl_.get(); }
  void shut();  // from another thread: wakes whoever reads

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  int fd_;
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace regions
