// What changed in the records since they were last read.
//
// Every batch that changes a record leaves a note in its own write: which enterprises and actors it
// touched, and the next state. A state is a number and a chain of digests over what was written, so
// that a store that was put back from a copy, and went another way from there, does not pass for
// the one that was read. Read by the cube, to bring its figures up to date; any thread.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "node/storage/store.h"

namespace regions {

// Where the records stand. The same state: the same records.
struct RecordsState {
  std::uint64_t sequence = 0;  // batches that changed something; 0: none since notes are kept
  Digest chain;                // over all of them

  bool operator==(const RecordsState&) const = default;
};

// corrupt, io.
Result<RecordsState> records_state(const Reader& reader);

// Ids in bytewise order, each once.
struct Changed {
  std::set<std::string> enterprises;  // that may be another than they were
  std::set<std::string> cooperating;  // whose cooperations may be others as well
  std::set<std::string> actors;       // whose organisation may be another

  bool operator==(const Changed&) const = default;
};

// What changed between `then` and the reader's moment. nullopt: that cannot be told, because too
// much did or `then` is no state of these records; everything must be read. corrupt, io.
Result<std::optional<Changed>> changed_since(const Reader& reader, const RecordsState& then);

// The note of one batch. Under the writer's lock, from begin() until the batch is committed.
class ChangeNote {
 public:
  static Result<ChangeNote> begin(const Reader& reader);

  void enterprise(std::string_view id) { changed_.enterprises.emplace(id); }
  void cooperation_of(std::string_view enterprise) {
    // The rows of an enterprise mostly stand together.
    if (last_ != nullptr && *last_ == enterprise) return;
    last_ = &*changed_.cooperating.emplace(enterprise).first;
  }
  void actor(std::string_view id) { changed_.actors.emplace(id); }
  // What is written, or a digest of it: two batches that differ must say different things here.
  void content(ByteView bytes) { content_.append(bytes); }

  // The state that the batch came upon.
  const RecordsState& before() const { return before_; }
  // Puts the note and the new state, which it returns, into `batch`.
  RecordsState write(Batch& batch) const;

 private:
  explicit ChangeNote(const RecordsState& before) : before_(before) {}

  RecordsState before_;
  Changed changed_;
  const std::string* last_ =
      nullptr;  // of changed_.cooperating, whose elements stay in their place
  Bytes content_;
};

}  // namespace regions
