// Located coverage: how many of ENT-COOP's enterprises have a known place, as the planned table by
// place tells (DESIGN 6). Figures of two periods compare only where it is much the same.
//
// Pure; any thread.
#pragma once

#include <optional>

#include "policies/plan/plan.h"
#include "protocol/statement/statement.h"

namespace regions {

// Values of the table, noise and all.
struct Places {
  std::int64_t known = 0;
  std::int64_t all = 0;  // above 0
};

// The window whose table tells of a period; nullopt: a programme has none.
std::optional<Period> window_of(const Period& period);
// `release`: the table by place. nullopt: it counts nobody.
std::optional<Places> places_in(const Release& release);
// More than `points_max` per cent apart.
bool differ(const Places& one, const Places& two, std::int64_t points_max);
// Share of the known, rounded.
std::int64_t permille(const Places& places);

}  // namespace regions
