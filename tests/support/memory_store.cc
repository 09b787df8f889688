#include "tests/support/memory_store.h"

#include <algorithm>

namespace regions {
namespace {

using Areas = MemoryStore::Areas;

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(std::shared_ptr<const Areas> areas, Area area, ByteView prefix, ByteView from)
      : areas_(std::move(areas)), map_((*areas_)[static_cast<std::size_t>(area)]), prefix_(prefix) {
    seek(from);
  }
  bool valid() const override {
    return at_ != map_.end() && at_->first.compare(0, prefix_.size(), prefix_) == 0;
  }
  void next() override { ++at_; }
  void seek(ByteView key) override { at_ = map_.lower_bound(std::max<ByteView>(key, prefix_)); }
  ByteView key() const override { return at_->first; }
  ByteView value() const override { return at_->second; }
  Result<void> status() const override { return {}; }

 private:
  std::shared_ptr<const Areas> areas_;
  const std::map<Bytes, Bytes, std::less<>>& map_;
  Bytes prefix_;
  std::map<Bytes, Bytes, std::less<>>::const_iterator at_;
};

class MemorySnapshot final : public Reader {
 public:
  explicit MemorySnapshot(std::shared_ptr<const Areas> areas) : areas_(std::move(areas)) {}
  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    const auto& map = (*areas_)[static_cast<std::size_t>(area)];
    auto found = map.find(key);
    if (found == map.end()) return std::optional<Bytes>();
    return std::optional<Bytes>(found->second);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    std::vector<std::optional<Bytes>> values;
    values.reserve(keys.size());
    for (const auto& key : keys) {
      TRY(auto value, get(area, key));
      values.push_back(std::move(value));
    }
    return values;
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    return std::make_unique<MemoryCursor>(areas_, area, prefix, from);
  }

 private:
  std::shared_ptr<const Areas> areas_;
};

}  // namespace

MemoryStore::MemoryStore() : areas_(std::make_shared<Areas>()) {}

std::shared_ptr<const Areas> MemoryStore::state() const {
  std::lock_guard lock(mutex_);
  return areas_;
}

Result<std::optional<Bytes>> MemoryStore::get(Area area, ByteView key) const {
  return MemorySnapshot(state()).get(area, key);
}

Result<std::vector<std::optional<Bytes>>> MemoryStore::get_many(
    Area area, const std::vector<Bytes>& keys) const {
  return MemorySnapshot(state()).get_many(area, keys);
}

std::unique_ptr<Cursor> MemoryStore::scan(Area area, ByteView prefix, ByteView from) const {
  return std::make_unique<MemoryCursor>(state(), area, prefix, from);
}

Result<void> MemoryStore::commit(const Batch& batch) {
  std::lock_guard lock(mutex_);
  if (areas_.use_count() > 1) areas_ = std::make_shared<Areas>(*areas_);
  for (const auto& write : batch.writes()) {
    auto& map = (*areas_)[static_cast<std::size_t>(write.area)];
    if (write.value) {
      map.insert_or_assign(Bytes(write.key), Bytes(*write.value));
    } else {
      map.erase(Bytes(write.key));
    }
  }
  return {};
}

std::unique_ptr<Reader> MemoryStore::snapshot() const {
  return std::make_unique<MemorySnapshot>(state());
}

}  // namespace regions
