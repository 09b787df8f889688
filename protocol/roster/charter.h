// The charter: what founded the federation, once and for ever (protocol/spec/charter.md). Roster 1
// contains it; its digest is the federation id that every statement carries.
#pragma once

#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/crypto/ed25519.h"

namespace regions {

struct Founder {
  std::string member;
  std::vector<PublicKey> governance;  // one or two

  bool operator==(const Founder&) const = default;
};

struct Charter {
  std::string name;
  Digest random;                  // two federations of one name and the same founders still differ
  std::vector<Founder> founders;  // ascending by member

  bool operator==(const Charter&) const = default;
};

// malformed, too_large, untrusted (an inadmissible key) or conflict (one key twice).
Result<void> check(const Charter& charter);

Bytes encode(const Charter& charter);
// Strict; the result passes check().
Result<Charter> decode_charter(ByteView bytes);

// SHA-256 of encode(charter).
Digest federation_id(const Charter& charter);

}  // namespace regions
