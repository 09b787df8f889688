// One federation of the 220 NUTS 2 regions that can be cut from the country files, released by the
// default plan: every planned cell of a count goes out in tiers M and L. Prints what the noise does
// to them.
#include <cmath>
#include <set>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/cube/real_data.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// The rows of every region behind the header of their file; sme_nuts is the sixth column, and no
// column before it is ever quoted.
std::map<std::string, std::string> cut_regions() {
  std::map<std::string, std::string> texts;
  for (const auto& entry : fs::directory_iterator(shared_dir() / "data/countries")) {
    if (!entry.path().filename().string().starts_with("cooperations_")) continue;
    std::istringstream text(text_of(entry.path()));
    std::string header, line;
    std::getline(text, header);
    while (std::getline(text, line)) {
      std::size_t at = 0;
      for (int column = 0; column < 5; ++column) at = line.find(',', at) + 1;
      const std::string place = line.substr(at, line.find(',', at) - at);
      if (place.size() < 4) continue;
      std::string& rows = texts[place.substr(0, 4)];
      if (rows.empty()) rows = header + "\n";
      rows += line + "\n";
    }
  }
  return texts;
}

// Of the cells of one table in the regions of one tier.
struct Outcome {
  std::size_t cells = 0, withheld = 0, filled = 0;  // filled: the true count is above 0
  double error = 0;                                 // sum of |published - true|
  std::size_t small = 0, small_as_zero = 0;
};

class Nuts2Test : public testing::Test {
 protected:
  void SetUp() override {
    NEEDS_SHARED("data/countries");
    texts_ = cut_regions();
    for (const auto& [id, text] : texts_) members_.members.push_back({id, {id}});
  }
  void release(const std::string& region, const std::string& text) {
    MemoryStore store;
    ImportBench bench(store, territory_of(region, {}));
    ASSERT_OK(bench.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    ASSERT_TRUE(bench.rejects.all.empty()) << region << " " << bench.rejected()[0];
    members_.self = region;
    const auto facts = Facts::load(store, members_, kTestSecret).value();
    const Tier tier = tier_of(facts);
    ++tiers_[tier];
    std::vector<TableSpec> specs;
    std::vector<const PlannedTable*> tables;
    for (const PlannedMargin& one : cell_key_margins()) {
      if (!one.margin.indicator.starts_with("ENT-COOP") || !one.table->is_for(tier)) continue;
      specs.push_back(one.spec);
      tables.push_back(one.table);
    }
    EXPECT_EQ(tables.empty(), tier == Tier::S) << region;
    const YearSpan span{plan_.from, plan_.until};
    const auto shown = by_cell_key(facts, specs, span, plan_noise());
    const auto truth = by_cell_key(facts, specs, span, no_noise());
    std::size_t at = 0;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      for (std::size_t p = periods_in(specs[i].kind, span); p > 0; --p, ++at) {
        const Period period = Period::parse(shown[at].period()).value();
        if (period.first_year() < plan_.from || period.last_year() > plan_.until) continue;
        take(outcomes_[{tables[i]->id + " by " + std::string(name(specs[i].kind)),
                        specs[i].indicator->code, tier}],
             shown[at], truth[at]);
      }
    }
  }
  static double per(double sum, std::size_t count) {
    return count == 0 ? 0 : sum / static_cast<double>(count);
  }
  // Errors are means of |published - true|, over all cells and over those with an enterprise.
  void print() const {
    std::printf("%-37s %-17s tier  cells  error  filled  error  true 1 or 2  of them as 0\n",
                "table", "indicator");
    for (const auto& [key, one] : outcomes_) {
      const auto& [table, indicator, tier] = key;
      std::printf("%-37s %-17s %-4s %6zu  %5.2f  %6zu  %5.2f  %11zu  %10.0f %%\n", table.c_str(),
                  indicator.c_str(), std::string(name(tier)).c_str(), one.cells,
                  per(one.error, one.cells), one.filled, per(one.error, one.filled), one.small,
                  per(100.0 * static_cast<double>(one.small_as_zero), one.small));
    }
  }

  const Plan& plan_ = default_plan();
  std::map<std::string, std::string> texts_;
  Territories members_;
  std::map<Tier, int> tiers_;
  std::map<std::tuple<std::string, std::string, Tier>, Outcome> outcomes_;

 private:
  Tier tier_of(const Facts& facts) const {
    const auto baseline =
        CubeBuilder::tables(facts, Catalogue::builtin(),
                            {{Catalogue::builtin().find("ENT-COOP"), plan_.baseline.kind(), {}}},
                            {plan_.baseline.first_year(), plan_.baseline.last_year()});
    return static_cast<Tier>(
        BreakdownControl::tier(baseline.at(0), plan_.m_from, plan_.l_from).value());
  }
  static void take(Outcome& outcome, const SafeTable& shown, const SafeTable& truth) {
    ASSERT_EQ(shown.cells().size(), truth.cells().size());
    outcome.withheld += shown.withheld();
    for (std::size_t i = 0; i < shown.cells().size(); ++i) {
      const std::int64_t count = truth.cells()[i].value.value();
      const std::int64_t value = shown.cells()[i].value.value_or(-1);
      EXPECT_TRUE(value == 0 || value > 2);
      EXPECT_LE(std::abs(value - count), kNoiseOfThePlan);
      ++outcome.cells;
      outcome.filled += count > 0;
      outcome.error += static_cast<double>(std::abs(value - count));
      if (count != 1 && count != 2) continue;
      ++outcome.small;
      outcome.small_as_zero += value == 0;
    }
  }
};

TEST_F(Nuts2Test, EveryPlannedCellOfTiersMAndLGoesOut) {
  EXPECT_EQ(texts_.size(), 220u);
  std::size_t at = 0;
  for (const auto& [region, text] : texts_) {
    if (at++ % (kSanitized ? 10 : 1) != 0) continue;
    release(region, text);
    ASSERT_FALSE(HasFailure()) << region;
  }
  std::printf("tiers: S %d, M %d, L %d\n", tiers_[Tier::S], tiers_[Tier::M], tiers_[Tier::L]);
  print();
  EXPECT_GT(tiers_[Tier::M], 0);
  EXPECT_GT(tiers_[Tier::L], 0);
  for (const auto& [key, outcome] : outcomes_) {
    EXPECT_EQ(outcome.withheld, 0u) << std::get<0>(key);
    EXPECT_GT(outcome.cells, 0u);
  }
}

}  // namespace
}  // namespace regions
