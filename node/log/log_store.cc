#include "node/log/log_store.h"

#include "node/base/limits.h"

namespace regions {
namespace {

// Member ids have no NUL, so the prefix of one member is never a prefix of another's.
Bytes member_prefix(const std::string& member) { return member + '\0'; }

Bytes entry_key(const std::string& member, std::uint64_t index) {
  Bytes key = member_prefix(member);
  append_u64(key, index);
  return key;
}

Bytes tile_key(const std::string& member, unsigned level, std::uint64_t index) {
  Bytes key = member_prefix(member);
  key.push_back(static_cast<char>(level));
  append_u64(key, index);
  return key;
}

constexpr unsigned kTileHeight = 8;

Result<Bytes> required(Result<std::optional<Bytes>> read, const std::string& what) {
  if (!read) return read.error();
  if (!*read) return fail(Errc::not_found, what);
  return std::move(**read);
}

}  // namespace

Result<std::optional<LogHead>> LogStore::head() const {
  TRY(const auto stored, reader_.get(Area::heads, member_));
  if (!stored) return std::optional<LogHead>{};
  if (stored->size() < 8 + kHashBytes) {
    return fail(Errc::corrupt, "stored head of the log of " + member_);
  }
  LogHead head;
  head.size = read_u64(*stored);
  TRY(head.root, Digest::from_bytes(ByteView(*stored).substr(8, kHashBytes), "stored head"));
  head.checkpoint = stored->substr(8 + kHashBytes);
  return std::optional<LogHead>(std::move(head));
}

Result<Bytes> LogStore::entry(std::uint64_t index) const {
  return required(reader_.get(Area::entries, entry_key(member_, index)),
                  "entry " + std::to_string(index) + " of the log of " + member_);
}

Result<std::vector<Bytes>> LogStore::entries(std::uint64_t from, std::size_t count) const {
  std::vector<Bytes> out;
  const auto cursor =
      reader_.scan(Area::entries, member_prefix(member_), entry_key(member_, from));
  for (; out.size() < count && cursor->valid(); cursor->next()) out.emplace_back(cursor->value());
  TRY_VOID(cursor->status());
  return out;
}

Result<Bytes> LogStore::tile(const TileId& id) const {
  const std::string what = tile_path(id) + " of the log of " + member_;
  TRY(Bytes stored, required(reader_.get(Area::tiles, tile_key(member_, id.level, id.index)), what));
  if (stored.size() < id.width * kHashBytes) return fail(Errc::not_found, what);
  stored.resize(id.width * kHashBytes);
  return stored;
}

Result<Bytes> LogStore::bundle(std::uint64_t index, unsigned width) const {
  TRY(const auto found, entries(index * kTileWidth, width));
  if (found.size() < width) {
    return fail(Errc::not_found, bundle_path(index, width) + " of the log of " + member_);
  }
  return encode_bundle(found);
}

HashSource LogStore::hashes(std::uint64_t size) const {
  return hashes_from_tiles(size, [this](const TileId& id) { return tile(id); });
}

Result<CompactTree> LogStore::tree(std::uint64_t size) const {
  const HashSource source = hashes(size);
  std::vector<Digest> peaks;
  std::uint64_t start = 0;
  for (unsigned level = 63; level-- > 0;) {
    if ((size >> level & 1) == 0) continue;
    TRY(const Digest peak, source(level, start >> level));
    peaks.push_back(peak);
    start += std::uint64_t{1} << level;
  }
  return CompactTree::from(size, std::move(peaks));
}

Result<LogAppender> LogAppender::start(const LogStore& log, std::uint64_t size) {
  TRY(auto tree, log.tree(size));
  return LogAppender(log, std::move(tree));
}

Result<void> LogAppender::add(ByteView entry, Batch& batch) {
  const std::uint64_t index = tree_.size();
  const Digest leaf = leaf_hash(entry);
  TRY_VOID(add_hash(0, index, leaf));
  tree_.append(leaf);
  batch.put(Area::entries, entry_key(log_.member(), index), entry);
  return {};
}

// Hash number `index` of a level of tiles. A tile that becomes full gives one hash to the level above.
Result<void> LogAppender::add_hash(unsigned level, std::uint64_t index, const Digest& hash) {
  if (open_.size() <= level) open_.resize(level + 1);
  const auto width = static_cast<unsigned>(index % kTileWidth);
  if (!open_[level].loaded) {
    open_[level] = {index / kTileWidth, {}, true};
    if (width > 0) {
      TRY(open_[level].hashes, log_.tile({level, index / kTileWidth, width}));
    }
  }
  OpenTile& tile = open_[level];
  CHECK(tile.index == index / kTileWidth && tile.hashes.size() == width * kHashBytes);
  tile.hashes.append(hash.view());
  if (tile.hashes.size() < kTileWidth * kHashBytes) return {};
  const std::uint64_t number = tile.index;
  TRY(const Digest parent, subtree_hash_from_tile({level, number, kTileWidth}, tile.hashes,
                                                  kTileHeight * (level + 1), number));
  full_.emplace_back(tile_key(log_.member(), level, number), std::move(tile.hashes));
  tile = {number + 1, {}, true};
  return add_hash(level + 1, number, parent);
}

void LogAppender::finish(ByteView checkpoint, Batch& batch) {
  for (const auto& [key, hashes] : full_) batch.put(Area::tiles, key, hashes);
  for (unsigned level = 0; level < open_.size(); ++level) {
    const OpenTile& tile = open_[level];
    if (!tile.loaded || tile.hashes.empty()) continue;
    batch.put(Area::tiles, tile_key(log_.member(), level, tile.index), tile.hashes);
  }
  Bytes head;
  append_u64(head, size());
  head.append(root().view());
  head.append(checkpoint);
  batch.put(Area::heads, log_.member(), head);
}

}  // namespace regions
