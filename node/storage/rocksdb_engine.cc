#include "node/storage/rocksdb_engine.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "node/storage/limits.h"

namespace regions {
namespace {

// Names are part of the format on disk.
constexpr std::array<const char*, kAreaCount> kAreaNames = {
    "enterprises", "actors",     "cooperations", "cooperation_ids", "old_versions", "decisions",
    "releases",    "changes",    "meta_records", "entries",         "tiles",        "heads",
    "envelopes",   "statements", "documents",    "peers",           "meta_shared"};

// The engine keeps no diary in a file: one that cannot be written, on a full disk, ends the process
// (the engine of Debian 12 is built with assertions). What it has to say of an error is in the
// status of the call that met it.
class NoDiary final : public rocksdb::Logger {
 public:
  NoDiary() : Logger(rocksdb::HEADER_LEVEL) {}
  void Logv(const char*, va_list) override {}
};

// When a disk that was full has room again the engine would resume by itself and write out its
// tables in memory, area by area. A batch whose write had failed may stand whole in the journal all
// the same; it would then come back at the next start in some of its areas and not in others.
class NoResume final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::DBOptions database_options(bool create) {
  rocksdb::DBOptions options;
  options.create_if_missing = create;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  // A half-written last record was never acknowledged and is dropped; damage before it is an error.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // After a failed write the store takes no other (rocksdb_store.cc); the engine must not try
  // alone.
  options.max_bgerror_resume_count = 0;
  options.listeners = {std::make_shared<NoResume>()};
  options.db_write_buffer_size = kMemtableBytesMax;
  options.max_open_files = kOpenFilesMax;
  options.info_log = std::make_shared<NoDiary>();
  return options;
}

rocksdb::ColumnFamilyOptions area_options() {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kAreaMemtableBytesMax;
  // Most look-ups of an import are for keys that are not there yet.
  options.memtable_prefix_bloom_size_ratio = 0.05;
  options.memtable_whole_key_filtering = true;
  // What was written last is soon merged into the level below, and is compressed then.
  options.compression_per_level = {rocksdb::kNoCompression, rocksdb::kSnappyCompression};
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

Wing wing_of(Area area) { return area < Area::entries ? Wing::confidential : Wing::shared; }

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const std::string text = std::string(doing) + ": " + status.ToString();
  if (!status.IsCorruption()) return fail(Errc::io, text);
  return fail(Errc::corrupt, text + "; keep the stores as they are and see the runbook");
}

Engine::~Engine() {
  for (auto* handle : areas) {
    if (handle != nullptr) db->DestroyColumnFamilyHandle(handle);
  }
  if (default_area != nullptr) db->DestroyColumnFamilyHandle(default_area);
  if (db != nullptr) db->Close();
}

rocksdb::ColumnFamilyHandle* Engine::area(Area area) const {
  auto* handle = areas[static_cast<std::size_t>(area)];
  CHECK(handle != nullptr);
  return handle;
}

Result<void> check_wing(const std::filesystem::path& dir, Wing wing) {
  std::vector<std::string> names;
  auto listed = rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), dir.string(), &names);
  if (!listed.ok()) return {};  // opening says what is wrong
  for (int i = 0; i < kAreaCount; ++i) {
    const bool ours = wing_of(static_cast<Area>(i)) == wing;
    if (!ours && std::find(names.begin(), names.end(), kAreaNames[i]) != names.end()) {
      return fail(Errc::mismatch, "is the store of the other wing");
    }
  }
  return {};
}

Result<std::unique_ptr<Engine>> open_engine(const std::filesystem::path& dir, Wing wing,
                                            bool create) {
  const auto options = area_options();
  std::vector<rocksdb::ColumnFamilyDescriptor> described = {
      {rocksdb::kDefaultColumnFamilyName, options}};
  std::vector<std::size_t> areas;
  for (std::size_t i = 0; i < kAreaCount; ++i) {
    if (wing_of(static_cast<Area>(i)) != wing) continue;
    described.emplace_back(kAreaNames[i], options);
    areas.push_back(i);
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  auto status =
      rocksdb::DB::Open(database_options(create), dir.string(), described, &handles, &opened);
  if (!status.ok()) {
    // The engine has no code of its own for a lock that another process, or this one, holds.
    if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
      return fail(Errc::busy, "in use by another process: stop it or wait, then try again");
    }
    return error_of(status, "opening");
  }
  auto engine = std::make_unique<Engine>();
  engine->db.reset(opened);
  engine->default_area = handles[0];
  for (std::size_t i = 0; i < areas.size(); ++i) engine->areas[areas[i]] = handles[i + 1];
  return engine;
}

}  // namespace regions
