#include "tests/support/fault_store.h"

namespace regions {
namespace {

Error injected() { return fail(Errc::io, "injected fault"); }

// Has no key and says why, from the start or from a seek that failed on.
class FaultCursor final : public Cursor {
 public:
  // nullptr: failed already.
  FaultCursor(const FaultStore& store, std::unique_ptr<Cursor> inner)
      : store_(store), inner_(std::move(inner)) {}
  bool valid() const override { return inner_ != nullptr && inner_->valid(); }
  void next() override { inner_->next(); }
  void seek(ByteView key) override {
    if (store_.count()) inner_.reset();
    if (inner_ != nullptr) inner_->seek(key);
  }
  ByteView key() const override { return inner_->key(); }
  ByteView value() const override { return inner_->value(); }
  Result<void> status() const override {
    if (inner_ == nullptr) return injected();
    return inner_->status();
  }

 private:
  const FaultStore& store_;
  std::unique_ptr<Cursor> inner_;
};

// Reads of `inner`, counted by `store`.
Result<std::optional<Bytes>> counted_get(const FaultStore& store, const Reader& inner, Area area,
                                         ByteView key) {
  if (store.count()) return injected();
  return inner.get(area, key);
}

Result<std::vector<std::optional<Bytes>>> counted_get_many(const FaultStore& store,
                                                           const Reader& inner, Area area,
                                                           const std::vector<Bytes>& keys) {
  if (store.count()) return injected();
  return inner.get_many(area, keys);
}

std::unique_ptr<Cursor> counted_scan(const FaultStore& store, const Reader& inner, Area area,
                                     ByteView prefix, ByteView from) {
  auto cursor = store.count() ? nullptr : inner.scan(area, prefix, from);
  return std::make_unique<FaultCursor>(store, std::move(cursor));
}

class FaultSnapshot final : public Reader {
 public:
  FaultSnapshot(const FaultStore& store, std::unique_ptr<Reader> inner)
      : store_(store), inner_(std::move(inner)) {}
  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    return counted_get(store_, *inner_, area, key);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    return counted_get_many(store_, *inner_, area, keys);
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    return counted_scan(store_, *inner_, area, prefix, from);
  }

 private:
  const FaultStore& store_;
  std::unique_ptr<Reader> inner_;
};

}  // namespace

void FaultStore::fail_at(std::uint64_t n, Flavour flavour, bool stays_down) {
  operations_ = 0;
  flavour_ = flavour;
  stays_down_ = stays_down;
  fail_at_ = n;
}

bool FaultStore::count() const {
  const std::uint64_t now = ++operations_;
  const std::uint64_t at = fail_at_;
  return at != 0 && (now == at || (stays_down_ && now > at));
}

Result<std::optional<Bytes>> FaultStore::get(Area area, ByteView key) const {
  return counted_get(*this, inner_, area, key);
}

Result<std::vector<std::optional<Bytes>>> FaultStore::get_many(
    Area area, const std::vector<Bytes>& keys) const {
  return counted_get_many(*this, inner_, area, keys);
}

std::unique_ptr<Cursor> FaultStore::scan(Area area, ByteView prefix, ByteView from) const {
  return counted_scan(*this, inner_, area, prefix, from);
}

Result<void> FaultStore::commit(const Batch& batch) {
  if (!count()) return inner_.commit(batch);
  // Only the first failing commit may have been applied: after it the store is down.
  if (flavour_ == Flavour::applied && operations_ == fail_at_) TRY_VOID(inner_.commit(batch));
  return injected();
}

std::unique_ptr<Reader> FaultStore::snapshot() const {
  return std::make_unique<FaultSnapshot>(*this, inner_.snapshot());
}

}  // namespace regions
