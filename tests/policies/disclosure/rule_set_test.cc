#include "policies/disclosure/rule_set.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kRules =
    "format = \"regions4.rules/1\"\nversion = 2\nminimum = 5\ncoalition = 3\n"
    "headline_waives_observer_rule = false\n[amounts]\np = 15\nk = 80\n";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kRules;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string why_not(const std::string& text) {
  const auto rules = parse_rule_set("rules.toml", text);
  EXPECT_THAT(rules, IsErr(Errc::invalid_input));
  return rules.has_value() ? "" : rules.error().context;
}

TEST(RuleSet, BadRulesNameFileLineKeyAndRemedy) {
  EXPECT_THAT(why_not(with("minimum", "minimun")),
              AllOf(HasSubstr("rules.toml line 3"), HasSubstr("did you mean 'minimum'?")));
  EXPECT_THAT(why_not(with("minimum = 5\n", "")), HasSubstr("minimum: missing; add minimum = 3"));
  EXPECT_THAT(why_not(with("minimum = 5", "minimum = \"5\"")), HasSubstr("whole number"));
  EXPECT_THAT(why_not(with("p = 15", "p = 100")), HasSubstr("amounts.p: 100 is out of range"));
  EXPECT_THAT(why_not(with("k = 80", "q = 80")),
              AllOf(HasSubstr("line 8: amounts.q"), HasSubstr("unknown key 'q'")));
  EXPECT_THAT(why_not(with("false", "no")), HasSubstr("rules.toml line 5: not TOML"));
  EXPECT_THAT(why_not(with("rules/1", "rules/2")), HasSubstr("install a newer version"));
  EXPECT_THAT(why_not(""), HasSubstr("format: missing"));
}

TEST(RuleSet, MinimumBelowThreeIsRefused) {
  for (const char* minimum : {"minimum = 2", "minimum = 0", "minimum = -3"}) {
    EXPECT_THAT(why_not(with("minimum = 5", minimum)), HasSubstr("write a number from 3 to"));
  }
}

TEST(RuleSet, ReadsEveryKey) {
  ASSERT_OK_AND(const RuleSet rules, parse_rule_set("rules.toml", kRules));
  EXPECT_EQ(rules, (RuleSet{2, 5, 3, false, 15, 80}));
}

TEST(RuleSet, TemplateHasTheDefaultsAndWaivesTheHeadlines) {
  ASSERT_OK_AND(const RuleSet rules, parse_rule_set("default.toml", default_rule_set_toml()));
  RuleSet expected;
  expected.headline_waives_observer_rule = true;
  EXPECT_EQ(rules, expected);
  EXPECT_EQ(rules.minimum, 3u);
}

TEST(RuleSet, DigestChangesWithEveryRuleAndWithTheSecret) {
  const Bytes secret(32, 's');
  std::set<Digest> digests{rule_set_digest(RuleSet{}, secret),
                           rule_set_digest(RuleSet{}, Bytes(32, 't'))};
  for (const RuleSet& rules :
       {RuleSet{.version = 2}, RuleSet{.minimum = 4}, RuleSet{.coalition = 2},
        RuleSet{.headline_waives_observer_rule = true}, RuleSet{.p_percent = 11},
        RuleSet{.k_percent = 91}}) {
    digests.insert(rule_set_digest(rules, secret));
  }
  EXPECT_EQ(digests.size(), 8u);
}

TEST(RuleSet, CanonicalBytesAreTagAndSixNumbers) {
  EXPECT_EQ(to_hex(canonical(RuleSet{2, 5, 3, true, 15, 80})), to_hex("regions4/rule-set/v1\n") +
                                                                   "0000000400000002"
                                                                   "0000000400000005"
                                                                   "0000000400000003"
                                                                   "0000000400000001"
                                                                   "000000040000000f"
                                                                   "0000000400000050");
}

}  // namespace
}  // namespace regions
