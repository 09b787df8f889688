// Our own structures outside Protocol Buffers (PROTOCOL 2): the tag "regions4/<what>/v1", 0x0A,
// then each field as u32 big-endian length and bytes. Used by the charter and the proof of
// possession.
#pragma once

#include "protocol/crypto/ed25519.h"

namespace regions {

class TaggedWriter {
 public:
  // `what`: "charter" for "regions4/charter/v1".
  explicit TaggedWriter(std::string_view what);
  void field(ByteView bytes);
  // A field of four bytes: how many of something follow.
  void count(std::size_t value);
  // A field of algorithm u8 and key bytes.
  void key(const PublicKey& key);
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
  Result<std::size_t> count(std::string_view name, std::size_t max);
  Result<PublicKey> key(std::string_view name);
  // malformed if anything is left.
  Result<void> end() const;

 private:
  explicit TaggedReader(ByteView rest) : rest_(rest) {}
  ByteView rest_;
};

}  // namespace regions
