#include "policies/disclosure/rules/contributions.h"

#include <algorithm>
#include <limits>

namespace regions {
namespace {

Result<std::int64_t> added(std::int64_t sum, std::int64_t amount) {
  if (amount < 0) {
    return fail(Errc::invalid_input,
                "a negative amount; concentration rules hold for amounts of 0 and more only");
  }
  if (amount > Contributions::kAmountMax - sum) {
    return fail(Errc::too_large, "amounts add up to more than 2^52 units; use fewer decimals");
  }
  return sum + amount;
}

void merge_units(std::vector<Contribution>& records) {
  std::sort(records.begin(), records.end(),
            [](const auto& a, const auto& b) { return a.unit < b.unit; });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < records.size(); ++at) {
    if (kept > 0 && records[kept - 1].unit == records[at].unit) {
      Contribution& whole = records[kept - 1];
      whole.amount += records[at].amount;
      whole.requested = whole.requested || records[at].requested;
      // A waiver covers a holding only when all of its firms gave one.
      whole.waived = whole.waived && records[at].waived;
    } else {
      records[kept++] = records[at];
    }
  }
  records.resize(kept);
}

}  // namespace

Result<Contributions> Contributions::of(std::vector<Contribution> records) {
  Contributions made;
  for (const Contribution& record : records) {
    TRY(made.sum_, added(made.sum_, record.amount));
  }
  merge_units(records);
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return a.amount != b.amount ? a.amount > b.amount : a.unit < b.unit;
  });
  made.count_ = static_cast<std::int64_t>(records.size());
  made.units_ = std::move(records);
  return made;
}

Result<Contributions> Contributions::summary(std::int64_t count, std::int64_t sum,
                                             std::vector<std::int64_t> largest) {
  Contributions made;
  TRY(made.sum_, added(0, sum));
  if (count < 0) return fail(Errc::invalid_input, "a negative number of contributors");
  std::int64_t known = 0;
  for (std::size_t at = 0; at < largest.size(); ++at) {
    TRY(known, added(known, largest[at]));
    if (at > 0 && largest[at] > largest[at - 1]) {
      return fail(Errc::invalid_input, "the largest contributions are not in descending order");
    }
    // Nobody's names: whoever is the largest here is not who is the largest of another cell.
    const std::uint64_t unnamed = std::numeric_limits<std::uint64_t>::max() - at;
    if (static_cast<std::int64_t>(at) < count) made.units_.push_back({unnamed, largest[at]});
  }
  if (known > sum) {
    return fail(Errc::invalid_input, "the largest contributions are more than the cell");
  }
  made.count_ = count;
  return made;
}

std::int64_t Contributions::top(std::size_t n) const {
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < n && at < units_.size(); ++at) sum += units_[at].amount;
  return sum;
}

}  // namespace regions
