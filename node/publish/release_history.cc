#include "node/publish/release_history.h"

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

constexpr std::string_view kPendingKey = "pending";
constexpr std::string_view kReleasePrefix = "release/";

// indicator, period, table, audience: what a current release is per (PROTOCOL 3).
Bytes release_key(const std::string& indicator, const std::string& period, std::string_view table) {
  return std::string(kReleasePrefix) + indicator + "/" + period + "/" + std::string(table) +
         "/federation";
}

Result<ReleaseRef> decode_ref(ByteView stored) {
  if (stored.size() != 40) return fail(Errc::corrupt, "stored release");
  TRY(const Digest id, Digest::from_bytes(stored.substr(8), "stored release"));
  return ReleaseRef{id, read_u64(stored)};
}

void append_field(Bytes& out, ByteView field) {
  append_u32(out, static_cast<std::uint32_t>(field.size()));
  out.append(field);
}

Bytes encode(const Decision& decision) {
  Bytes value;
  append_u64(value, static_cast<std::uint64_t>(decision.decided_at));
  value.append(decision.rule_set.view());
  value.append(decision.headlines.encode());
  return value;
}

Result<Bytes> take_field(ByteView& rest) {
  const auto damaged = [] { return fail(Errc::corrupt, "stored release history"); };
  if (rest.size() < 4) return damaged();
  const std::uint32_t length = read_u32(rest);
  rest.remove_prefix(4);
  if (length > rest.size()) return damaged();
  Bytes field(rest.substr(0, length));
  rest.remove_prefix(length);
  return field;
}

}  // namespace

Result<std::optional<Decision>> ReleaseHistory::decision(const std::string& period) const {
  TRY(const auto stored, records_.get(Area::decisions, period));
  if (!stored) return std::optional<Decision>();
  if (stored->size() < 8 + 32) return fail(Errc::corrupt, "stored decision of " + period);
  auto headlines = FixedHeadlines::restore(ByteView(*stored).substr(8 + 32));
  if (!headlines) return headlines.error().in("stored decision of " + period);
  TRY(const Digest rule_set,
      Digest::from_bytes(ByteView(*stored).substr(8, 32), "stored decision"));
  return std::optional<Decision>(
      Decision{std::move(*headlines), static_cast<std::int64_t>(read_u64(*stored)), rule_set});
}

Result<std::optional<ReleaseRef>> ReleaseHistory::released(const std::string& indicator,
                                                           const std::string& period,
                                                           std::string_view table) const {
  TRY(const auto stored, records_.get(Area::releases, release_key(indicator, period, table)));
  if (!stored) return std::optional<ReleaseRef>();
  TRY(const ReleaseRef ref, decode_ref(*stored));
  return std::optional<ReleaseRef>(ref);
}

Result<std::vector<ReleaseRef>> ReleaseHistory::all_released() const {
  std::vector<ReleaseRef> out;
  const auto cursor = records_.scan(Area::releases, kReleasePrefix);
  for (; cursor->valid(); cursor->next()) {
    TRY(const ReleaseRef ref, decode_ref(cursor->value()));
    out.push_back(ref);
  }
  TRY_VOID(cursor->status());
  return out;
}

Result<std::optional<PendingRelease>> ReleaseHistory::pending() const {
  TRY(const auto stored, records_.get(Area::releases, kPendingKey));
  if (!stored) return std::optional<PendingRelease>();
  ByteView rest = *stored;
  PendingRelease pending;
  TRY(pending.indicator, take_field(rest));
  TRY(pending.period, take_field(rest));
  TRY(pending.table, take_field(rest));
  TRY(pending.envelope, take_field(rest));
  return std::optional<PendingRelease>(std::move(pending));
}

Result<void> ReleaseHistory::prepare(const std::optional<Decision>& decision,
                                     const PendingRelease& pending) {
  Batch batch;
  if (decision) {
    const std::string& period = decision->headlines.period();
    TRY(const auto fixed, records_.get(Area::decisions, period));
    if (!fixed) batch.put(Area::decisions, period, encode(*decision));
  }
  Bytes value;
  append_field(value, pending.indicator);
  append_field(value, pending.period);
  append_field(value, pending.table);
  append_field(value, pending.envelope);
  batch.put(Area::releases, kPendingKey, value);
  return records_.commit(batch);
}

Result<std::optional<int>> ReleaseHistory::frozen_tier(const Digest& plan) const {
  TRY(const auto stored, records_.get(Area::decisions, "tier/" + plan.hex()));
  if (!stored) return std::optional<int>();
  if (stored->size() != 1 || (*stored)[0] < 0 || (*stored)[0] > 2) {
    return fail(Errc::corrupt, "stored tier");
  }
  return std::optional<int>((*stored)[0]);
}

Result<void> ReleaseHistory::freeze_tier(const Digest& plan, int tier) {
  Batch batch;
  batch.put(Area::decisions, "tier/" + plan.hex(), Bytes(1, static_cast<char>(tier)));
  return records_.commit(batch);
}

Result<std::optional<Digest>> ReleaseHistory::frozen_noise(const Digest& plan) const {
  TRY(const auto stored, records_.get(Area::decisions, "noise/" + plan.hex()));
  if (!stored) return std::optional<Digest>();
  TRY(const Digest noise, Digest::from_bytes(*stored, "stored table of noise"));
  return std::optional(noise);
}

Result<void> ReleaseHistory::freeze_noise(const Digest& plan, const Digest& noise) {
  Batch batch;
  batch.put(Area::decisions, "noise/" + plan.hex(), noise.view());
  return records_.commit(batch);
}

Result<void> ReleaseHistory::finish(const PendingRelease& pending, const ReleaseRef& ref) {
  Batch batch;
  Bytes value;
  append_u64(value, ref.index);
  value.append(ref.id.view());
  batch.put(Area::releases, release_key(pending.indicator, pending.period, pending.table), value);
  batch.erase(Area::releases, kPendingKey);
  return records_.commit(batch);
}

}  // namespace regions
