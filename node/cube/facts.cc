#include "node/cube/facts.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "node/records/values.h"
#include "policies/catalogue/period.h"

namespace regions {
namespace {

// Strings as numbers, in order of first sight.
class Interner {
 public:
  // True in `fresh` when `name` was not seen before; its number is that of names so far.
  std::uint32_t number_of(const std::string& name, std::uint32_t next) {
    return numbers_.emplace(name, next).first->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// Which enterprises belong together because they share a holding, directly or over others.
class UnionFind {
 public:
  explicit UnionFind(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  std::uint32_t root(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The smaller one leads, so that the order does not depend on who was joined first.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace

class FactsLoader final : public RecordVisitor {
 public:
  FactsLoader(const Reader& reader, const Territories& territories, ByteView secret,
              const std::atomic<bool>* stop)
      : reader_(reader), territories_(territories), secret_(secret), stop_(stop) {
    names_.number_of("", 0);
  }

  Result<Facts> run() {
    TRY_VOID(walk(reader_, *this));
    close();
    make_clusters();
    return std::move(facts_);
  }

  Result<void> enterprise(const records::Enterprise& enterprise) override {
    if (stop_ != nullptr && *stop_) return fail(Errc::cancelled, "the node is stopping");
    close();
    enterprise_ = enterprise;
    if (!is_own(enterprise)) return {};
    for (const auto& state : enterprise.states()) facts_.knows_nace_ |= !state.nace().empty();
    return {};
  }

  Result<void> cooperation(const records::Cooperation& cooperation) override {
    if (cooperation.role() != records::ROLE_OWN) return {};
    if (cooperation.status() == records::STATUS_CANCELLED) return {};
    if (!cooperation.has_start() || !cooperation.has_end()) return {};
    const int first = year_of(cooperation.start()), last = year_of(cooperation.end());
    if (first < kYearMin || last > kYearMax || first > last) {
      return fail(Errc::corrupt, "a stored cooperation lies outside the years 1900 to 2999");
    }
    TRY(const std::uint32_t shape, shape_of(cooperation));
    facts_.first_year_ = std::min(facts_.first_year_, first);
    facts_.last_year_ = std::max(facts_.last_year_, last);
    facts_.cooperations_.push_back(
        {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last), shape,
         cooperation.has_amount_share() ? cooperation.amount_share() : kUnknownCents});
    return {};
  }

 private:
  // What the row does not say, the actor's own organisation may.
  Result<std::uint32_t> shape_of(const records::Cooperation& row) {
    Shape shape{{row.technologies().begin(), row.technologies().end()}, row.actor_kind(), {}};
    std::string place = row.actor_place(), country = row.actor_country();
    if (shape.actor_kind.empty() || place.empty()) {
      TRY(const auto actor, find_actor(reader_, row.actor()));
      if (actor && actor->states_size() > 0) {
        const records::State& state = *actor->states().rbegin();
        if (shape.actor_kind.empty()) shape.actor_kind = state.kind();
        if (place.empty()) place = state.place().nuts();
        if (country.empty()) country = state.country();
      }
    }
    shape.profile = profile_at(place, country);
    const auto next = static_cast<std::uint32_t>(facts_.shapes_.size());
    const auto [at, fresh] = shapes_.emplace(shape, next);
    if (fresh) facts_.shapes_.push_back(std::move(shape));
    return at->second;
  }

  Profile profile_at(const std::string& place, const std::string& country) {
    const auto [at, fresh] = profiles_.emplace(place + "/" + country, Profile::unknown);
    if (fresh) at->second = profile_of(territories_, place, country);
    return at->second;
  }

  // Files the enterprise at hand if anything of it can count.
  void close() {
    const std::uint64_t first = filed_;
    filed_ = facts_.cooperations_.size();
    if (filed_ == first) return;
    const auto states = static_cast<std::uint32_t>(facts_.states_.size());
    if (enterprise_.states_size() == 0 || enterprise_.states(0).has_valid_from()) file(kAlways);
    for (const auto& state : enterprise_.states()) {
      file(state.has_valid_from() ? state.valid_from() : kAlways);
    }
    facts_.enterprises_.push_back({first, static_cast<std::uint32_t>(filed_ - first), states,
                                   static_cast<std::uint32_t>(facts_.states_.size() - states)});
  }

  void file(std::int32_t from) {
    const records::State* state = state_on(enterprise_, from);
    static const std::string kUnknown;
    const std::string& holding = state != nullptr ? state->holding() : kUnknown;
    facts_.states_.push_back({from, name(state != nullptr ? state->nace() : kUnknown),
                              name(state != nullptr ? state->size() : kUnknown),
                              holder(holding.empty() ? enterprise_.id() : holding),
                              home_on(enterprise_, from)});
  }

  std::uint32_t name(const std::string& text) {
    const auto next = static_cast<std::uint32_t>(facts_.names_.size());
    const std::uint32_t number = names_.number_of(text, next);
    if (number == next) facts_.names_.push_back(text);
    return number;
  }

  std::uint32_t holder(const std::string& id) {
    const auto next = static_cast<std::uint32_t>(facts_.record_keys_.size());
    const std::uint32_t number = holders_.number_of(id, next);
    if (number == next) facts_.record_keys_.push_back(record_key(secret_, id));
    return number;
  }

  void make_clusters() {
    const auto count = static_cast<std::uint32_t>(facts_.enterprises_.size());
    UnionFind together(count);
    std::vector<std::uint32_t> first_of(facts_.record_keys_.size(), count);
    for (std::uint32_t i = 0; i < count; ++i) {
      const EnterpriseFacts& enterprise = facts_.enterprises_[i];
      for (std::uint32_t s = 0; s < enterprise.states; ++s) {
        std::uint32_t& first = first_of[facts_.states_[enterprise.first_state + s].holder];
        if (first == count) first = i;
        together.join(first, i);
      }
    }
    std::vector<std::uint32_t> lead(count);
    for (std::uint32_t i = 0; i < count; ++i) lead[i] = together.root(i);
    facts_.order_.resize(count);
    std::iota(facts_.order_.begin(), facts_.order_.end(), 0u);
    std::stable_sort(facts_.order_.begin(), facts_.order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return lead[a] < lead[b]; });
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i == 0 || lead[facts_.order_[i]] != lead[facts_.order_[i - 1]]) {
        facts_.clusters_.push_back(i);
      }
    }
    facts_.clusters_.push_back(count);
  }

  const Reader& reader_;
  const Territories& territories_;
  const ByteView secret_;
  const std::atomic<bool>* const stop_;
  Facts facts_;
  Interner names_, holders_;
  std::map<Shape, std::uint32_t> shapes_;
  std::unordered_map<std::string, Profile> profiles_;
  records::Enterprise enterprise_;
  std::uint64_t filed_ = 0;  // cooperations that belong to enterprises filed so far
};

Result<Facts> Facts::load(const Reader& snapshot, const Territories& territories, ByteView secret,
                          const std::atomic<bool>* stop) {
  return FactsLoader(snapshot, territories, secret, stop).run();
}

std::vector<int> Facts::active_years() const {
  std::vector<bool> seen(static_cast<std::size_t>(std::max(0, last_year_ - first_year_ + 1)));
  for (const CooperationFacts& one : cooperations_) {
    for (int year = one.first_year; year <= one.last_year; ++year) seen[year - first_year_] = true;
  }
  std::vector<int> years;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) years.push_back(first_year_ + static_cast<int>(i));
  }
  return years;
}

}  // namespace regions
