// The contributors of one cell of amounts: how many, their sum, and the largest of them, kept right
// while contributors come and go.
//
// The kKept largest are known one by one; of the rest, that none is larger than `floor_`. So the
// two largest are lost only after that many of the largest have gone and none as large has come:
// knows_largest() says so, and the cell must be filled anew.
#pragma once

#include <algorithm>
#include <array>

#include "policies/disclosure/raw_table.h"

namespace regions {

class Contributors {
 public:
  static constexpr std::uint32_t kKept = 16;

  // Cents; nothing comes of 0.
  void add(std::int64_t cents) {
    if (cents == 0) return;
    sum_ += cents;
    const bool whole = kept_ == count_;
    ++count_;
    if (whole || cents >= floor_) keep(cents);
  }
  // One that was added.
  void remove(std::int64_t cents) {
    if (cents == 0) return;
    sum_ -= cents;
    --count_;
    const auto end = largest_.begin() + kept_;
    const auto at = std::find(largest_.begin(), end, cents);
    if (at != end) {
      std::copy(at + 1, end, at);
      --kept_;
    }
    if (kept_ == count_) floor_ = 0;
  }

  // Those of another part of the holdings, of none of which anything was removed. Then it does not
  // matter in which parts they were added.
  void add(const Contributors& others) {
    sum_ += others.sum_;
    count_ += others.count_;
    floor_ = std::max(floor_, others.floor_);
    for (std::uint32_t i = 0; i < others.kept_; ++i) keep(others.largest_[i]);
  }

  bool knows_largest() const { return kept_ >= std::min<std::int64_t>(2, count_); }
  // knows_largest() must hold.
  RawAmount amount() const {
    return {sum_, count_, kept_ > 0 ? largest_[0] : 0, kept_ > 1 ? largest_[1] : 0};
  }

 private:
  void keep(std::int64_t cents) {
    if (kept_ == kKept) {
      floor_ = std::max(floor_, std::min(cents, largest_[kKept - 1]));
      if (cents <= largest_[kKept - 1]) return;
      --kept_;
    }
    const auto end = largest_.begin() + kept_;
    const auto at = std::upper_bound(largest_.begin(), end, cents, std::greater<>());
    std::copy_backward(at, end, end + 1);
    *at = cents;
    ++kept_;
  }

  std::int64_t sum_ = 0;
  std::int64_t count_ = 0;
  std::int64_t floor_ = 0;
  std::uint32_t kept_ = 0;
  std::array<std::int64_t, kKept> largest_{};  // descending
};

}  // namespace regions
