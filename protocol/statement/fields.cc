#include "protocol/statement/fields.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace regions {
namespace {

Error bad(std::string_view what, std::string_view why) {
  return fail(Errc::malformed, std::string(what) + ": " + std::string(why));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_code_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == '-';
}

}  // namespace

Result<void> check_code(std::string_view code, std::string_view what) {
  if (code.size() > kCodeBytesMax) {
    return fail(Errc::too_large, std::string(what) + ": over 64 characters");
  }
  if (code.empty() || !std::all_of(code.begin(), code.end(), is_code_character)) {
    return bad(what, "[A-Za-z0-9_.-] expected");
  }
  return {};
}

Result<void> check_minute(std::uint64_t time, std::string_view what) {
  constexpr std::uint64_t kMinute = 60;
  if (time == 0 || time > kTimeMax || time % kMinute != 0) {
    return bad(what, "POSIX seconds, a multiple of 60, expected");
  }
  return {};
}

Result<void> check_not_zero(const Digest& digest, std::string_view what) {
  if (digest.is_zero()) return bad(what, "all zero");
  return {};
}

Result<Digest> required_digest(ByteView bytes, std::string_view what) {
  TRY(const Digest digest, Digest::from_bytes(bytes, what));
  TRY_VOID(check_not_zero(digest, what));
  return digest;
}

Result<void> check_nuts_version(std::string_view version, std::string_view what) {
  constexpr std::size_t kDigits = 4;
  if (version.size() != kDigits || !std::all_of(version.begin(), version.end(), is_digit)) {
    return bad(what, "four digits expected");
  }
  return {};
}

}  // namespace regions
