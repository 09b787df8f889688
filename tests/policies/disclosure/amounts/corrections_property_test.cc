// Random regions whose records change at random: what the corrected tables tell of the difference,
// by linear algebra over the finest parts alone, is never of one or two holdings.
//
// REGIONS_AMOUNT_CORRECTIONS=10000 makes a long run.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "tests/policies/disclosure/amounts/random_region.h"
#include "tests/support/result_matchers.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

// A region after its releases, and its records a year later.
struct ChangedRegion {
  RandomRegion region;
  SmallAmounts now;
  std::vector<AmountRow> changed;  // of holdings as in `now`
  AmountHistory history;
  std::vector<EarlierAmounts> earlier;
  std::vector<AmountTable> tables;
};

ChangedRegion changed_region(std::uint64_t seed) {
  const Bytes secret(32, 'm');
  Dice dice(seed * 1000);
  ChangedRegion made{random_region(seed), SmallAmounts(), {}, {}, {}, {}};
  for (const auto& round : made.region.rounds) {
    const ProtectedAmounts out = protect(made.region.amounts, round, made.history);
    made.history.release(out.decided);
    made.history.intervals = out.intervals;
    EarlierAmounts& one = made.earlier.emplace_back();
    for (const DecidedAmount& cell : out.decided) one.cells.push_back(cell.cell);
    one.members =
        AmountControl::members(made.region.amounts.raw(), Catalogue::builtin(), secret).value();
    made.tables.insert(made.tables.end(), round.begin(), round.end());
  }
  made.now = made.region.amounts;
  for (std::size_t at = dice.roll(3); at > 0 && dice.roll(3) == 0; --at) {
    const std::size_t gone = dice.roll(made.now.rows.size());
    if (made.now.rows[gone].cents > 0) made.changed.push_back(made.now.rows[gone]);
    made.now.rows.erase(made.now.rows.begin() + static_cast<std::ptrdiff_t>(gone));
  }
  const std::size_t came = 1 + dice.roll(9), places = 1 + dice.roll(3);
  std::vector<AmountRow> like;
  for (std::size_t at = 0; at < places; ++at) {
    like.push_back(made.region.amounts.rows[dice.roll(made.region.amounts.rows.size())]);
  }
  for (std::size_t at = 0; at < came; ++at) {
    const AmountRow& place = like[dice.roll(places)];
    std::vector<std::string> codes;
    for (std::size_t d = 0; d < place.categories.size(); ++d) {
      codes.push_back(made.region.dimensions[d]->categories()[place.categories[d]].code);
    }
    const std::string actor = dice.roll(3) == 0 ? "a0" : "";
    made.now.row("n" + std::to_string(at), place.year, 20'000 + 1'000 * (at % 3), codes, actor);
    made.changed.push_back(made.now.rows.back());
  }
  return made;
}

bool holds(const AmountCell& cell, const AmountRow& row, const RandomRegion& region) {
  const Period period = Period::parse(cell.period).value();
  if (row.year < period.first_year() || row.year > period.last_year()) return false;
  for (const auto& [id, code] : cell.categories) {
    for (std::size_t d = 0; d < region.dimensions.size(); ++d) {
      const Dimension& dimension = *region.dimensions[d];
      if (dimension.id() == id && dimension.categories()[row.categories[d]].code != code) {
        return false;
      }
    }
  }
  return true;
}

// Sums of the finest parts that changed, and what follows from those that are told.
class Told {
 public:
  // Takes what is new of it into the basis.
  void tell(std::vector<double> sum) {
    reduce(sum);
    for (std::size_t at = 0; at < sum.size(); ++at) {
      if (std::abs(sum[at]) < kZero) continue;
      const double by = sum[at];
      for (double& one : sum) one /= by;
      basis_.emplace_back(at, std::move(sum));
      return;
    }
  }
  bool follows(std::vector<double> sum) const {
    reduce(sum);
    return std::all_of(sum.begin(), sum.end(), [](double one) { return std::abs(one) < kZero; });
  }

 private:
  static constexpr double kZero = 1e-9;
  void reduce(std::vector<double>& sum) const {
    for (const auto& [at, known] : basis_) {
      const double by = sum[at];
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] -= by * known[i];
    }
  }
  std::vector<std::pair<std::size_t, std::vector<double>>> basis_;
};

void expect_nobody_seen(std::uint64_t seed, const ChangedRegion& one,
                        const std::vector<DecidedAmount>& corrected) {
  std::map<std::pair<int, std::vector<std::uint32_t>>, std::vector<const AmountRow*>> parts;
  for (const AmountRow& row : one.changed) parts[{row.year, row.categories}].push_back(&row);
  const auto sum_of = [&](const AmountCell& cell) {
    std::vector<double> sum;
    for (const auto& [place, rows] : parts) sum.push_back(holds(cell, *rows[0], one.region));
    return sum;
  };
  Told told;
  for (const DecidedAmount& cell : corrected) {
    if (cell.value) told.tell(sum_of(cell.cell));
  }
  std::vector<std::vector<double>> figures;
  for (const DecidedAmount& cell : one.history.cells) figures.push_back(sum_of(cell.cell));
  for (std::size_t at = 0; at < parts.size(); ++at) {
    figures.emplace_back(parts.size(), 0.0)[at] = 1;
  }
  for (const std::vector<double>& figure : figures) {
    if (!told.follows(figure)) continue;
    std::set<PartyId> holdings;
    std::size_t at = 0;
    for (const auto& [place, rows] : parts) {
      if (figure[at++] == 0) continue;
      for (const AmountRow* row : rows) holdings.insert(row->holding);
    }
    EXPECT_TRUE(holdings.empty() || holdings.size() >= 3) << "seed " << seed;
  }
}

// What goes out where every table is asked for by a call of its own, the last one first.
std::vector<DecidedAmount> one_by_one(ChangedRegion one) {
  std::vector<DecidedAmount> all;
  for (auto table = one.tables.rbegin(); table != one.tables.rend(); ++table) {
    AmountRequest asked = request({*table});
    asked.history = one.history;
    const auto made = AmountControl::correct(one.now.raw(), asked, one.earlier);
    EXPECT_THAT(made, IsOk());
    if (!made || made->decided.empty()) continue;
    EarlierAmounts& decided = one.earlier.emplace_back();
    for (const DecidedAmount& cell : made->decided) decided.cells.push_back(cell.cell);
    decided.members =
        AmountControl::members(one.now.raw(), Catalogue::builtin(), Bytes(32, 'm')).value();
    one.history.release(made->decided);
    all.insert(all.end(), made->decided.begin(), made->decided.end());
  }
  return all;
}

TEST(AmountCorrectionsProperty, NoDifferenceIsOfOneOrTwoHoldings) {
  const char* asked = std::getenv("REGIONS_AMOUNT_CORRECTIONS");
  const std::uint64_t regions = asked != nullptr ? parse_decimal(asked).value()
                                : kSanitized     ? 5
                                                 : 70;
  std::size_t tables = 0, corrected = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= regions; ++seed) {
    const ChangedRegion one = changed_region(seed);
    AmountRequest request_now = request(one.tables);
    request_now.history = one.history;
    const auto made = AmountControl::correct(one.now.raw(), request_now, one.earlier);
    ASSERT_THAT(made, IsOk()) << "seed " << seed;
    tables += one.tables.size();
    for (std::size_t at = 0; at < one.tables.size(); ++at) {
      corrected += made->corrected[at];
      refused += !made->why_not[at].empty();
    }
    expect_nobody_seen(seed, one, made->decided);
    expect_nobody_seen(seed, one, one_by_one(one));
    if (testing::Test::HasFailure()) return;
    // The cells that are out stay the same ones.
    AmountHistory after = one.history;
    after.release(made->decided);
    ASSERT_EQ(after.cells.size(), one.history.cells.size());
    for (std::size_t at = 0; at < after.cells.size(); ++at) {
      EXPECT_EQ(after.cells[at].value.has_value(), one.history.cells[at].value.has_value());
    }
  }
  std::printf("%zu tables, %zu corrected, %zu refused\n", tables, corrected, refused);
  EXPECT_TRUE(kSanitized || corrected > 20);
  EXPECT_TRUE(kSanitized || refused > 20);
}

}  // namespace
}  // namespace regions
