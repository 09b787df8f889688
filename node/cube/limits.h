// Bounds of the cube, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// Cooperations in memory: they are numbered in 32 bits. 64 GB of them; a region has thousands.
inline constexpr std::uint64_t kCooperationsMax = 0xFFFFFFFF;
// Cooperations that memory is taken for on the word of a counter: 1.6 GB. More come in as they
// come.
inline constexpr std::int64_t kReservedMax = 100'000'000;
// What rows say (technologies, kind and place of the actor), remembered while records are read so
// that it is worked out once: about 100 MB. Real data say some thousands of things.
inline constexpr std::size_t kWordingsMax = 1'000'000;
// Enterprises that an update asks the store for together: their messages take a megabyte.
inline constexpr std::size_t kReadTogether = 1'000;

// Counts by bit, class and period of one kind of period: 64 MB. The default plan needs 200,000.
inline constexpr std::size_t kBitCellsMax = 4'000'000;
// Enterprises that are worth making room for such counts.
inline constexpr std::size_t kBitCellsFrom = 50;
// Enterprises that a thread of a pass takes at once: a tenth of a millisecond, a few times what a
// thread costs.
inline constexpr std::size_t kTakenTogether = 256;
// Threads of one pass. Each has cells and counts by bit of its own, so this bounds their memory.
inline constexpr std::size_t kPassThreadsMax = 8;
// The head of the copy on disk: shapes and standings, some thousands. More is no copy of ours.
inline constexpr std::size_t kCopyHeadBytesMax = 256u << 20;
// Those who know a share of an amount, over all shares, or an enterprise of a headline: 200 MB. A
// region has some thousands of shares, of projects with a dozen actors.
inline constexpr std::size_t kKnownToMax = 50'000'000;
// The copy on disk is written again when more than one enterprise in so many has changed since;
// until then these are read again at each start.
inline constexpr std::uint64_t kCopyRenewedAt = 50;

}  // namespace regions
