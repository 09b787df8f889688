// The observer rule for exact counts (DISCLOSURE 4): whoever knows some of the enterprises takes
// them off, and what remains must be 0 or at least n. Where the rules waive it for the headlines,
// the same findings are listed by name instead.
//
// Pure; the same enterprises in any order give the same findings.
#pragma once

#include <vector>

#include "policies/disclosure/party.h"
#include "protocol/base/result.h"

namespace regions {

// One enterprise that an exact count counts, with those who know that it does: its holding, the
// actors of its cooperations, members whose nodes hold them too.
struct CountedEnterprise {
  std::string id;
  std::vector<PartyId> known_to;  // indexes into the parties; any order
  bool is_public = false;         // by law: known to everybody
};

// Confidential. Made by the cube, consumed by disclosure control.
struct CountedEnterprises {
  std::string indicator;  // its code; of a difference "ENT-COOP minus SME-COOP"
  std::string period;
  std::vector<CountedEnterprise> enterprises;  // each id once
};

// The enterprises of `whole` that `part` does not count: a figure that anybody computes where both
// are published. corrupt: `part` counts one that `whole` does not, or an id stands there twice.
Result<CountedEnterprises> difference(const CountedEnterprises& whole,
                                      const CountedEnterprises& part);

// Who is left with 1 to n - 1 enterprises that it does not know.
struct HeadlineFinding {
  std::string indicator, period;
  // Together, where the rules name a coalition; ascending. None: anybody, by what is public.
  std::vector<Party> observers;
  std::int64_t known = 0, remains = 0;

  bool operator==(const HeadlineFinding&) const = default;
};

// Anybody, else coalitions of at most `coalition` parties, of which none alone is enough; ascending
// by observers. too_large: more than kCoalitionsMax of them to look through. corrupt: a party that
// is none.
Result<std::vector<HeadlineFinding>> find_headline_observers(const CountedEnterprises& counted,
                                                             const std::vector<Party>& parties,
                                                             std::int64_t minimum,
                                                             std::uint32_t coalition);

// Pairs of 1,400 parties are within it; a region has some hundreds of actors.
inline constexpr std::size_t kCoalitionsMax = 1'000'000;

}  // namespace regions
