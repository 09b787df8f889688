// One log as it lies in the shared store: our own, or a peer's that we follow. Layout: entries by
// index, tiles by level and number, one head. A partial tile is a prefix of the stored one, so only
// the widest version of each tile is kept (protocol/decisions).
//
// Reads see the Reader they were given; writes go into a batch that the caller commits, so that
// entries, tiles and head change together.
#pragma once

#include <string>
#include <vector>

#include "node/storage/store.h"
#include "protocol/log/proof.h"
#include "protocol/log/tile_edge.h"
#include "protocol/log/tree.h"

namespace regions {

struct LogHead {
  std::uint64_t size = 0;
  Digest root;
  Bytes checkpoint;  // the signed note over size and root
};

class LogStore {
 public:
  // `reader` must outlive the object.
  LogStore(const Reader& reader, std::string member)
      : reader_(reader), member_(std::move(member)) {}

  // nullopt: nothing is stored of this log.
  Result<std::optional<LogHead>> head() const;
  // The raw 56 bytes; not_found past the end.
  Result<Bytes> entry(std::uint64_t index) const;
  // Entries [from, from + count), fewer at the end. corrupt: one between them is not there, or no
  // entry.
  Result<std::vector<Bytes>> entries(std::uint64_t from, std::size_t count) const;
  // The first `id.width` hashes of a tile; not_found when fewer are stored.
  Result<Bytes> tile(const TileId& id) const;
  // The bundle with the first `width` entries; not_found when fewer are stored.
  Result<Bytes> bundle(std::uint64_t index, unsigned width) const;
  // The right edge of the tree of the first `size` leaves, rebuilt from the tiles.
  Result<TileEdge> edge(std::uint64_t size) const;

  const std::string& member() const { return member_; }

 private:
  const Reader& reader_;
  std::string member_;
};

// Appends raw entries behind `size` to a batch. After add() of all, root() is the new root.
class LogAppender {
 public:
  // Reads the right edge of the stored tree of `size` leaves.
  static Result<LogAppender> start(const LogStore& log, std::uint64_t size);
  void add(ByteView entry, Batch& batch);
  // Writes the tiles that changed and the head. `checkpoint` covers size() and root().
  void finish(ByteView checkpoint, Batch& batch);
  std::uint64_t size() const { return edge_.size(); }
  Digest root() const { return edge_.tree().root(); }
  CompactTree tree() const { return edge_.tree(); }

 private:
  LogAppender(std::string member, TileEdge edge)
      : member_(std::move(member)), edge_(std::move(edge)) {}

  std::string member_;
  TileEdge edge_;
};

}  // namespace regions
