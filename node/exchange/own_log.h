// Our own statements, judged by the same rules as a peer's before any answer uses them.
#pragma once

#include "node/exchange/acceptor.h"

namespace regions {

// Judges the entries of `member`'s stored log that have no row yet. Idempotent.
Result<void> judge_own_log(Store& shared, const Acceptor& acceptor, const std::string& member);

}  // namespace regions
