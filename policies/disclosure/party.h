// Who may know records of others (DISCLOSURE 4): a holding its own (an enterprise without one is
// its own), an innovation actor all rows of the projects that it is in, a member of the federation
// every row that its node holds as well. Confidential, like the records. Plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace regions {

enum class PartyKind : std::uint8_t { holding, actor, member };

struct Party {
  PartyKind kind = PartyKind::holding;
  std::string name;  // its id in the records; a member's is that of the roster

  auto operator<=>(const Party&) const = default;
};
using PartyId = std::uint32_t;  // index

}  // namespace regions
