#include "policies/catalogue/attribute.h"

#include "protocol/base/check.h"

namespace regions {
namespace {

struct Row {
  std::string_view name;
  std::string_view title;
  std::string_view list;
  BelongsTo belongs_to;
};

// Order of Attribute.
constexpr std::array<Row, kAttributes.size()> kRows = {{
    {"actor_kind", "Kind of innovation actor", "actor_kinds", BelongsTo::cooperation},
    {"nace", "Economic activity (NACE Rev. 2)", "nace", BelongsTo::enterprise},
    {"partner_profile", "Partner profile", "partner_profiles", BelongsTo::derived},
    {"place", "Place", "places", BelongsTo::enterprise},
    {"size", "Size class", "sizes", BelongsTo::enterprise},
    {"technology", "Technology", "technologies", BelongsTo::cooperation},
}};

const Row& row(Attribute attribute) {
  const auto index = static_cast<std::size_t>(attribute);
  CHECK(index < kRows.size());
  return kRows[index];
}

}  // namespace

std::string_view name(Attribute attribute) { return row(attribute).name; }

std::string_view title(Attribute attribute) { return row(attribute).title; }

std::string_view list_id(Attribute attribute) { return row(attribute).list; }

BelongsTo belongs_to(Attribute attribute) { return row(attribute).belongs_to; }

std::optional<Attribute> attribute_of_list(std::string_view id) {
  for (Attribute attribute : kAttributes) {
    if (list_id(attribute) == id) return attribute;
  }
  return std::nullopt;
}

std::vector<std::string_view> derived_codes(Attribute attribute) {
  if (attribute == Attribute::partner_profile) {
    return {kProfileElsewhere, kProfileOtherMember, kProfileOwn};
  }
  if (attribute == Attribute::place) return {kPlaceKnown};
  return {};
}

}  // namespace regions
