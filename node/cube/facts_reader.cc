#include "node/cube/facts_reader.h"

#include <algorithm>
#include <numeric>

#include "node/cube/limits.h"
#include "node/records/record_keys.h"
#include "node/records/values.h"

namespace regions {

FactsReader::FactsReader(Facts& facts, const Reader& reader, const Territories& territories,
                         ByteView secret)
    : facts_(facts), reader_(reader), territories_(territories), secret_(secret) {
  for (std::uint32_t i = 0; i < facts.shapes_.size(); ++i) shapes_.emplace(facts.shapes_[i], i);
  for (std::uint32_t i = 0; i < facts.standings_.size(); ++i) {
    standings_.emplace(facts.standings_[i], i);
  }
  for (std::uint32_t i = 0; i < facts.said_.size(); ++i) said_.emplace(facts.said_[i], i);
}

Result<void> FactsReader::read_all(const std::atomic<bool>* stop, RecordVisitor* through) {
  stop_ = stop;
  TRY(facts_.read_at_, records_state(reader_));
  TRY(const auto counts, read_counts(reader_));
  facts_.cooperations_.reserve(static_cast<std::size_t>(
      std::clamp<std::int64_t>(counts.own_cooperations(), 0, kReservedMax)));
  TRY_VOID(walk(reader_, through == nullptr ? *this : *through));
  TRY_VOID(file());
  std::vector<std::uint32_t> all(facts_.enterprises_.size());
  std::iota(all.begin(), all.end(), 0u);
  facts_.make_groups(all);
  facts_.find_years();
  return {};
}

Result<std::vector<EnterpriseRows>> FactsReader::read_some(const Wanted& wanted) {
  std::vector<Key> keys;
  keys.reserve(wanted.size());
  for (const auto& one : wanted) keys.push_back({id_key(one.first), &one});
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.bytes < b.bytes; });
  std::vector<EnterpriseRows> out;
  out.reserve(keys.size());
  std::unique_ptr<Cursor> cooperations;
  for (std::size_t i = 0; i < keys.size(); i += kReadTogether) {
    const std::size_t count = std::min(kReadTogether, keys.size() - i);
    TRY_VOID(read_together(std::span(keys).subspan(i, count), cooperations, out));
  }
  return out;
}

Result<void> FactsReader::read_together(std::span<const Key> keys,
                                        std::unique_ptr<Cursor>& cooperations,
                                        std::vector<EnterpriseRows>& out) {
  std::vector<Bytes> asked;
  for (const Key& key : keys) asked.push_back(key.bytes);
  TRY(const auto stored, reader_.get_many(Area::enterprises, asked));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    rows_ = {};
    rows_.id = keys[i].wanted->first;
    rows_.cooperations_read = keys[i].wanted->second || !stored[i];
    if (rows_.cooperations_read) TRY_VOID(read_cooperations(asked[i], cooperations));
    if (stored[i]) {
      TRY_VOID(parse_into(enterprise_, *stored[i], "enterprise"));
      add_states(enterprise_);
    } else if (!rows_.cooperations.empty()) {
      return fail(Errc::corrupt, "a cooperation has no enterprise");
    }
    out.push_back(std::move(rows_));
  }
  return {};
}

Result<void> FactsReader::read_cooperations(const Bytes& key, std::unique_ptr<Cursor>& cursor) {
  if (cursor == nullptr) {
    cursor = reader_.scan(Area::cooperations, "", key);
  } else if (!(cursor->valid() && cursor->key().starts_with(key))) {
    cursor->seek(key);
  }
  for (; cursor->valid() && cursor->key().starts_with(key); cursor->next()) {
    TRY_VOID(view_into(row_, cursor->value()));
    TRY_VOID(cooperation(row_));
  }
  if (cursor->valid()) return {};
  return cursor->status();
}

Result<void> FactsReader::enterprise(const records::Enterprise& enterprise) {
  if (stop_ != nullptr && *stop_) return fail(Errc::cancelled, "the node is stopping");
  TRY_VOID(file());
  enterprise_ = enterprise;
  if (!is_own(enterprise)) return {};
  for (const auto& state : enterprise.states()) facts_.knows_nace_ |= !state.nace().empty();
  return {};
}

Result<void> FactsReader::cooperation(const CooperationView& row) {
  if (row.role != records::ROLE_OWN) return {};
  if (row.status == records::STATUS_CANCELLED) return {};
  if (!row.start || !row.end) return {};
  const int first = year_of(*row.start), last = year_of(*row.end);
  if (first < kYearMin || last > kYearMax || first > last) {
    return fail(Errc::corrupt, "a stored cooperation lies outside the years 1900 to 2999");
  }
  TRY(const std::uint32_t shape, shape_of(row));
  rows_.cooperations.push_back({static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last),
                                shape, row.amount_share.value_or(kUnknownCents)});
  return {};
}

// Files the enterprise at hand if anything of it can count.
Result<void> FactsReader::file() {
  if (rows_.cooperations.empty()) return {};
  if (facts_.cooperations_.size() + rows_.cooperations.size() > kCooperationsMax) {
    return fail(Errc::too_large, "more than 2^32 cooperations");
  }
  add_states(enterprise_);
  const std::uint32_t number = facts_.ids_.number(enterprise_.id());
  facts_.enterprises_.push_back({static_cast<std::uint32_t>(facts_.cooperations_.size()),
                                 static_cast<std::uint32_t>(rows_.cooperations.size()),
                                 static_cast<std::uint32_t>(facts_.states_.size()),
                                 static_cast<std::uint32_t>(rows_.states.size())});
  facts_.cooperations_.insert(facts_.cooperations_.end(), rows_.cooperations.begin(),
                              rows_.cooperations.end());
  facts_.states_.insert(facts_.states_.end(), rows_.states.begin(), rows_.states.end());
  facts_.group_of_.push_back(Facts::kAlone);
  facts_.lean(number, rows_.actors);
  facts_.count_years(facts_.enterprises_.back(), +1);
  rows_.cooperations.clear();
  rows_.states.clear();
  rows_.actors.clear();
  return {};
}

Result<FactsReader::OfActor> FactsReader::says(const CooperationView& row) {
  OfActor said{row.actor_kind, row.actor_place, row.actor_country};
  const bool leaves_open = row.actor_kind.empty() || row.actor_place.empty();
  if (!leaves_open || row.actor.empty()) return said;
  TRY(const ActorSaid* const actor, said_of(row.actor));
  if (said.kind.empty()) said.kind = actor->kind;
  if (said.place.empty()) said.place = actor->place;
  if (said.country.empty()) said.country = actor->country;
  return said;
}

Result<std::uint32_t> FactsReader::shape_of(const CooperationView& row) {
  TRY(const OfActor actor, says(row));
  if (wordings_.size() >= kWordingsMax) {
    wordings_ = Names();
    shape_of_wording_.clear();
  }
  wording_.clear();
  for (const std::string_view technology : row.technologies)
    wording_.append(technology).append(";");
  wording_.append("/").append(actor.kind).append("/").append(actor.place);
  wording_.append("/").append(actor.country);
  const std::uint32_t wording = wordings_.number(wording_);
  if (wording < shape_of_wording_.size()) return shape_of_wording_[wording];
  Shape shape{{row.technologies.begin(), row.technologies.end()},
              std::string(actor.kind),
              profile_of(territories_, actor.place, actor.country)};
  const auto next = static_cast<std::uint32_t>(facts_.shapes_.size());
  const auto [at, fresh] = shapes_.emplace(shape, next);
  if (fresh) facts_.shapes_.push_back(std::move(shape));
  shape_of_wording_.push_back(at->second);
  return at->second;
}

Result<const ActorSaid*> FactsReader::said_of(std::string_view actor) {
  const std::uint32_t number = facts_.actors_.number(actor);
  rows_.actors.push_back(number);
  if (number == facts_.said_by_.size()) facts_.said_by_.push_back(Facts::kNotAsked);
  std::uint32_t& said = facts_.said_by_[number];
  if (said != Facts::kNotAsked) return &facts_.said_[said];
  ActorSaid read;
  TRY(const auto found, find_actor(reader_, actor));
  if (found && found->states_size() > 0) {
    const records::State& state = *found->states().rbegin();
    read = {state.kind(), state.place().nuts(), state.country()};
  }
  const auto next = static_cast<std::uint32_t>(facts_.said_.size());
  const auto [at, fresh] = said_.emplace(read, next);
  if (fresh) facts_.said_.push_back(std::move(read));
  said = at->second;
  return &facts_.said_[said];
}

void FactsReader::add_states(const records::Enterprise& enterprise) {
  if (enterprise.states_size() == 0 || enterprise.states(0).has_valid_from()) {
    rows_.states.push_back(state(enterprise, kAlways));
  }
  for (const auto& one : enterprise.states()) {
    rows_.states.push_back(state(enterprise, one.has_valid_from() ? one.valid_from() : kAlways));
  }
}

StateFacts FactsReader::state(const records::Enterprise& enterprise, std::int32_t from) {
  const records::State* held = state_on(enterprise, from);
  static const records::State kNothing;
  if (held == nullptr) held = &kNothing;
  const Standing standing{held->nace(), held->size(), home_on(enterprise, from)};
  const auto next = static_cast<std::uint32_t>(facts_.standings_.size());
  const auto [at, fresh] = standings_.emplace(standing, next);
  if (fresh) facts_.standings_.push_back(standing);
  return {from, at->second, holder(held->holding().empty() ? enterprise.id() : held->holding())};
}

std::uint32_t FactsReader::holder(const std::string& id) {
  const std::uint32_t number = facts_.holders_.number(id);
  if (number < facts_.record_keys_.size()) return number;
  facts_.record_keys_.push_back(record_key(secret_, id));
  facts_.holder_first_.push_back(Facts::kAlone);
  return number;
}

}  // namespace regions
