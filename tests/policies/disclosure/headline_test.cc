// The headline rule.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/raw_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using Value = std::optional<std::int64_t>;

RuleSet headline_rules(std::uint32_t minimum = 3) {
  RuleSet out;
  out.minimum = minimum;
  out.headline_waives_observer_rule = true;
  return out;
}

Result<FixedHeadlines> decide(RawTable ent, std::optional<RawTable> sme,
                              const RuleSet& rule_set = headline_rules()) {
  return HeadlineControl::decide({std::move(ent), std::move(sme)}, rule_set);
}

FixedHeadlines decided(std::int64_t ent, std::optional<std::int64_t> sme,
                       const RuleSet& rule_set = headline_rules()) {
  std::optional<RawTable> table;
  if (sme) table = CubeBuilder::sme(*sme);
  return decide(CubeBuilder::ent(ent), std::move(table), rule_set).value();
}

Value value(const SafeTable& table) { return table.cells().at(0).value; }

TEST(Headline, MoreSmesThanEnterprisesIsRefused) {
  for (int ent = 0; ent <= 12; ++ent) {
    for (int sme = ent + 1; sme <= 13; ++sme) {
      EXPECT_THAT(decide(CubeBuilder::ent(ent), CubeBuilder::sme(sme)), IsErr(Errc::corrupt));
    }
  }
}

TEST(Headline, RefusalNamesNoCount) {
  const auto result = decide(CubeBuilder::ent(7654), CubeBuilder::sme(8765));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().context.find("7654"), std::string::npos);
  EXPECT_EQ(result.error().context.find("8765"), std::string::npos);
}

TEST(Headline, RulesThatDoNotWaiveTheObserverRuleAreRefused) {
  RuleSet strict = headline_rules();
  strict.headline_waives_observer_rule = false;
  EXPECT_THAT(decide(CubeBuilder::ent(50), CubeBuilder::sme(20), strict), IsErr(Errc::refused));
}

TEST(Headline, ImpossibleTablesAreRefused) {
  EXPECT_THAT(decide(CubeBuilder::ent(-1), std::nullopt), IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::ent(9), CubeBuilder::sme(-1)), IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::of_cells({}), std::nullopt), IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::of_cells({5, 6}), std::nullopt), IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::placed("ENT-COOP", 9, {}), std::nullopt), IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::ent(9), CubeBuilder::headline("SME-COOP", 5, "2018")),
              IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::ent(9), CubeBuilder::placed("SME-COOP", 5, {"PT16"})),
              IsErr(Errc::corrupt));
  EXPECT_THAT(decide(CubeBuilder::placed("ENT-COOP", 9, {"ES13"}),
                     CubeBuilder::placed("SME-COOP", 5, {"PT16"})),
              IsErr(Errc::corrupt));
}

// The rule said again, from what a reader may learn: a published figure is never 0, 1 or 2, and
// neither is the difference of two published figures; nothing else is withheld, and where one of
// two has to go it is ENT-COOP.
TEST(Headline, EveryPairUpToTwelveFollowsTheRule) {
  int pairs = 0, both = 0;
  for (std::int64_t ent = 0; ent <= 12; ++ent) {
    for (std::int64_t sme = 0; sme <= ent; ++sme, ++pairs) {
      const FixedHeadlines fixed = decided(ent, sme);
      const bool small_ent = ent == 0 || ent == 1 || ent == 2;
      const bool small_sme = sme == 0 || sme == 1 || sme == 2;
      const bool close = ent == sme || ent == sme + 1 || ent == sme + 2;
      EXPECT_EQ(value(*fixed.sme()), small_sme ? Value() : Value(sme)) << ent << ' ' << sme;
      EXPECT_EQ(value(fixed.ent()), small_ent || (!small_sme && close) ? Value() : Value(ent))
          << ent << ' ' << sme;
      both += value(fixed.ent()) && value(*fixed.sme());
    }
  }
  EXPECT_EQ(pairs, 91);
  EXPECT_EQ(both, 28);  // sme 3..9 and ent sme+3..12
}

TEST(Headline, WithoutSmeCoopEntCoopIsDecidedAlone) {
  for (std::int64_t ent = 0; ent <= 12; ++ent) {
    const FixedHeadlines fixed = decided(ent, std::nullopt);
    EXPECT_FALSE(fixed.sme());
    EXPECT_EQ(value(fixed.ent()), ent < 3 ? Value() : Value(ent));
  }
}

TEST(Headline, HigherMinimumHoldsForCountsAndTheirDifference) {
  EXPECT_EQ(value(decided(9, std::nullopt, headline_rules(10)).ent()), Value());
  EXPECT_EQ(value(decided(10, std::nullopt, headline_rules(10)).ent()), Value(10));
  EXPECT_EQ(value(decided(29, 20, headline_rules(10)).ent()), Value());
  EXPECT_EQ(value(decided(30, 20, headline_rules(10)).ent()), Value(30));
}

TEST(Headline, TableSaysWhatItIs) {
  const FixedHeadlines fixed = decided(40, 20);
  const SafeTable& ent = fixed.ent();
  EXPECT_EQ(fixed.period(), "2017");
  EXPECT_EQ(ent.indicator(), "ENT-COOP");
  EXPECT_EQ(ent.definition(), (Digest{{1, 2, 3}}));
  EXPECT_EQ(ent.table(), "headline");
  EXPECT_EQ(ent.method(), "exact");
  EXPECT_EQ(ent.method_version(), 1u);
  EXPECT_EQ(ent.minimum(), 3u);
  EXPECT_TRUE(ent.dimensions().empty());
  EXPECT_EQ(ent.published(), 1u);
  EXPECT_EQ(ent.withheld(), 0u);
  EXPECT_EQ(decided(2, 1).ent().withheld(), 1u);
}

TEST(FixedHeadlines, DifferWhenAProtectedCellDiffers) {
  EXPECT_EQ(decided(40, 20), decided(40, 20));
  EXPECT_EQ(decided(2, 1), decided(1, 0)) << "withheld is withheld";
  EXPECT_EQ(decided(40, 20, headline_rules(3)), decided(40, 20, headline_rules(5)))
      << "the rules are not a cell";
  EXPECT_FALSE(decided(40, 20) == decided(41, 20));
  EXPECT_FALSE(decided(40, 20) == decided(40, 21));
  EXPECT_FALSE(decided(40, 20) == decided(40, 38)) << "ENT-COOP withheld";
  EXPECT_FALSE(decided(40, 2) == decided(40, std::nullopt)) << "withheld is not not computable";
}

}  // namespace
}  // namespace regions
