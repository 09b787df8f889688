// What no public source has, in one table: NACE class, size and holding of an enterprise, and how
// large the partner regions are. These are assumptions, chosen so that the sample shows every tier
// and that SME-COOP has something to count; nothing was measured.
#pragma once

#include <array>
#include <string_view>

#include "ops/sample/draw.h"

namespace regions::sample {

// The partner regions in order of size. The weight of each is its rank's (distributions.h).
struct Region {
  std::string_view nuts;
  std::string_view country;
  std::array<std::string_view, 3> cities;
};
inline constexpr std::array<Region, 8> kRegions = {{
    {"CH02", "CH", {"Bern", "Fribourg", "Solothurn"}},
    {"PT16", "PT", {"Coimbra", "Aveiro", "Leiria"}},
    {"SI04", "SI", {"Ljubljana", "Koper", "Kranj"}},
    {"ES13", "ES", {"Santander", "Torrelavega", "Camargo"}},
    {"IE04", "IE", {"Galway", "Sligo", "Letterkenny"}},
    {"DE24", "DE", {"Bayreuth", "Bamberg", "Hof"}},
    {"RO42", "RO", {"Timișoara", "Arad", "Reșița"}},
    {"BG33", "BG", {"Varna", "Dobrich", "Shumen"}},
}};
// Of new firms and actors, how many lie in none of the eight.
inline constexpr double kElsewhere = 0.35;
// Of actors elsewhere, how many lie outside NUTS; an actor country NA is Namibia.
inline constexpr double kOutsideNuts = 0.03;
inline constexpr Weighted<std::string_view> kOutsideCountries[] = {
    {"US", .5}, {"IL", .2}, {"NA", .3}};
inline constexpr std::uint64_t kProjects = 220;

// Shares of enterprises.
inline constexpr double kNaceUnknown = 0.06;
inline constexpr Weighted<std::string_view> kNace[] = {
    // Section C, manufacturing: three of four, as the partnership is about them.
    {"10.51", 4},
    {"13.96", 3},
    {"20.59", 4},
    {"22.29", 5},
    {"23.44", 2},
    {"25.62", 7},
    {"26.11", 5},
    {"26.51", 6},
    {"27.12", 4},
    {"28.29", 6},
    {"28.41", 4},
    {"28.99", 4},
    {"29.32", 3},
    {"32.50", 3},
    // The other sections.
    {"01.13", 1},
    {"35.11", 1.5},
    {"43.21", 1},
    {"46.69", 1.5},
    {"49.41", 1},
    {"61.10", 1},
    {"62.01", 5},
    {"62.02", 2.5},
    {"70.22", 1.5},
    {"71.12", 2},
    {"72.19", 2}};

inline constexpr double kSizeUnknown = 0.05;
// Of those that CORDIS confirms as SME, and of all other firms.
inline constexpr Weighted<std::string_view> kSizeOfSme[] = {
    {"micro", .40}, {"small", .37}, {"medium", .23}};
inline constexpr Weighted<std::string_view> kSizeOfOther[] = {
    {"micro", .12}, {"small", .23}, {"medium", .27}, {"large", .38}};

// A firm belongs to a holding of its region; a holding has this many firms on average.
inline constexpr double kInHolding = 0.20;
inline constexpr double kFirmsPerHolding = 2.5;

// Of own firms: place only by NUTS 3, place coarser than the region, not in the organisation file.
inline constexpr double kPlaceByNuts3 = 0.25;
inline constexpr double kPlaceTooCoarse = 0.015;
inline constexpr double kKnownFromRowsOnly = 0.05;
// A region knows its own firms better than the public file does.
inline constexpr double kOwnFirmWithoutPlace = 0.08;
// Of projects, a start or an end that reads NA; of actors, no type.
inline constexpr double kUndated = 0.012;
inline constexpr double kActorWithoutKind = 0.01;
// Nothing lasts longer: the sample covers ended years only.
inline constexpr int kLastYear = 2023;

}  // namespace regions::sample
