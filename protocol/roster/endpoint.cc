#include "protocol/roster/endpoint.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace regions {
namespace {

bool only(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  const auto bad = [] {
    return fail(Errc::malformed,
                "endpoint: host:port expected, lower case, such as "
                "node.example.eu:7443 or [2001:db8::1]:7443");
  };
  constexpr std::uint64_t kPortMax = 65535;
  const std::size_t colon = text.rfind(':');
  if (text.size() > kNameBytesMax || colon == std::string_view::npos) return bad();
  std::string_view host = text.substr(0, colon);
  const auto port = parse_decimal(text.substr(colon + 1));
  if (!port || *port == 0 || *port > kPortMax) return bad();
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (!only(host, "0123456789abcdef:.") || host.find(':') == std::string_view::npos) return bad();
  } else if (!only(host, "abcdefghijklmnopqrstuvwxyz0123456789.-")) {
    return bad();
  }
  return Endpoint{std::string(host), static_cast<std::uint16_t>(*port)};
}

Result<void> check_endpoint(std::string_view text) {
  TRY_VOID(parse_endpoint(text));
  return {};
}

}  // namespace regions
