// A store whose nth operation fails, for loops that try every n and end in a full comparison.
//
// Operations are counted from 1 over gets, get_many, scans, seeks and commits, of the store and of
// its snapshots. A failed read says io; a failed scan or seek has no keys and says io in status();
// a failed commit says io and was either not applied or applied all the same, as a real one may
// have been.
#pragma once

#include <atomic>

#include "node/storage/store.h"

namespace regions {

class FaultStore final : public Store {
 public:
  enum class Flavour { not_applied, applied };

  // `inner` must outlive this store.
  explicit FaultStore(Store& inner) : inner_(inner) {}

  // The nth operation from now fails; with `stays_down` every later one too, until heal().
  void fail_at(std::uint64_t n, Flavour flavour, bool stays_down = false);
  void heal() { fail_at_ = 0; }
  // Operations since the last fail_at(), or since construction.
  std::uint64_t operations() const { return operations_; }
  // Whether the fault of the last fail_at() has happened.
  bool failed() const { return fail_at_ != 0 && operations_ >= fail_at_; }

  Result<std::optional<Bytes>> get(Area area, ByteView key) const override;
  Result<std::vector<std::optional<Bytes>>> get_many(Area area,
                                                     const std::vector<Bytes>& keys) const override;
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from = {}) const override;
  Result<void> commit(const Batch& batch) override;
  std::unique_ptr<Reader> snapshot() const override;

  // Counts one operation; true when it must fail. For the snapshots of this store.
  bool count() const;

 private:
  Store& inner_;
  mutable std::atomic<std::uint64_t> operations_{0};
  std::atomic<std::uint64_t> fail_at_{0};
  Flavour flavour_ = Flavour::not_applied;
  bool stays_down_ = false;
};

}  // namespace regions
