#include "protocol/base/bytes.h"

#include <charconv>

namespace regions {
namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

template <class Integer>
void append_be(Bytes& out, Integer value) {
  for (int shift = (sizeof(Integer) - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

template <class Integer>
Integer read_be(ByteView bytes) {
  CHECK(bytes.size() >= sizeof(Integer));
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    value = static_cast<Integer>((value << 8) | static_cast<std::uint8_t>(bytes[i]));
  }
  return value;
}

// Length of the UTF-8 sequence that starts with `lead`, and the smallest code point it may carry.
struct Sequence {
  std::size_t length;
  std::uint32_t least;
};

Sequence sequence_of(std::uint8_t lead) {
  if (lead < 0x80) return {1, 0};
  if ((lead & 0xe0) == 0xc0) return {2, 0x80};
  if ((lead & 0xf0) == 0xe0) return {3, 0x800};
  if ((lead & 0xf8) == 0xf0) return {4, 0x10000};
  return {0, 0};
}

}  // namespace

std::string to_hex(ByteView bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (unsigned char c : bytes) {
    out.push_back(kDigits[c >> 4]);
    out.push_back(kDigits[c & 15]);
  }
  return out;
}

Result<Bytes> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return fail(Errc::malformed, "hex of odd length");
  Bytes out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = nibble(hex[i]), low = nibble(hex[i + 1]);
    if (high < 0 || low < 0) return fail(Errc::malformed, "not lowercase hex");
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

std::string Digest::hex() const { return to_hex(view()); }

Result<Digest> Digest::from_bytes(ByteView bytes, std::string_view what) {
  if (bytes.size() != 32) {
    return fail(Errc::malformed,
                std::string(what) + ": " + std::to_string(bytes.size()) + " bytes, 32 expected");
  }
  Digest digest;
  std::memcpy(digest.bytes.data(), bytes.data(), 32);
  return digest;
}

Result<Digest> Digest::from_hex(std::string_view hex, std::string_view what) {
  auto bytes = regions::from_hex(hex);
  if (!bytes || bytes->size() != 32) {
    return fail(Errc::malformed, std::string(what) + ": 64 lowercase hex digits expected");
  }
  return from_bytes(*bytes, what);
}

void append_u16(Bytes& out, std::uint16_t value) { append_be(out, value); }
void append_u32(Bytes& out, std::uint32_t value) { append_be(out, value); }
void append_u64(Bytes& out, std::uint64_t value) { append_be(out, value); }
std::uint16_t read_u16(ByteView bytes) { return read_be<std::uint16_t>(bytes); }
std::uint32_t read_u32(ByteView bytes) { return read_be<std::uint32_t>(bytes); }
std::uint64_t read_u64(ByteView bytes) { return read_be<std::uint64_t>(bytes); }

bool is_valid_utf8(ByteView text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    const auto [length, least] = sequence_of(lead);
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0xffu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<std::uint8_t>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
    i += length;
  }
  return true;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool leading_zero = text.size() > 1 && text[0] == '0';
  if (error != std::errc{} || end != text.data() + text.size() || leading_zero) {
    return fail(Errc::malformed, "not a decimal number");
  }
  return value;
}

}  // namespace regions
