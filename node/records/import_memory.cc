#include "node/records/import_memory.h"

#include <array>

namespace regions {
namespace {

// Texts of an import hold no NUL.
constexpr char kBetween = '\0';

Bytes saying(const records::Place& place) {
  return Bytes(place.nuts()) + kBetween + std::to_string(place.home());
}

Bytes saying(const records::Actor::Rows& rows) {
  return Bytes(rows.kind()) + kBetween + rows.country() + kBetween + rows.place();
}

std::string_view take(std::string_view& said) {
  const std::size_t end = std::min(said.find(kBetween), said.size());
  const std::string_view front = said.substr(0, end);
  said.remove_prefix(std::min(end + 1, said.size()));
  return front;
}

}  // namespace

Result<void> ImportMemory::come_upon(const RecordsState& now, const Reader& reader) {
  if (state_ == now) return {};
  all_ours_ = false;
  if (!state_) {
    const auto any = reader.scan(Area::cooperation_ids, "");
    all_ours_ = !any->valid();
    TRY_VOID(any->status());
  }
  enterprises_.forget();
  actors_.forget();
  state_ = now;
  return {};
}

bool ImportMemory::knows_enterprise(const records::Cooperation& row) const {
  const auto said = enterprises_.said_of(row.enterprise());
  if (!said) return false;
  const records::Place& place = row.enterprise_place();
  std::string_view rest = *said;
  return place.home() == records::HOME_UNKNOWN ||
         (take(rest) == place.nuts() && rest == std::to_string(place.home()));
}

bool ImportMemory::knows_actor(const records::Cooperation& row) const {
  if (row.actor().empty()) return true;
  const auto said = actors_.said_of(row.actor());
  if (!said) return false;
  std::string_view rest = *said;
  for (const std::string* one : {&row.actor_kind(), &row.actor_country(), &row.actor_place()}) {
    const std::string_view before = take(rest);
    if (!one->empty() && *one != before) return false;
  }
  return true;
}

void ImportMemory::remember(const records::Enterprise& enterprise, records::Role role) {
  const auto& rows = enterprise.rows();
  const bool own = role == records::ROLE_OWN;
  if (!enterprise.has_rows() || (own && !rows.own())) return;
  enterprises_.remember(enterprise.id(), saying(own ? rows.own_place() : rows.partner_place()));
}

void ImportMemory::remember(const records::Actor& actor) {
  if (actor.has_rows()) actors_.remember(actor.id(), saying(actor.rows()));
}

}  // namespace regions
