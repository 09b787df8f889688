#include "node/cube/knowers.h"

#include <algorithm>

namespace regions {
namespace {

constexpr PartyId kUnmet = 0xFFFFFFFF;
constexpr std::int32_t kEver = std::numeric_limits<std::int32_t>::min();

}  // namespace

void make_unique(std::vector<PartyId>& parties) {
  std::sort(parties.begin(), parties.end());
  parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
}

Knowers::Knowers(const Knowledge& knowledge)
    : knowledge_(knowledge),
      of_holder_(knowledge.facts_.record_keys().size(), kUnmet),
      of_project_(knowledge.first_actor_.size() - 1) {}

PartyId Knowers::party(const Party& party) {
  const auto [at, fresh] = numbers_.emplace(party, static_cast<PartyId>(parties_.size()));
  if (fresh) parties_.push_back(party);
  return at->second;
}

PartyId Knowers::holding(std::uint32_t holder) {
  PartyId& known = of_holder_[holder];
  if (known == kUnmet) {
    known = party({PartyKind::holding, std::string(knowledge_.facts_.holder(holder))});
  }
  return known;
}

void Knowers::add(std::uint32_t enterprise, std::size_t cooperation, std::vector<PartyId>& out) {
  const KnownCooperation& row = knowledge_.cooperations_[cooperation];
  add_holdings(knowledge_.facts_.enterprises()[enterprise], row.start, out);
  if (row.is_public) return;
  if (row.project != Knowledge::kNobody) {
    const std::vector<PartyId>& actors = of_project(row.project);
    out.insert(out.end(), actors.begin(), actors.end());
  } else if (row.actor != Knowledge::kNobody) {
    add_actor(row.actor, out);
  }
  if (row.member != Knowledge::kNobody) {
    out.push_back(party({PartyKind::member, knowledge_.members_[row.member]}));
  }
}

// Its own actor is one of them.
const std::vector<PartyId>& Knowers::of_project(std::uint32_t project) {
  std::vector<PartyId>& actors = of_project_[project];
  if (!actors.empty()) return actors;
  const std::uint32_t end = knowledge_.first_actor_[project + 1];
  for (std::uint32_t i = knowledge_.first_actor_[project]; i < end; ++i) {
    add_actor(knowledge_.actors_of_[i], actors);
  }
  make_unique(actors);
  return actors;
}

// One that is an enterprise or a holding here as well is one observer with it.
void Knowers::add_actor(std::uint32_t actor, std::vector<PartyId>& out) {
  const Facts& facts = knowledge_.facts_;
  const std::string_view id = knowledge_.actors_[actor];
  const auto holder = facts.find_holder(id);
  const auto enterprise = facts.find_enterprise(id);
  if (holder) out.push_back(holding(*holder));
  if (enterprise) add_holdings(facts.enterprises()[*enterprise], kEver, out);
  if (!holder && !enterprise) out.push_back(party({PartyKind::actor, std::string(id)}));
}

// Those that it stood in on that day and afterwards.
void Knowers::add_holdings(const EnterpriseFacts& enterprise, std::int32_t since,
                           std::vector<PartyId>& out) {
  const StateFacts* state = knowledge_.facts_.states().data() + enterprise.first_state;
  const StateFacts* const end = state + enterprise.states;
  for (; state != end; ++state) {
    const bool over = state + 1 != end && state[1].from <= since;
    if (!over) out.push_back(holding(state->holder));
  }
}

}  // namespace regions
