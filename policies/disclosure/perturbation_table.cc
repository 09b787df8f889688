#include "policies/disclosure/perturbation_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "policies/disclosure/decimal.h"
#include "policies/disclosure/limits.h"

namespace regions {
namespace {

using Entry = PerturbationTable::Entry;
using Row = PerturbationTable::Row;
using Fault = PerturbationTable::Fault;
using Part = Fault::Part;

// How far mean and variance may be from the plan's (require()).
constexpr double kMomentTolerance = 1e-4;

std::optional<Fault> fault_of_entry(const Row& row, std::size_t i, std::size_t k) {
  const auto fault = [&](Part part, std::string what, std::string remedy) {
    return Fault{i, k, part, std::move(what), std::move(remedy)};
  };
  const auto [v, ub] = row[k];
  if (v < -kMaxNoiseMax || v > kMaxNoiseMax) {
    return fault(Part::v, std::to_string(v) + " is beyond " + std::to_string(kMaxNoiseMax),
                 "use a table of less noise");
  }
  if (static_cast<std::int64_t>(i) + v < 0) {
    return fault(Part::v, std::to_string(v) + " leads below 0", "no count is below 0; correct v");
  }
  if (k > 0 && v <= row[k - 1].v) {
    return fault(Part::v, std::to_string(v) + " is not above that of the entry before",
                 "write every v once, ascending");
  }
  if (ub <= (k > 0 ? row[k - 1].ub : 0)) {
    return fault(Part::ub, "not above that of the entry before: no key is left for this one",
                 "correct it or remove the entry");
  }
  if (ub > kCellKeys) return fault(Part::ub, "above 1", "end the row at 1");
  return std::nullopt;
}

std::optional<Fault> fault_of_row(const Row& row, std::size_t i) {
  if (row.empty()) return Fault{i, 0, Part::ub, "the row has no entry", "give it entries up to 1"};
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (auto fault = fault_of_entry(row, i, k)) return fault;
  }
  if (row.back().ub != kCellKeys) {
    return Fault{i, row.size() - 1, Part::ub, "the row ends below 1",
                 "add what is missing; the last bound of a row is 1"};
  }
  return std::nullopt;
}

Error not_as_planned(const std::string& has, const std::string& promised) {
  return fail(Errc::refused, "perturbation table: " + has + "; the plan promises " + promised +
                                 ": use the table that is generated from it");
}

}  // namespace

std::optional<Fault> PerturbationTable::fault_of(const std::vector<Row>& rows) {
  if (rows.size() < 2) {
    return Fault{0, 0, Part::ub, "no row for counts above 0", "add rows from 1 up"};
  }
  if (rows.size() > kPerturbationRowsMax) {
    return Fault{kPerturbationRowsMax, 0, Part::ub, "more than 1,000 rows",
                 "leave out rows that repeat the one before; the last is for all counts above it"};
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (auto fault = fault_of_row(rows[i], i)) return fault;
  }
  if (rows[0] != Row{{0, kCellKeys}}) {
    return Fault{0, 0, Part::v, "a count of 0 gets noise", "row 0 has one entry: v 0, bound 1"};
  }
  return std::nullopt;
}

Result<PerturbationTable> PerturbationTable::make(std::vector<Row> rows) {
  if (const auto fault = fault_of(rows)) {
    return fail(Errc::invalid_input, "perturbation table row " + std::to_string(fault->row) +
                                         ", entry " + std::to_string(fault->entry + 1) +
                                         (fault->part == Part::v ? ": v: " : ": ub: ") +
                                         fault->what + "; " + fault->remedy);
  }
  return PerturbationTable(std::move(rows));
}

PerturbationTable::PerturbationTable(std::vector<Row> rows) : rows_(std::move(rows)) {
  std::int64_t least_result = std::numeric_limits<std::int64_t>::max();  // above 0
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const Entry& entry : rows_[i]) {
      max_noise_ = std::max(max_noise_, std::abs(entry.v));
      const std::int64_t result = static_cast<std::int64_t>(i) + entry.v;
      if (result > 0) least_result = std::min(least_result, result);
      // The last row is for the next count too, whose result is then 1.
      if (result == 0 && i + 1 == rows_.size()) least_result = 1;
    }
  }
  small_max_ = least_result - 1;
}

std::int32_t PerturbationTable::noise(std::int64_t count, std::uint32_t key) const {
  CHECK(count >= 0);
  const auto last = static_cast<std::int64_t>(rows_.size()) - 1;
  const Row& row = rows_[static_cast<std::size_t>(std::min(count, last))];
  const auto found =
      std::upper_bound(row.begin(), row.end(), std::uint64_t{key},
                       [](std::uint64_t k, const Entry& entry) { return k < entry.ub; });
  return found->v;  // the last bound is above every key
}

Result<void> PerturbationTable::require(const PerturbationParameters& plan) const {
  if (max_noise_ > plan.max_noise) {
    return not_as_planned("noise of up to " + std::to_string(max_noise_),
                          "at most " + std::to_string(plan.max_noise));
  }
  if (small_max_ < plan.small_max) {
    return not_as_planned("publishes a count of " + std::to_string(small_max_ + 1),
                          "none of 1 to " + std::to_string(plan.small_max));
  }
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    const RowMoments moments = moments_of(rows_[i]);
    const double mean = static_cast<double>(moments.first) / kCellKeys;
    const double variance = static_cast<double>(moments.second) / kCellKeys - mean * mean;
    if (std::abs(mean) > kMomentTolerance) {
      return not_as_planned("row " + std::to_string(i) + " has mean " + decimal(mean), "mean 0");
    }
    if (!(std::abs(variance - plan.variance) <= kMomentTolerance)) {
      return not_as_planned("row " + std::to_string(i) + " has variance " + decimal(variance),
                            "variance " + decimal(plan.variance));
    }
  }
  return {};
}

RowMoments moments_of(const Row& row) {
  RowMoments moments;
  std::uint64_t begin = 0;
  for (const Entry& entry : row) {
    const auto width = static_cast<std::int64_t>(entry.ub - begin);
    moments.first += entry.v * width;
    moments.second += std::int64_t{entry.v} * entry.v * width;
    begin = entry.ub;
  }
  return moments;
}

}  // namespace regions
