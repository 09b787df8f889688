// The enterprises or actors that a batch touches: read once, changed in memory, written once.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "node/records/record_keys.h"
#include "node/records/record_store.h"

namespace regions {

template <class Message>
class Loaded {
 public:
  struct One {
    Message now;
    Message before;
    bool existed = false;
    bool touched = false;
  };

  // `what` names the area in errors. Ids may repeat; empty ones are passed over.
  static Result<Loaded> load(const Reader& reader, Area area, std::string_view what,
                             std::vector<std::string_view> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (!ids.empty() && ids[0].empty()) ids.erase(ids.begin());
    std::vector<Bytes> keys;
    keys.reserve(ids.size());
    for (const auto id : ids) keys.push_back(id_key(id));
    TRY(auto values, reader.get_many(area, keys));
    Loaded loaded(area);
    loaded.all_.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      One& one = loaded.all_[std::string(ids[i])];
      one.now.set_id(std::string(ids[i]));
      if (!values[i]) continue;
      TRY(one.now, parse_record<Message>(*values[i], what));
      one.existed = true;
    }
    return loaded;
  }

  bool has(const std::string& id) const { return !all_.empty() && all_.contains(id); }
  // Every one as it is now.
  template <class Each>
  void each(Each each) const {
    for (const auto& [id, one] : all_) each(one.now);
  }

  // To be read; the id must have been loaded.
  const One& see(const std::string& id) const { return all_.at(id); }
  // To be changed.
  Message& touch(const std::string& id) {
    One& one = all_.at(id);
    if (!one.touched && one.existed) one.before = one.now;
    one.touched = true;
    return one.now;
  }

  // Writes what was touched: erases a record that says nothing any more. `each(before, now)` gets
  // nullptr for a record that is not there.
  template <class Each>
  void write(Batch& batch, Each each) const {
    for (const auto& [id, one] : all_) {
      if (!one.touched) continue;
      const bool stays = one.now.has_rows() || one.now.states_size() > 0;
      each(one.existed ? &one.before : nullptr, stays ? &one.now : nullptr);
      if (stays) {
        batch.put(area_, id_key(id), one.now.SerializeAsString());
      } else if (one.existed) {
        batch.erase(area_, id_key(id));
      }
    }
  }

 private:
  explicit Loaded(Area area) : area_(area) {}

  Area area_;
  std::unordered_map<std::string, One> all_;
};

}  // namespace regions
