#include "node/federation/located.h"

#include <cmath>

namespace regions {

std::optional<Period> window_of(const Period& period) {
  if (period.kind() == PeriodKind::programme) return std::nullopt;
  return Period::of(PeriodKind::window, period.last_year());
}

std::optional<Places> places_in(const Release& release) {
  Places places;
  for (const Cell& cell : release.cells) {
    if (cell.categories.front() == kPlaceKnown) places.known = cell.value.value_or(0);
    places.all += cell.value.value_or(0);
  }
  return places.all > 0 ? std::optional(places) : std::nullopt;
}

// In doubles, whose products are exact for the counts of any region there is and overflow for none.
bool differ(const Places& one, const Places& two, std::int64_t points_max) {
  const double a = static_cast<double>(one.known) * static_cast<double>(two.all);
  const double b = static_cast<double>(two.known) * static_cast<double>(one.all);
  const double whole = static_cast<double>(one.all) * static_cast<double>(two.all);
  return 100 * std::abs(a - b) > static_cast<double>(points_max) * whole;
}

std::int64_t permille(const Places& places) {
  return std::llround(1000 * static_cast<double>(places.known) / static_cast<double>(places.all));
}

}  // namespace regions
