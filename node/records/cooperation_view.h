// A stored cooperation as it is read by the million: what counting needs of it, as views into its
// bytes. What else it says is passed over, neither copied nor looked at.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/records/records.pb.h"
#include "protocol/base/bytes.h"
#include "protocol/base/result.h"

namespace regions {

// Fields as in records.proto. Views are valid as long as the bytes are.
struct CooperationView {
  records::Role role = records::ROLE_OWN;
  records::Status status = records::STATUS_UNKNOWN;
  std::optional<std::int32_t> start, end;  // days since 1970-01-01
  std::optional<std::int64_t> amount_share;
  std::string_view actor, actor_kind, actor_country, actor_place;
  std::string_view project;
  bool public_source = false;
  std::vector<std::string_view> technologies;
};

// Fills `view`, whatever it held before. corrupt: bytes that are no message.
Result<void> view_into(CooperationView& view, ByteView bytes);

}  // namespace regions
