#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <vector>

#include "node/base/limits.h"
#include "node/net/local_address.h"
#include "node/net/local_socket.h"

namespace regions {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Stream = asio::local::stream_protocol::socket;

constexpr std::size_t kPieceBytes = 64 * 1024;

Error socket_error(const error_code& error, std::string_view what) {
  return fail(Errc::io, "operator socket: " + std::string(what) + ": " + error.message());
}

// Sends the request with its body in chunks. A server that has heard enough answers early and stops
// reading; that is not an error here, its answer tells.
Result<void> send(Stream& stream, const LocalRequest& request) {
  http::request<http::empty_body> header(http::string_to_verb(request.method), request.target, 11);
  header.set(http::field::host, "regiond");
  header.chunked(static_cast<bool>(request.body));
  http::request_serializer<http::empty_body> serializer(header);
  error_code error;
  http::write_header(stream, serializer, error);
  if (error || !request.body) return {};
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    TRY(const std::size_t size, request.body(piece.data(), piece.size()));
    if (size == 0) break;
    asio::write(stream, http::make_chunk(asio::buffer(piece.data(), size)), error);
    if (error) return {};
  }
  asio::write(stream, http::make_chunk_last(), error);
  return {};
}

Result<unsigned> receive(Stream& stream, const BodyWriter& on_body) {
  boost::beast::flat_buffer buffer{kHttpBufferBytesMax};
  http::response_parser<http::buffer_body> parser;
  parser.header_limit(kHttpHeaderBytesMax);
  parser.body_limit(boost::none);
  error_code error;
  http::read_header(stream, buffer, parser, error);
  if (error) return socket_error(error, "regiond closed the connection");
  std::vector<char> piece(kPieceBytes);
  while (!parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    http::read(stream, buffer, parser, error);
    if (error && error != http::error::need_buffer) return socket_error(error, "receive");
    const std::size_t got = piece.size() - parser.get().body().size;
    if (got > 0) TRY_VOID(on_body({piece.data(), got}));
  }
  return parser.get().result_int();
}

}  // namespace

Result<unsigned> local_request(const std::filesystem::path& socket, const LocalRequest& request,
                               const BodyWriter& on_body) {
  TRY(const auto address, net::LocalAddress::of(socket));
  asio::io_context io;
  Stream stream(io);
  error_code error;
  stream.connect(address.endpoint(), error);
  if (error) return fail(Errc::not_found, socket.string() + ": " + error.message());
  TRY_VOID(send(stream, request));
  return receive(stream, on_body);
}

}  // namespace regions
