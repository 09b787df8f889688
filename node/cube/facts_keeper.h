// The facts of the records as they are now, at the least cost: those in memory where nothing has
// changed; brought up to date where little has; from the copy on disk after a start; read anew
// where all that fails. Owned by the composition root; any thread, calls take turns.
//
// Memory: one Facts; two for the moment when they are read anew while somebody still reads the old
// ones. Disk: one copy (facts_copy.h), two while one is written.
#pragma once

#include <memory>
#include <mutex>

#include "node/cube/facts_copy.h"

namespace regions {

class FactsKeeper {
 public:
  // `copy`: where the copy lies. `secret`: the region's.
  FactsKeeper(std::filesystem::path copy, Bytes secret)
      : copy_(std::move(copy)), secret_(std::move(secret)) {}

  // Errors as of Facts::load. That the copy cannot be read or written is none: it is logged, and
  // the records are read.
  Result<std::shared_ptr<const Facts>> current(const Store& records, const Territories& territories,
                                               const std::atomic<bool>* stop);

 private:
  Result<bool> bring_up(const Reader& snapshot);
  void keep_copy();

  const std::filesystem::path copy_;
  const Bytes secret_;
  std::mutex mutex_;
  std::shared_ptr<Facts> facts_;            // guarded by mutex_, as all below
  Territories territories_;                 // of facts_
  std::uint64_t changed_ = 0;               // enterprises since the copy was written
  std::optional<std::uint64_t> copied_at_;  // the sequence of the copy; nullopt: there is none
};

}  // namespace regions
