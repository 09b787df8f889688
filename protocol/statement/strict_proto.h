// Strict Protocol Buffers: exactly one accepted encoding per message (PROTOCOL 3), so that two
// verifiers never read one byte string differently. Everything that is signed comes in through
// here.
#pragma once

#include <google/protobuf/message.h>

#include <span>

#include "protocol/base/bytes.h"

namespace regions {

// How often a repeated field, by its name, may stand in one message. A field that is not in the
// list may not stand there at all.
struct CountLimit {
  std::string_view field;
  std::size_t max;
};

// Walks the bytes before anything is allocated: fields ascending, none unknown (nested ones
// included), none twice, shortest varints, packed scalars, valid UTF-8, no explicit default except
// in fields with presence, counts within `limits`; then parses, and demands that the message
// encodes to the same bytes again. malformed or too_large; `message` is unspecified then.
Result<void> parse_strict(ByteView bytes, std::span<const CountLimit> limits,
                          google::protobuf::Message& message);

// The encoding that parse_strict accepts.
Bytes serialize(const google::protobuf::Message& message);

// One varint at the front of `bytes`, which is shortened by it. malformed: cut short, over 64 bits,
// or not the shortest form.
Result<std::uint64_t> take_varint(ByteView& bytes);

// Field 1 of every payload of ours is its schema version, which is read before anything else; 0
// when the payload does not begin with it.
std::uint32_t schema_version_of(ByteView payload);

// For documents, which must be understood: malformed without a version, unsupported for a later
// one.
Result<void> check_schema_version(ByteView payload);

}  // namespace regions
