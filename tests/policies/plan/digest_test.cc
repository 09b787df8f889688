// The plan's digest: its spec page, and what changes it.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/crypto/sha256.h"
#include "tests/policies/catalogue/small_catalogue.h"
#include "tests/policies/catalogue/spec_blocks.h"
#include "tests/policies/plan/plan_texts.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const std::string kPlan =
    kPlanHead +
    planned("size", "\"ENT-COOP\", \"SME-COOP\"", "window", "\"size\"", "cell-key",
            "\"M\", \"L\"") +
    planned("actor-group", "\"ENT-COOP\"", "window", "\"actor_group\"", "cell-key", "\"L\"");

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Digest digest_of(const std::string& text, const Catalogue& catalogue = Catalogue::builtin()) {
  const auto plan = parse_plan("plan.toml", text, catalogue);
  EXPECT_TRUE(plan.has_value()) << plan.error().text();
  return plan_digest(*plan, catalogue);
}

// The built-in catalogue with the one place of `from` in a file replaced.
Digest digest_with(const std::string& file, std::string_view from, std::string_view to) {
  auto sources = Catalogue::builtin_sources();
  std::string changed;
  for (auto& [name, text] : sources) {
    if (name != file) continue;
    changed = with(std::string(text), from, to);
    text = changed;
  }
  auto catalogue = Catalogue::load(sources);
  EXPECT_TRUE(catalogue.has_value()) << catalogue.error().text();
  return digest_of(kPlan, *catalogue);
}

TEST(PlanDigest, AnythingThePlanSaysChangesIt) {
  std::vector<Digest> digests{digest_of(kPlan)};
  const auto changed = [&](std::string_view from, std::string_view to) {
    digests.push_back(digest_of(with(kPlan, from, to)));
  };
  changed("\"p\"", "\"q\"");
  changed("from = 2014", "from = 2015");
  changed("until = 2023", "until = 2024");
  changed("until = 2023", "until = 2023\nbaseline = \"2015-2017\"");
  changed("M = 10", "M = 11");
  changed("L = 40", "L = 41");
  changed("L = 40", "L = 40\nmembers = { PT16 = \"L\" }");
  changed("L = 40", "L = 40\nmembers = { PT16 = \"M\" }");
  changed("D = 3", "D = 4");
  changed("variance = 2.25", "variance = 2.26");
  changed("id = \"size\"", "id = \"sizes\"");
  changed("\"ENT-COOP\", \"SME-COOP\"", "\"ENT-COOP\"");
  changed("\"window\"", "\"programme\"");
  changed("by = [\"size\"]", "by = [\"partner_profile\"]");
  changed("[\"M\", \"L\"]", "[\"L\"]");
  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::adjacent_find(digests.begin(), digests.end()), digests.end());
}

TEST(PlanDigest, DefinitionsGroupsAndCodesThatItStandsOnChangeIt) {
  std::vector<Digest> digests{digest_of(kPlan)};
  digests.push_back(digest_with("indicators/SME-COOP.toml", "\"medium\"", "\"large\""));
  digests.push_back(digest_with("codes/sizes.toml", "\"1\"", "\"2\""));
  digests.push_back(
      digest_with("groupings/actor_group.toml", "\"business-support\"", "\"support\""));
  digests.push_back(digest_with("groupings/actor_group.toml", "\"other\", \"public-body\"]",
                                "\"other\"]\n[[group]]\ncode = \"public\"\ntitle = \"P\"\n"
                                "members = [\"public-body\"]"));
  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::adjacent_find(digests.begin(), digests.end()), digests.end());
}

TEST(PlanDigest, WhatItDoesNotStandOnDoesNotChangeIt) {
  const Digest before = digest_of(kPlan);
  EXPECT_EQ(before, digest_with("groupings/nace_group.toml", "\"low\"", "\"lowest\""));
  EXPECT_EQ(before, digest_with("groupings/actor_group.toml", "Research and education", "R"));
  EXPECT_EQ(before, digest_with("indicators/COOP-FUND-EUR.toml", "COOP-FUND-EUR", "COOP-FUND"));
}

TEST(PlanDigest, OrderInTheFileDoesNotChangeIt) {
  const std::size_t second = kPlan.rfind("[[table]]"), first = kPlan.find("[[table]]");
  EXPECT_EQ(digest_of(kPlan),
            digest_of(kPlanHead + kPlan.substr(second) + kPlan.substr(first, second - first)));
  EXPECT_EQ(digest_of(kPlan),
            digest_of(with(kPlan, "\"ENT-COOP\", \"SME-COOP\"", "\"SME-COOP\", \"ENT-COOP\"")));
  EXPECT_EQ(digest_of(kPlan), digest_of(with(kPlan, "\"M\", \"L\"", "\"L\", \"M\"")));
}

TEST(PlanSpec, WorkedExampleIsWhatTheCodeWrites) {
  const std::string page = spec_text("plan.md");
  const auto toml = spec_blocks(page, "toml");
  const auto hex = spec_blocks(page, "hex");
  ASSERT_EQ(toml.size(), 4u);
  ASSERT_EQ(hex.size(), 1u);
  ASSERT_OK_AND(const Catalogue catalogue,
                Catalogue::load(with_builtin_lists(
                    {{"indicator", toml[0]}, {"sizes", toml[1]}, {"grouping", toml[2]}})));
  ASSERT_OK_AND(const Plan plan, parse_plan("plan", toml[3], catalogue));
  EXPECT_EQ(to_hex(canonical_plan(plan, catalogue)), to_hex(spec_bytes(hex[0])));
  EXPECT_NE(page.find("these bytes: `" + sha256(spec_bytes(hex[0])).hex() + "`"),
            std::string::npos);
}

// A change here is another plan, which a federation has to adopt: a new row in the page and a word
// in the CHANGELOG.
TEST(PlanSpec, DefaultPlanStandsInThePage) {
  const std::string row =
      "| `default` | `" + digest_of(std::string(default_plan_toml())).hex() + "` |";
  EXPECT_NE(spec_text("plan.md").find(row), std::string::npos) << row;
}

}  // namespace
}  // namespace regions
