// What one record adds to the counts: taken off before a change and added after it.
#pragma once

#include <limits>

#include "node/records/record_store.h"

namespace regions {

inline void count_cooperation(records::Counts& counts, records::Role role, bool undated, int sign) {
  if (role == records::ROLE_PARTNER) {
    counts.set_partner_cooperations(counts.partner_cooperations() + sign);
    return;
  }
  counts.set_own_cooperations(counts.own_cooperations() + sign);
  if (undated) counts.set_undated(counts.undated() + sign);
}

inline void count_enterprise(records::Counts& counts, const records::Enterprise& enterprise,
                             int sign) {
  if (!is_own(enterprise)) {
    counts.set_partner_enterprises(counts.partner_enterprises() + sign);
    return;
  }
  counts.set_enterprises(counts.enterprises() + sign);
  bool nace = false;
  for (const auto& state : enterprise.states()) nace = nace || !state.nace().empty();
  if (nace) counts.set_known_nace(counts.known_nace() + sign);
  // Places as they are now, that is after the last known change.
  const auto today = std::numeric_limits<std::int32_t>::max();
  if (home_on(enterprise, today) == records::HOME_UNKNOWN) {
    counts.set_unknown_place(counts.unknown_place() + sign);
  }
}

}  // namespace regions
