// What must be cut for a coroutine to end by itself: a connection, a timer. Included by sources of
// node/net alone; one thread.
#pragma once

#include <functional>
#include <set>

namespace regions::net {

class Cuttable {
 public:
  using All = std::set<const std::function<void()>*>;

  // Registered in `all` for as long as the object lives.
  Cuttable(All& all, std::function<void()> cut) : all_(all), cut_(std::move(cut)) {
    all_.insert(&cut_);
  }
  ~Cuttable() { all_.erase(&cut_); }
  Cuttable(const Cuttable&) = delete;
  Cuttable& operator=(const Cuttable&) = delete;

 private:
  All& all_;
  const std::function<void()> cut_;
};

}  // namespace regions::net
