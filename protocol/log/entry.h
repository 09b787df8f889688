// Log entry v1: the 56 bytes that the log commits to for one statement (PROTOCOL 4).
// Spec: protocol/spec/entry.md.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

// What the statement is. Kinds whose very occurrence is confidential are all `private_kind`.
enum class EntryKind : std::uint8_t {
  release = 1,
  withdrawal = 2,
  receipt = 3,
  keyset_adopted = 4,
  roster_adopted = 5,
  evidence = 6,
  listing = 7,
  measure = 8,
  private_kind = 9,
};

// Who may hold the payload. The entry itself is in the hands of everyone who reads the log.
enum class AudienceKind : std::uint8_t { public_audience = 1, federation = 2, named = 3 };

struct Entry {
  EntryKind kind = EntryKind::release;
  AudienceKind audience = AudienceKind::federation;
  std::uint64_t sequence = 0;  // entries of earlier epochs + index in this log
  std::uint64_t issued_at =
      0;             // POSIX seconds; that it is a multiple of 60 the payload's codec says
  Digest statement;  // SHA-256(PAE)

  bool operator==(const Entry&) const = default;
};

// kEntryBytes bytes.
Bytes encode(const Entry& entry);

// malformed: not 56 bytes, or a reserved byte is not zero. unsupported: a version, kind or audience
// that this build does not know; such an entry stays in the log, as its raw bytes, and is no
// misbehaviour.
Result<Entry> decode_entry(ByteView bytes);

}  // namespace regions
