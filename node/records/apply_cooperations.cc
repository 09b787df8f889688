#include "node/records/apply.h"
#include "node/records/changes.h"
#include "node/records/coverage.h"
#include "node/records/loaded.h"

namespace regions {
namespace {

using records::Actor;
using records::Cooperation;
using records::CooperationIndex;
using records::Enterprise;

constexpr std::string_view kHeldAsOwn =
    "already held as our own; a partner row cannot take its place";

// Messages that stand behind one another are read as one; so nothing is encoded twice.
Bytes version_alone(std::uint32_t version) {
  Cooperation only;
  only.set_version(version);
  return only.SerializeAsString();
}

bool is_undated(const Cooperation& row) { return !row.has_start() || !row.has_end(); }

class CooperationBatch {
 public:
  CooperationBatch(const Reader& reader, std::span<CooperationRow> rows, ImportMemory& memory)
      : reader_(reader), rows_(rows), memory_(memory) {}

  Result<Applied> run(Batch& batch) {
    TRY(note_, ChangeNote::begin(reader_));
    TRY_VOID(memory_.come_upon(note_->before(), reader_));
    TRY_VOID(read_indexes());
    TRY_VOID(read_parties());
    TRY(counts_, read_counts(reader_));
    for (std::size_t i = 0; i < rows_.size(); ++i) decide(i, batch);
    TRY_VOID(keep_old_versions(batch));
    if (batch.empty()) return std::move(applied_);
    enterprises_->write(batch, [this](const Enterprise* before, const Enterprise* now) {
      if (before != nullptr) count_enterprise(counts_, *before, -1);
      if (now != nullptr) count_enterprise(counts_, *now, +1);
    });
    actors_->write(batch, [this](const Actor* before, const Actor* now) {
      counts_.set_actors(counts_.actors() + (now != nullptr) - (before != nullptr));
    });
    batch.put(Area::meta_records, kCountsKey, counts_.SerializeAsString());
    now_ = note_->write(batch);
    return std::move(applied_);
  }

  // Once the batch is committed, or where it was empty.
  void remember() {
    if (now_) memory_.leave(*now_);
    if (rows_.empty()) return;
    enterprises_->each([this](const Enterprise& one) {
      memory_.remember(one, rows_[0].record.role());  // all rows of an import have one role
    });
    actors_->each([this](const Actor& one) { memory_.remember(one); });
  }

 private:
  Result<void> read_indexes() {
    indexes_.resize(rows_.size());
    if (memory_.all_ours()) return {};
    std::vector<Bytes> ids;
    ids.reserve(rows_.size());
    for (const auto& row : rows_) ids.push_back(row.record.id());
    TRY(const auto values, reader_.get_many(Area::cooperation_ids, ids));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!values[i]) continue;
      TRY(indexes_[i], parse_record<CooperationIndex>(*values[i], "cooperation index"));
    }
    return {};
  }

  // Those of which some row says what the store does not have yet.
  Result<void> read_parties() {
    std::vector<std::string_view> enterprises, actors;
    for (const auto& row : rows_) {
      if (!memory_.knows_enterprise(row.record)) enterprises.push_back(row.record.enterprise());
      if (!memory_.knows_actor(row.record)) actors.push_back(row.record.actor());
    }
    TRY(enterprises_,
        Loaded<Enterprise>::load(reader_, Area::enterprises, "enterprise", std::move(enterprises)));
    TRY(actors_, Loaded<Actor>::load(reader_, Area::actors, "actor", std::move(actors)));
    return {};
  }

  void decide(std::size_t i, Batch& batch) {
    const Cooperation& row = rows_[i].record;
    const Digest& digest = rows_[i].digest;
    const auto& stored = indexes_[i];
    if (stored && stored->digest() == digest.view()) {
      applied_.outcomes.push_back(RowOutcome::unchanged);
      return;
    }
    if (stored && stored->role() == records::ROLE_OWN && row.role() == records::ROLE_PARTNER) {
      applied_.outcomes.push_back(RowOutcome::refused);
      applied_.refusals.push_back({"", std::string(kHeldAsOwn)});
      return;
    }
    applied_.outcomes.push_back(stored ? RowOutcome::changed : RowOutcome::added);
    if (stored) {
      count_cooperation(counts_, stored->role(), stored->undated(), -1);
      replaced_.push_back(i);
      batch.erase(Area::cooperations, cooperation_key(stored->enterprise(), row.id()));
      note_->cooperation_of(stored->enterprise());
    }
    note_->cooperation_of(row.enterprise());
    note_->content(digest.view());
    count_cooperation(counts_, row.role(), is_undated(row), +1);
    const std::uint32_t version = stored ? stored->version() + 1 : 1;
    batch.put(Area::cooperations, cooperation_key(row.enterprise(), row.id()), rows_[i].bytes,
              stored ? version_alone(version) : first_version_);
    index_.set_enterprise(row.enterprise());
    index_.set_version(version);
    index_.set_role(row.role());
    index_.set_undated(is_undated(row));
    index_.set_digest(digest.bytes.data(), digest.bytes.size());
    index_.SerializeToString(&encoded_);
    batch.put(Area::cooperation_ids, row.id(), encoded_);
    note_enterprise(row);
    note_actor(row);
  }

  // A stub, or what a row adds to one. Only rows that are new come here, so that an import that is
  // run again changes nothing. What was not loaded has nothing to be added.
  void note_enterprise(const Cooperation& row) {
    if (!enterprises_->has(row.enterprise())) return;
    const auto& known = enterprises_->see(row.enterprise()).now;
    const bool own = row.role() == records::ROLE_OWN;
    const bool placed = row.enterprise_place().home() != records::HOME_UNKNOWN;
    const auto& said = own ? known.rows().own_place() : known.rows().partner_place();
    const bool same_place = said.nuts() == row.enterprise_place().nuts() &&
                            said.home() == row.enterprise_place().home();
    if (known.has_rows() && (known.rows().own() || !own) && (!placed || same_place)) return;
    auto* rows = enterprises_->touch(row.enterprise()).mutable_rows();
    if (own) rows->set_own(true);
    if (placed)
      *(own ? rows->mutable_own_place() : rows->mutable_partner_place()) = row.enterprise_place();
  }

  void note_actor(const Cooperation& row) {
    if (!actors_->has(row.actor())) return;
    const auto& known = actors_->see(row.actor()).now;
    const auto adds = [](const std::string& said, const std::string& before) {
      return !said.empty() && said != before;
    };
    const bool kind = adds(row.actor_kind(), known.rows().kind());
    const bool country = adds(row.actor_country(), known.rows().country());
    const bool place = adds(row.actor_place(), known.rows().place());
    if (known.has_rows() && !kind && !country && !place) return;
    Actor::Rows& rows = *actors_->touch(row.actor()).mutable_rows();
    if (kind) rows.set_kind(row.actor_kind());
    if (country) rows.set_country(row.actor_country());
    if (place) rows.set_place(row.actor_place());
  }

  Result<void> keep_old_versions(Batch& batch) {
    std::vector<Bytes> keys;
    for (const auto i : replaced_) {
      keys.push_back(cooperation_key(indexes_[i]->enterprise(), rows_[i].record.id()));
    }
    TRY(const auto values, reader_.get_many(Area::cooperations, keys));
    for (std::size_t k = 0; k < replaced_.size(); ++k) {
      if (!values[k]) return fail(Errc::corrupt, "a cooperation of the index is not stored");
      const auto i = replaced_[k];
      batch.put(Area::old_versions,
                old_cooperation_key(rows_[i].record.id(), indexes_[i]->version()), *values[k]);
    }
    return {};
  }

  const Reader& reader_;
  const std::span<CooperationRow> rows_;
  ImportMemory& memory_;
  std::vector<std::optional<CooperationIndex>> indexes_;  // one per row
  std::optional<Loaded<Enterprise>> enterprises_;
  std::optional<Loaded<Actor>> actors_;
  std::vector<std::size_t> replaced_;
  CooperationIndex index_;  // of the row at hand
  Bytes encoded_;           // the same
  const Bytes first_version_ = version_alone(1);
  records::Counts counts_;
  std::optional<ChangeNote> note_;
  std::optional<RecordsState> now_;
  Applied applied_;
};

}  // namespace

Result<Applied> apply(RecordStore& records, std::span<CooperationRow> rows, ImportMemory& memory) {
  std::lock_guard lock(records.writer());
  Batch writes;
  CooperationBatch batch(records.reader(), rows, memory);
  TRY(auto applied, batch.run(writes));
  if (!writes.empty()) TRY_VOID(records.store().commit(writes));
  batch.remember();
  return applied;
}

}  // namespace regions
