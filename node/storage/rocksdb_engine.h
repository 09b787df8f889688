// The open database behind a store: its areas as column families, opened with our options. Used by
// rocksdb_store.cc alone.
#pragma once

#include <rocksdb/db.h>

#include <array>

#include "node/storage/rocksdb_store.h"

namespace regions {

// The open database. Handles close before the database does.
struct Engine {
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, kAreaCount> areas{};  // nullptr: of the other wing
  rocksdb::ColumnFamilyHandle* default_area = nullptr;           // the engine wants one; empty

  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();
  // The area's column family; one of the other wing is a programmer error.
  rocksdb::ColumnFamilyHandle* area(Area area) const;
};

// What the engine said, as an error of ours: corrupt or io.
Error error_of(const rocksdb::Status& status, std::string_view doing);

// busy: another process, or this one, has it open. corrupt, io.
Result<std::unique_ptr<Engine>> open_engine(const std::filesystem::path& dir, Wing wing,
                                            bool create);

// mismatch when the folder holds the areas of the other wing. What cannot be listed is left to
// open_engine().
Result<void> check_wing(const std::filesystem::path& dir, Wing wing);

}  // namespace regions
