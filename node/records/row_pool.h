// The rows of one batch, used again batch after batch: their strings keep the memory that they once
// got, which is most of the cost of a row. Owned by one import; one thread at a time.
//
// Memory: a few times the text of the longest row that each place had, and those together stay
// below kImportBatchBytes or are given back.
#pragma once

#include <span>
#include <vector>

#include "node/records/limits.h"

namespace regions {

template <class RowType>
class RowPool {
 public:
  // A row to be filled, with whatever it held before. The same one again until it is kept.
  RowType& spare() {
    if (count_ == places_.size()) {
      places_.emplace_back();
      longest_.push_back(0);
    }
    return places_[count_];
  }
  // `bytes`: of the row's text.
  void keep(std::size_t bytes) {
    if (bytes > longest_[count_]) {
      held_ += bytes - longest_[count_];
      longest_[count_] = bytes;
    }
    ++count_;
  }
  std::size_t size() const { return count_; }
  // Valid until the next spare().
  std::span<RowType> kept() { return {places_.data(), count_}; }
  void clear() {
    if (held_ > kImportBatchBytes) *this = RowPool();
    count_ = 0;
  }

 private:
  std::vector<RowType> places_;
  std::vector<std::size_t> longest_;  // per place: the longest text it had
  std::size_t held_ = 0;              // their sum
  std::size_t count_ = 0;
};

}  // namespace regions
