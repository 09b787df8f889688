// Counts of enterprises by the bits of their masks, apart for each period and class of standing:
// what a pass adds up first, because a bit is found quicker than the cells of every table that it
// stands for. Enterprises of groups are not in here: their holdings count once for several.
//
// Memory: 16 bytes for each bit, class and period; a kind of period that would need more than
// kBitCellsMax is not counted so.
#pragma once

#include <bit>

#include "node/cube/layout.h"
#include "node/cube/limits.h"

namespace regions {

struct CountCell {
  std::int64_t count = 0;  // enterprises
  CellKey key;             // of their holdings
};

class BitCells {
 public:
  // Of one kind of period, by its place in kPeriodKinds.
  BitCells(const Layout& layout, std::size_t kind)
      : bits_(layout.words() * 64), classes_(layout.classes(kind)) {
    const std::size_t periods = periods_in(kPeriodKinds[kind], layout.span());
    if (periods * classes_ * bits_ <= kBitCellsMax) cells_.resize(periods * classes_ * bits_);
  }

  // False: too many.
  bool counts() const { return !cells_.empty(); }
  // One more enterprise, and its holding.
  void add(std::size_t period, std::size_t of_class, const std::uint64_t* mask, std::size_t words,
           const RecordKey& holder) {
    each(period, of_class, mask, words, [&](CountCell& cell) {
      ++cell.count;
      cell.key.add(holder);
    });
  }
  // One more of a holding that is added elsewhere.
  void add(std::size_t period, std::size_t of_class, const std::uint64_t* mask, std::size_t words) {
    each(period, of_class, mask, words, [](CountCell& cell) { ++cell.count; });
  }
  const CountCell* at(std::size_t period, std::size_t of_class) const {
    return cells_.data() + (period * classes_ + of_class) * bits_;
  }

 private:
  template <class Do>
  void each(std::size_t period, std::size_t of_class, const std::uint64_t* mask, std::size_t words,
            Do act) {
    CountCell* const first = cells_.data() + (period * classes_ + of_class) * bits_;
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t left = mask[w]; left != 0; left &= left - 1) {
        act(first[w * 64 + static_cast<std::size_t>(std::countr_zero(left))]);
      }
    }
  }

  std::size_t bits_, classes_;
  std::vector<CountCell> cells_;
};

}  // namespace regions
