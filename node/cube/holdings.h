// Who a headline counts: for the ledger, which must tell later how many holdings came or went, and
// for those who know some of them.
#pragma once

#include "node/cube/layout.h"

namespace regions {

// The totals of a layout whose tables are counts by nothing, of one year: a programmer's error
// otherwise. Counting rules as in pass.h. One thread; the layout must outlive it.
class YearTotals {
 public:
  explicit YearTotals(const Layout& layout);

  // Takes an enterprise in hand; false: it is not active in the year, and no table counts it.
  bool look_at(std::uint32_t enterprise);
  bool counts(std::size_t table) const;
  std::uint32_t holder() const { return state_->holder; }

  // Whether the table, which counts it, would do so by that one cooperation of its alone.
  bool counts_by(std::size_t table, const CooperationFacts& cooperation) const;

 private:
  bool meets(const Layout::Table& table, const std::uint64_t* mask) const;

  const Layout& layout_;
  const int year_;
  const std::int32_t last_day_;
  std::vector<std::uint64_t> mask_;  // of the enterprise at hand
  const StateFacts* state_ = nullptr;
};

// Per table of the layout, the holders (indices of Facts::holder) of those that it counts,
// ascending, each once. Tables as above.
std::vector<std::vector<std::uint32_t>> holders_in(const Layout& layout);

}  // namespace regions
