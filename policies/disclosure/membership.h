// Who stands in an exact cell, without saying who: a tag for each of its holdings under a secret
// that is drawn for one release (DISCLOSURE 4). So that "n entered or left since" can be decided
// later, and no id is kept for it.
//
// Confidential: with the secret, whoever guesses an id can confirm it. Plain values.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

using MembershipTag = std::array<std::uint8_t, 16>;

// The first 16 bytes of HMAC-SHA256 under `secret` (32 bytes) of "regions4/membership/v1", 0x0A and
// the id as one field (protocol/base/tagged.h): that of the holding, of an enterprise without one
// its register id.
MembershipTag membership_tag(ByteView secret, std::string_view holding_or_register_id);

// Tags under one secret, ascending, each once.
using MembershipTags = std::vector<MembershipTag>;

// The holdings of one exact cell as the cube found them. Moved and never copied or printed; it can
// be asked for tags alone.
class HoldingSet {
 public:
  HoldingSet() = default;
  HoldingSet(HoldingSet&&) = default;
  HoldingSet& operator=(HoldingSet&&) = default;
  HoldingSet(const HoldingSet&) = delete;
  HoldingSet& operator=(const HoldingSet&) = delete;
  friend std::ostream& operator<<(std::ostream&, const HoldingSet&) = delete;

  MembershipTags tags(ByteView secret) const;

 private:
  friend class CubeBuilder;  // node/cube: the only maker
  explicit HoldingSet(std::vector<std::string> ids) : ids_(std::move(ids)) {}

  std::vector<std::string> ids_;  // each once
};

// Of both headlines of a year.
struct HeadlineMembers {
  MembershipTags ent;
  std::optional<MembershipTags> sme;  // nullopt: not computable

  bool operator==(const HeadlineMembers&) const = default;
};
struct HeadlineHoldings {
  HoldingSet ent;
  std::optional<HoldingSet> sme;

  HeadlineMembers tags(ByteView secret) const;
};

// How many tags stand in one of the two only.
std::size_t changed(const MembershipTags& a, const MembershipTags& b);
// Those of `a` that `b` has not.
MembershipTags without(const MembershipTags& a, const MembershipTags& b);

}  // namespace regions
