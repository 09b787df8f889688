// The contract of a store: ordered keys in named areas, atomic durable batches, snapshots. No type
// of the engine behind it stands here, so that another engine can take its place (DESIGN 8).
//
// Threads: every function may be called from any thread. Batches commit in some order, each whole.
#pragma once

#include <algorithm>
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

// Writes that become durable together or not at all, applied in order. Their bytes stand one behind
// the other in a few large pieces: a batch has tens of thousands.
class Batch {
 public:
  // Views into the batch.
  struct Write {
    Area area;
    ByteView key;
    std::optional<ByteView> value;  // nullopt erases
  };
  Batch() = default;
  Batch(Batch&& other) noexcept
      : writes_(std::move(other.writes_)),
        pieces_(std::move(other.pieces_)),
        end_(other.end_),
        left_(std::exchange(other.left_, 0)) {}
  Batch& operator=(Batch&&) = delete;

  void put(Area area, ByteView key, ByteView value) { put(area, key, value, {}); }
  // Of a value that lies in two parts.
  void put(Area area, ByteView key, ByteView value, ByteView rest) {
    const ByteView kept = keep(key, {});  // the order of arguments is nobody's
    writes_.push_back({area, kept, keep(value, rest)});
  }
  void erase(Area area, ByteView key) { writes_.push_back({area, keep(key, {}), std::nullopt}); }
  const std::vector<Write>& writes() const { return writes_; }
  bool empty() const { return writes_.empty(); }
  void clear() {
    writes_.clear();
    pieces_.clear();
    left_ = 0;
  }

 private:
  ByteView keep(ByteView bytes, ByteView rest) {
    const std::size_t size = bytes.size() + rest.size();
    if (size > left_) take(size);
    char* const begin = end_;
    end_ = std::copy(rest.begin(), rest.end(), std::copy(bytes.begin(), bytes.end(), begin));
    left_ -= size;
    return {begin, size};
  }
  // Room for so much at least: twice as much as the last time, from a page to a megabyte.
  void take(std::size_t size) {
    left_ = std::max(size, std::size_t{4096} << std::min<std::size_t>(pieces_.size(), 8));
    pieces_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    end_ = pieces_.back().get();
  }

  std::vector<Write> writes_;
  std::vector<std::unique_ptr<char[]>> pieces_;
  char* end_ = nullptr;  // of what is used of the last one
  std::size_t left_ = 0;
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
