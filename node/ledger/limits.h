// Bounds of the ledger, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// A reason or a name that is kept: longer ones are cut.
inline constexpr std::size_t kLedgerTextBytesMax = 500;
// Different refusals kept of one figure: a figure has a few reasons at the most.
inline constexpr std::uint32_t kRefusalsOfAFigureMax = 100;
// Holdings that one call forgets: every row of members is held against each.
inline constexpr std::size_t kForgottenAtOnceMax = 1'000;
// Versions of one figure or decision: one correction a year, and what withdrawals make necessary.
inline constexpr std::uint32_t kVersionsMax = 10'000;

// A row that is read or written: a decision about all that the attack on amounts takes together,
// at a few hundred bytes a figure, and room to grow.
inline constexpr std::size_t kLedgerRowBytesMax = 64 * 1024 * 1024;

}  // namespace regions
