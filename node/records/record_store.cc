#include "node/records/record_store.h"

#include "node/records/record_keys.h"

namespace regions {
namespace {

template <class Message>
Result<std::optional<Message>> find(const Reader& reader, Area area, ByteView key,
                                    std::string_view what) {
  TRY(const auto bytes, reader.get(area, key));
  if (!bytes) return std::optional<Message>();
  TRY(auto message, parse_record<Message>(*bytes, what));
  return std::optional<Message>(std::move(message));
}

// The enterprise part of a cooperation key.
ByteView owner_of(ByteView key) {
  if (key.size() < 2) return key;
  return key.substr(0, std::size_t{2} + read_u16(key));
}

}  // namespace

Result<records::Counts> read_counts(const Reader& reader) {
  TRY(auto counts, find<records::Counts>(reader, Area::meta_records, kCountsKey, "count"));
  return counts.value_or(records::Counts());
}

Result<std::optional<records::Enterprise>> find_enterprise(const Reader& reader,
                                                           std::string_view id) {
  return find<records::Enterprise>(reader, Area::enterprises, id_key(id), "enterprise");
}

Result<std::optional<records::Actor>> find_actor(const Reader& reader, std::string_view id) {
  return find<records::Actor>(reader, Area::actors, id_key(id), "actor");
}

Result<std::optional<records::Cooperation>> find_cooperation(const Reader& reader,
                                                             std::string_view id) {
  TRY(const auto index,
      find<records::CooperationIndex>(reader, Area::cooperation_ids, id, "cooperation index"));
  if (!index) return std::optional<records::Cooperation>();
  TRY(auto found,
      find<records::Cooperation>(reader, Area::cooperations,
                                 cooperation_key(index->enterprise(), id), "cooperation"));
  if (!found) return fail(Errc::corrupt, "a cooperation of the index is not stored");
  return found;
}

Result<std::vector<records::Cooperation>> old_cooperations(const Reader& reader,
                                                           std::string_view id) {
  std::vector<records::Cooperation> found;
  auto cursor = reader.scan(Area::old_versions, "c" + id_key(id));
  for (; cursor->valid(); cursor->next()) {
    TRY(auto old, parse_record<records::Cooperation>(cursor->value(), "old version"));
    found.push_back(std::move(old));
  }
  TRY_VOID(cursor->status());
  return found;
}

Result<void> walk(const Reader& reader, RecordVisitor& visitor) {
  auto enterprises = reader.scan(Area::enterprises, "");
  auto cooperations = reader.scan(Area::cooperations, "");
  records::Enterprise enterprise;
  CooperationView cooperation;
  for (; enterprises->valid(); enterprises->next()) {
    TRY_VOID(parse_into(enterprise, enterprises->value(), "enterprise"));
    TRY_VOID(visitor.enterprise(enterprise));
    for (; cooperations->valid() && owner_of(cooperations->key()) == enterprises->key();
         cooperations->next()) {
      TRY_VOID(view_into(cooperation, cooperations->value()));
      TRY_VOID(visitor.cooperation(cooperation));
    }
  }
  TRY_VOID(enterprises->status());
  if (cooperations->valid()) return fail(Errc::corrupt, "a cooperation has no enterprise");
  return cooperations->status();
}

namespace {

const records::State* last_of(const records::Enterprise& enterprise, records::Role role,
                              std::int32_t day) {
  const records::State* held = nullptr;
  for (const auto& state : enterprise.states()) {
    if (state.role() != role) continue;
    if (!state.has_valid_from() || state.valid_from() <= day) held = &state;
  }
  return held;
}

// A partner's row that says from which day on the enterprise is elsewhere.
bool moves_away(const records::State& partner) {
  return partner.has_valid_from() && partner.place().home() == records::HOME_ELSEWHERE;
}

}  // namespace

const records::State* state_on(const records::Enterprise& enterprise, std::int32_t day) {
  const records::State* own = last_of(enterprise, records::ROLE_OWN, day);
  const records::State* partner = last_of(enterprise, records::ROLE_PARTNER, day);
  if (own == nullptr || partner == nullptr) return own != nullptr ? own : partner;
  const bool later = !own->has_valid_from() || partner->valid_from() > own->valid_from();
  return moves_away(*partner) && later ? partner : own;
}

records::Home home_on(const records::Enterprise& enterprise, std::int32_t day) {
  const records::State* state = state_on(enterprise, day);
  const bool first = state != nullptr && (state->role() == records::ROLE_OWN || moves_away(*state));
  const auto& rows = enterprise.rows();
  const records::Home said[] = {first ? state->place().home() : records::HOME_UNKNOWN,
                                rows.own_place().home(),
                                state != nullptr ? state->place().home() : records::HOME_UNKNOWN,
                                rows.partner_place().home()};
  for (const auto home : said) {
    if (home != records::HOME_UNKNOWN) return home;
  }
  return records::HOME_UNKNOWN;
}

bool is_own(const records::Enterprise& enterprise) {
  if (enterprise.rows().own()) return true;
  for (const auto& state : enterprise.states()) {
    if (state.role() == records::ROLE_OWN) return true;
  }
  return false;
}

}  // namespace regions
