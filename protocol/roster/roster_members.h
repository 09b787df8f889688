// The part of a roster's rules that is about its members and their quotas
// (protocol/spec/roster.md).
#pragma once

#include "protocol/roster/roster.h"

namespace regions {

Result<void> check(const Quota& quota);

// Each member by itself, then all of them: ascending, no key twice, territories apart.
Result<void> check_members(const Roster& roster);

}  // namespace regions
