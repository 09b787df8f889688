// The same of amounts: one holding that enters, leaves or gets another amount, corrections table by
// table, withdrawals between them. Whatever was ever out, the difference of any two versions of a
// figure, and of a window and its years, is that of at least three holdings of which none outweighs
// the others.
#include "tests/node/publish/amounts_bench.h"

namespace regions {
namespace {

constexpr std::int64_t kAYear = 366 * 86400;
const std::string kWindowText = "2021-2023";
const std::vector<std::string> kYears = {"2021", "2022", "2023"};

class ChangedAmountsTest : public AmountsBench {
 protected:
  ChangedAmountsTest() {
    grants("base", 40, "2018");
    for (const std::string& year : kYears) {
      for (int i = 0; i < 10; ++i) put("r" + std::to_string(i), year, 90'000);
      for (int i = 0; i < 8; ++i) put("s" + std::to_string(i), year, 80'000, "internet-of-things");
    }
  }
  // The grant of a firm in a year; 0: it has none.
  void put(const std::string& firm, const std::string& year, std::int64_t euro,
           const std::string& technology = "robotics") {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    const std::string amount =
        euro == 0 ? "," : std::to_string(euro) + ".00," + std::to_string(euro) + ".00";
    ASSERT_THAT(
        bench.cooperations("c" + year + firm + "," + firm + ",PRC,PT16,a" + firm + ",HES,PT,PT16," +
                           year + "-03-01," + year + "-12-01," + technology + "," + amount + "\n"),
        IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
    grants_[year][firm] = euro;
  }
  using Grants = std::map<std::string, std::map<std::string, std::int64_t>>;  // year, firm

  void ask(const DueChoice& choice) {
    (void)open_->publisher->release_due(true, {kYearMin, kYearMax}, {}, true, "", choice);
    const auto done =
        open_->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "", choice);
    ASSERT_THAT(done, IsOk());
    if (decided_.size() < Ledger(records).amounts(kFund)->size()) decided_.push_back(grants_);
  }
  std::vector<LedgerRelease> all_out() {
    auto all = Ledger(records).all_releases().value();
    std::erase_if(all, [](const LedgerRelease& one) { return one.figure.indicator != kFund; });
    return all;
  }
  void withdraw(const LedgerRelease& one, WithdrawalReason reason) {
    if (one.withdrawn) return;
    ASSERT_OK(open_->publisher->withdraw(one.ref.id, reason));
  }
  void withdraw_total() {
    withdraw(Ledger(records).releases({kFund, kWindowText, "total"})->back(),
             WithdrawalReason::error_in_records);
  }
  using ByFirm = std::map<std::string, std::int64_t>;

  static void add(ByFirm& sum, const Grants& grants, const std::string& period, int sign) {
    for (const auto& [year, of_year] : grants) {
      if (period == year || (period == kWindowText && year >= "2021" && year <= "2023")) {
        for (const auto& [firm, euro] : of_year) sum[firm] += sign * euro;
      }
    }
  }
  // At least three, and what two leave is a tenth of the largest.
  static bool is_safe(std::vector<std::int64_t> amounts) {
    if (amounts.empty()) return true;
    std::sort(amounts.rbegin(), amounts.rend());
    if (amounts.size() < 3) return false;
    std::int64_t rest = 0;
    for (std::size_t i = 2; i < amounts.size(); ++i) rest += amounts[i];
    return 10 * rest >= amounts[0];
  }
  static bool tells_nobody(const ByFirm& difference) {
    std::vector<std::int64_t> up, down;
    for (const auto& [firm, euro] : difference) {
      if (euro != 0) (euro > 0 ? up : down).push_back(std::abs(euro));
    }
    return is_safe(up) && is_safe(down);
  }
  // The grants of every decision of which a table of the period was wholly out, which adds up to
  // its total.
  std::vector<Grants> totals(const std::string& period) {
    std::set<std::uint32_t> decisions;
    for (const LedgerRelease& one : all_out()) {
      if (one.figure.period == period && one.withheld == 0) decisions.insert(one.decision);
    }
    std::vector<Grants> out;
    for (const std::uint32_t one : decisions) out.push_back(decided_.at(one - 1));
    return out;
  }
  void expect_nobody_is_told() {
    for (const std::string& period : {kWindowText, kYears[0], kYears[1], kYears[2]}) {
      const auto versions = totals(period);
      for (std::size_t a = 0; a < versions.size(); ++a) {
        for (std::size_t b = a + 1; b < versions.size(); ++b) {
          ByFirm difference;
          add(difference, versions[b], period, 1);
          add(difference, versions[a], period, -1);
          EXPECT_TRUE(tells_nobody(difference)) << period << " " << a << " " << b;
        }
      }
    }
    for (const Grants& window : totals(kWindowText)) {
      for (const Grants& first : totals(kYears[0])) {
        for (const Grants& second : totals(kYears[1])) {
          for (const Grants& third : totals(kYears[2])) {
            ByFirm difference;
            add(difference, window, kWindowText, -1);
            add(difference, first, kYears[0], 1);
            add(difference, second, kYears[1], 1);
            add(difference, third, kYears[2], 1);
            EXPECT_TRUE(tells_nobody(difference)) << "window and years";
          }
        }
      }
    }
  }
  int draw(int below) {
    return static_cast<int>(read_u32(steps_.bytes(4)) % static_cast<std::uint32_t>(below));
  }

  SeededRandom steps_{5};
  Grants grants_;
  std::vector<Grants> decided_;
  std::unique_ptr<NodeParts> open_ = planned();
  const DueChoice kWindow{kFund, kWindowText, ""};
  const DueChoice kTotal{kFund, kWindowText, "total"};
};

TEST_F(ChangedAmountsTest, OneFirmThatComesGoesOrGetsAnotherAmountIsNeverTold) {
  ask(kWindow);
  const auto out = stated_cells();
  const std::vector<std::tuple<const char*, const char*, std::int64_t>> changes = {
      {"x", "2022", 70'000},  {"x", "2022", 0},  {"r3", "2022", 95'000},
      {"r3", "2022", 90'000}, {"s1", "2022", 0}, {"s1", "2021", 160'000}};
  for (const auto& [firm, year, euro] : changes) {
    put(firm, year, euro, firm[0] == 's' ? "internet-of-things" : "robotics");
    ask(kWindow);
    withdraw_total();
    ask(kTotal);
    clock.advance(kAYear);
    ask(kTotal);
  }
  EXPECT_EQ(decided_.size(), 1u);
  EXPECT_EQ(stated_cells(), out);
}

// In one step four come; then these go and one comes, which against the first release is one alone.
TEST_F(ChangedAmountsTest, StepsOfFourThatComeToOneAreRefused) {
  ask(kWindow);
  for (int i = 0; i < 4; ++i) put("late" + std::to_string(i), "2022", 90'000);
  ask(kWindow);
  ASSERT_EQ(decided_.size(), 2u);
  clock.advance(kAYear);
  withdraw_total();
  for (int i = 0; i < 4; ++i) put("late" + std::to_string(i), "2022", 0);
  put("x", "2022", 359'000);
  ask(kWindow);
  ask(kTotal);
  EXPECT_EQ(decided_.size(), 2u);
  // The years were never out: with the window that was, they must not add up to that firm.
  for (const std::string& year : kYears) ask({kFund, year, ""});
  EXPECT_GT(decided_.size(), 2u);
  expect_nobody_is_told();
}

// Four come, then a fifth before the next table is asked for: no two of them may add up to it.
TEST_F(ChangedAmountsTest, TablesThatAreCorrectedOneByOneDoNotTellTheFirmBetweenThem) {
  ask(kWindow);
  std::set<std::string> tables;
  for (const LedgerRelease& one : all_out()) tables.insert(one.figure.table);
  ASSERT_GT(tables.size(), 3u);
  for (int i = 0; i < 4; ++i) put("late" + std::to_string(i), "2022", 90'000);
  for (const std::string& table : tables) {
    ask({kFund, kWindowText, table});
    put("x" + table, "2022", 70'000);
  }
  ask(kWindow);
  expect_nobody_is_told();
}

// Refused because it tells of somebody, refused because it takes too much work, or not asked for:
// a peer has the same bytes.
TEST_F(ChangedAmountsTest, ARefusalIsInNothingThatAPeerHas) {
  const auto nothing = shared.contents();
  pivots_max = 0;
  auto poor = planned();
  ASSERT_OK(poor->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "", kWindow));
  EXPECT_EQ(shared.contents(), nothing);
  ask(kWindow);
  const auto before = shared.contents();
  put("x", "2022", 70'000);
  for (int i = 0; i < 3; ++i) ask(kWindow);
  ASSERT_OK(poor->publisher->release_due(false, {kYearMin, kYearMax}, {}, true, "", kWindow));
  EXPECT_EQ(shared.contents(), before);
  EXPECT_GT(Ledger(records).all_refusals()->size(), 2u);
}

// A pattern that was decided is not drawn again, however often records change before and behind.
TEST_F(ChangedAmountsTest, TryingAgainGivesNoOtherPattern) {
  put("lone", "2022", 50'000, "biotechnology");
  ASSERT_OK_AND(const DueReport dry, due(true, {}, kWindow));
  const auto shown = [](const DueReport& report) {
    std::map<std::string, std::vector<SafeTable::Cell>> out;
    for (const DueLine& line : report.lines) {
      if (line.shown) out[line.table] = line.shown->table.cells();
    }
    return out;
  };
  ASSERT_GT(shown(dry).size(), 3u);
  for (int i = 0; i < 3; ++i) {
    put("lone", "2022", 51'000, "biotechnology");
    (void)due(true, {}, kWindow);
    EXPECT_FALSE(due(false, dry.digest, kWindow));
    put("lone", "2022", 50'000, "biotechnology");
    EXPECT_EQ(shown(due(true, {}, kWindow).value()), shown(dry));
  }
  EXPECT_EQ(log_size(), 2u);
  ASSERT_OK(due(false, dry.digest, kWindow));
  const auto out = stated_cells();
  for (const auto& [table, cells] : out) {
    for (const LedgerRelease& one : all_out()) {
      if (one.figure.period + " " + one.figure.table != table) continue;
      withdraw(one, WithdrawalReason::error_in_records);
    }
  }
  ask(kWindow);
  EXPECT_EQ(stated_cells(), out);
  put("lone", "2022", 0);
  clock.advance(kAYear);
  for (const LedgerRelease& one : all_out()) withdraw(one, WithdrawalReason::error_in_records);
  ask(kWindow);
  for (const auto& [table, cells] : stated_cells()) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_EQ(cells[i].value.has_value(), out.at(table)[i].value.has_value()) << table;
    }
  }
}

// Walks of its own; REGIONS_AT_LENGTH=1: many.
class ChangedAmountsWalk : public ChangedAmountsTest, public testing::WithParamInterface<int> {};

TEST_P(ChangedAmountsWalk, WhateverIsChangedInAnyOrderNobodyIsTold) {
  steps_ = SeededRandom(static_cast<std::uint64_t>(GetParam()));
  ask(kWindow);
  for (int round = 0; round < 8; ++round) {
    const std::string year = kYears[static_cast<std::size_t>(draw(3))];
    const std::string firm = (draw(2) == 0 ? "x" : "r") + std::to_string(draw(3));
    const std::int64_t before = grants_[year][firm];
    put(firm, year, 10'000 * draw(20));
    ask(draw(2) == 0 ? kWindow : kTotal);
    if (draw(2) == 0) {
      const auto all = all_out();
      withdraw(all[static_cast<std::size_t>(draw(static_cast<int>(all.size())))],
               WithdrawalReason::error_in_records);
      ask(kWindow);
    }
    if (draw(6) > 0) put(firm, year, before);
    for (int i = 0; i < 5; ++i) {
      put("n" + std::to_string(round) + std::to_string(i), year, 10'000 * (7 + draw(3)));
    }
    ask(kWindow);
    if (draw(3) > 0) clock.advance(kAYear);
    ask(kWindow);
  }
  // Seed 5 is one in which corrections go out.
  EXPECT_GT(totals(kWindowText).size(), GetParam() == 5 ? 1u : 0u);
  for (const std::string& year : kYears) ask({kFund, year, "total"});
  expect_nobody_is_told();
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

INSTANTIATE_TEST_SUITE_P(Seeds, ChangedAmountsWalk,
                         testing::Range(5, std::getenv("REGIONS_AT_LENGTH") ? 35 : 6));

}  // namespace
}  // namespace regions
