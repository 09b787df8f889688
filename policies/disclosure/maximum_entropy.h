// The distribution of greatest entropy among those on given whole numbers with mean 0 and a given
// variance: the noise of one count in the cell key method (S. Giessing, Privacy
// in Statistical Databases 2016).
//
// Pure and the same on every machine: IEEE 754 additions, multiplications and divisions in a fixed
// order, no library function that may round differently elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace regions {

struct VarianceRange {
  std::int64_t least;
  std::int64_t greatest;
};

// The variances that distributions of mean 0 on `support` (whole numbers, ascending) have; nullopt
// when no distribution on it has mean 0.
//
// With a <= 0 <= b the values of the support nearest to 0 on either side (both 0 when 0 is one) no
// value lies between them, so (v - a)(v - b) >= 0 and the variance is -ab at least. With A and B
// the outermost, (v - A)(v - B) <= 0 and it is -AB at most. Two values alone attain either.
std::optional<VarianceRange> variance_range(const std::vector<std::int32_t>& support);

// The probability of every value of `support`, all of them -20 to 20; they sum to 1, mean and
// variance are met to about 10^-13. `variance` lies within variance_range(), and is 0.01 at least
// or an end of it; at an end all values but two (or 0 alone) have probability 0.
std::vector<double> maximum_entropy(const std::vector<std::int32_t>& support, double variance);

}  // namespace regions
