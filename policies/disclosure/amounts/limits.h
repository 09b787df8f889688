// Bounds of linked amounts, with their reasons.
#pragma once

#include <cstddef>

namespace regions {

// Unknowns of all periods and margins together. The default plan of a region of tier L comes to
// some hundreds over ten years; the attack takes 20,000 that hang together.
inline constexpr std::size_t kLinkedCellsMax = 200'000;
// Shares of amounts: a region has thousands; these fill a gigabyte.
inline constexpr std::size_t kAmountRowsMax = 5'000'000;
// Observers and coalitions of them. Pairs of 600 holdings, actors and members are within it.
inline constexpr std::size_t kKnowersMax = 200'000;
// Completions of larger components are checked and not written down.
inline constexpr std::size_t kWitnessedCellsMax = 1'000;
// Rounds of suppression and attack; every one adds the guards that the pattern before broke.
inline constexpr int kProtectRoundsMax = 20;

}  // namespace regions
