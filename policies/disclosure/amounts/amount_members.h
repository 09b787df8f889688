// Whose money stood in the amounts of one decision, without saying whose: the rows that it was made
// from, with tags in place of names (DISCLOSURE 4). So that what a later correction tells can be
// judged, and no id is kept for it.
//
// Confidential: with the secret, whoever guesses an id can confirm it. Plain values.
#pragma once

#include "policies/disclosure/amounts/raw_amounts.h"
#include "policies/disclosure/membership.h"

namespace regions {

struct AmountMembers {
  // 32 bytes, the same in all decisions about one amount: a holding that has left the records is
  // the same one in two of them.
  Bytes secret;
  Digest codes;                 // of the dimensions and their categories, which rows index
  MembershipTags parties;       // ascending, each once; a member's tag too
  std::vector<AmountRow> rows;  // ascending; parties by index
  std::uint64_t erased = 0;     // parties taken out since, with their rows

  bool operator==(const AmountMembers&) const = default;
};

MembershipTag party_tag(ByteView secret, const Party& party);

// Takes one holding or actor out; whether it was there.
bool erase_party(AmountMembers& members, const std::string& holding_or_register_id);

}  // namespace regions
