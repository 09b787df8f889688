// The perturbation table of the cell key method (DISCLOSURE 2): which noise a count gets for which
// cell key. An immutable value, public like its parameters; what is secret are the keys.
//
// Every table that exists holds to this: row 0 leaves 0 as it is; the bounds of a row rise strictly
// and the last is 2^32; no noise leads below 0. Pure; any thread may read one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

// One above the greatest cell key: the last bound of every row.
inline constexpr std::uint64_t kCellKeys = std::uint64_t{1} << 32;

// What a release plan fixes, with the values to start with (DISCLOSURE 2).
struct PerturbationParameters {
  std::int32_t max_noise = 3;  // D: no published count is off by more
  double variance = 2.25;      // of the noise of every count but 0; its mean is 0
  std::int32_t small_max = 2;  // js: no count of 1 to js is published
};

class PerturbationTable {
 public:
  // The noise v for the keys from the bound of the entry before (0 for the first) up to, but not
  // including, ub.
  struct Entry {
    std::int32_t v;
    std::uint64_t ub;

    bool operator==(const Entry&) const = default;
  };
  using Row = std::vector<Entry>;

  // What is wrong with rows, and where.
  struct Fault {
    std::size_t row;
    std::size_t entry;
    enum class Part { v, ub } part;
    std::string what;
    std::string remedy;
  };
  // The first thing that keeps `rows` from being a table: fewer than two rows or too many; a row
  // that is empty; a v that does not rise, is beyond 20 or leads below 0; an ub that does not rise;
  // a last ub that is not 2^32; a row 0 with noise.
  static std::optional<Fault> fault_of(const std::vector<Row>& rows);

  // Row i is for the count i, the last row for all counts from its own up. invalid_input with the
  // fault when there is one.
  static Result<PerturbationTable> make(std::vector<Row> rows);

  // The noise of a count (0 or more): that of the first entry with key < ub.
  std::int32_t noise(std::int64_t count, std::uint32_t key) const;

  const std::vector<Row>& rows() const { return rows_; }
  // The greatest |v|.
  std::int32_t max_noise() const { return max_noise_; }
  // No count and no key give a result of 1 to this; 0 when a result of 1 occurs.
  std::int64_t small_max() const { return small_max_; }

  // refused unless the table does what the plan promises: noise of at most D, no result of 1 to js,
  // and in every row but 0 mean 0 and the plan's variance, both within 10^-4, because the files of
  // other tools have eight decimals.
  Result<void> require(const PerturbationParameters& plan) const;

  bool operator==(const PerturbationTable&) const = default;

 private:
  explicit PerturbationTable(std::vector<Row> rows);

  std::vector<Row> rows_;
  std::int32_t max_noise_ = 0;
  std::int64_t small_max_ = 0;
};

// Sum of v and sum of v^2 over the 2^32 keys of a row, exactly: 2^32 times mean and second moment.
struct RowMoments {
  std::int64_t first = 0;
  std::int64_t second = 0;
};
RowMoments moments_of(const PerturbationTable::Row& row);

}  // namespace regions
