// config.toml: which node this is. Every key is explained, with whom it trusts, in ops/CONFIG.md.
#pragma once

#include <string>

#include "protocol/base/bytes.h"

namespace regions {

// Name and version of the file's format.
inline constexpr std::string_view kConfigFormat = "regions4.config/1";

struct Config {
  std::string federation;  // federation name, [a-z0-9.-]{1,63}
  std::string member;      // member id, [A-Z0-9]{2,8}
  std::string listen;      // HOST:PORT of the peer port
};

// "HOST:PORT" taken apart; IPv6 hosts in brackets. invalid_input otherwise.
struct HostPort {
  std::string host;
  std::string port;
};
Result<HostPort> parse_host_port(std::string_view text);

// Strict: a missing key, an unknown one (with the nearest known), a wrong type or a newer format is
// refused. `name` is the file's name in errors.
Result<Config> parse_config(std::string_view toml, const std::string& name);
std::string encode_config(const Config& config);
// The rules of parse_config for values that were typed: invalid_input names the option.
Result<void> check_options(const Config& config);

}  // namespace regions
