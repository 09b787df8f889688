// Bytes of our own structures (PROTOCOL 2): "regions4/<what>/v1", 0x0A, then fields, each its
// length (u32 big-endian) and that many bytes. A number is a field of four bytes, big-endian.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

class FieldWriter {
 public:
  // `what`: "definition" for "regions4/definition/v1".
  explicit FieldWriter(std::string_view what);
  void text(ByteView value);
  void number(std::uint32_t value);
  // How many, then each.
  void texts(const std::vector<std::string>& values);
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

// Reads what a FieldWriter wrote. Every failure is malformed.
class FieldReader {
 public:
  static Result<FieldReader> open(ByteView bytes, std::string_view what);
  Result<Bytes> text();
  Result<std::uint32_t> number();
  // At most `count_max` of them.
  Result<std::vector<std::string>> texts(std::size_t count_max);
  // Refuses bytes after the last field.
  Result<void> end() const;

 private:
  explicit FieldReader(ByteView rest) : rest_(rest) {}
  ByteView rest_;
};

}  // namespace regions
