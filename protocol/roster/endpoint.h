// Where a node is reached, as key sets and configurations write it.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

struct Endpoint {
  std::string host;  // a name or an address; an IPv6 address without its brackets
  std::uint16_t port = 0;
};

// "host:port" or "[IPv6]:port": a lower-case name or address, a decimal port from 1 to 65535, at
// most 255 bytes; else malformed. One spelling per endpoint.
Result<Endpoint> parse_endpoint(std::string_view text);
Result<void> check_endpoint(std::string_view text);

}  // namespace regions
