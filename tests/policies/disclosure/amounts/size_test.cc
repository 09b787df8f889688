// Regions of the sizes that there are: the work stays within its limits, and most of what is safe
// goes out.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/policies/disclosure/amounts/small_amounts.h"
#include "tests/support/result_matchers.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

struct Size {
  std::size_t holdings, actors, rows;
};

// Skewed, as amounts are: a few holdings and actors have most rows, and sizes run over two decades.
SmallAmounts region_of(const Size& size, const std::vector<std::string>& by, std::uint64_t seed) {
  SmallAmounts amounts(by);
  SeededRandom random(seed);
  const auto share = [&] {
    const Bytes bytes = random.bytes(4);
    return static_cast<double>(read_u32(ByteView(bytes))) / 4294967296.0;
  };
  const auto skewed = [&](std::size_t count) {
    return static_cast<std::size_t>(share() * share() * static_cast<double>(count));
  };
  for (std::size_t at = 0; at < size.rows; ++at) {
    std::vector<std::string> codes;
    for (const std::string& id : by) {
      const auto& categories = Catalogue::builtin().dimension(id)->categories();
      // _U is rare.
      const std::size_t known = categories.size() - (share() < 0.05 ? 0 : 1);
      codes.push_back(
          categories[static_cast<std::size_t>(share() * static_cast<double>(known))].code);
    }
    const std::size_t holding = at < size.holdings ? at : skewed(size.holdings);
    amounts.row("h" + std::to_string(holding), 2014 + static_cast<int>(share() * 10),
                static_cast<std::int64_t>(std::pow(10, 3.5 + 2 * share())), codes,
                "a" + std::to_string(skewed(size.actors)),
                share() < 0.1 ? "m" + std::to_string(skewed(7)) : "");
  }
  return amounts;
}

struct Totals {
  std::int64_t safe = 0, published = 0;
  std::size_t cells = 0, unsafe = 0, besides = 0;
  std::uint64_t programs = 0;
};

Totals release(const SmallAmounts& amounts, const std::vector<std::vector<AmountTable>>& rounds) {
  AmountHistory history;
  Totals totals;
  for (const auto& tables : rounds) {
    AmountRequest asked = request(tables);
    asked.history = history;
    const auto made = AmountControl::protect(amounts.raw(), asked);
    EXPECT_THAT(made, IsOk());
    if (!made) break;
    EXPECT_TRUE(made->disclosed.empty());
    history = after(std::move(history), *made);
    totals.safe += made->safe_cents;
    totals.published += made->published_cents;
    totals.cells += made->decided.size();
    totals.unsafe += made->unsafe;
    totals.besides += made->besides;
    totals.programs += made->programs;
  }
  return totals;
}

void print(const char* what, const Size& size, const Totals& totals) {
  std::printf(
      "%s: %zu holdings, %zu rows: %zu cells, %zu unsafe, %zu besides, %.0f %% of what is "
      "safe goes out, %llu programs\n",
      what, size.holdings, size.rows, totals.cells, totals.unsafe, totals.besides,
      100.0 * static_cast<double>(totals.published) / static_cast<double>(totals.safe),
      static_cast<unsigned long long>(totals.programs));
}

TEST(AmountSize, AMiddleRegionReleasesItsWindowsAndProgramme) {
  const Size size{25, 12, 80};
  const SmallPlan plan;
  Totals sum;
  for (std::uint64_t seed = 1; seed <= (kSanitized ? 2 : 10); ++seed) {
    const auto amounts = region_of(size, {"actor_group", "technology_group"}, seed);
    const Totals one =
        release(amounts, {{in(plan.window, 2015), in(plan.window_actor, 2015)},
                          {in(plan.window, 2018), in(plan.window_actor, 2018),
                           in(plan.programme, 2014), in(plan.programme_technology, 2014)}});
    sum.safe += one.safe;
    sum.published += one.published;
    sum.cells += one.cells;
    sum.unsafe += one.unsafe;
    sum.besides += one.besides;
    sum.programs += one.programs;
  }
  print("tier M", size, sum);
  EXPECT_GE(sum.published * 100, sum.safe * 70);
}

TEST(AmountSize, ALargeRegionReleasesEveryMarginOfItsWindows) {
  const Size size{kSanitized ? 60u : 300u, 60, kSanitized ? 300u : 2'000u};
  const std::vector<std::string> by{"actor_group", "nace_group", "partner_profile", "size",
                                    "technology_group"};
  std::vector<PlannedTable> margins;
  for (const std::string& id : by) margins.push_back(amount_table(PeriodKind::window, {id}));
  const SmallPlan plan;
  std::vector<std::vector<AmountTable>> rounds;
  for (int year = 2014; year <= 2020; ++year) rounds.push_back({in(plan.year, year)});
  for (const int window : {2015, 2018}) {
    rounds.push_back({in(plan.window, window)});
    for (const PlannedTable& one : margins) rounds.back().push_back(in(one, window));
  }
  rounds.push_back({in(plan.programme, 2014), in(plan.programme_technology, 2014)});
  const Totals totals = release(region_of(size, by, 1), rounds);
  print("tier L", size, totals);
  // The smaller region under the sanitizers is of tier M.
  EXPECT_GE(totals.published * 100, totals.safe * (kSanitized ? 70 : 90));
}

}  // namespace
}  // namespace regions
