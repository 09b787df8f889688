#include "policies/disclosure/headline_observers.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace regions {
namespace {

std::vector<std::string> sorted_ids(const CountedEnterprises& counted) {
  std::vector<std::string> ids;
  for (const CountedEnterprise& one : counted.enterprises) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

bool stands_twice(const std::vector<std::string>& ids) {
  return std::adjacent_find(ids.begin(), ids.end()) != ids.end();
}

class Search {
 public:
  Search(const CountedEnterprises& counted, std::int64_t minimum, std::uint32_t coalition)
      : counted_(counted), minimum_(minimum), coalition_(coalition) {}

  Result<void> add(const std::vector<Party>& parties) {
    std::map<Party, Enterprises> known;
    for (std::uint32_t at = 0; at < counted_.enterprises.size(); ++at) {
      const CountedEnterprise& one = counted_.enterprises[at];
      if (one.is_public) continue;
      ++open_;
      for (const PartyId party : one.known_to) {
        if (party >= parties.size()) return fail(Errc::corrupt, "an enterprise known to nobody");
        Enterprises& of_party = known[parties[party]];
        if (of_party.empty() || of_party.back() != at) of_party.push_back(at);
      }
    }
    known_.assign(known.begin(), known.end());
    std::stable_sort(known_.begin(), known_.end(), [](const auto& a, const auto& b) {
      return a.second.size() > b.second.size();
    });
    return {};
  }

  Result<std::vector<HeadlineFinding>> run() {
    const bool some_public = open_ < static_cast<std::int64_t>(counted_.enterprises.size());
    if (some_public && add_if_near({}, {})) return std::move(found_);
    // Whoever comes too near alone needs nobody else.
    std::erase_if(known_, [&](const auto& one) { return add_if_near({one.first}, one.second); });
    if (coalition_ > 1) TRY_VOID(extend(0, {}, {}));
    std::sort(found_.begin(), found_.end(),
              [](const auto& a, const auto& b) { return a.observers < b.observers; });
    return std::move(found_);
  }

 private:
  using Enterprises = std::vector<std::uint32_t>;  // by their places in the count, ascending

  Result<void> extend(std::size_t from, const std::vector<Party>& together,
                      const Enterprises& known) {
    const std::size_t more = coalition_ - together.size();
    if (more == 0) return {};
    for (std::size_t at = from; at < known_.size(); ++at) {
      const auto& [party, of_party] = known_[at];
      // Not even so many who know so much, and none of it the same, come near enough; and all that
      // follow know less.
      if (remains(known.size() + more * of_party.size()) >= minimum_) return {};
      if (++looked_at_ > kCoalitionsMax) {
        return fail(Errc::too_large, "more than " + std::to_string(kCoalitionsMax) +
                                         " coalitions of observers of " + counted_.indicator + " " +
                                         counted_.period + "; set a smaller coalition");
      }
      Enterprises all;
      std::set_union(known.begin(), known.end(), of_party.begin(), of_party.end(),
                     std::back_inserter(all));
      std::vector<Party> members = together;
      members.push_back(party);
      if (members.size() > 1 && add_if_near(members, all)) continue;
      TRY_VOID(extend(at + 1, members, all));
    }
    return {};
  }

  std::int64_t remains(std::size_t known) const { return open_ - static_cast<std::int64_t>(known); }

  bool add_if_near(std::vector<Party> together, const Enterprises& known) {
    const std::int64_t left = remains(known.size());
    if (left == 0 || left >= minimum_) return false;
    std::sort(together.begin(), together.end());
    const auto all = static_cast<std::int64_t>(counted_.enterprises.size());
    found_.push_back({counted_.indicator, counted_.period, std::move(together), all - left, left});
    return true;
  }

  const CountedEnterprises& counted_;
  const std::int64_t minimum_;
  const std::uint32_t coalition_;
  std::int64_t open_ = 0;                             // enterprises that are not public
  std::vector<std::pair<Party, Enterprises>> known_;  // who knows most first
  std::vector<HeadlineFinding> found_;
  std::size_t looked_at_ = 0;
};

}  // namespace

Result<CountedEnterprises> difference(const CountedEnterprises& whole,
                                      const CountedEnterprises& part) {
  const std::vector<std::string> all = sorted_ids(whole), some = sorted_ids(part);
  if (stands_twice(all) || stands_twice(some) ||
      !std::includes(all.begin(), all.end(), some.begin(), some.end())) {
    return fail(Errc::corrupt, part.indicator + " " + part.period + ": not a part of " +
                                   whole.indicator + "; the records are inconsistent");
  }
  CountedEnterprises rest{whole.indicator + " minus " + part.indicator, whole.period, {}};
  for (const CountedEnterprise& one : whole.enterprises) {
    if (!std::binary_search(some.begin(), some.end(), one.id)) rest.enterprises.push_back(one);
  }
  return rest;
}

Result<std::vector<HeadlineFinding>> find_headline_observers(const CountedEnterprises& counted,
                                                             const std::vector<Party>& parties,
                                                             std::int64_t minimum,
                                                             std::uint32_t coalition) {
  Search search(counted, minimum, coalition);
  TRY_VOID(search.add(parties));
  return search.run();
}

}  // namespace regions
