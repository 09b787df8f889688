// The closed list of statement kinds (PROTOCOL 3) and their payload types.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/log/entry.h"

namespace regions {

// The only schema version that exists of any kind.
inline constexpr std::uint32_t kSchemaVersion = 1;

// "application/vnd.regions4.<kind>.v1+protobuf"
std::string payload_type_for(std::string_view kind);

// The kind that a payload type names: "release" for "application/vnd.regions4.release.v1+protobuf",
// whatever the version. nullopt: not of that form.
std::optional<std::string_view> kind_named_by(std::string_view payload_type);

// The kind that stands in the leaf for a kind of statement: queries, refusals and rounds are all
// private. nullopt: no kind of statement that this build knows.
std::optional<EntryKind> entry_kind_of(std::string_view kind);

}  // namespace regions
