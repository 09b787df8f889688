// Headlines under the observer rule, applied and waived.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/raw_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// The first `known` of `count` enterprises are partners of one actor.
CountedEnterprises counted(const char* indicator, int count, int known, int from = 0) {
  CountedEnterprises made{indicator, "2017", {}};
  for (int at = 0; at < count; ++at) {
    made.enterprises.push_back({"f" + std::to_string(from + at), {}});
    if (at < known) made.enterprises.back().known_to = {0};
  }
  return made;
}

HeadlineKnowledge knowledge(CountedEnterprises ent, std::optional<CountedEnterprises> sme = {}) {
  return {{{PartyKind::actor, "university"}}, std::move(ent), std::move(sme)};
}

RuleSet rules(bool waived) {
  RuleSet made;
  made.headline_waives_observer_rule = waived;
  return made;
}

HeadlineInput input(int ent, std::optional<int> sme = {}) {
  HeadlineInput made{CubeBuilder::ent(ent), std::nullopt};
  if (sme) made.sme = CubeBuilder::sme(*sme);
  return made;
}

TEST(HeadlineKnowledge, AFigureThatAnActorKnowsButForOneIsWithheld) {
  ASSERT_OK_AND(const auto ruled, HeadlineControl::decide(input(5), rules(false),
                                                          knowledge(counted("ENT-COOP", 5, 4))));
  EXPECT_EQ(ruled.headlines.ent().published(), 0u);
  EXPECT_TRUE(ruled.waived.empty());
}

TEST(HeadlineKnowledge, WhatIsWaivedIsListedByName) {
  ASSERT_OK_AND(const auto ruled, HeadlineControl::decide(input(5), rules(true),
                                                          knowledge(counted("ENT-COOP", 5, 4))));
  EXPECT_EQ(ruled.headlines.ent().published(), 1u);
  ASSERT_EQ(ruled.waived.size(), 1u);
  EXPECT_EQ(ruled.waived[0].observers[0].name, "university");
  EXPECT_EQ(ruled.waived[0].remains, 1);
}

TEST(HeadlineKnowledge, WhatIsWithheldAnyhowIsNotListed) {
  ASSERT_OK_AND(const auto ruled, HeadlineControl::decide(input(2), rules(true),
                                                          knowledge(counted("ENT-COOP", 2, 1))));
  EXPECT_TRUE(ruled.waived.empty());
}

// Of the four outside SME-COOP the actor knows three.
TEST(HeadlineKnowledge, TheDifferenceOfBothIsAFigureToo) {
  const auto ent = counted("ENT-COOP", 10, 3), sme = counted("SME-COOP", 6, 0, 4);
  ASSERT_OK_AND(const auto ruled,
                HeadlineControl::decide(input(10, 6), rules(false), knowledge(ent, sme)));
  EXPECT_EQ(ruled.headlines.ent().published(), 0u);
  EXPECT_EQ(ruled.headlines.sme()->published(), 1u);
  ASSERT_OK_AND(const auto waived,
                HeadlineControl::decide(input(10, 6), rules(true), knowledge(ent, sme)));
  ASSERT_EQ(waived.waived.size(), 1u);
  EXPECT_EQ(waived.waived[0].indicator, "ENT-COOP minus SME-COOP");
}

TEST(HeadlineKnowledge, KnowledgeOfAnotherFigureIsCorrupt) {
  EXPECT_THAT(HeadlineControl::decide(input(5), rules(true), knowledge(counted("ENT-COOP", 4, 0))),
              IsErr(Errc::corrupt));
  EXPECT_THAT(
      HeadlineControl::decide(input(5, 3), rules(true), knowledge(counted("ENT-COOP", 5, 0))),
      IsErr(Errc::corrupt));
}

}  // namespace
}  // namespace regions
