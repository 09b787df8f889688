// What the claim of a release digests of its witnesses, opened for an auditor of the region: the
// secret of that release alone, and the bytes. Confidential: a region hands it to whom it chooses.
// protocol/spec/witnesses.md. Pure values; any thread.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

// A row of the ledger holds the witnesses of a decision in 64 MiB at most; a value takes at least 2
// bytes there and 12 here.
inline constexpr std::size_t kWitnessBytesMax = 512 * 1024 * 1024;
inline constexpr std::size_t kOpeningBytesMax = kWitnessBytesMax + 1024;
inline constexpr std::size_t kWitnessSecretBytes = 32;

struct Opening {
  Digest release;   // identity of the statement
  Bytes secret;     // kWitnessSecretBytes, drawn for that release alone
  Bytes witnesses;  // canonical

  bool operator==(const Opening&) const = default;
};

// HMAC-SHA256, as a claim states it.
Digest witnesses_digest(ByteView secret, ByteView witnesses);

// "regions4/opening/v1": release, secret, witnesses (protocol/base/tagged.h).
Bytes encode(const Opening& opening);
// malformed, too_large: nothing that encode() makes.
Result<Opening> decode_opening(ByteView bytes);

}  // namespace regions
