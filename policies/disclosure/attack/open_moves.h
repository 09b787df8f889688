// How columns of equations may move, each as a sum of free parameters: what Gaussian elimination
// leaves open (Langsrud 2024). Pure and deterministic; exact up to a prime of 31 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "policies/disclosure/solver/linear_program.h"

namespace regions {

// Of all sums together: half a gigabyte.
inline constexpr std::size_t kOpenMovesTermsMax = 40'000'000;

// Where elimination is to make something else quicker: a second or two of one core.
inline constexpr std::uint64_t kOpenMovesTouchedMax = 1'000'000'000;

class OpenMoves {
 public:
  static constexpr std::uint64_t kPrime = 2'147'483'647;  // 2^31 - 1

  struct Term {
    std::uint32_t parameter;
    std::uint32_t factor;  // modulo kPrime, not 0
  };
  using Sum = std::vector<Term>;  // ascending by parameter; empty: it does not move

  // No column moves yet.
  explicit OpenMoves(std::size_t columns, std::size_t terms_max = kOpenMovesTermsMax)
      : terms_max_(terms_max), sums_(columns), users_(columns) {}
  // The column moves freely: it is a parameter.
  void free(std::uint32_t column);
  // One more column, the sum of others.
  void add_sum(const std::vector<std::uint32_t>& columns);

  // `sum` does not move: one of its parameters follows from the others. too_large: the sums grow
  // beyond the limit of terms.
  Result<void> set_zero(const Sum& sum);
  // The same of factors times columns: false where it stood still before.
  Result<bool> set_zero(const LinearRow& row);

  const Sum& of(std::uint32_t column) const { return sums_[column]; }
  // Columns that may have the parameter, ascending: some had it once.
  const std::vector<std::uint32_t>& users(std::uint32_t parameter) const {
    return users_[parameter];
  }
  // Terms read and written so far.
  std::uint64_t touched() const { return touched_; }

 private:
  void add_user(std::uint32_t parameter, std::uint32_t column);

  std::size_t terms_max_;
  std::vector<Sum> sums_;
  std::vector<std::vector<std::uint32_t>> users_;  // of a parameter
  std::size_t terms_ = 0;
  std::uint64_t touched_ = 0;
};

// Whether one sum is a multiple of the other; neither is empty.
bool proportional(const OpenMoves::Sum& a, const OpenMoves::Sum& b);
// The terms times `factor`, to compare: 1 or kPrime - 1.
OpenMoves::Sum times(const OpenMoves::Sum& sum, std::uint64_t factor);

}  // namespace regions
