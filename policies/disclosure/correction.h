// Whether the headlines of a year may be corrected (DISCLOSURE 4, Time). Every version of a figure
// stays known for ever, withdrawn ones too, and the difference of two is a cell: it must not be
// below n. Both headlines of a year are corrected together or not at all.
//
// Pure. The sets are tags of holdings; those of one version are all under that version's secret.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "policies/disclosure/headline.h"
#include "policies/disclosure/membership.h"

namespace regions {

// A version that was decided before.
struct EarlierHeadlines {
  FixedHeadlines cells;
  HeadlineMembers then;
  HeadlineMembers now;     // of the records as they are now
  std::size_t erased = 0;  // tags that are in `then` no more
};

enum class Correction {
  allowed,
  too_few,    // fewer than n holdings entered or left a figure since one of its versions
  too_close,  // two published figures of different indicators would count nearly the same holdings
  outside,    // of ENT-COOP outside SME-COOP fewer than n entered or left
};
// For the operator alone.
std::string_view reason(Correction correction);

// `earlier`: every version, oldest first, at least one; the last one stands. `now`: other cells
// than those that stand. What is withheld in both versions is compared with nothing.
Correction judge_correction(const std::vector<EarlierHeadlines>& earlier, const FixedHeadlines& now,
                            std::uint32_t n);

}  // namespace regions
