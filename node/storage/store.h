// The contract of a store: ordered keys in named areas, atomic durable batches, snapshots. No type
// of the engine behind it stands here, so that another engine can take its place (DESIGN 8).
//
// Threads: every function may be called from any thread. Batches commit in some order, each whole.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// The areas of both stores; an unknown one cannot be named. A store opens with the areas of its
// wing alone (rocksdb_store.h): a shared key cannot land in the confidential store or the other way
// round.
enum class Area : std::uint8_t {
  // confidential wing
  enterprises,      // length-prefixed enterprise id -> records.Enterprise
  actors,           // length-prefixed actor id -> records.Actor
  cooperations,     // length-prefixed enterprise id, cooperation id -> records.Cooperation
  cooperation_ids,  // cooperation id -> records.CooperationIndex
  old_versions,     // kind, length-prefixed id, [day], version -> what a later version replaced
  decisions,        // year -> the fixed protected cells of its headlines
  releases,  // indicator, period, table, audience -> what was released; "pending" -> not yet logged
  changes,   // sequence -> what a batch of records touched; where the records stand
  meta_records,  // counters, format version
  // shared wing
  entries,      // member, index -> entry v1
  tiles,        // member, level, tile -> hashes
  heads,        // member -> size, root, checkpoint
  envelopes,    // statement id -> envelope
  statements,   // member, index -> verdict on the statement
  documents,    // rosters and key sets
  peers,        // member -> follower state
  meta_shared,  // counters, format version
};
inline constexpr int kAreaCount = 17;

// Writes that become durable together or not at all, applied in order.
class Batch {
 public:
  struct Write {
    Area area;
    Bytes key;
    std::optional<Bytes> value;  // nullopt erases
  };
  void put(Area area, ByteView key, ByteView value) { put_moved(area, Bytes(key), Bytes(value)); }
  // The same without a copy of what the caller has done with.
  void put_moved(Area area, Bytes key, Bytes value) {
    writes_.push_back({area, std::move(key), std::move(value)});
  }
  void erase(Area area, ByteView key) { writes_.push_back({area, Bytes(key), std::nullopt}); }
  const std::vector<Write>& writes() const { return writes_; }
  bool empty() const { return writes_.empty(); }
  void clear() { writes_.clear(); }

 private:
  std::vector<Write> writes_;
};

// Walks keys in bytewise order. Views stay valid until the next call of next() or seek().
class Cursor {
 public:
  virtual ~Cursor() = default;
  // True while there is a current key; false at the end or after an error.
  virtual bool valid() const = 0;
  virtual void next() = 0;
  // To the first key >= `key` of the scan, from wherever the cursor stands. Much cheaper than
  // another scan, most of all where keys ascend.
  virtual void seek(ByteView key) = 0;
  virtual ByteView key() const = 0;
  virtual ByteView value() const = 0;
  // After valid() turned false: whether the walk ended for want of keys or of a readable disk.
  virtual Result<void> status() const = 0;
};

// Reads at one moment: nothing committed later shows.
class Reader {
 public:
  virtual ~Reader() = default;
  // nullopt: no such key. io or corrupt: the engine could not read it.
  virtual Result<std::optional<Bytes>> get(Area area, ByteView key) const = 0;
  // Values in the order of `keys`.
  virtual Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const = 0;
  // All keys >= `from` that begin with `prefix`, ascending; an empty `from` means `prefix`.
  virtual std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from = {}) const = 0;
};

class Store : public Reader {
 public:
  // Returns only after the batch is durable. After an error either outcome is possible: the caller
  // reads again before it goes on.
  virtual Result<void> commit(const Batch& batch) = 0;
  virtual std::unique_ptr<Reader> snapshot() const = 0;
};

}  // namespace regions
