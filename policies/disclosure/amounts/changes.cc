#include "policies/disclosure/amounts/changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace regions {
namespace {

// Where an amount is booked.
using CellAt = std::tuple<PartyId, int, std::vector<std::uint32_t>, bool>;
using ByKnowers = std::map<std::vector<PartyId>, std::int64_t>;

CellAt place_of(const AmountRow& row) {
  return {row.holding, row.year, row.categories, row.is_public};
}

}  // namespace

CommonParties::CommonParties(const std::vector<const AmountMembers*>& all) {
  for (const AmountMembers* one : all) {
    tags_.insert(tags_.end(), one->parties.begin(), one->parties.end());
  }
  std::sort(tags_.begin(), tags_.end());
  tags_.erase(std::unique(tags_.begin(), tags_.end()), tags_.end());
}

std::vector<AmountRow> CommonParties::rows_of(const AmountMembers& members) const {
  std::vector<PartyId> place;
  for (const MembershipTag& tag : members.parties) {
    const auto at = std::lower_bound(tags_.begin(), tags_.end(), tag);
    place.push_back(static_cast<PartyId>(at - tags_.begin()));
  }
  std::vector<AmountRow> rows = members.rows;
  for (AmountRow& row : rows) {
    row.holding = place[row.holding];
    for (PartyId& party : row.known_to) party = place[party];
    std::sort(row.known_to.begin(), row.known_to.end());
  }
  return rows;
}

AmountChanges changes_between(const std::vector<AmountRow>& then, const std::vector<AmountRow>& now,
                              const std::vector<int>& years) {
  std::map<CellAt, ByKnowers> net;
  const auto add = [&](const std::vector<AmountRow>& rows, std::int64_t sign) {
    for (const AmountRow& row : rows) {
      if (!std::binary_search(years.begin(), years.end(), row.year)) continue;
      net[place_of(row)][row.known_to] += sign * row.cents;
    }
  };
  add(now, 1);
  add(then, -1);
  AmountChanges made;
  std::set<PartyId> more, less;
  for (const auto& [place, by_knowers] : net) {
    std::int64_t sum = 0;
    for (const auto& [knowers, cents] : by_knowers) sum += cents;
    if (sum == 0) continue;
    const auto& [holding, year, categories, is_public] = place;
    for (const auto& [knowers, cents] : by_knowers) {
      if (cents == 0) continue;
      (cents > 0 ? more : less).insert(holding);
      (cents > 0 ? made.up : made.down)
          .push_back({holding, knowers, is_public, year, std::abs(cents), categories});
    }
  }
  made.moved = std::any_of(more.begin(), more.end(),
                           [&](PartyId holding) { return less.contains(holding); });
  return made;
}

}  // namespace regions
