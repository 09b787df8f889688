// The observer rule for exact counts: who is left with one or two enterprises.
#include "policies/disclosure/headline_observers.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const std::vector<Party> kParties{
    {PartyKind::actor, "university"}, {PartyKind::actor, "hub"}, {PartyKind::member, "west"}};
constexpr PartyId kUniversity = 0, kHub = 1, kWest = 2;
const std::vector<Party> kSortedParties{kParties[kHub], kParties[kUniversity], kParties[kWest]};

CountedEnterprises counted(std::vector<std::vector<PartyId>> known_to) {
  CountedEnterprises made{"SME-COOP", "2017", {}};
  for (std::size_t at = 0; at < known_to.size(); ++at) {
    made.enterprises.push_back({"f" + std::to_string(at), std::move(known_to[at])});
  }
  return made;
}

std::vector<HeadlineFinding> find(const CountedEnterprises& what, std::uint32_t coalition = 1) {
  return find_headline_observers(what, kParties, 3, coalition).value();
}

TEST(HeadlineObservers, AnActorThatKnowsAllButOneIsNamed) {
  const auto found = find(counted({{kUniversity}, {kUniversity}, {kUniversity}, {}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].observers, std::vector<Party>{kParties[kUniversity]});
  EXPECT_EQ(found[0].known, 3);
  EXPECT_EQ(found[0].remains, 1);
}

TEST(HeadlineObservers, AMemberWithDoubleRowsIsNamed) {
  EXPECT_EQ(find(counted({{kWest}, {kWest}, {}, {}})).size(), 1u);
}

TEST(HeadlineObservers, NothingOrThreeMayRemain) {
  EXPECT_TRUE(find(counted({{kUniversity}, {kUniversity}, {kUniversity}})).empty());
  EXPECT_TRUE(find(counted({{kUniversity}, {}, {}, {}})).empty());
  EXPECT_EQ(find(counted({{kUniversity}, {}, {}})).size(), 1u);
}

TEST(HeadlineObservers, TwoTogetherAreFoundWhereTheRulesNameACoalition) {
  const auto figure = counted({{kUniversity}, {kUniversity}, {kHub}, {kHub}, {}});
  EXPECT_TRUE(find(figure).empty());
  const auto found = find(figure, 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].observers.size(), 2u);
}

TEST(HeadlineObservers, WhoIsEnoughAloneIsNotNamedWithOthers) {
  const auto found = find(counted({{kUniversity}, {kUniversity}, {}, {kHub}}), 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].observers, std::vector<Party>{kParties[kUniversity]});
}

TEST(HeadlineObservers, WhatIsPublicEverybodyKnows) {
  auto figure = counted({{kUniversity}, {}, {}, {}, {}});
  figure.enterprises[1].is_public = figure.enterprises[2].is_public = true;
  const auto found = find(figure);  // the university, with what is public
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].observers, std::vector<Party>{kParties[kUniversity]});
  EXPECT_EQ(found[0].known, 3);
  EXPECT_EQ(found[0].remains, 2);
  figure.enterprises[3].is_public = true;
  const auto anybody = find(figure);
  ASSERT_EQ(anybody.size(), 1u);
  EXPECT_TRUE(anybody[0].observers.empty());
  EXPECT_EQ(anybody[0].remains, 2);
}

TEST(HeadlineObservers, WhatSeveralOfACoalitionKnowCountsOnce) {
  const auto same = counted({{kUniversity, kHub, kHub}, {kUniversity, kHub}, {}, {}, {}});
  EXPECT_TRUE(find(same, 2).empty());
  const auto three = counted({{kUniversity}, {kHub}, {kWest}, {}, {}});
  EXPECT_TRUE(find(three, 2).empty());
  ASSERT_EQ(find(three, 3).size(), 1u);
  EXPECT_EQ(find(three, 3)[0].observers, kSortedParties);
}

// ENT-COOP less SME-COOP is a figure that anybody computes.
TEST(HeadlineObservers, NestedPopulationsAreRuledByTheirDifference) {
  const auto whole = counted({{kHub}, {kHub}, {kHub}, {}, {}, {}, {}, {kHub}});
  auto part = whole;
  part.enterprises = {whole.enterprises.begin() + 4, whole.enterprises.begin() + 7};
  EXPECT_TRUE(find(whole).empty());
  ASSERT_OK_AND(const CountedEnterprises rest, difference(whole, part));
  EXPECT_EQ(rest.enterprises.size(), 5u);
  EXPECT_EQ(find(rest).size(), 1u);
  part.enterprises.push_back({"stranger", {}});
  EXPECT_THAT(difference(whole, part), IsErr(Errc::corrupt));
}

TEST(HeadlineObservers, APartyThatIsNoneIsCorrupt) {
  EXPECT_THAT(find_headline_observers(counted({{7}}), kParties, 3, 1), IsErr(Errc::corrupt));
}

}  // namespace
}  // namespace regions
