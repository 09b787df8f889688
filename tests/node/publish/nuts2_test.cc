// One federation of the 220 NUTS 2 regions that can be cut from the country files, from real
// records to signed releases by the default plan: every planned cell of a count goes out in tiers M
// and L. Prints what the noise does to them, and how much of the amounts is withheld.
// Every third region; REGIONS_AT_LENGTH=1 takes all.
#include <cmath>
#include <cstdlib>
#include <set>

#include "tests/node/cube/protected.h"
#include "tests/node/publish/nuts2_regions.h"
#include "tests/node/publish/publish_bench.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

std::vector<std::string> ids_of(const std::map<std::string, std::string>& texts) {
  std::vector<std::string> ids;
  for (const auto& [id, text] : texts) ids.push_back(id);
  return ids;
}

// Of the cells of one table in the regions of one tier.
struct Outcome {
  std::size_t cells = 0, withheld = 0, filled = 0;  // filled: the true count is above 0
  double error = 0;                                 // sum of |published - true|
  std::size_t small = 0, small_as_zero = 0;
};

// A member's figures before the noise: by (indicator, table, period), the cells in order.
using Truth = std::map<std::tuple<std::string, std::string, std::string>, SafeTable>;

class Nuts2Federation {
 public:
  // Of counts or of amounts, each by the default plan.
  Nuts2Federation(std::map<std::string, std::string> texts, bool amounts)
      : texts_(std::move(texts)), federation_(ids_of(texts_)) {
    for (const auto& [id, text] : texts_) territories_.members.push_back({id, {id}});
    Plan plan = default_plan();
    std::erase_if(plan.tables, [&](const PlannedTable& one) {
      return (one.method == Method::rounded) != amounts;
    });
    plan_ = std::make_shared<const AdoptedPlan>(
        AdoptedPlan::make(std::move(plan), Catalogue::builtin()).value());
  }

  // Imports the region's file and releases what is due, as its node would.
  void release(const std::string& region) {
    ASSERT_OK_AND(const auto released, released_by(region));
    const auto& [report, facts] = released;
    const Truth truth = truth_of(*facts);
    for (const DueLine& line : report.lines) {
      const bool sme = line.indicator.starts_with("SME");  // the data have no NACE
      ASSERT_EQ(line.state == DueLine::State::not_computable, sme) << region;
      if (line.method != kMethodCellKey || sme) continue;
      ASSERT_NE(report.tier, Tier::S) << region;
      take(outcomes_[{line.table + " by " + std::string(kind_of(line.period)), line.indicator,
                      report.tier}],
           stated(*line.release), truth.at({line.indicator, line.table, line.period}));
    }
  }
  // Takes what of the value that no rule withholds goes out.
  void release_amounts(const std::string& region) {
    ASSERT_OK_AND(const auto released, released_by(region));
    const DueReport& report = released.report;
    ASSERT_EQ(report.amounts.size(), 1u) << region;
    const AmountReport& amounts = report.amounts[0];
    EXPECT_NE(amounts.method, AmountMethod::whole) << region;
    for (const DueLine& line : report.lines) {
      ASSERT_EQ(line.state, DueLine::State::released) << region << line.reason;
    }
    Money& money = money_[report.tier];
    money.safe += amounts.safe_cents;
    money.out += amounts.published_cents;
    money.by_rule += amounts.unsafe;
    money.for_others += amounts.besides;
    for (const DueLine& line : report.lines) money.cells += line.shown->table.cells().size();
  }
  struct Money {
    std::int64_t safe = 0, out = 0;
    std::size_t cells = 0, by_rule = 0, for_others = 0;
  };
  const std::map<Tier, Money>& money() const { return money_; }
  Answer asked(const std::vector<std::string>& by, const std::string& period) {
    return ask(shared_, *federation_.membership(), Catalogue::builtin(), {"ENT-COOP", {period}, by},
               territories_.self, clock_.now(), &plan_->plan)
        .value();
  }
  const std::map<std::string, std::string>& texts() const { return texts_; }
  int in_tier(Tier tier) { return tiers_[tier]; }
  const std::map<std::tuple<std::string, std::string, Tier>, Outcome>& outcomes() const {
    return outcomes_;
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

 private:
  struct Released {
    DueReport report;
    std::shared_ptr<const Facts> facts;
  };
  Result<Released> released_by(const std::string& region) {
    MemoryStore records;
    ImportBench bench(records, territory_of(region, {}));
    TRY_VOID(
        bench.import(text_source(texts_.at(region)), RecordKind::cooperation, ImportRole::own));
    EXPECT_TRUE(bench.rejects.all.empty()) << region << " " << bench.rejected()[0];
    territories_.self = region;
    TRY(Facts loaded, Facts::load(records, territories_, kTestSecret));
    const auto facts = std::make_shared<const Facts>(std::move(loaded));
    TRY(auto open, NodeParts::open(
                       federation_, records, shared_, clock_, random_, plan_, region,
                       [&]() -> Result<std::shared_ptr<const Facts>> { return facts; },
                       template_rules(), [&] { return Knowledge::read(records, territories_); }));
    TRY(DueReport report, open->publisher->release_due(false));
    ++tiers_[report.tier];
    return Released{std::move(report), facts};
  }

  static double per(double sum, std::size_t count) {
    return count == 0 ? 0 : sum / static_cast<double>(count);
  }
  static std::string_view kind_of(const std::string& period) {
    return name(Period::parse(period).value().kind());
  }
  Truth truth_of(const Facts& facts) const {
    auto margins = cell_key_margins();
    std::erase_if(margins, [](const PlannedMargin& one) {
      return !one.margin.indicator.starts_with("ENT-COOP");
    });
    const YearSpan span{plan_->plan.from, plan_->plan.until};
    auto tables = by_cell_key(facts, specs_of(margins), span, no_noise());
    Truth truth;
    auto at = tables.begin();
    for (const PlannedMargin& one : margins) {
      for (std::size_t p = periods_in(one.spec.kind, span); p > 0; --p, ++at) {
        truth.emplace(std::tuple(one.margin.indicator, one.table->id, at->period()),
                      std::move(*at));
      }
    }
    return truth;
  }
  // As everybody reads it: from the bytes in the log.
  std::vector<Cell> stated(const ReleaseRef& ref) const {
    const auto envelope =
        decode_envelope(*shared_.get(Area::envelopes, ref.id.view()).value()).value();
    const Statement statement = decode_payload(envelope.payload_type, envelope.payload).value();
    return std::get<Release>(statement).cells;
  }
  static void take(Outcome& outcome, const std::vector<Cell>& shown, const SafeTable& truth) {
    ASSERT_EQ(shown.size(), truth.cells().size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      ASSERT_EQ(shown[i].categories, truth.cells()[i].categories);
      const std::int64_t count = truth.cells()[i].value.value();
      const std::int64_t value = shown[i].value.value_or(-1);
      outcome.withheld += !shown[i].value;
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

  const std::map<std::string, std::string> texts_;
  const TestFederation federation_;
  Territories territories_;
  std::shared_ptr<const AdoptedPlan> plan_;
  FakeClock clock_{kIn2024};
  SeededRandom random_{220};
  MemoryStore shared_;  // what a member holds that has followed every log
  std::map<Tier, int> tiers_;
  std::map<Tier, Money> money_;
  std::map<std::tuple<std::string, std::string, Tier>, Outcome> outcomes_;
};

TEST(Nuts2Test, EveryPlannedCellOfTiersMAndLGoesOut) {
  NEEDS_SHARED("data/countries");
  Nuts2Federation all(cut_regions(), false);
  EXPECT_EQ(all.texts().size(), 220u);
  const int step = kSanitized ? 10 : std::getenv("REGIONS_AT_LENGTH") != nullptr ? 1 : 3;
  int at = 0;
  std::size_t released = 0;
  for (const auto& [region, text] : all.texts()) {
    if (at++ % step != 0) continue;
    all.release(region);
    ++released;
    ASSERT_FALSE(testing::Test::HasFailure()) << region;
  }
  std::printf("tiers: S %d, M %d, L %d\n", all.in_tier(Tier::S), all.in_tier(Tier::M),
              all.in_tier(Tier::L));
  all.print();
  EXPECT_GT(all.in_tier(Tier::M), 0);
  EXPECT_GT(all.in_tier(Tier::L), 0);
  for (const auto& [key, outcome] : all.outcomes()) {
    EXPECT_EQ(outcome.withheld, 0u) << std::get<0>(key);
    EXPECT_GT(outcome.cells, 0u);
  }

  // One question over all of them: the regions of tiers M and L are known, in every category.
  const Answer answer = all.asked({"window", "partner_profile"}, "2018-2020");
  const auto known = static_cast<std::uint64_t>(all.in_tier(Tier::M) + all.in_tier(Tier::L));
  ASSERT_EQ(answer.coverage.size(), 220u);
  ASSERT_EQ(answer.totals.size(), 4u);
  for (const AnswerTotal& total : answer.totals) {
    EXPECT_EQ(total.known, known);
    EXPECT_EQ(total.regions, 220u);
    EXPECT_EQ(total.max_error, known * kNoiseOfThePlan);
  }
  EXPECT_EQ(std::count_if(answer.coverage.begin(), answer.coverage.end(),
                          [](const Coverage& one) { return one.state != "absent"; }),
            static_cast<std::ptrdiff_t>(released));
}

// Of what no rule withholds at least 70 % goes out in tier M and 90 % in L, over all regions; here
// every tenth.
TEST(Nuts2Test, MostOfTheAmountsThatNoRuleWithholdsGoesOut) {
  NEEDS_SHARED("data/countries");
  Nuts2Federation all(cut_regions(), true);
  std::size_t at = 0;
  for (const auto& [region, text] : all.texts()) {
    if (at++ % (kSanitized ? 100 : 10) != 0) continue;
    all.release_amounts(region);
    ASSERT_FALSE(testing::Test::HasFailure()) << region;
  }
  std::printf("tier  regions  cells  by a rule  to protect others  of safe value out\n");
  for (const auto& [tier, money] : all.money()) {
    const double share =
        money.safe == 0 ? 0
                        : 100.0 * static_cast<double>(money.out) / static_cast<double>(money.safe);
    std::printf("%-4s %8d %6zu %10zu %18zu %16.1f %%\n", std::string(name(tier)).c_str(),
                all.in_tier(tier), money.cells, money.by_rule, money.for_others, share);
    if (tier == Tier::S || kSanitized) continue;
    EXPECT_GE(share, tier == Tier::M ? 70 : 90);
  }
}

}  // namespace
}  // namespace regions
