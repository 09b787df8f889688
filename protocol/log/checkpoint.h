// C2SP tlog-checkpoint v1.0.0: a log's signed head. Ours have no extension lines and the log's key
// is named as its origin (PROTOCOL 4). Spec: protocol/spec/checkpoint.md.
#pragma once

#include "protocol/log/note.h"

namespace regions {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;

  bool operator==(const Checkpoint&) const = default;
};

// "<origin>\n<size>\n<base64 root>\n": the text that is signed and cosigned.
std::string encode_text(const Checkpoint& checkpoint);
// malformed: any other form, an extension line included; too_large: size past kTreeSizeMax. What
// parses encodes to the same text.
Result<Checkpoint> parse_checkpoint_text(std::string_view text);

// The note that the log publishes: one signature, by `log_key` under the origin.
Bytes sign_checkpoint(const Checkpoint& checkpoint, const PrivateKey& log_key);

// A head that one of `log_keys` signed for `origin`. Besides the errors of open_note and of the
// text: mismatch when it is the head of another log, bad_proof when it gives a tree without leaves
// another root than empty_root().
Result<Checkpoint> open_checkpoint(ByteView note, std::string_view origin,
                                   const std::vector<PublicKey>& log_keys);

}  // namespace regions
