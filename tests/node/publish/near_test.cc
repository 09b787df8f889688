// Who comes too near to a headline: waived and named, or a reason to withhold it.
#include "policies/catalogue/tables.h"
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

class NearTest : public PublishBench {
 protected:
  // Five firms in 2015, of which the university knows four.
  void import_partners() {
    import_firms(0, 4, 0);
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    ASSERT_THAT(
        bench.cooperations("c,lone,PRC,PT16,other,HES,PT,,2015-03-01,2015-04-01,robotics,,\n"),
        IsOk());
  }
  std::unique_ptr<NodeParts> under(const RuleSet& rules) {
    return NodeParts::open(federation, records, shared, clock, random, nullptr, kSelf, {}, rules)
        .value();
  }
  static const HeadlineFinding* of(const std::vector<HeadlineFinding>& near,
                                   const std::string& actor) {
    const auto at = std::find_if(near.begin(), near.end(), [&](const HeadlineFinding& one) {
      return one.observers == std::vector<Party>{{PartyKind::actor, actor}};
    });
    return at == near.end() ? nullptr : &*at;
  }
};

TEST_F(NearTest, WithoutTheWaiverTheHeadlineIsWithheldAndTheOperatorLearnsBecauseOfWhom) {
  import_partners();
  RuleSet rules = template_rules();
  rules.headline_waives_observer_rule = false;
  ASSERT_OK_AND(const auto dry, under(rules)->publisher->dry_run("ENT-COOP", "2015"));
  EXPECT_EQ(dry.table.published(), 0u);
  EXPECT_EQ(dry.why, (WithheldCounts{{Withheld::observer, 1}}));
  ASSERT_NE(of(dry.near, "a"), nullptr);
  ASSERT_OK_AND(const auto report, under(rules)->publisher->release("ENT-COOP", "2015"));
  EXPECT_EQ(report.digest, dry.digest);
  // Nothing was waived, so nothing is kept by name.
  EXPECT_TRUE(under(rules)->publisher->ledger()->waived.empty());
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(NearTest, WhatIsWaivedIsKeptByNameUntilTheNameIsForgotten) {
  import_partners();
  ASSERT_OK_AND(const auto report, node()->publisher->release("ENT-COOP", "2015"));
  EXPECT_EQ(report.table.cells()[0].value, 5);
  const HeadlineFinding* university = of(report.near, "a");
  ASSERT_NE(university, nullptr);
  EXPECT_EQ(university->known, 4);
  EXPECT_EQ(university->remains, 1);
  ASSERT_OK_AND(const auto ledger, node()->publisher->ledger());
  EXPECT_EQ(ledger.waived, report.near);
  // None of it is in what peers get.
  const auto contents = shared.contents();
  for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::envelopes)]) {
    EXPECT_EQ(value.find("lone"), Bytes::npos);
  }
  ASSERT_OK(node()->publisher->forget({"a"}, false));
  EXPECT_EQ(of(node()->publisher->ledger()->waived, "a"), nullptr);
}

TEST_F(NearTest, WhomNobodyComesNearToHasNone) {
  import_firms(0, 9, 5);  // all of the one actor, who is left with nobody
  ASSERT_OK_AND(const auto report, node()->publisher->release("ENT-COOP", "2015"));
  EXPECT_TRUE(report.near.empty());
}

}  // namespace
}  // namespace regions
