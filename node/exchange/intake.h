// How much of one member's log a follower may still take: the roster's quotas (PROTOCOL 8). At a
// limit it stops reading, which is no fault of the member.
//
// Days are those of UTC and are kept over a restart; heads are paced by the steady clock. Owned by
// the follower; one thread.
#pragma once

#include <cstdint>
#include <optional>

#include "protocol/roster/roster.h"

namespace regions {

class Intake {
 public:
  // `stored`: what encode() gave, or nothing; anything else counts as nothing.
  Intake(const Quota& quota, const std::optional<Bytes>& stored);

  // Another day is another account. Called before every question below.
  void on_day_of(std::int64_t now);
  void take_entries(std::uint64_t count) { entries_ += count; }
  // Counted as they come, so one answer may pass the limit.
  void take_bytes(std::uint64_t count) { bytes_ += count; }

  // Entries that may be taken today.
  std::uint64_t entries_left() const;
  // Nothing more may be read today.
  bool bytes_over() const { return bytes_ >= quota_.bytes_per_day; }
  const Quota& quota() const { return quota_; }

  // Milliseconds until a longer head may be followed; 0: now, and it is counted.
  std::int64_t wait_for_head(std::int64_t steady_ms);

  // Day, entries and bytes, 24 bytes.
  Bytes encode() const;

 private:
  Quota quota_;
  std::int64_t day_ = 0;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
  // Credit for heads: grows by heads_per_minute a millisecond, to a minute's worth; a head costs
  // 60,000.
  std::uint64_t credit_;
  std::int64_t heads_at_ms_ = 0;
};

}  // namespace regions
