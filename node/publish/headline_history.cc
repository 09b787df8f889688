#include "node/publish/headline_history.h"

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

constexpr std::string_view kPendingKey = "pending";

// indicator, period, table, audience: what a current release is per (PROTOCOL 3).
Bytes release_key(const std::string& indicator, const std::string& period) {
  return "release/" + indicator + "/" + period + "/" + std::string(kHeadlineTable) + "/federation";
}

void append_field(Bytes& out, ByteView field) {
  append_u32(out, static_cast<std::uint32_t>(field.size()));
  out.append(field);
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

Result<std::optional<Decision>> HeadlineHistory::decision(const std::string& period) const {
  TRY(const auto stored, records_.get(Area::decisions, period));
  if (!stored) return std::optional<Decision>();
  if (stored->size() < 8) return fail(Errc::corrupt, "stored decision of " + period);
  auto headlines = FixedHeadlines::restore(ByteView(*stored).substr(8));
  if (!headlines) return headlines.error().in("stored decision of " + period);
  return std::optional<Decision>(
      Decision{std::move(*headlines), static_cast<std::int64_t>(read_u64(*stored))});
}

Result<std::optional<ReleaseRef>> HeadlineHistory::released(const std::string& indicator,
                                                            const std::string& period) const {
  TRY(const auto stored, records_.get(Area::releases, release_key(indicator, period)));
  if (!stored) return std::optional<ReleaseRef>();
  if (stored->size() != 40)
    return fail(Errc::corrupt, "stored release of " + indicator + " " + period);
  TRY(const Digest id, Digest::from_bytes(ByteView(*stored).substr(8), "stored release"));
  return std::optional<ReleaseRef>(ReleaseRef{id, read_u64(*stored)});
}

Result<std::optional<PendingRelease>> HeadlineHistory::pending() const {
  TRY(const auto stored, records_.get(Area::releases, kPendingKey));
  if (!stored) return std::optional<PendingRelease>();
  ByteView rest = *stored;
  PendingRelease pending;
  TRY(pending.indicator, take_field(rest));
  TRY(pending.period, take_field(rest));
  TRY(pending.envelope, take_field(rest));
  return std::optional<PendingRelease>(std::move(pending));
}

Result<void> HeadlineHistory::prepare(const Decision& decision, const PendingRelease& pending) {
  const std::string& period = decision.headlines.period();
  Batch batch;
  TRY(const auto fixed, records_.get(Area::decisions, period));
  if (!fixed) {
    Bytes value;
    append_u64(value, static_cast<std::uint64_t>(decision.decided_at));
    value.append(decision.headlines.encode());
    batch.put(Area::decisions, period, value);
  }
  Bytes value;
  append_field(value, pending.indicator);
  append_field(value, pending.period);
  append_field(value, pending.envelope);
  batch.put(Area::releases, kPendingKey, value);
  return records_.commit(batch);
}

Result<void> HeadlineHistory::finish(const PendingRelease& pending, const ReleaseRef& ref) {
  Batch batch;
  Bytes value;
  append_u64(value, ref.index);
  value.append(ref.id.view());
  batch.put(Area::releases, release_key(pending.indicator, pending.period), value);
  batch.erase(Area::releases, kPendingKey);
  return records_.commit(batch);
}

}  // namespace regions
