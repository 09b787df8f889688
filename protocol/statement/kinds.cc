#include "protocol/statement/kinds.h"

#include <algorithm>

namespace regions {
namespace {

constexpr std::string_view kPrefix = "application/vnd.regions4.";
constexpr std::string_view kSuffix = "+protobuf";

struct Kind {
  std::string_view name;
  EntryKind entry;
};
constexpr Kind kKinds[] = {
    {"release", EntryKind::release},
    {"withdrawal", EntryKind::withdrawal},
    {"receipt", EntryKind::receipt},
    {"keyset-adopted", EntryKind::keyset_adopted},
    {"roster-adopted", EntryKind::roster_adopted},
    {"evidence", EntryKind::evidence},
    {"listing", EntryKind::listing},
    {"measure", EntryKind::measure},
    {"query", EntryKind::private_kind},
    {"refusal", EntryKind::private_kind},
    {"round", EntryKind::private_kind},
};

}  // namespace

std::string payload_type_for(std::string_view kind) {
  std::string type(kPrefix);
  type += kind;
  type += ".v1";
  type += kSuffix;
  return type;
}

std::optional<std::string_view> kind_named_by(std::string_view type) {
  if (!type.starts_with(kPrefix) || !type.ends_with(kSuffix)) return std::nullopt;
  if (type.size() < kPrefix.size() + kSuffix.size()) return std::nullopt;
  type.remove_prefix(kPrefix.size());
  type.remove_suffix(kSuffix.size());
  const std::size_t dot = type.rfind(".v");
  if (dot == std::string_view::npos || dot == 0 || dot + 2 == type.size()) return std::nullopt;
  const std::string_view version = type.substr(dot + 2);
  const bool digits =
      std::all_of(version.begin(), version.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return type.substr(0, dot);
}

std::optional<EntryKind> entry_kind_of(std::string_view kind) {
  for (const Kind& known : kKinds) {
    if (known.name == kind) return known.entry;
  }
  return std::nullopt;
}

}  // namespace regions
