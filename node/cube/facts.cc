#include "node/cube/facts.h"

#include <algorithm>

#include "node/cube/facts_reader.h"
#include "node/cube/union_find.h"

namespace regions {
namespace {

template <class T>
std::size_t column_bytes(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

}  // namespace

Facts::Facts() : begun_(kYearMax - kYearMin + 2) {}

Result<Facts> Facts::load(const Reader& snapshot, const Territories& territories, ByteView secret,
                          const std::atomic<bool>* stop) {
  Facts facts;
  TRY_VOID(FactsReader(facts, snapshot, territories, secret).read_all(stop));
  return facts;
}

void Facts::make_groups(const std::vector<std::uint32_t>& enterprises) {
  const bool all = enterprises.size() == enterprises_.size();
  const auto place_of = [&](std::uint32_t enterprise) {
    if (all) return enterprise;
    return static_cast<std::uint32_t>(
        std::lower_bound(enterprises.begin(), enterprises.end(), enterprise) - enterprises.begin());
  };
  UnionFind together(enterprises.size());
  for (std::uint32_t i = 0; i < enterprises.size(); ++i) {
    const EnterpriseFacts& enterprise = enterprises_[enterprises[i]];
    for (std::uint32_t s = 0; s < enterprise.states; ++s) {
      std::uint32_t& first = holder_first_[states_[enterprise.first_state + s].holder];
      if (first == kAlone) first = enterprises[i];
      together.join(place_of(first), i);
    }
  }
  std::vector<std::uint32_t> members(enterprises.size());
  for (std::uint32_t i = 0; i < enterprises.size(); ++i) ++members[together.root(i)];
  for (std::uint32_t i = 0; i < enterprises.size(); ++i) {
    const std::uint32_t lead = together.root(i);
    std::uint32_t& group = group_of_[enterprises[i]];
    if (members[lead] == 1) {
      group = kAlone;
    } else if (lead == i) {
      group = free_group();
      groups_[group] = {enterprises[i]};
    } else {
      group = group_of_[enterprises[lead]];
      groups_[group].push_back(enterprises[i]);
    }
  }
}

std::uint32_t Facts::free_group() {
  if (free_groups_.empty()) {
    groups_.emplace_back();
    return static_cast<std::uint32_t>(groups_.size() - 1);
  }
  const std::uint32_t group = free_groups_.back();
  free_groups_.pop_back();
  return group;
}

void Facts::lean(std::uint32_t enterprise, std::vector<std::uint32_t> actors) {
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  for (const std::uint32_t actor : actors) leaning_.push_back({actor, enterprise});
}

void Facts::count_years(const EnterpriseFacts& enterprise, int sign) {
  const CooperationFacts* one = cooperations_.data() + enterprise.first_cooperation;
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    begun_[one->first_year - kYearMin] += sign;
    begun_[one->last_year - kYearMin + 1] -= sign;
  }
}

void Facts::find_years() {
  const auto years = active_years();
  first_year_ = years.empty() ? kYearMax : years.front();
  last_year_ = years.empty() ? kYearMin : years.back();
}

std::vector<int> Facts::active_years() const {
  std::vector<int> years;
  std::int64_t active = 0;
  for (int year = kYearMin; year <= kYearMax; ++year) {
    active += begun_[year - kYearMin];
    if (active > 0) years.push_back(year);
  }
  return years;
}

const StateFacts& Facts::state_on(const EnterpriseFacts& enterprise, std::int32_t day) const {
  const StateFacts* held = states_.data() + enterprise.first_state;
  const StateFacts* const end = held + enterprise.states;
  for (const StateFacts* next = held + 1; next < end && next->from <= day; ++next) held = next;
  return *held;
}

std::size_t Facts::bytes() const {
  std::size_t bytes = column_bytes(cooperations_) + column_bytes(states_) +
                      column_bytes(enterprises_) + column_bytes(record_keys_) +
                      column_bytes(leaning_) + column_bytes(holder_first_) +
                      column_bytes(group_of_) + column_bytes(groups_) + column_bytes(shapes_) +
                      column_bytes(standings_) + column_bytes(said_) + column_bytes(said_by_);
  for (const Names* names : {&ids_, &holders_, &actors_}) bytes += names->bytes();
  for (const auto& group : groups_) bytes += column_bytes(group);
  return bytes;
}

}  // namespace regions
