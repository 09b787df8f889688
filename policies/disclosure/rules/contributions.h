// Who makes up one cell: the input of every sensitivity rule. Amounts are whole numbers of one unit
// (cents, or what the table's decimals say) and never negative.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

struct Contribution {
  std::uint64_t unit = 0;  // the holding, or the contributor where no holding is known
  std::int64_t amount = 0;
  bool requested = false;  // asked for protection (request rule)
  bool waived = false;     // agreed in writing to be published (waivers)
};

class Contributions {
 public:
  // From single records: contributions of one unit are added up first, because a holding that is
  // split over firms knows all of them. invalid_input: a negative amount, for which no
  // concentration rule holds; too_large: a sum above kAmountMax.
  static Result<Contributions> of(std::vector<Contribution> records);
  // Where the records are not at hand: number of contributors, sum and largest amounts, descending.
  // invalid_input: amounts that are negative, not descending or above the sum in total.
  static Result<Contributions> summary(std::int64_t count, std::int64_t sum,
                                       std::vector<std::int64_t> largest);

  // Sums stay exact in the double precision of the solver.
  static constexpr std::int64_t kAmountMax = std::int64_t{1} << 52;

  std::int64_t count() const { return count_; }
  std::int64_t sum() const { return sum_; }
  // The n-th largest, from 0; 0 beyond the last. known() says how many were given.
  std::int64_t largest(std::size_t n) const { return n < units_.size() ? units_[n].amount : 0; }
  std::int64_t top(std::size_t n) const;
  // Descending by amount, then by unit. Fewer than count() for a summary.
  const std::vector<Contribution>& units() const { return units_; }
  // Whether every unit is listed.
  bool complete() const { return static_cast<std::int64_t>(units_.size()) == count_; }

 private:
  std::int64_t count_ = 0;
  std::int64_t sum_ = 0;
  std::vector<Contribution> units_;
};

}  // namespace regions
