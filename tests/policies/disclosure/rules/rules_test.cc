// Sensitivity rules: parameters that mean nothing, both sides of every boundary, and the examples
// of the handbook.
#include <boost/json.hpp>
#include <fstream>
#include <numeric>
#include <sstream>

#include "policies/disclosure/rules/rule_book.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

Percent percent(double value) {
  return Percent::make(static_cast<std::int64_t>(value * 1e9 + 0.5)).value();
}

// Contributions of as many units.
Contributions cell(const std::vector<std::int64_t>& amounts) {
  std::vector<Contribution> records;
  for (const std::int64_t amount : amounts) records.push_back({records.size(), amount});
  return Contributions::of(std::move(records)).value();
}

FrequencyRule frequency(std::int64_t minimum) { return FrequencyRule::make(minimum).value(); }
DominanceRule dominance(std::size_t n, double k) {
  return DominanceRule::make(n, percent(k)).value();
}
PriorPosteriorRule p_rule(double p, std::size_t coalition = 1) {
  return PriorPosteriorRule::p(percent(p), coalition).value();
}

TEST(Parameters, PercentagesThatMeanNothingCannotBeMade) {
  EXPECT_THAT(Percent::make(0), IsErr(Errc::invalid_input));
  EXPECT_THAT(Percent::make(-1), IsErr(Errc::invalid_input));
  EXPECT_THAT(Percent::make(Percent::kWhole), IsErr(Errc::invalid_input));
  EXPECT_THAT(Percent::make(Percent::kWhole - 1), IsOk());
}

TEST(Parameters, RulesWithoutUnitsCannotBeMade) {
  EXPECT_THAT(FrequencyRule::make(0), IsErr(Errc::invalid_input));
  EXPECT_THAT(FrequencyRule::make(1001), IsErr(Errc::invalid_input));
  EXPECT_THAT(DominanceRule::make(0, percent(80)), IsErr(Errc::invalid_input));
  EXPECT_THAT(DominanceRule::make(17, percent(80)), IsErr(Errc::invalid_input));
  EXPECT_THAT(PriorPosteriorRule::p(percent(10), 0), IsErr(Errc::invalid_input));
  EXPECT_THAT(RequestRule::make(percent(70), 0), IsErr(Errc::invalid_input));
}

TEST(Parameters, PIsBelowQ) {
  const auto q = [](double value) { return static_cast<std::int64_t>(value * 1e9); };
  EXPECT_THAT(PriorPosteriorRule::pq(percent(85), q(80), 1), IsErr(Errc::invalid_input));
  EXPECT_THAT(PriorPosteriorRule::pq(percent(80), q(80), 1), IsErr(Errc::invalid_input));
  EXPECT_THAT(PriorPosteriorRule::pq(percent(85), q(180), 1), IsErr(Errc::invalid_input));
  EXPECT_THAT(PriorPosteriorRule::pq(percent(60), q(80), 1), IsOk());
}

TEST(Parameters, NegativeAmountsHaveNoRule) {
  EXPECT_THAT(Contributions::of({{1, -1}}), IsErr(Errc::invalid_input));
  EXPECT_THAT(Contributions::summary(1, -1, {}), IsErr(Errc::invalid_input));
  EXPECT_THAT(Contributions::summary(-1, 1, {}), IsErr(Errc::invalid_input));
}

TEST(Parameters, SumsBeyondExactnessAreRefused) {
  EXPECT_THAT(Contributions::of({{1, Contributions::kAmountMax}, {2, 1}}), IsErr(Errc::too_large));
  EXPECT_THAT(Contributions::of({{1, Contributions::kAmountMax}}), IsOk());
}

TEST(Parameters, LargestThatContradictTheCellAreRefused) {
  EXPECT_THAT(Contributions::summary(2, 10, {4, 5}), IsErr(Errc::invalid_input));
  EXPECT_THAT(Contributions::summary(2, 10, {6, 5}), IsErr(Errc::invalid_input));
  EXPECT_THAT(Contributions::summary(2, 11, {6, 5}), IsOk());
}

TEST(Frequency, BelowTheMinimumIsUnsafeAndTheMinimumIsSafe) {
  EXPECT_FALSE(frequency(3).is_sensitive(cell({})));
  EXPECT_TRUE(frequency(3).is_sensitive(cell({5})));
  EXPECT_TRUE(frequency(3).is_sensitive(cell({5, 5})));
  EXPECT_FALSE(frequency(3).is_sensitive(cell({5, 5, 5})));
}

TEST(Dominance, EqualityIsSafe) {
  EXPECT_TRUE(dominance(1, 80).is_sensitive(cell({81, 19})));
  EXPECT_FALSE(dominance(1, 80).is_sensitive(cell({80, 20})));
  EXPECT_TRUE(dominance(2, 80).is_sensitive(cell({41, 40, 19})));
  EXPECT_FALSE(dominance(2, 80).is_sensitive(cell({40, 40, 20})));
}

TEST(Dominance, NothingDominatesNothing) {
  EXPECT_FALSE(dominance(1, 80).is_sensitive(cell({})));
  EXPECT_FALSE(dominance(1, 80).is_sensitive(cell({0, 0})));
}

TEST(PRule, EqualityIsSafe) {
  EXPECT_FALSE(p_rule(10).is_sensitive(cell({100, 50, 10})));
  EXPECT_TRUE(p_rule(10).is_sensitive(cell({100, 50, 9})));
}

TEST(PRule, OneAndTwoContributorsAreAlwaysUnsafe) {
  EXPECT_TRUE(p_rule(1).is_sensitive(cell({1000})));
  EXPECT_TRUE(p_rule(1).is_sensitive(cell({1000, 1000})));
  EXPECT_FALSE(p_rule(10).is_sensitive(cell({0, 0})));
  EXPECT_FALSE(p_rule(10).is_sensitive(cell({})));
}

TEST(PRule, ACoalitionKnowsAllItsMembers) {
  const Contributions four = cell({100, 50, 40, 10});
  EXPECT_FALSE(p_rule(10, 2).is_sensitive(four));
  EXPECT_TRUE(p_rule(10, 3).is_sensitive(four));
  EXPECT_TRUE(p_rule(11, 2).is_sensitive(four));
  EXPECT_TRUE(p_rule(1, 2).is_sensitive(cell({100, 100, 100})));
}

TEST(PRule, TheLevelLiftsTheCellToTheBoundary) {
  EXPECT_EQ(p_rule(10).level(cell({1000, 500, 30})), 70);
  EXPECT_EQ(p_rule(10).level(cell({1001})), 101);  // 100.1, rounded up
  EXPECT_LE(p_rule(10).level(cell({1000, 500, 100})), 0);
}

TEST(PqRule, IsThePRuleWithThePercentageOfBoth) {
  const auto pq = PriorPosteriorRule::pq(percent(8), 80'000'000'000, 1).value();
  for (const std::int64_t rest : {8, 9, 10, 11, 12}) {
    const Contributions one = cell({100, 50, rest});
    EXPECT_EQ(pq.is_sensitive(one), p_rule(10).is_sensitive(one)) << rest;
    EXPECT_EQ(pq.level(one), p_rule(10).level(one)) << rest;
  }
}

TEST(RequestRule, HoldsForThoseWhoAsked) {
  const auto rule = RequestRule::make(percent(70), 3).value();
  const auto of = [](std::int64_t first, std::int64_t second, bool first_asked, bool other_asked) {
    return Contributions::of({{1, first, first_asked}, {2, second, other_asked}, {3, 0}}).value();
  };
  EXPECT_FALSE(rule.is_sensitive(of(90, 10, false, true)));
  EXPECT_TRUE(rule.is_sensitive(of(71, 29, true, false)));
  EXPECT_FALSE(rule.is_sensitive(of(70, 30, true, false)));
  const auto two = Contributions::of({{1, 60}, {2, 40, true}}).value();
  EXPECT_TRUE(rule.is_sensitive(two));
  EXPECT_FALSE(rule.is_sensitive(cell({60, 40})));
}

TEST(WaiverRule, TheLargestWithoutAWaiverIsProtected) {
  const WaiverRule rule(percent(10));
  const auto of = [](bool first, bool second, std::int64_t rest) {
    return Contributions::of({{1, 100, false, first}, {2, 50, false, second}, {3, rest}}).value();
  };
  EXPECT_TRUE(rule.is_sensitive(of(false, false, 9)));
  EXPECT_FALSE(rule.is_sensitive(of(false, false, 10)));
  // The second is protected against the first: 9 of the third hide it.
  EXPECT_FALSE(rule.is_sensitive(of(true, false, 9)));
  EXPECT_TRUE(rule.is_sensitive(of(true, false, 4)));
  EXPECT_FALSE(
      rule.is_sensitive(Contributions::of({{1, 100, false, true}, {2, 50, false, true}}).value()));
}

TEST(Holdings, FirmsOfOneHoldingAreOneContributor) {
  const Contributions units = cell({700, 200, 60, 40, 10});
  const Contributions groups =
      Contributions::of({{1, 700}, {1, 200}, {2, 60}, {3, 40}, {4, 10}}).value();
  EXPECT_EQ(groups.largest(0), 900);
  EXPECT_EQ(groups.count(), 4);
  EXPECT_FALSE(p_rule(10).is_sensitive(units));
  EXPECT_TRUE(p_rule(10).is_sensitive(groups));
}

TEST(Holdings, AWaiverOfOneFirmIsNoWaiverOfTheHolding) {
  const auto group = Contributions::of({{1, 70, false, true}, {1, 30, false, false}}).value();
  EXPECT_FALSE(group.units().front().waived);
}

TEST(RuleBook, ZerosOfContributorsAreUnsafeAndEmptyCellsAreNot) {
  RuleBook rules;
  EXPECT_TRUE(rules.judge(cell({0, 0, 0})).has_value());
  EXPECT_FALSE(rules.judge(cell({})).has_value());
  rules.zero_unsafe = false;
  EXPECT_FALSE(rules.judge(cell({0, 0, 0})).has_value());
}

TEST(RuleBook, TheFarthestLevelHoldsAndTheFirstReasonIsTold) {
  RuleBook rules;
  rules.dominance.push_back(dominance(1, 85));
  rules.concentration.push_back(p_rule(30));
  rules.frequency.push_back(frequency(4));
  const auto verdict = rules.judge(cell({300, 20, 10}));
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->reason, Reason::dominance);
  EXPECT_EQ(verdict->level.upper, 80);  // p: 90 - 10; dominance: 22.94
}

TEST(RuleBook, AnInsiderIsKeptFromTheRest) {
  RuleBook rules;
  rules.concentration.push_back(p_rule(10));
  // Of 500 and 80 the second knows itself: 10 % of 500. An outsider of the cell knows nothing of
  // it.
  EXPECT_EQ(rules.level_against_insider(cell({500})).upper, 50);
  EXPECT_EQ(rules.level_against_insider(cell({500, 30})).upper, 20);
  EXPECT_EQ(rules.level_against_insider(cell({500, 80})).upper, 1);
  RuleBook dominant;
  dominant.dominance.push_back(dominance(1, 80));
  EXPECT_EQ(dominant.level_against_insider(cell({900, 100})).upper, 125);
  EXPECT_EQ(dominant.level_against_insider(cell({500, 500})).upper, 1);
}

TEST(RuleBook, ALevelNeverReachesBelowZero) {
  RuleBook rules;
  rules.frequency.push_back(frequency(3));
  rules.frequency_range = 150 * (Percent::kWhole / 100);
  const auto verdict = rules.judge(cell({4, 2}));
  ASSERT_TRUE(verdict.has_value());
  EXPECT_EQ(verdict->level.upper, 9);
  EXPECT_EQ(verdict->level.lower, 6);
}

// The verdicts of the handbook and of the manual of tau-ARGUS.
TEST(Handbook, ExamplesOfPrimaryRules) {
  NEEDS_SHARED("cases/sdc/handbook/worked_examples.json");
  std::ifstream in(shared_dir() / "cases/sdc/handbook/worked_examples.json");
  std::stringstream text;
  text << in.rdbuf();
  const auto all = boost::json::parse(text.str());
  std::size_t checked = 0;
  for (const auto& example : all.at("primary_rules").as_array()) {
    const auto& object = example.as_object();
    if (!object.contains("rules")) continue;
    for (const auto& rule : object.at("rules").as_array()) {
      const auto& one = rule.as_object();
      const char* list = object.contains("contributions")                  ? "contributions"
                         : object.contains("top")                          ? "top"
                         : one.at("level").as_string() == "reporting_unit" ? "reporting_units"
                                                                           : "enterprise_groups";
      std::vector<std::int64_t> amounts;
      for (const auto& amount : object.at(list).as_array()) amounts.push_back(amount.as_int64());
      const std::int64_t sum =
          object.contains("X") ? object.at("X").as_int64()
                               : std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
      const auto who = Contributions::summary(100, sum, amounts).value();
      const auto n = one.at("n").to_number<std::size_t>();
      const bool sensitive = one.at("rule").as_string() == "nk"
                                 ? dominance(n, one.at("k").to_number<double>()).is_sensitive(who)
                                 : p_rule(one.at("p").to_number<double>(), n).is_sensitive(who);
      EXPECT_EQ(sensitive, one.at("sensitive").as_bool()) << object.at("id");
      ++checked;
    }
  }
  EXPECT_EQ(checked, 7u);
}

}  // namespace
}  // namespace regions
