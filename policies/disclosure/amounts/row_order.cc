#include "policies/disclosure/amounts/row_order.h"

#include <algorithm>

#include "policies/disclosure/amounts/limits.h"

namespace regions {

Result<OrderedRows> in_order(const std::vector<Party>& parties,
                             const std::vector<AmountRow>& rows) {
  if (rows.size() > kAmountRowsMax) {
    return fail(Errc::too_large,
                "more than " + std::to_string(kAmountRowsMax) + " shares of amounts");
  }
  OrderedRows ordered{parties, rows};
  std::sort(ordered.parties.begin(), ordered.parties.end());
  ordered.parties.erase(std::unique(ordered.parties.begin(), ordered.parties.end()),
                        ordered.parties.end());
  std::vector<PartyId> place;
  for (const Party& party : parties) {
    const auto at = std::lower_bound(ordered.parties.begin(), ordered.parties.end(), party);
    place.push_back(static_cast<PartyId>(at - ordered.parties.begin()));
  }
  for (AmountRow& row : ordered.rows) {
    if (row.holding >= place.size() || parties[row.holding].kind != PartyKind::holding) {
      return fail(Errc::corrupt, "a row of amounts without its holding");
    }
    row.holding = place[row.holding];
    for (PartyId& party : row.known_to) {
      if (party >= place.size()) return fail(Errc::corrupt, "a row of amounts known to nobody");
      party = place[party];
    }
    std::sort(row.known_to.begin(), row.known_to.end());
  }
  std::sort(ordered.rows.begin(), ordered.rows.end());
  return ordered;
}

}  // namespace regions
