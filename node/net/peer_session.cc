#include "node/net/peer_session.h"

#include <sys/socket.h>

#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "node/base/limits.h"

namespace regions::net {
namespace {

namespace http = beast::http;

std::chrono::milliseconds ms(int count) { return std::chrono::milliseconds(count); }

http::response<http::string_body> to_http(PeerAnswer answer, bool keep_alive) {
  http::response<http::string_body> response(static_cast<http::status>(answer.status), 11);
  response.set(http::field::content_type, answer.content_type);
  response.keep_alive(keep_alive);
  response.body() = std::move(answer.body);
  response.prepare_payload();
  return response;
}

// Cancels the timer when the caller hangs up or sends more. The handler may run after the timer is
// gone, which `waiting` then says, and for what was read long ago, which is no news.
void watch(Socket& socket, const std::shared_ptr<Timer*>& waiting) {
  socket.async_wait(Socket::wait_read, [&socket, waiting](const error_code& error) {
    if (error || *waiting == nullptr) return;
    char byte = 0;
    const ssize_t found = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (found < 0 && (errno == EAGAIN || errno == EINTR)) return watch(socket, waiting);
    (*waiting)->cancel();
  });
}

}  // namespace

Task<void> HeadWaiters::wait(Socket& socket, int milliseconds) {
  Timer timer(socket.get_executor());
  timer.expires_after(ms(milliseconds));
  timers_.insert(&timer);
  // Who hung up waits no longer: a node that restarts again and again would else fill its places
  // with connections that nobody holds.
  const auto waiting = std::make_shared<Timer*>(&timer);
  watch(socket, waiting);
  error_code ignored;
  co_await timer.async_wait(asio::redirect_error(kAwait, ignored));
  *waiting = nullptr;
  timers_.erase(&timer);
  socket.cancel(ignored);
}

void HeadWaiters::wake() {
  for (Timer* timer : timers_) timer->cancel();
}

Task<void> serve(TlsStream& stream, const std::string& member, const PeerService& service,
                 SessionParts parts) {
  // Bounded: chunk extensions and trailers count towards no limit of the parser.
  beast::flat_buffer buffer{kHttpBufferBytesMax};
  for (;;) {
    error_code error;
    http::request_parser<http::string_body> parser;
    parser.header_limit(kHttpHeaderBytesMax);
    parser.body_limit(kPeerRequestBytesMax);
    stream.next_layer().expires_after(ms(kIdleTimeoutMs));
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(kAwait, error));
    if (error) co_return;
    auto request = parser.release();
    const bool keep_alive = request.keep_alive();
    const PeerCall call{std::string(request.method_string()), std::string(request.target()),
                        std::move(request.body())};
    if (const auto size = PeerService::long_poll_size(call); size && service.head_size() <= *size) {
      stream.next_layer().expires_never();
      co_await parts.waiters.wait(stream.next_layer().socket(), kLongPollMs);
    }
    if (!parts.admitted()) co_return;
    const auto response = to_http(service.answer(member, call), keep_alive);
    ++parts.counters.requests;
    parts.counters.answer_bytes += response.body().size();
    stream.next_layer().expires_after(ms(kRequestTimeoutMs));
    co_await http::async_write(stream, response, asio::redirect_error(kAwait, error));
    if (error || !keep_alive) co_return;
  }
}

}  // namespace regions::net
