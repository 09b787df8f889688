// What was measured: 419,474 cooperation rows of 8,993 H2020 and FP7 projects, 33 countries, public
// CORDIS data as of December 2020 ((c) European Union, CC BY 4.0; sources and caveats come with the
// load-generator specification of the project). Shares are of projects, of entities or of rows, as
// the name says.
#pragma once

#include <span>
#include <string_view>

#include "ops/sample/draw.h"

namespace regions::sample {

using Words = std::span<const Weighted<std::string_view>>;
using Numbers = std::span<const Weighted<int>>;

Numbers firms_per_project();   // 1..20, then 24 (p99) for the tail
Numbers actors_per_project();  // 1..30, then 32 (p99) for the tail
// Correlation of the logarithms of the two.
inline constexpr double kFirmsActorsCorrelation = 0.207;

// A slot of a project opens a new entity with this probability, otherwise it copies an earlier
// slot.
inline constexpr double kNewFirm = 0.431;
inline constexpr double kNewActor = 0.166;
// An actor slot first tries a partner that one of the project's firms had before, or any actor.
inline constexpr double kActorKnownToFirm = 0.40;
inline constexpr double kActorEvenly = 0.02;
// A new actor opens in the country, or in the very region, of the project's first firm.
inline constexpr double kActorSameCountry = 0.11;
inline constexpr double kActorSameRegion = 0.04;
// Regions by rank: weight rank^-1.16.
inline constexpr double kRankExponent = -1.16;

inline constexpr double kFirmIsSme = 0.42;
inline constexpr double kFirmWithoutPlace = 0.33;
inline constexpr double kActorWithoutPlace = 0.13;
inline constexpr double kProjectWithoutTopic = 0.14;
inline constexpr double kAmountMissing = 0.11;
inline constexpr double kAmountWholeEuros = 0.57;
inline constexpr double kDefaultNutsCode = 0.04;  // of reported NUTS 3 codes

Words actor_kinds();
Words firm_countries();
// Empty: no technology.
Words project_technologies();
Numbers start_years();  // 2014 to 2022
Numbers start_months();
Numbers duration_months();
inline constexpr double kDurationListed = 0.8526;  // the rest: 12 to 57 months evenly

// One amount per project and firm: cents at quantile `u`, log-linear between the measured ones.
double amount_eur(double u);

}  // namespace regions::sample
