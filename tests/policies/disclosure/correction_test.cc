// Corrections of the headlines: what would tell of fewer than three holdings is refused.
#include "policies/disclosure/correction.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/policies/disclosure/raw_tables.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

constexpr std::uint32_t kN = 3;
const Bytes kTagSecret(32, 's');

// Holdings by number, each of one enterprise; those of SME-COOP are among those of ENT-COOP.
struct Year {
  std::set<int> ent, sme;
};

// first to last, and `more`.
std::set<int> some(int first, int last, std::set<int> more = {}) {
  for (int i = first; i <= last; ++i) more.insert(i);
  return more;
}

MembershipTags tags(const std::set<int>& holdings) {
  MembershipTags out;
  for (const int one : holdings) out.push_back(membership_tag(kTagSecret, std::to_string(one)));
  std::sort(out.begin(), out.end());
  return out;
}

FixedHeadlines decided(const Year& year) {
  return decided_headlines(static_cast<std::int64_t>(year.ent.size()),
                           static_cast<std::int64_t>(year.sme.size()));
}

HeadlineMembers members(const Year& year) { return {tags(year.ent), tags(year.sme)}; }

Correction judged(const std::vector<Year>& earlier, const Year& now, std::size_t erased = 0) {
  std::vector<EarlierHeadlines> versions;
  for (const Year& one : earlier) {
    versions.push_back({decided(one), members(one), members(now), erased});
  }
  return judge_correction(versions, decided(now), kN);
}

TEST(Correction, ByFewerThanThreeHoldingsIsRefused) {
  const Year before{some(1, 20), some(1, 10)};
  for (int more = 1; more < 3; ++more) {
    EXPECT_EQ(judged({before}, {some(1, 20 + more), some(1, 10)}), Correction::too_few);
    EXPECT_EQ(judged({before}, {some(1 + more, 20), some(1 + more, 10)}), Correction::too_few);
  }
  // One came and another left: two.
  EXPECT_EQ(judged({before}, {some(2, 20, {30, 31, 32}), some(1, 10, {30})}), Correction::too_few);
}

TEST(Correction, ByThreeIsAllowedHoweverManyCameOrLeft) {
  const Year before{some(1, 20), some(1, 10)};
  EXPECT_EQ(judged({before}, {some(1, 23), some(1, 10)}), Correction::allowed);
  EXPECT_EQ(judged({before}, {some(1, 17), some(1, 10)}), Correction::allowed);
  EXPECT_EQ(judged({before}, {some(3, 21), some(3, 10, {21})}), Correction::allowed);
}

TEST(Correction, AFirmThatIsNowAnSmeAloneIsRefused) {
  EXPECT_EQ(judged({{some(1, 20), some(1, 10)}}, {some(1, 20), some(1, 11)}), Correction::too_few);
}

// 4 came, of which 3 are SMEs: the difference of both figures tells of the fourth.
TEST(Correction, OneFirmOutsideSmeIsNotToldByTheDifferenceOfBoth) {
  const Year before{some(1, 20), some(1, 10)};
  EXPECT_EQ(judged({before}, {some(1, 24), some(1, 10, {21, 22, 23})}), Correction::outside);
  EXPECT_EQ(judged({before}, {some(1, 26), some(1, 10, {21, 22, 23})}), Correction::allowed);
}

TEST(Correction, AnOlderVersionIsNotForgotten) {
  const Year first{some(1, 20), some(1, 10)}, second{some(1, 24), some(1, 10)};
  EXPECT_EQ(judged({first}, second), Correction::allowed);
  // From the second 3 leave; beside the first that is one.
  EXPECT_EQ(judged({first, second}, {some(1, 21), some(1, 10)}), Correction::too_few);
  // What it was is known already.
  EXPECT_EQ(judged({first, second}, first), Correction::allowed);
  // The same number of others is not.
  EXPECT_EQ(judged({first, second}, {some(2, 21), some(2, 10, {21})}), Correction::too_few);
}

TEST(Correction, AWithheldFigureIsNotOpenedByOneFirm) {
  EXPECT_EQ(judged({{some(1, 20), some(1, 2)}}, {some(1, 21), some(1, 3)}), Correction::too_few);
  EXPECT_EQ(judged({{some(1, 20), some(1, 2)}}, {some(1, 23), some(1, 5)}), Correction::allowed);
  EXPECT_EQ(judged({{some(1, 20), some(1, 3)}}, {some(1, 20), some(1, 2)}), Correction::too_few);
}

TEST(Correction, NothingIsToldByTwoWithheldFigures) {
  EXPECT_EQ(judged({{some(1, 20), some(1, 1)}}, {some(1, 23), some(1, 2)}), Correction::allowed);
}

// Before, ENT-COOP 20 was out; 19 SMEs beside it would count the one that is none.
TEST(Correction, TheOtherHeadlineOfAnOlderVersionIsNotForgotten) {
  const Year first{some(1, 20), some(1, 10)};
  // The headline rule withholds ENT-COOP now, which takes back nothing.
  EXPECT_EQ(judged({first}, {some(1, 20), some(1, 19)}), Correction::too_few);
  EXPECT_EQ(judged({first}, {some(1, 24), some(1, 19)}), Correction::too_close);
}

TEST(Correction, AnErasedHoldingIsNotTakenForOneThatCame) {
  const Year before{some(1, 20), some(1, 10)};
  EXPECT_EQ(judged({before}, {some(1, 23), some(1, 10)}, 1), Correction::too_few);
  EXPECT_EQ(judged({before}, {some(1, 24), some(1, 10)}, 1), Correction::allowed);
}

TEST(Correction, EveryRefusalHasItsReason) {
  EXPECT_EQ(reason(Correction::allowed), "");
  std::set<std::string_view> reasons;
  for (const auto one : {Correction::too_few, Correction::too_close, Correction::outside}) {
    reasons.insert(reason(one));
  }
  EXPECT_EQ(reasons.size(), 3u);
  EXPECT_FALSE(reasons.contains(""));
}

// What an attacker can take from each other: the published figures of all versions, of both
// indicators, and their difference within one version.
struct Published {
  bool is_outside;
  std::set<int> holdings;
  std::size_t version;
  int kind;
};

std::vector<Published> published(const std::vector<Year>& years) {
  std::vector<Published> out;
  for (std::size_t i = 0; i < years.size(); ++i) {
    const FixedHeadlines cells = decided(years[i]);
    const bool ent = cells.ent().published() > 0, sme = cells.sme()->published() > 0;
    if (ent) out.push_back({false, years[i].ent, i, 0});
    if (sme) out.push_back({false, years[i].sme, i, 1});
    if (!ent || !sme) continue;
    std::set<int> outside = years[i].ent;
    for (const int one : years[i].sme) outside.erase(one);
    out.push_back({true, outside, i, 2});
  }
  return out;
}

std::size_t apart(const std::set<int>& a, const std::set<int>& b) {
  std::size_t count = 0;
  for (const int one : a) count += b.contains(one) ? 0 : 1;
  for (const int one : b) count += a.contains(one) ? 0 : 1;
  return count;
}

// Random years, corrected at random as often as the rule lets: no two versions of a figure, and no
// two headlines, ever differ by one or two holdings that their values tell of.
TEST(Correction, NoChainOfAllowedCorrectionsTellsOfFewerThanThree) {
  SeededRandom random(5);
  const auto below = [&](int n) {
    const Bytes one = random.bytes(1);
    return static_cast<unsigned char>(one[0]) % n;
  };
  int allowed = 0;
  for (int chain = 0; chain < 300; ++chain) {
    std::vector<Year> years(1);
    years[0].ent = some(1, 4 + below(12));
    for (const int one : years[0].ent) {
      if (below(2) == 0) years[0].sme.insert(one);
    }
    for (int step = 0; step < 6; ++step) {
      Year next = years.back();
      for (int change = 1 + below(5); change > 0; --change) {
        const int who = 1 + below(24);
        next.sme.erase(who);
        if (next.ent.erase(who) > 0) continue;
        next.ent.insert(who);
        if (below(2) == 0) next.sme.insert(who);
      }
      if (decided(next) == decided(years.back())) continue;
      if (judged(years, next) != Correction::allowed) continue;
      ++allowed;
      years.push_back(next);
    }
    const auto known = published(years);
    for (const Published& a : known) {
      for (const Published& b : known) {
        if (a.version >= b.version || a.is_outside != b.is_outside) continue;
        const std::size_t holdings = apart(a.holdings, b.holdings);
        const bool same = a.kind == b.kind && a.holdings.size() == b.holdings.size();
        EXPECT_TRUE(holdings >= kN || same) << "chain " << chain << ": " << holdings;
      }
    }
  }
  EXPECT_GT(allowed, 100);
}

}  // namespace
}  // namespace regions
