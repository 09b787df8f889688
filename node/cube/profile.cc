#include "node/cube/profile.h"

namespace regions {
namespace {

// NUTS writes two countries otherwise than ISO 3166.
std::string_view nuts_country(std::string_view country) {
  if (country == "GR") return "EL";
  if (country == "GB") return "UK";
  return country;
}

}  // namespace

std::string_view code(Profile profile) {
  static constexpr std::string_view kCodes[kProfiles] = {"other_member", "elsewhere", "", "own"};
  return kCodes[static_cast<std::size_t>(profile)];
}

Located locate(const Territories& territories, std::string_view nuts, std::string_view country) {
  const std::string_view place = nuts.empty() ? nuts_country(country) : nuts;
  if (place.empty()) return {};
  bool too_coarse = false;
  for (std::size_t i = 0; i < territories.members.size(); ++i) {
    const auto& [member, territory] = territories.members[i];
    for (const std::string& code : territory) {
      if (place.starts_with(code)) {
        return {member == territories.self ? Profile::own : Profile::other_member, i};
      }
      too_coarse |= code.starts_with(place);
    }
  }
  return {too_coarse ? Profile::unknown : Profile::elsewhere, 0};
}

}  // namespace regions
