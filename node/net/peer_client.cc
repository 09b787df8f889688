#include "node/net/peer_client.h"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "node/base/limits.h"
#include "node/net/silence.h"

namespace regions::net {
namespace {

namespace http = beast::http;

Error transport_error(const error_code& error, std::string_view what) {
  if (error == beast::error::timeout) return fail(Errc::timed_out, std::string(what));
  if (error.category() == asio::error::get_ssl_category()) {
    return fail(Errc::untrusted, std::string(what) + ": TLS: " + error.message());
  }
  if (error == http::error::body_limit || error == http::error::header_limit) {
    return fail(Errc::too_large, std::string(what) + ": answer passes its limit");
  }
  return fail(Errc::io, std::string(what) + ": " + error.message());
}

std::chrono::milliseconds ms(int count) { return std::chrono::milliseconds(count); }

}  // namespace

PeerClient::PeerClient(Executor executor, const PrivateKey& tls_key, std::vector<PublicKey> pins,
                       std::vector<std::string> endpoints)
    : executor_(executor),
      context_(TlsContext::Side::client, tls_key,
               [pins = std::move(pins)](const PublicKey& key) {
                 return std::find(pins.begin(), pins.end(), key) != pins.end();
               }),
      resolver_(executor),
      endpoints_(std::move(endpoints)),
      buffer_(kHttpBufferBytesMax) {}

void PeerClient::abort() {
  resolver_.cancel();
  if (stream_) stream_->next_layer().close();
}

void PeerClient::close() {
  if (stream_) stream_->next_layer().close();
  stream_.reset();
  buffer_.clear();
}

// Look-ups of names wait for each other, so that somebody's slow name server is felt by all; what
// is an address already waits for nobody.
Task<PeerClient::Addresses> PeerClient::look_up(const HostPort& wanted, error_code& error) {
  const auto literal = asio::ip::make_address(wanted.host, error);
  const auto port = parse_decimal(wanted.port);
  if (!error && port && *port <= UINT16_MAX) {
    const Tcp::endpoint endpoint(literal, static_cast<std::uint16_t>(*port));
    co_return Addresses::create(endpoint, wanted.host, wanted.port);
  }
  co_return co_await resolver_.async_resolve(wanted.host, wanted.port,
                                             asio::redirect_error(kAwait, error));
}

Task<Result<void>> PeerClient::connect() {
  const std::string endpoint = endpoints_[next_endpoint_++ % endpoints_.size()];
  const auto address = parse_host_port(endpoint);
  if (!address) co_return address.error();
  error_code error;
  const Addresses found = co_await look_up(*address, error);
  if (error) co_return transport_error(error, "resolve " + endpoint);
  stream_.emplace(TcpStream(executor_), context_.get());
  stream_->next_layer().expires_after(ms(kHandshakeTimeoutMs));
  co_await stream_->next_layer().async_connect(found, asio::redirect_error(kAwait, error));
  // Never timed_out: who is not there at all is dialled again sooner than who is slow.
  if (error) co_return fail(Errc::io, "connect " + endpoint + ": " + error.message());
  stream_->next_layer().socket().set_option(Tcp::no_delay(true), error);
  give_up_on_silence(stream_->next_layer().socket());
  co_await stream_->async_handshake(asio::ssl::stream_base::client,
                                    asio::redirect_error(kAwait, error));
  if (error) co_return transport_error(error, "handshake with " + endpoint);
  co_return Result<void>();
}

Task<Result<PeerReply>> PeerClient::ask(const PeerRequest& request) {
  if (!stream_) {
    auto connected = co_await connect();
    if (!connected) {
      close();
      co_return connected.error();
    }
  }
  error_code error;
  http::request<http::string_body> message(http::string_to_verb(request.method), request.target,
                                           11);
  message.set(http::field::host, "peer");
  message.body() = request.body;
  message.prepare_payload();
  stream_->next_layer().expires_after(ms(request.timeout_ms));
  co_await http::async_write(*stream_, message, asio::redirect_error(kAwait, error));
  http::response_parser<http::string_body> parser;
  parser.header_limit(kHttpHeaderBytesMax);
  parser.body_limit(request.answer_bytes_max);
  if (!error)
    co_await http::async_read(*stream_, buffer_, parser, asio::redirect_error(kAwait, error));
  if (error) {
    close();
    co_return transport_error(error, request.method + " " + request.target);
  }
  auto response = parser.release();
  PeerReply reply{response.result_int(), std::move(response.body())};
  if (!response.keep_alive()) close();
  co_return reply;
}

}  // namespace regions::net
