#include "node/records/apply.h"
#include "node/records/changes.h"
#include "node/records/coverage.h"
#include "node/records/limits.h"
#include "node/records/loaded.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

using records::Actor;
using records::Enterprise;
using records::State;

constexpr std::string_view kHeldAsOwn =
    "already held as our own; a partner row cannot take its place";

bool same_day(const State& a, const State& b) {
  return a.has_valid_from() == b.has_valid_from() && a.valid_from() == b.valid_from();
}

bool same_content(State a, const State& b) {
  a.set_version(b.version());
  return a.SerializeAsString() == b.SerializeAsString();
}

bool before(const State& a, const State& b) {
  if (a.has_valid_from() != b.has_valid_from()) return !a.has_valid_from();
  return a.valid_from() < b.valid_from();
}

template <class Message>
const State* find_state(const Message& record, const State& like) {
  for (const auto& state : record.states()) {
    if (same_day(state, like)) return &state;
  }
  return nullptr;
}

template <class Message>
void erase_state(Message& record, const State& like) {
  auto* states = record.mutable_states();
  for (int i = 0; i < states->size(); ++i) {
    if (same_day(states->Get(i), like)) return states->DeleteSubrange(i, 1);
  }
}

template <class Message>
void insert_state(Message& record, const State& state) {
  *record.add_states() = state;
  std::sort(record.mutable_states()->begin(), record.mutable_states()->end(), before);
}

class OrganisationBatch {
 public:
  OrganisationBatch(const Reader& reader, std::span<OrganisationRow> rows)
      : reader_(reader), rows_(rows) {}

  Result<Applied> run(Batch& batch) {
    std::vector<std::string_view> ids;
    for (const auto& row : rows_) ids.push_back(row.id);
    TRY(enterprises_, Loaded<Enterprise>::load(reader_, Area::enterprises, "enterprise", ids));
    TRY(actors_, Loaded<Actor>::load(reader_, Area::actors, "actor", ids));
    TRY(counts_, read_counts(reader_));
    TRY(note_, ChangeNote::begin(reader_));
    for (auto& row : rows_) decide(row, batch);
    enterprises_->write(batch, [this](const Enterprise* was, const Enterprise* now) {
      if (was != nullptr) count_enterprise(counts_, *was, -1);
      if (now != nullptr) count_enterprise(counts_, *now, +1);
    });
    actors_->write(batch, [this](const Actor* was, const Actor* now) {
      counts_.set_actors(counts_.actors() + (now != nullptr) - (was != nullptr));
    });
    if (batch.empty()) return std::move(applied_);
    batch.put(Area::meta_records, kCountsKey, counts_.SerializeAsString());
    note_->write(batch);
    return std::move(applied_);
  }

 private:
  void refuse(std::string_view reason) {
    applied_.outcomes.push_back(RowOutcome::refused);
    applied_.refusals.push_back({"", std::string(reason)});
  }

  void decide(OrganisationRow& row, Batch& batch) {
    const Enterprise& enterprise = enterprises_->see(row.id).now;
    const Actor& actor = actors_->see(row.id).now;
    // The day's state stands with the enterprises or with the actors; its kind may have changed.
    const State* as_enterprise = find_state(enterprise, row.state);
    const State* stored = as_enterprise ? as_enterprise : find_state(actor, row.state);
    row.state.clear_version();
    if (stored != nullptr && same_content(row.state, *stored)) {
      applied_.outcomes.push_back(RowOutcome::unchanged);
      return;
    }
    // For other days both may stand: record_store.h says which of them holds.
    if (row.state.role() == records::ROLE_PARTNER && stored != nullptr &&
        stored->role() == records::ROLE_OWN) {
      return refuse(kHeldAsOwn);
    }
    if (stored == nullptr &&
        enterprise.states_size() + actor.states_size() >= static_cast<int>(kStatesMax)) {
      return refuse("has more than 64 changes over time");
    }
    applied_.outcomes.push_back(stored ? RowOutcome::changed : RowOutcome::added);
    row.state.set_version(stored ? stored->version() + 1 : 1);
    if (stored != nullptr) {
      std::optional<std::int32_t> from;
      if (stored->has_valid_from()) from = stored->valid_from();
      batch.put(Area::old_versions, old_state_key(row.id, from, stored->version()),
                stored->SerializeAsString());
      erase_state_of(row, as_enterprise != nullptr);
    }
    note_->content(sha256({row.id, row.state.SerializeAsString()}).view());
    if (row.enterprise) {
      insert_state(enterprises_->touch(row.id), row.state);
    } else {
      insert_state(actors_->touch(row.id), row.state);
    }
    note(row.id, row.enterprise);
  }

  void erase_state_of(const OrganisationRow& row, bool enterprise) {
    if (enterprise) {
      erase_state(enterprises_->touch(row.id), row.state);
    } else {
      erase_state(actors_->touch(row.id), row.state);
    }
    note(row.id, enterprise);
  }

  void note(const std::string& id, bool enterprise) {
    if (enterprise) {
      note_->enterprise(id);
    } else {
      note_->actor(id);
    }
  }

  const Reader& reader_;
  const std::span<OrganisationRow> rows_;
  std::optional<Loaded<Enterprise>> enterprises_;
  std::optional<Loaded<Actor>> actors_;
  records::Counts counts_;
  std::optional<ChangeNote> note_;
  Applied applied_;
};

}  // namespace

Result<Applied> apply(RecordStore& records, std::span<OrganisationRow> rows, ImportMemory&) {
  std::lock_guard lock(records.writer());
  Batch batch;
  TRY(auto applied, OrganisationBatch(records.reader(), rows).run(batch));
  if (!batch.empty()) TRY_VOID(records.store().commit(batch));
  return applied;
}

}  // namespace regions
