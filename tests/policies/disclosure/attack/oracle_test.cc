// The attack against an oracle that knows no linear programs: all tables of whole numbers that
// agree with what is published, written out one by one.
#include <gtest/gtest.h>

#include <algorithm>

#include "policies/disclosure/attack/attack.h"
#include "tests/support/sanitized.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

constexpr std::size_t kRows = 3, kColumns = 3;

// Inner cells of a table with published totals.
struct Small {
  std::vector<std::int64_t> inner;
  Pattern withheld;  // of the inner cells, then the totals, which are not

  CellSystem system() const {
    CellSystem made;
    made.value = inner;
    for (std::size_t r = 0; r < kRows; ++r) {
      Equation sum{{static_cast<CellId>(made.value.size()), -1}};
      made.value.push_back(0);
      for (std::size_t c = 0; c < kColumns; ++c) {
        sum.push_back({static_cast<CellId>(r * kColumns + c), 1});
        made.value.back() += inner[r * kColumns + c];
      }
      made.equations.push_back(sum);
    }
    for (std::size_t c = 0; c < kColumns; ++c) {
      Equation sum{{static_cast<CellId>(made.value.size()), -1}};
      made.value.push_back(0);
      for (std::size_t r = 0; r < kRows; ++r) {
        sum.push_back({static_cast<CellId>(r * kColumns + c), 1});
        made.value.back() += inner[r * kColumns + c];
      }
      made.equations.push_back(sum);
    }
    for (const std::int64_t value : made.value) {
      made.below.push_back(value);
      made.above.push_back(kNoBound);
    }
    return made;
  }
};

// Lowest and highest value of every inner cell over all completions in which cells of `least` are
// at least that.
class Oracle {
 public:
  Oracle(const Small& table, std::vector<std::int64_t> least)
      : table_(table), least_(std::move(least)), now_(table.inner), low_(now_), high_(now_) {
    std::int64_t sum = 0;
    for (const std::int64_t value : table.inner) sum += value;
    most_ = sum;
    visit(0);
  }
  std::int64_t low(std::size_t cell) const { return low_[cell]; }
  std::int64_t high(std::size_t cell) const { return high_[cell]; }

 private:
  bool row_fits(std::size_t row) const {
    std::int64_t difference = 0;
    for (std::size_t c = 0; c < kColumns; ++c) {
      difference += now_[row * kColumns + c] - table_.inner[row * kColumns + c];
    }
    return difference == 0;
  }
  bool columns_fit() const {
    for (std::size_t c = 0; c < kColumns; ++c) {
      std::int64_t difference = 0;
      for (std::size_t r = 0; r < kRows; ++r) {
        difference += now_[r * kColumns + c] - table_.inner[r * kColumns + c];
      }
      if (difference != 0) return false;
    }
    return true;
  }
  void visit(std::size_t cell) {
    if (cell > 0 && cell % kColumns == 0 && !row_fits(cell / kColumns - 1)) return;
    if (cell == now_.size()) {
      if (!columns_fit()) return;
      for (std::size_t k = 0; k < now_.size(); ++k) {
        low_[k] = std::min(low_[k], now_[k]);
        high_[k] = std::max(high_[k], now_[k]);
      }
      return;
    }
    if (!table_.withheld[cell]) return visit(cell + 1);
    const std::int64_t truth = now_[cell];
    for (std::int64_t value = least_[cell]; value <= most_; ++value) {
      now_[cell] = value;
      visit(cell + 1);
    }
    now_[cell] = truth;
  }

  const Small& table_;
  std::vector<std::int64_t> least_, now_, low_, high_;
  std::int64_t most_ = 0;
};

Small random_table(SeededRandom& random) {
  Small table;
  for (std::size_t cell = 0; cell < kRows * kColumns; ++cell) {
    const auto byte = static_cast<std::uint8_t>(random.bytes(1)[0]);
    table.inner.push_back(byte % 4);
    table.withheld.push_back(byte / 4 % 8 < 5 ? 1 : 0);
  }
  table.withheld.resize(kRows * kColumns + kRows + kColumns, 0);
  return table;
}

TEST(Oracle, IntervalsAreThoseOfAllCompletions) {
  SeededRandom random(42);
  for (int round = 0; round < (kSanitized ? 6 : 60); ++round) {
    const Small table = random_table(random);
    const CellSystem system = table.system();
    const Oracle oracle(table, std::vector<std::int64_t>(table.inner.size(), 0));
    Work work;
    for (const auto& one : find_intervals(system, table.withheld, {}, work).value()) {
      EXPECT_EQ(system.value[one.cell] - one.below, oracle.low(one.cell)) << "round " << round;
      EXPECT_EQ(system.value[one.cell] + one.above, oracle.high(one.cell)) << "round " << round;
    }
  }
}

// An observer whose own parts are known leaves fewer completions.
TEST(Oracle, GuardsHoldExactlyUpToWhatCompletionsLeave) {
  SeededRandom random(43);
  for (int round = 0; round < 40; ++round) {
    const Small table = random_table(random);
    const CellSystem system = table.system();
    std::vector<std::int64_t> least(table.inner.size(), 0);
    Observer observer{1, {}};
    for (CellId cell = 0; cell < least.size(); ++cell) {
      least[cell] = table.inner[cell] / 2;
      observer.shares.push_back({cell, least[cell], false});
    }
    const Oracle oracle(table, least);
    for (CellId cell = 0; cell < least.size(); ++cell) {
      const std::int64_t up = oracle.high(cell) - table.inner[cell];
      const std::int64_t down = table.inner[cell] - oracle.low(cell);
      Work work;
      const std::vector<Guard> guards{{{cell}, {down, up, 0}, 1}, {{cell}, {0, up + 1, 0}, 1}};
      const auto broken =
          find_breaches(system, table.withheld, {Observer{}, observer}, guards, work).value();
      ASSERT_EQ(broken.size(), 1u) << "round " << round << " cell " << cell;
      EXPECT_EQ(broken.front().guard, 1u);
      // Corners of such tables are whole, so that the bound is met.
      EXPECT_EQ(broken.front().above_most, up);
    }
  }
}

}  // namespace
}  // namespace regions
