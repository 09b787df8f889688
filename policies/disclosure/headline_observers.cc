#include "policies/disclosure/headline_observers.h"

#include <algorithm>
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
    for (std::size_t at = 0; at < counted_.enterprises.size(); ++at) {
      for (const PartyId party : counted_.enterprises[at].known_to) {
        if (party >= parties.size()) return fail(Errc::corrupt, "an enterprise known to nobody");
        auto& known = known_[parties[party]];
        known.resize(counted_.enterprises.size());
        known[at] = true;
      }
    }
    return {};
  }

  Result<std::vector<HeadlineFinding>> run() {
    for (auto at = known_.begin(); at != known_.end();) {
      // Whoever comes too near alone needs nobody else.
      at = add_if_near({at->first}, at->second) ? known_.erase(at) : std::next(at);
    }
    TRY_VOID(extend(known_.begin(), {}, std::vector<bool>(counted_.enterprises.size())));
    std::sort(found_.begin(), found_.end(),
              [](const auto& a, const auto& b) { return a.observers < b.observers; });
    return std::move(found_);
  }

 private:
  using Known = std::map<Party, std::vector<bool>>;

  Result<void> extend(Known::const_iterator from, const std::vector<Party>& together,
                      const std::vector<bool>& known) {
    if (together.size() == coalition_) return {};
    for (auto at = from; at != known_.end(); ++at) {
      if (++looked_at_ > kCoalitionsMax) {
        return fail(Errc::too_large, "more than " + std::to_string(kCoalitionsMax) +
                                         " coalitions of observers of " + counted_.indicator + " " +
                                         counted_.period + "; set a smaller coalition");
      }
      std::vector<bool> all = known;
      for (std::size_t k = 0; k < all.size(); ++k) all[k] = all[k] || at->second[k];
      std::vector<Party> members = together;
      members.push_back(at->first);
      if (add_if_near(members, all)) continue;
      TRY_VOID(extend(std::next(at), members, all));
    }
    return {};
  }

  bool add_if_near(const std::vector<Party>& together, const std::vector<bool>& known) {
    const auto count = static_cast<std::int64_t>(std::count(known.begin(), known.end(), true));
    const auto remains = static_cast<std::int64_t>(known.size()) - count;
    if (remains == 0 || remains >= minimum_) return false;
    found_.push_back({counted_.indicator, counted_.period, together, count, remains});
    return true;
  }

  const CountedEnterprises& counted_;
  const std::int64_t minimum_;
  const std::uint32_t coalition_;
  Known known_;
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
