#include "node/exchange/intake.h"

#include <algorithm>

namespace regions {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::uint64_t kMinuteMs = 60'000;
constexpr std::size_t kStoredBytes = 24;

}  // namespace

Intake::Intake(const Quota& quota, const std::optional<Bytes>& stored)
    : quota_(quota), credit_(quota.heads_per_minute * kMinuteMs) {
  if (!stored || stored->size() != kStoredBytes) return;
  const ByteView bytes = *stored;
  day_ = static_cast<std::int64_t>(read_u64(bytes));
  entries_ = read_u64(bytes.substr(8));
  bytes_ = read_u64(bytes.substr(16));
}

Bytes Intake::encode() const {
  Bytes out;
  append_u64(out, static_cast<std::uint64_t>(day_));
  append_u64(out, entries_);
  append_u64(out, bytes_);
  return out;
}

void Intake::on_day_of(std::int64_t now) {
  const std::int64_t day = now / kDaySeconds;
  if (day == day_) return;
  day_ = day;
  entries_ = bytes_ = 0;
}

std::uint64_t Intake::entries_left() const {
  return quota_.entries_per_day - std::min<std::uint64_t>(entries_, quota_.entries_per_day);
}

std::int64_t Intake::wait_for_head(std::int64_t steady_ms) {
  const std::uint64_t rate = quota_.heads_per_minute;
  const auto passed = static_cast<std::uint64_t>(
      std::clamp<std::int64_t>(steady_ms - heads_at_ms_, 0, std::int64_t{kMinuteMs}));
  credit_ = std::min(rate * kMinuteMs, credit_ + passed * rate);
  heads_at_ms_ = steady_ms;
  if (credit_ < kMinuteMs)
    return static_cast<std::int64_t>((kMinuteMs - credit_ + rate - 1) / rate);
  credit_ -= kMinuteMs;
  return 0;
}

}  // namespace regions
