// Our own structures outside Protocol Buffers (PROTOCOL 2): the tag "regions4/<what>/v1", 0x0A,
// then each field as u32 big-endian length and bytes. A number is a field of four bytes,
// big-endian. Used by the charter, the proof of possession, definitions, rule sets, record keys
// and stored decisions.
#pragma once

#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

class TaggedWriter {
 public:
  // `what`: "charter" for "regions4/charter/v1".
  explicit TaggedWriter(std::string_view what);
  void field(ByteView bytes);
  void number(std::uint32_t value);
  // How many, then each.
  void fields(const std::vector<std::string>& values);
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

class TaggedReader {
 public:
  // malformed unless `bytes` begins with the tag.
  static Result<TaggedReader> open(ByteView bytes, std::string_view what);
  // `name` names the field in the error; longer than `bytes_max` is too_large.
  Result<ByteView> field(std::string_view name, std::size_t bytes_max);
  // malformed unless four bytes; above `max` is too_large.
  Result<std::uint32_t> number(std::string_view name, std::uint32_t max);
  // At most `count_max` fields of at most `bytes_max` bytes.
  Result<std::vector<std::string>> fields(std::string_view name, std::uint32_t count_max,
                                          std::size_t bytes_max);
  // malformed if anything is left.
  Result<void> end() const;

 private:
  explicit TaggedReader(ByteView rest) : rest_(rest) {}
  ByteView rest_;
};

}  // namespace regions
