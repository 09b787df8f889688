#include "node/cube/facts_update.h"

#include <algorithm>

#include "node/cube/limits.h"

namespace regions {
namespace {

// Puts values in the place of `count` ones from `first` on where they fit, else behind all others;
// the number of places that nobody has any more.
template <class T>
std::size_t put(std::vector<T>& column, const std::vector<T>& values, std::uint32_t& first,
                std::uint32_t& count) {
  const std::size_t before = count;
  const bool fits = values.size() <= before;
  count = static_cast<std::uint32_t>(values.size());
  if (!fits) {
    first = static_cast<std::uint32_t>(column.size());
    // By an eighth: doubling would double the memory of all for the sake of a few.
    if (column.capacity() < column.size() + values.size()) {
      column.reserve(column.size() + column.size() / 8 + values.size());
    }
    column.resize(column.size() + values.size());
  }
  std::copy(values.begin(), values.end(), column.begin() + first);
  return fits ? before - count : before;
}

template <class T>
void move(const std::vector<T>& from, std::vector<T>& to, std::uint32_t& first,
          std::uint32_t count) {
  const auto begin = from.begin() + first;
  first = static_cast<std::uint32_t>(to.size());
  to.insert(to.end(), begin, begin + count);
}

}  // namespace

Result<FactsUpdate> FactsUpdate::read(Facts& facts, const Reader& reader,
                                      const Territories& territories, ByteView secret,
                                      const Changed& changed) {
  FactsUpdate update;
  TRY(update.now_, records_state(reader));
  TRY(const auto counts, read_counts(reader));
  update.knows_nace_ = counts.known_nace() > 0;
  FactsReader::Wanted wanted;
  for (const std::string& id : changed.enterprises) {
    if (facts.ids_.find(id)) wanted[id] = false;
  }
  for (const std::string& id : changed.cooperating) wanted[id] = true;
  std::set<std::uint32_t> actors;
  for (const std::string& id : changed.actors) {
    const auto number = facts.actors_.find(id);
    if (!number) continue;
    actors.insert(*number);
    facts.said_by_[*number] = Facts::kNotAsked;
  }
  for (const auto& [actor, enterprise] : facts.leaning_) {
    if (actors.contains(actor)) wanted[std::string(facts.ids_[enterprise])] = true;
  }
  TRY(update.rows_, FactsReader(facts, reader, territories, secret).read_some(wanted));
  std::uint64_t cooperations = facts.cooperations_.size();
  for (const EnterpriseRows& rows : update.rows_) cooperations += rows.cooperations.size();
  if (cooperations > kCooperationsMax) {
    return fail(Errc::too_large, "more than 2^32 cooperations");
  }
  update.find_touched(facts);
  return update;
}

// With an enterprise goes its group, and with a holding that it newly stands in the group of that.
void FactsUpdate::find_touched(const Facts& facts) {
  std::set<std::uint32_t> groups;
  const auto touch = [&](std::uint32_t enterprise) {
    touched_.push_back(enterprise);
    if (facts.group_of(enterprise) != Facts::kAlone) groups.insert(facts.group_of(enterprise));
  };
  for (const EnterpriseRows& rows : rows_) {
    if (const auto enterprise = facts.ids_.find(rows.id)) touch(*enterprise);
    for (const StateFacts& state : rows.states) {
      const std::uint32_t other = facts.holder_first_[state.holder];
      if (other != Facts::kAlone) touch(other);
    }
  }
  for (const std::uint32_t group : groups) {
    const auto& members = facts.group(group);
    touched_.insert(touched_.end(), members.begin(), members.end());
  }
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
}

void FactsUpdate::apply(Facts& facts) {
  for (const std::uint32_t enterprise : touched_) leave_group(facts, enterprise);
  std::vector<bool> read_anew(facts.enterprises_.size());
  for (const EnterpriseRows& rows : rows_) {
    const auto enterprise = facts.ids_.find(rows.id);
    if (enterprise && rows.cooperations_read) read_anew[*enterprise] = true;
  }
  std::erase_if(facts.leaning_, [&](const auto& one) { return read_anew[one.enterprise]; });
  for (const EnterpriseRows& rows : rows_) write(facts, rows);
  facts.make_groups(touched_);
  if (facts.left_over_ > facts.cooperations_.size() / 4 ||
      facts.left_over_states_ > facts.states_.size() / 4) {
    close_ranks(facts);
  }
  facts.find_years();
  facts.knows_nace_ = knows_nace_;
  facts.read_at_ = now_;
  rows_.clear();
}

void FactsUpdate::leave_group(Facts& facts, std::uint32_t enterprise) {
  const EnterpriseFacts& left = facts.enterprises_[enterprise];
  for (std::uint32_t s = 0; s < left.states; ++s) {
    facts.holder_first_[facts.states_[left.first_state + s].holder] = Facts::kAlone;
  }
  std::uint32_t& group = facts.group_of_[enterprise];
  if (group != Facts::kAlone && !facts.groups_[group].empty()) {
    facts.groups_[group].clear();
    facts.free_groups_.push_back(group);
  }
  group = Facts::kAlone;
}

void FactsUpdate::write(Facts& facts, const EnterpriseRows& rows) {
  if (rows.cooperations.empty() && !facts.ids_.find(rows.id)) return;
  const std::uint32_t number = facts.ids_.number(rows.id);
  if (number == facts.enterprises_.size()) {
    facts.enterprises_.emplace_back();
    facts.group_of_.push_back(Facts::kAlone);
    touched_.push_back(number);  // the largest so far
  }
  EnterpriseFacts& enterprise = facts.enterprises_[number];
  if (rows.cooperations_read) {
    facts.count_years(enterprise, -1);
    facts.left_over_ += put(facts.cooperations_, rows.cooperations, enterprise.first_cooperation,
                            enterprise.cooperations);
    facts.count_years(enterprise, +1);
    facts.lean(number, rows.actors);
  }
  facts.left_over_states_ +=
      put(facts.states_, rows.states, enterprise.first_state, enterprise.states);
}

// Copies what is in use one behind the other, in the order of the enterprises.
void FactsUpdate::close_ranks(Facts& facts) {
  std::vector<CooperationFacts> cooperations;
  std::vector<StateFacts> states;
  cooperations.reserve(facts.cooperations_.size() - facts.left_over_);
  states.reserve(facts.states_.size() - facts.left_over_states_);
  for (EnterpriseFacts& one : facts.enterprises_) {
    move(facts.cooperations_, cooperations, one.first_cooperation, one.cooperations);
    move(facts.states_, states, one.first_state, one.states);
  }
  facts.cooperations_ = std::move(cooperations);
  facts.states_ = std::move(states);
  facts.left_over_ = facts.left_over_states_ = 0;
}

}  // namespace regions
