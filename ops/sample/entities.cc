#include "ops/sample/entities.h"

#include <cmath>
#include <map>
#include <tuple>

#include "ops/sample/assumptions.h"
#include "ops/sample/distributions.h"
#include "ops/sample/names.h"
#include "policies/catalogue/nuts.h"

namespace regions::sample {
namespace {

// Draws about actors lie beyond those about firms.
constexpr std::uint64_t kActorOffset = 1'000'000;
// Identifiers of nine digits like the public ones, which begin with 8 or 9.
constexpr std::uint64_t kFirmIds = 100'000'000;
constexpr std::uint64_t kActorIds = 200'000'000;

int draw_region(double u) {
  if (u < kElsewhere) return -1;
  std::array<Weighted<int>, kRegions.size()> table;
  for (std::size_t k = 0; k < table.size(); ++k) {
    table[k] = {static_cast<int>(k), std::pow(static_cast<double>(k + 1), kRankExponent)};
  }
  return pick<int>(table, (u - kElsewhere) / (1 - kElsewhere));
}

// The NUTS codes of `length` letters below `above`: those in one of the eight regions, or the
// others.
std::vector<std::string_view> codes_below(std::string_view above, std::size_t length,
                                          bool in_a_region) {
  std::vector<std::string_view> fitting;
  for (std::string_view code : NutsCodes::version_2021().codes()) {
    if (code.size() != length || !is_within(code, above)) continue;
    bool ours = false;
    for (const Region& region : kRegions) ours = ours || is_within(code, region.nuts);
    if (ours == in_a_region) fitting.push_back(code);
  }
  return fitting;
}

// One of them. They are looked up once: a large sample asks a million times.
std::string draw_code(const std::string& above, std::size_t length, bool in_a_region, double u) {
  static thread_local std::map<std::tuple<std::string, std::size_t, bool>,
                               std::vector<std::string_view>>
      known;
  const auto [at, fresh] = known.try_emplace({above, length, in_a_region});
  if (fresh) at->second = codes_below(above, length, in_a_region);
  const auto& fitting = at->second;
  if (fitting.empty()) return {};
  return std::string(fitting[static_cast<std::size_t>(u * static_cast<double>(fitting.size()))]);
}

// Fills country, place and city of an entity whose region is known.
void settle(const Draw& draw, std::uint64_t key, double without_place, Entity& entity) {
  const auto u = [&](std::uint64_t j) { return draw.uniform(Stream::place, key, j); };
  if (entity.region >= 0) {
    const Region& region = kRegions[static_cast<std::size_t>(entity.region)];
    entity.country = region.country;
    entity.place = region.nuts;
    if (u(0) < kPlaceByNuts3) entity.place = draw_code(std::string(region.nuts), 5, true, u(1));
    if (u(2) < kPlaceTooCoarse) entity.place = region.nuts.substr(0, 3);
    entity.city = region.cities[draw.below(region.cities.size(), Stream::place, key, 3)];
  } else {
    if (entity.country.empty()) entity.country = pick(firm_countries(), u(4));
    entity.place = draw_code(entity.country, 4, false, u(5));
  }
  if (u(6) < without_place) entity.place.clear();
}

std::string draw_holding(const Draw& draw, std::uint64_t number, int region,
                         const Setting& setting) {
  if (region < 0 || draw.uniform(Stream::enterprise, number, 3) >= kInHolding) return {};
  // How many holdings a region needs for its share of all firms.
  const double firms =
      setting.region >= 0 ? setting.firms : setting.firms * std::pow(region + 1.0, kRankExponent);
  const auto holdings = static_cast<std::size_t>(firms * kInHolding / kFirmsPerHolding) + 1;
  return "holding-" + std::string(kRegions[static_cast<std::size_t>(region)].nuts) + "-" +
         std::to_string(draw.below(holdings, Stream::enterprise, number, 4) + 1);
}

}  // namespace

Entity make_firm(const Draw& draw, std::uint64_t number, const Setting& setting) {
  Entity firm;
  firm.id = std::to_string(kFirmIds + number);
  firm.region =
      setting.region >= 0 ? setting.region : draw_region(draw.uniform(Stream::region, number));
  settle(draw, number, firm.region < 0 ? kFirmWithoutPlace : kOwnFirmWithoutPlace, firm);
  const bool sme = draw.uniform(Stream::kind, number) < kFirmIsSme;
  firm.kind = sme ? "SME" : "PRC";
  if (draw.uniform(Stream::enterprise, number, 0) >= kNaceUnknown) {
    firm.nace = pick<std::string_view>(kNace, draw.uniform(Stream::enterprise, number, 1));
  }
  if (draw.uniform(Stream::enterprise, number, 5) >= kSizeUnknown) {
    const Words sizes = sme ? Words(kSizeOfSme) : Words(kSizeOfOther);
    firm.size = pick(sizes, draw.uniform(Stream::enterprise, number, 2));
  }
  firm.holding = draw_holding(draw, number, firm.region, setting);
  firm.in_organisation_file = draw.uniform(Stream::dirt, number) >= kKnownFromRowsOnly;
  firm.name = firm_name(draw, number, firm.country);
  return firm;
}

Entity make_actor(const Draw& draw, std::uint64_t number, const Near& near) {
  const std::uint64_t key = kActorOffset + number;
  Entity actor;
  actor.id = std::to_string(kActorIds + number);
  if (near.firm != nullptr && near.same_region) {
    actor.region = near.firm->region;
    actor.country = near.firm->country;
  } else if (near.firm != nullptr) {
    actor.country = near.firm->country;
  } else {
    actor.region = draw_region(draw.uniform(Stream::region, key));
    const bool outside = draw.uniform(Stream::dirt, key, 1) < kOutsideNuts;
    if (actor.region < 0 && outside) {
      actor.country =
          pick<std::string_view>(kOutsideCountries, draw.uniform(Stream::place, key, 7));
    }
  }
  settle(draw, key, kActorWithoutPlace, actor);
  const std::string_view kind = pick(actor_kinds(), draw.uniform(Stream::kind, key));
  actor.name = actor_name(draw, number, kind, actor.city);
  if (draw.uniform(Stream::dirt, key, 2) >= kActorWithoutKind) actor.kind = kind;
  return actor;
}

}  // namespace regions::sample
