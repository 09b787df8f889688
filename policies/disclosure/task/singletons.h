// What the singleton options of another tool ask for beside its levels: sums that must stay
// uncertain, and contributors who know their own cells.
//
// Pure. Works on what a pattern withholds; suppression is asked again with the guards found here.
#pragma once

#include "policies/disclosure/task/insiders.h"
#include "policies/disclosure/task/singleton_method.h"

namespace regions {

// Everybody, knowing that no singleton is less than it is.
inline constexpr std::uint32_t kNothingBelow = UINT32_MAX;

// Observers: 0 is the outsider; id as in find_insiders(), kNothingBelow, or, where contributors
// have no names, the number of units + 1 + the cell that it is alone in. A guard with a sliding
// level alone may be kept on either side. owners_only: contributors and cells are too many pairs,
// and the sums of pairs stand for them.
Insiders find_singletons(const SingletonMethod& method, const DisclosureSpec& spec,
                         const BuiltTable& built, const Assembly& assembly,
                         const Pattern& withheld);

// Who an observer of either kind is, for a finding.
std::string observer_name(const BuiltTable& built, std::uint32_t id);

}  // namespace regions
