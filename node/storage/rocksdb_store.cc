#include "node/storage/rocksdb_store.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/storage/rocksdb_engine.h"

namespace regions {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kMarkStart = "regions4.acknowledged/1 ";

rocksdb::Slice slice(ByteView bytes) { return {bytes.data(), bytes.size()}; }
ByteView view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// The first key after all that begin with `prefix`; empty when there is none.
Bytes after_prefix(ByteView prefix) {
  Bytes end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

class EngineCursor final : public Cursor {
 public:
  EngineCursor(const Engine& engine, Area area, ByteView prefix, ByteView from,
               const rocksdb::Snapshot* snapshot)
      : prefix_(prefix), end_(after_prefix(prefix)), end_slice_(end_) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    iterator_.reset(engine.db->NewIterator(options, engine.area(area)));
    seek(from);
  }
  bool valid() const override { return iterator_->Valid(); }
  void next() override { iterator_->Next(); }
  void seek(ByteView key) override { iterator_->Seek(slice(std::max<ByteView>(key, prefix_))); }
  ByteView key() const override { return view(iterator_->key()); }
  ByteView value() const override { return view(iterator_->value()); }
  Result<void> status() const override {
    if (auto status = iterator_->status(); !status.ok()) return error_of(status, "scanning");
    return {};
  }

 private:
  Bytes prefix_, end_;
  rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

Result<std::optional<Bytes>> get_from(const Engine& engine, Area area, ByteView key,
                                      const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  Bytes value;
  auto status = engine.db->Get(options, engine.area(area), slice(key), &value);
  if (status.IsNotFound()) return std::optional<Bytes>();
  if (!status.ok()) return error_of(status, "reading");
  return std::optional<Bytes>(std::move(value));
}

Result<std::vector<std::optional<Bytes>>> get_many_from(const Engine& engine, Area area,
                                                        const std::vector<Bytes>& keys,
                                                        const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  engine.db->MultiGet(options, engine.area(area), keys.size(), slices.data(), values.data(),
                      statuses.data());
  std::vector<std::optional<Bytes>> found(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) return error_of(statuses[i], "reading");
    found[i] = values[i].ToString();
  }
  return found;
}

// A write and the part of its key that sorts it, mostly.
struct Sorted {
  std::uint64_t front;
  const Batch::Write* write;

  bool operator<(const Sorted& other) const {
    if (front != other.front) return front < other.front;
    if (write->key != other.write->key) return write->key < other.write->key;
    return write < other.write;  // as they came
  }
};

// Eight bytes of the key from `at` on, as a number.
std::uint64_t front_of(ByteView key, std::size_t at) {
  std::uint64_t front = 0;
  for (std::size_t i = at; i < at + sizeof front; ++i) {
    front = front << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0u);
  }
  return front;
}

void sort_writes(std::vector<Sorted>& writes) {
  if (writes.empty()) return;
  // What all keys begin with tells none from the other.
  ByteView common = writes[0].write->key;
  for (const Sorted& one : writes) {
    const ByteView key = one.write->key;
    common = {common.data(),
              static_cast<std::size_t>(
                  std::mismatch(common.begin(), common.end(), key.begin(), key.end()).first -
                  common.begin())};
  }
  for (Sorted& one : writes) one.front = front_of(one.write->key, common.size());
  std::sort(writes.begin(), writes.end());
}

// The writes of a batch by area and key; those of one key stay in their order. The engine's tables
// in memory take sorted keys much faster: each is found near the one before it.
std::array<std::vector<Sorted>, kAreaCount> sorted(const Batch& batch) {
  std::array<std::vector<Sorted>, kAreaCount> areas;
  for (const auto& write : batch.writes()) {
    areas[static_cast<std::size_t>(write.area)].push_back({0, &write});
  }
  for (auto& writes : areas) sort_writes(writes);
  return areas;
}

// About as many as the engine's form of the batch has.
std::size_t bytes_of(const Batch& batch) {
  constexpr std::size_t kOfItsOwn = 16;  // kind, area and lengths of a write; head of the batch
  std::size_t bytes = kOfItsOwn;
  for (const auto& write : batch.writes()) {
    bytes += kOfItsOwn + write.key.size() + (write.value ? write.value->size() : 0);
  }
  return bytes;
}

class EngineSnapshot final : public Reader {
 public:
  explicit EngineSnapshot(const Engine& engine)
      : engine_(engine), snapshot_(engine.db->GetSnapshot()) {}
  ~EngineSnapshot() override { engine_.db->ReleaseSnapshot(snapshot_); }
  EngineSnapshot(const EngineSnapshot&) = delete;
  EngineSnapshot& operator=(const EngineSnapshot&) = delete;

  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    return get_from(engine_, area, key, snapshot_);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    return get_many_from(engine_, area, keys, snapshot_);
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    return std::make_unique<EngineCursor>(engine_, area, prefix, from, snapshot_);
  }

 private:
  const Engine& engine_;
  const rocksdb::Snapshot* snapshot_;
};

// How many writes the store had acknowledged when it was last opened or closed, in a file beside
// the engine's. A damaged length in the tail of a log of the engine reads as a write that was never
// finished, and everything behind it is dropped without a word: the engine then counts fewer.
std::filesystem::path mark_file(const std::filesystem::path& dir) { return dir / "acknowledged"; }

Result<void> write_mark(const std::filesystem::path& dir, const Engine& engine) {
  constexpr unsigned kOwnerOnly = 0600;
  return write_file(mark_file(dir),
                    std::string(kMarkStart) + std::to_string(engine.db->GetLatestSequenceNumber()),
                    kOwnerOnly);
}

Result<void> check_mark(const std::filesystem::path& dir, const Engine& engine) {
  const auto text = read_file(mark_file(dir), kConfigBytesMax);
  const std::uint64_t found = engine.db->GetLatestSequenceNumber();
  if (!text && text.error().code == Errc::not_found) {
    // Written before anything else is.
    if (found == 0) return {};
    return fail(Errc::corrupt,
                "the file acknowledged is missing, which counts the writes; see the runbook");
  }
  if (!text) return text.error();
  const auto number = text->starts_with(kMarkStart)
                          ? parse_decimal(ByteView(*text).substr(kMarkStart.size()))
                          : Result<std::uint64_t>(fail(Errc::malformed, "no mark"));
  if (!number) return fail(Errc::corrupt, "the file acknowledged is damaged: see to the disk");
  if (found >= *number) return {};
  return fail(Errc::corrupt,
              "writes that were acknowledged are missing: " + std::to_string(*number) + " were, " +
                  std::to_string(found) + " are there; see the runbook");
}

class RocksdbStore final : public Store {
 public:
  RocksdbStore(std::filesystem::path dir, std::unique_ptr<Engine> engine)
      : dir_(std::move(dir)), engine_(std::move(engine)) {}

  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    return get_from(*engine_, area, key, nullptr);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    return get_many_from(*engine_, area, keys, nullptr);
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    return std::make_unique<EngineCursor>(*engine_, area, prefix, from, nullptr);
  }
  ~RocksdbStore() override {
    // The engine of Debian 12 is built with assertions and aborts when a log that failed is closed.
    // What it holds goes with the process, and so does its lock.
    static auto* const kept = new std::vector<Engine*>;
    if (failed_) {
      kept->push_back(engine_.release());
    } else {
      (void)write_mark(dir_, *engine_);  // the older one stays true
    }
  }

  Result<void> commit(const Batch& batch) override {
    // Nothing is written behind a write that may stand half in the log.
    if (failed_) {
      return fail(Errc::io,
                  "committing: an earlier write failed, so nothing more is written; mend its cause "
                  "(a full disk?) and start the program again");
    }
    rocksdb::WriteBatch writes(bytes_of(batch));
    for (const auto& of_area : sorted(batch)) {
      for (const auto& [front, write] : of_area) {
        auto* area = engine_->area(write->area);
        auto status = write->value ? writes.Put(area, slice(write->key), slice(*write->value))
                                   : writes.Delete(area, slice(write->key));
        if (!status.ok()) return error_of(status, "preparing a commit");
      }
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    if (auto status = engine_->db->Write(options, &writes); !status.ok()) {
      failed_ = true;
      return error_of(status, "committing");
    }
    return {};
  }
  std::unique_ptr<Reader> snapshot() const override {
    return std::make_unique<EngineSnapshot>(*engine_);
  }

 private:
  const std::filesystem::path dir_;
  std::atomic<bool> failed_ = false;
  std::unique_ptr<Engine> engine_;
};

// "<wing><format version, u32>": written by the first open, compared by every later one.
Result<void> check_format(Store& store, Wing wing) {
  const Area meta = wing == Wing::confidential ? Area::meta_records : Area::meta_shared;
  TRY(auto stored, store.get(meta, kFormatKey));
  if (!stored) {
    Bytes value(1, static_cast<char>(wing));
    append_u32(value, kStoreFormat);
    Batch batch;
    batch.put(meta, kFormatKey, value);
    return store.commit(batch);
  }
  if (stored->size() != 5 || (*stored)[0] != static_cast<char>(wing)) {
    return fail(Errc::corrupt, "the format mark is damaged");
  }
  const std::uint32_t version = read_u32(ByteView(*stored).substr(1));
  if (version != kStoreFormat) {
    return fail(Errc::unsupported, "has format " + std::to_string(version) + ", this build knows " +
                                       std::to_string(kStoreFormat) +
                                       ": install the newer release");
  }
  return {};
}

Result<void> make_folder(const std::filesystem::path& dir) {
  std::error_code failed;
  const bool made = std::filesystem::create_directories(dir, failed);
  if (!failed && made) {
    std::filesystem::permissions(dir, std::filesystem::perms::owner_all, failed);
  }
  if (failed) return fail(Errc::io, "making the folder: " + failed.message());
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& dir, Wing wing,
                                          bool create) {
  const std::string where = "store " + dir.string();
  std::error_code failed;
  const bool exists = std::filesystem::exists(dir / "CURRENT", failed);
  if (!exists && !create) return fail(Errc::not_found, where + ": there is none");
  if (auto made = make_folder(dir); !made) return made.error().in(where);
  if (exists) {
    if (auto checked = check_wing(dir, wing); !checked) return checked.error().in(where);
  }
  auto engine = open_engine(dir, wing, create);
  if (!engine) return engine.error().in(where);
  if (auto checked = check_mark(dir, **engine); !checked) return checked.error().in(where);
  if (auto marked = write_mark(dir, **engine); !marked) return marked.error().in(where);
  auto store = std::make_unique<RocksdbStore>(dir, std::move(*engine));
  if (auto checked = check_format(*store, wing); !checked) return checked.error().in(where);
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace regions
