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
  const std::string what = "entry " + std::to_string(index) + " of the log of " + member_;
  TRY(Bytes stored, required(reader_.get(Area::entries, entry_key(member_, index)), what));
  if (stored.size() != kEntryBytes) return fail(Errc::corrupt, "stored " + what);
  return stored;
}

Result<std::vector<Bytes>> LogStore::entries(std::uint64_t from, std::size_t count) const {
  std::vector<Bytes> out;
  const auto cursor = reader_.scan(Area::entries, member_prefix(member_), entry_key(member_, from));
  for (; out.size() < count && cursor->valid(); cursor->next()) {
    const std::uint64_t index = from + out.size();
    if (cursor->key() != entry_key(member_, index) || cursor->value().size() != kEntryBytes) {
      return fail(Errc::corrupt,
                  "stored entry " + std::to_string(index) + " of the log of " + member_);
    }
    out.emplace_back(cursor->value());
  }
  TRY_VOID(cursor->status());
  return out;
}

Result<Bytes> LogStore::tile(const TileId& id) const {
  const std::string what = tile_path(id) + " of the log of " + member_;
  TRY(Bytes stored,
      required(reader_.get(Area::tiles, tile_key(member_, id.level, id.index)), what));
  if (stored.size() < id.width * kHashBytes) return fail(Errc::not_found, what);
  stored.resize(id.width * kHashBytes);
  return stored;
}

Result<Bytes> LogStore::bundle(std::uint64_t index, unsigned width) const {
  const auto absent = [&] {
    return fail(Errc::not_found, bundle_path(index, width) + " of the log of " + member_);
  };
  if (index > kTreeSizeMax / kTileWidth) return absent();
  TRY(const auto found, entries(index * kTileWidth, width));
  if (found.size() < width) return absent();
  return encode_bundle(found);
}

Result<TileEdge> LogStore::edge(std::uint64_t size) const {
  return TileEdge::from(size, [this](const TileId& id) { return tile(id); });
}

Result<LogAppender> LogAppender::start(const LogStore& log, std::uint64_t size) {
  TRY(auto edge, log.edge(size));
  return LogAppender(log.member(), std::move(edge));
}

void LogAppender::add(ByteView entry, Batch& batch) {
  batch.put(Area::entries, entry_key(member_, size()), entry);
  edge_.append(leaf_hash(entry));
}

void LogAppender::finish(ByteView checkpoint, Batch& batch) {
  for (const auto& tile : edge_.take_changed()) {
    batch.put(Area::tiles, tile_key(member_, tile.id.level, tile.id.index), tile.hashes);
  }
  Bytes head;
  append_u64(head, size());
  head.append(root().view());
  head.append(checkpoint);
  batch.put(Area::heads, member_, head);
}

}  // namespace regions
