#include "node/net/peer_session.h"

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

}  // namespace

Task<void> HeadWaiters::wait(Executor executor, int milliseconds) {
  Timer timer(executor);
  timer.expires_after(ms(milliseconds));
  timers_.insert(&timer);
  error_code cancelled;
  co_await timer.async_wait(asio::redirect_error(kAwait, cancelled));
  timers_.erase(&timer);
}

void HeadWaiters::wake() {
  for (Timer* timer : timers_) timer->cancel();
}

Task<void> serve(TlsStream& stream, const std::string& member, const PeerService& service,
                 SessionParts parts) {
  // Bounded: chunk extensions and trailers count towards no limit of the parser.
  beast::flat_buffer buffer{kHttpBufferBytesMax};
  const Executor executor = stream.get_executor();
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
      co_await parts.waiters.wait(executor, kLongPollMs);
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
