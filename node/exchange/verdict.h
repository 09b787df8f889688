// What this node holds of every statement of every log: one row per entry, keyed by member and
// index.
#pragma once

#include <functional>
#include <string>

#include "node/storage/store.h"

namespace regions {

enum class StatementState : std::uint8_t {
  pending = 1,         // logged by its author, payload not obtained yet
  verified = 2,        // payload here and every check passed
  not_understood = 3,  // a kind, version or definition this build does not know; read again later
  invalid = 4,         // its author stated something that breaks a rule; kept, never used
  undisclosed = 5,     // for named members; not ours to ask for
};
std::string_view name(StatementState state);

struct StatementRow {
  StatementState state = StatementState::pending;
  Digest id;
  std::string reason;      // why not verified; empty otherwise
  std::string about = {};  // what a verified release is about (figures.h); empty otherwise
};

void put_statement_row(Batch& batch, std::string_view member, std::uint64_t index,
                       const StatementRow& row);
Result<StatementRow> decode_statement_row(ByteView bytes);

// Calls `visit` for the rows of a member in log order, from index `from` on, until it returns
// false.
Result<void> for_each_row(
    const Reader& shared, std::string_view member, std::uint64_t from,
    const std::function<bool(std::uint64_t index, const StatementRow&)>& visit);

}  // namespace regions
