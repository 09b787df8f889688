// Bounds of the import, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// One CSV record: real rows have 300 bytes; a megabyte is a broken quote or another kind of file.
inline constexpr std::size_t kCsvRecordBytesMax = 1024 * 1024;
// What is read from a file at once.
inline constexpr std::size_t kCsvChunkBytes = 256 * 1024;
// Columns of a file; registers export a few dozen.
inline constexpr std::size_t kCsvColumnsMax = 1024;
// How much of a rejected record is kept: enough to find and mend it.
inline constexpr std::size_t kRejectTextBytesMax = 4 * 1024;
// Rows that become durable together: one synced write of about 8 MB. Fewer make an import slower:
// the keys of a batch go in sorted, the nearer to one another the quicker.
inline constexpr std::size_t kImportBatchRows = 20'000;
// Bytes of the rows of one batch, so that long rows do not make a huge one.
inline constexpr std::size_t kImportBatchBytes = 16 * 1024 * 1024;
// Keys remembered to find one that stands twice in a file: 32 bytes each at the most.
inline constexpr std::size_t kImportKeysMax = 16'000'000;
// Parties (enterprises, and actors) that an import remembers what it said of, instead of asking the
// store again: 100 MB at the most. The largest region has half a million enterprises.
inline constexpr std::size_t kPartiesMax = 1'000'000;
// An identifier; they are parts of storage keys.
inline constexpr std::size_t kRecordIdBytesMax = 200;
// A name, programme or topic. PostgreSQL-style registers stop at 255 characters of 4 bytes.
inline constexpr std::size_t kRecordTextBytesMax = 1024;
// A billion euro, more than any programme gives one cooperation: sums of 90 million such amounts
// still fit 64 bits in cents.
inline constexpr std::int64_t kAmountCentsMax = 100'000'000'000;
// Values of one list cell (several technologies in one column).
inline constexpr std::size_t kListValuesMax = 64;
// Changes of one organisation over time (valid_from); yearly for a working life.
inline constexpr std::size_t kStatesMax = 64;

// Batches whose changes are kept: one more, and the oldest is forgotten. Two and a half
// million rows, behind which reading everything is no slower.
inline constexpr std::uint64_t kChangesKept = 128;
// Bytes of the ids that one of them names; one that touched more names none. So all of them take
// 64 MB at the most.
inline constexpr std::size_t kChangeBytesMax = 512 * 1024;

}  // namespace regions
