#include "protocol/base/ids.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace regions {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<void> check_federation_name(std::string_view name) {
  const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-';
  });
  if (name.empty() || name.size() > kFederationNameBytesMax || !letters) {
    return fail(Errc::malformed, "federation name: [a-z0-9.-], 1 to 63 characters expected");
  }
  return {};
}

Result<void> check_member_id(std::string_view id) {
  const bool letters = std::all_of(id.begin(), id.end(),
                                   [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); });
  if (id.size() < 2 || id.size() > kMemberIdBytesMax || !letters) {
    return fail(Errc::malformed, "member id: [A-Z0-9], 2 to 8 characters expected");
  }
  return {};
}

std::string short_id(const Digest& federation) { return federation.hex().substr(0, 16); }

std::string log_origin(std::string_view federation_name, const Digest& federation,
                       std::string_view member, unsigned epoch) {
  std::string origin(federation_name);
  origin += '-' + short_id(federation) + '/';
  origin += member;
  origin += '/' + std::to_string(epoch);
  return origin;
}

}  // namespace regions
