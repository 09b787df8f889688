// Bytes, fixed-size digests, hex and big-endian integers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "protocol/base/result.h"

namespace regions {

// Bytes are std::string throughout: what RocksDB, Protocol Buffers and HTTP bodies already are.
using Bytes = std::string;
using ByteView = std::string_view;

// A 32-byte value: SHA-256 digest, federation id, blind.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  auto operator<=>(const Digest&) const = default;
  ByteView view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  std::string hex() const;
  bool is_zero() const { return *this == Digest{}; }

  // Exactly 32 bytes, else malformed. `what` names the field in the error.
  static Result<Digest> from_bytes(ByteView bytes, std::string_view what);
  // Exactly 64 lowercase hex digits, else malformed.
  static Result<Digest> from_hex(std::string_view hex, std::string_view what);
};

// Lowercase hex of any length.
std::string to_hex(ByteView bytes);
// Lowercase hex only, even length, else malformed.
Result<Bytes> from_hex(std::string_view hex);

// Big-endian integers, appended or read. The reader's caller has checked the length.
void append_u16(Bytes& out, std::uint16_t value);
void append_u32(Bytes& out, std::uint32_t value);
void append_u64(Bytes& out, std::uint64_t value);
std::uint16_t read_u16(ByteView bytes);
std::uint32_t read_u32(ByteView bytes);
std::uint64_t read_u64(ByteView bytes);

// RFC 3629: no overlong form, no surrogate, at most U+10FFFF.
bool is_valid_utf8(ByteView text);

// Decimal, ASCII, no sign, no leading zero ("0" alone for zero), fits 64 bits; else malformed.
Result<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace regions
