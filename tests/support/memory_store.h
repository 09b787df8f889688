// A store in memory, of either wing or both, for tests that need no disk.
#pragma once

#include <array>
#include <map>
#include <mutex>

#include "node/storage/store.h"

namespace regions {

class MemoryStore final : public Store {
 public:
  using Areas = std::array<std::map<Bytes, Bytes, std::less<>>, kAreaCount>;

  MemoryStore();
  Result<std::optional<Bytes>> get(Area area, ByteView key) const override;
  Result<std::vector<std::optional<Bytes>>> get_many(Area area,
                                                     const std::vector<Bytes>& keys) const override;
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from = {}) const override;
  Result<void> commit(const Batch& batch) override;
  std::unique_ptr<Reader> snapshot() const override;

  // Everything in the store at this moment, for comparisons.
  Areas contents() const { return *state(); }

 private:
  std::shared_ptr<const Areas> state() const;

  mutable std::mutex mutex_;
  std::shared_ptr<Areas> areas_;  // copied before a write while a reader still holds it
};

}  // namespace regions
