#include "node/records/changes.h"

#include "node/records/limits.h"
#include "node/records/record_keys.h"
#include "node/records/record_store.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

std::size_t bytes_of(const std::set<std::string>& ids) {
  std::size_t bytes = 0;
  for (const std::string& id : ids) bytes += id.size() + 2;
  return bytes;
}

}  // namespace

Result<RecordsState> records_state(const Reader& reader) {
  TRY(const auto stored, reader.get(Area::changes, kRecordsStateKey));
  if (!stored) return RecordsState();
  if (stored->size() != 8 + 32) return fail(Errc::corrupt, "the stored state of the records");
  TRY(const Digest chain, Digest::from_bytes(ByteView(*stored).substr(8), "stored state"));
  return RecordsState{read_u64(*stored), chain};
}

Result<std::optional<Changed>> changed_since(const Reader& reader, const RecordsState& then) {
  TRY(const RecordsState now, records_state(reader));
  std::optional<Changed> changed;
  if (now == then) return std::optional(Changed());
  if (then.sequence >= now.sequence || now.sequence - then.sequence > kChangesKept) return changed;
  changed.emplace();
  for (std::uint64_t i = then.sequence + 1; i <= now.sequence; ++i) {
    TRY(const auto stored, reader.get(Area::changes, change_key(i)));
    if (!stored) return fail(Errc::corrupt, "a note of what changed in the records is missing");
    TRY(const auto change, parse_record<records::Change>(*stored, "note of what changed"));
    const bool follows = i > then.sequence + 1 || change.before() == then.chain.view();
    if (!follows || change.too_many()) return std::optional<Changed>();
    changed->enterprises.insert(change.enterprises().begin(), change.enterprises().end());
    changed->cooperating.insert(change.cooperating().begin(), change.cooperating().end());
    changed->actors.insert(change.actors().begin(), change.actors().end());
  }
  return changed;
}

Result<ChangeNote> ChangeNote::begin(const Reader& reader) {
  TRY(const RecordsState before, records_state(reader));
  return ChangeNote(before);
}

RecordsState ChangeNote::write(Batch& batch) const {
  records::Change change;
  change.set_before(Bytes(before_.chain.view()));
  const auto& [enterprises, cooperating, actors] = changed_;
  if (bytes_of(enterprises) + bytes_of(cooperating) + bytes_of(actors) > kChangeBytesMax) {
    change.set_too_many(true);
  } else {
    for (const std::string& id : enterprises) change.add_enterprises(id);
    for (const std::string& id : cooperating) change.add_cooperating(id);
    for (const std::string& id : actors) change.add_actors(id);
  }
  const Bytes note = change.SerializeAsString();
  const RecordsState now{before_.sequence + 1, sha256({note, content_})};
  Bytes state;
  append_u64(state, now.sequence);
  state.append(now.chain.view());
  batch.put(Area::changes, change_key(now.sequence), note);
  if (now.sequence > kChangesKept) {
    batch.erase(Area::changes, change_key(now.sequence - kChangesKept));
  }
  batch.put(Area::changes, kRecordsStateKey, state);
  return now;
}

}  // namespace regions
