#include "policies/disclosure/amounts/amount_members.h"

#include <algorithm>

namespace regions {

// An actor may bear the name of a holding that it is not.
MembershipTag party_tag(ByteView secret, const Party& party) {
  constexpr std::string_view kKinds[] = {"holding/", "actor/", "member/"};
  return membership_tag(secret,
                        std::string(kKinds[static_cast<std::size_t>(party.kind)]) + party.name);
}

bool erase_party(AmountMembers& members, const std::string& name) {
  std::size_t gone = 0;
  for (const PartyKind kind : {PartyKind::holding, PartyKind::actor}) {
    const MembershipTag tag = party_tag(members.secret, {kind, name});
    const auto at = std::lower_bound(members.parties.begin(), members.parties.end(), tag);
    if (at == members.parties.end() || *at != tag) continue;
    const auto party = static_cast<PartyId>(at - members.parties.begin());
    members.parties.erase(at);
    std::erase_if(members.rows, [&](const AmountRow& row) { return row.holding == party; });
    for (AmountRow& row : members.rows) {
      std::erase(row.known_to, party);
      if (row.holding > party) --row.holding;
      for (PartyId& other : row.known_to) {
        if (other > party) --other;
      }
    }
    ++gone;
  }
  members.erased += gone;
  return gone > 0;
}

}  // namespace regions
