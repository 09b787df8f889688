// Where an innovation actor is, as seen from this member: the base of the partner profile
// (DISCLOSURE 1). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regions {

// The territories of one roster version.
struct Territories {
  std::string self;  // our member id
  // Each member's id and NUTS codes.
  std::vector<std::pair<std::string, std::vector<std::string>>> members;

  bool operator==(const Territories&) const = default;
};

// In the order in which an enterprise's profile is chosen: the first that fits.
enum class Profile : std::uint8_t { other_member, elsewhere, unknown, own };
inline constexpr std::size_t kProfiles = 4;
// "other_member", "elsewhere", "own"; "" for unknown.
std::string_view code(Profile profile);

// Where somebody is; of one inside a member's territory the place of that member in
// Territories::members.
struct Located {
  Profile profile = Profile::unknown;
  std::size_t member = 0;
};

// By NUTS code, or where there is none by country (ISO 3166, two letters). unknown: neither is
// known, or the place is too coarse to tell whether it lies in some member's territory.
Located locate(const Territories& territories, std::string_view nuts, std::string_view country);
inline Profile profile_of(const Territories& territories, std::string_view nuts,
                          std::string_view country) {
  return locate(territories, nuts, country).profile;
}

}  // namespace regions
