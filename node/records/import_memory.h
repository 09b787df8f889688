// What an import knows of the store because it put it there itself: so it need not look again,
// batch after batch. It holds as long as nobody else writes records: the state of the records
// (changes.h) says whether somebody did, and then everything is forgotten and read anew.
//
// Owned by one import; used under the writer's lock. Memory: about 50 bytes and the id for each of
// kPartiesMax parties at the most; those beyond are looked up.
#pragma once

#include "node/base/names.h"
#include "node/records/changes.h"
#include "node/records/limits.h"
#include "node/records/records.pb.h"

namespace regions {

// What the rows of one kind of party (enterprises, actors) said of each, as the store has it.
class PartyMemory {
 public:
  // nullopt: not remembered.
  std::optional<std::string_view> said_of(std::string_view id) const {
    const auto number = ids_.find(id);
    if (!number) return std::nullopt;
    return sayings_[said_[*number]];
  }
  void remember(std::string_view id, std::string_view saying) {
    if (sayings_.size() >= kPartiesMax) forget();
    if (ids_.size() >= kPartiesMax && !ids_.find(id)) return;
    const std::uint32_t number = ids_.number(id);
    if (number == said_.size()) said_.emplace_back();
    said_[number] = sayings_.number(saying);
  }
  void forget() { *this = PartyMemory(); }

 private:
  Names ids_, sayings_;
  std::vector<std::uint32_t> said_;  // by number of the id: the number of the saying
};

class ImportMemory {
 public:
  // `now`: the state that a batch comes upon. io, corrupt.
  Result<void> come_upon(const RecordsState& now, const Reader& reader);
  // The state that the batch left, once it is committed.
  void leave(const RecordsState& now) { state_ = now; }

  // Every stored cooperation came from this import, so no key of its file is there yet.
  bool all_ours() const { return all_ours_; }

  // The row says nothing of its party that rows of its role have not said last.
  bool knows_enterprise(const records::Cooperation& row) const;
  bool knows_actor(const records::Cooperation& row) const;
  // What the store has once the batch is committed. `role`: of the import's rows.
  void remember(const records::Enterprise& enterprise, records::Role role);
  void remember(const records::Actor& actor);

 private:
  std::optional<RecordsState> state_;
  bool all_ours_ = false;
  PartyMemory enterprises_, actors_;
};

}  // namespace regions
