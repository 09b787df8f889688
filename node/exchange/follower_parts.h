// What the two halves of the follower share: follower.cc keeps the log, follower_payloads.cc the
// envelopes.
#pragma once

#include "node/exchange/follower.h"

namespace regions {

// not_found or io for any answer but 200.
Result<void> expect_ok(const PeerReply& reply, std::string_view what);

// Writes down how much of a member's log was taken today.
void put_intake(Batch& batch, const std::string& member, const Intake& intake);

// Adds one statement of that state to the numbers of a status.
void count(PeerStatus& status, StatementState state);

}  // namespace regions
