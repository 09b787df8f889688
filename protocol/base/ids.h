// Identifiers that both wings and every document share: federation name, member id, log origin.
#pragma once

#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace regions {

// [a-z0-9.-]{1,63}, else malformed.
Result<void> check_federation_name(std::string_view name);

// [A-Z0-9]{2,8}, else malformed.
Result<void> check_member_id(std::string_view id);

// The first 16 hex digits of the federation id.
std::string short_id(const Digest& federation);

// "<federation name>-<short id>/<member id>/<epoch>": log origin and log key name (PROTOCOL 4).
std::string log_origin(std::string_view federation_name, const Digest& federation,
                       std::string_view member, unsigned epoch);

}  // namespace regions
