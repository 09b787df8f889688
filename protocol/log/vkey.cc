// Names and verifier keys of signed notes (note.h).
#include <algorithm>
#include <array>

#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"
#include "protocol/crypto/sha256.h"
#include "protocol/log/note.h"

namespace regions {
namespace {

constexpr std::size_t kIdDigits = 8;

// Unicode's White_Space beyond ASCII, in UTF-8 (PropList.txt); ASCII's own is below.
constexpr std::array<std::string_view, 19> kSpaces = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

bool has_space(std::string_view name) {
  return std::any_of(kSpaces.begin(), kSpaces.end(), [&](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  });
}

// What the key id is over and what a vkey carries: type byte and key.
Bytes typed(const PublicKey& key) { return static_cast<char>(key.algorithm) + key.bytes; }

std::string id_hex(std::uint32_t id) {
  Bytes bytes;
  append_u32(bytes, id);
  return to_hex(bytes);
}

}  // namespace

std::uint32_t VerifierKey::id() const { return read_u32(sha256({name, "\n", typed(key)}).view()); }

Result<void> check_key_name(std::string_view name) {
  const bool forbidden =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c <= 0x20 || c == '+'; });
  if (name.empty() || name.size() > kNameBytesMax || forbidden || !is_valid_utf8(name) ||
      has_space(name)) {
    return fail(Errc::malformed, "key name: 1 to 255 bytes without space or '+' expected");
  }
  return {};
}

std::string encode_vkey(const VerifierKey& key) {
  return key.name + "+" + id_hex(key.id()) + "+" + base64_encode(typed(key.key));
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  const auto malformed = [](std::string what) {
    return fail(Errc::malformed, "vkey: " + std::move(what));
  };
  if (text.size() > kNameBytesMax + kIdDigits + kKeyBytesMax * 2) {
    return fail(Errc::too_large, "vkey");
  }
  const std::size_t first = text.find('+');
  // Base64 may hold a '+' of its own: only the first two divide.
  const std::size_t second = text.find('+', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return malformed("name+id+key expected");
  }
  TRY_VOID(check_key_name(text.substr(0, first)));
  auto payload = base64_decode(text.substr(second + 1));
  if (!payload || payload->empty()) return malformed("key is not base64");
  if ((*payload)[0] != static_cast<char>(Algorithm::ed25519)) {
    return fail(Errc::unsupported, "vkey: signature type");
  }
  VerifierKey key{std::string(text.substr(0, first)), {Algorithm::ed25519, payload->substr(1)}};
  if (text.substr(first + 1, second - first - 1) != id_hex(key.id())) {
    return malformed("the id is not that of the key");
  }
  TRY_VOID(check_admissible(key.key));
  return key;
}

}  // namespace regions
