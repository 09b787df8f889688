// Statements that an older build, or one without the release plan, did not understand are read
// again (PROTOCOL 3).
#pragma once

#include "node/exchange/acceptor.h"

namespace regions {

// Judges what is held of `member`'s log as not understood. Before the log is followed or answered
// from; idempotent, in batches.
Result<void> judge_again(Store& shared, const Acceptor& acceptor, const std::string& member);

}  // namespace regions
