// What a filter or a dimension can ask about: an attribute of an enterprise, or of one of its
// cooperations, whose values are the codes of one code list.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace regions {

// Bytewise order of name().
enum class Attribute : std::uint8_t { actor_kind, nace, partner_profile, place, size, technology };
inline constexpr std::array kAttributes = {
    Attribute::actor_kind, Attribute::nace, Attribute::partner_profile,
    Attribute::place,      Attribute::size, Attribute::technology};

// "actor_kind", "nace", ...: the key in a filter, and the id of the attribute's own dimension.
std::string_view name(Attribute attribute);
// "Kind of innovation actor", for people.
std::string_view title(Attribute attribute);
// The code list of its values: "actor_kinds", "nace", "partner_profiles", "places", "sizes",
// "technologies".
std::string_view list_id(Attribute attribute);
std::optional<Attribute> attribute_of_list(std::string_view list_id);

// Where the value is found. A cooperation's attributes can have several values in one period, an
// enterprise's has that of the period's last day (DISCLOSURE 1).
enum class BelongsTo : std::uint8_t { cooperation, enterprise, derived };
// technology, actor_kind: cooperation. nace, size, place: enterprise. partner_profile is derived
// from the places of the actors of the enterprise's active cooperations, those that meet the
// indicator's conditions on cooperations.
BelongsTo belongs_to(Attribute attribute);

// Values that no import gives: the program derives them, so their lists hold exactly these.
inline constexpr std::string_view kProfileElsewhere = "elsewhere";
inline constexpr std::string_view kProfileOtherMember = "other_member";
inline constexpr std::string_view kProfileOwn = "own";
inline constexpr std::string_view kPlaceKnown = "known";
// The codes that the list of `attribute` must hold, bytewise order; empty: any.
std::vector<std::string_view> derived_codes(Attribute attribute);

}  // namespace regions
