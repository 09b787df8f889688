// Bounds of attacks and suppression, with their reasons. Work is counted, never timed: the same
// input ends at the same place on every machine.
#pragma once

#include <cstdint>

namespace regions {

// A component that one linear program still solves in seconds (DISCLOSURE 4: refuse, coarsen).
inline constexpr std::size_t kComponentCellsMax = 20'000;
// Of one linear program; the largest measured so far took a tenth.
inline constexpr std::uint64_t kPivotsPerProgramMax = 2'000'000;
// Of a whole attack or suppression: about an hour of one core.
inline constexpr std::uint64_t kPivotsMax = 200'000'000;
// An integer completion that branch and bound has not found by then counts as not existing.
inline constexpr std::uint64_t kCompletionNodesMax = 500;
// In larger components one such search takes minutes, so that only corners of linear programs,
// rounded or whole, and least moves count.
inline constexpr std::size_t kSearchedCellsMax = 1'000;
// How far a withheld cell without any bound is let run, as a multiple of the largest value of its
// component: far enough to count as unbounded, near enough for double precision.
inline constexpr std::int64_t kUnboundedFactor = 16;
// The same for components of small counts, whose levels are at most a thousand contributors.
inline constexpr std::int64_t kUnboundedLeast = 4'096;

}  // namespace regions
