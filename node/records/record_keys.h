// Keys of the confidential wing's areas. Part of the format on disk.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/base/bytes.h"

namespace regions {

// u16 length, id: no id is a prefix of another, so the cooperations of an enterprise stand together
// and in the order of the enterprises.
inline Bytes id_key(std::string_view id) {
  Bytes key;
  append_u16(key, static_cast<std::uint16_t>(id.size()));  // at most kRecordIdBytesMax
  key.append(id);
  return key;
}

// enterprises, actors: id_key(id). cooperation_ids: the cooperation id.
inline Bytes cooperation_key(std::string_view enterprise, std::string_view cooperation) {
  return id_key(enterprise).append(cooperation);
}

// old_versions: kind, id, [day from which a state held], version.
inline Bytes old_cooperation_key(std::string_view id, std::uint32_t version) {
  Bytes key = "c" + id_key(id);
  append_u32(key, version);
  return key;
}
inline Bytes old_state_key(std::string_view id, std::optional<std::int32_t> valid_from,
                           std::uint32_t version) {
  Bytes key = "o" + id_key(id);
  // The sign bit turned over, so that days before 1970 come first; 0 stands for "always".
  append_u32(key, valid_from ? static_cast<std::uint32_t>(*valid_from) ^ 0x80000000u : 0);
  append_u32(key, version);
  return key;
}

// changes: the batch by its number, and where the records stand.
inline Bytes change_key(std::uint64_t sequence) {
  Bytes key = "c";
  append_u64(key, sequence);
  return key;
}
inline constexpr std::string_view kRecordsStateKey = "state";

// meta_records
inline constexpr std::string_view kCountsKey = "counts";

}  // namespace regions
