// Hand-made protobuf bytes: the lax forms that a strict reader must refuse.
#pragma once

#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

inline Bytes varint(std::uint64_t value) {
  Bytes out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>((value & 0x7f) | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}

inline Bytes varint_field(unsigned number, std::uint64_t value) {
  return varint(number << 3) + varint(value);
}

inline Bytes bytes_field(unsigned number, ByteView content) {
  return varint(number << 3 | 2) + varint(content.size()) + Bytes(content);
}

// A message cut into its top-level fields, tag included. The bytes are known to be well-formed.
inline std::vector<Bytes> split_fields(ByteView bytes) {
  std::vector<Bytes> fields;
  const auto take = [&bytes](Bytes& to) {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(bytes.front());
      to.push_back(bytes.front());
      bytes.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (!bytes.empty()) {
    Bytes field;
    const std::uint64_t tag = take(field);
    const std::uint64_t value = take(field);
    if ((tag & 7) == 2) {
      field += bytes.substr(0, value);
      bytes.remove_prefix(value);
    }
    fields.push_back(field);
  }
  return fields;
}

inline Bytes join(const std::vector<Bytes>& fields) {
  Bytes out;
  for (const Bytes& field : fields) out += field;
  return out;
}

}  // namespace regions
