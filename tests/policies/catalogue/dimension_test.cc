// Dimensions: bad groupings first, then what the built-in ones say.
#include "policies/catalogue/dimension.h"

#include <gtest/gtest.h>

#include "policies/catalogue/tables.h"
#include "tests/policies/catalogue/small_catalogue.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kGroupHead =
    "format = \"regions4.grouping/1\"\nid = \"g\"\nlist = \"sizes\"\ntitle = \"G\"\n";

std::string group(const std::string& code, const std::string& members) {
  return "[[group]]\ncode = \"" + code + "\"\ntitle = \"t\"\nmembers = [" + members + "]\n";
}

Result<Catalogue> load(const std::string& text) {
  return Catalogue::load(with_builtin_lists({{"g.toml", text}}));
}

std::string why_not_grouped(const std::string& text) {
  const auto result = load(text);
  EXPECT_THAT(result, IsErr(Errc::invalid_input));
  return result.has_value() ? "" : result.error().context;
}

std::vector<std::string> codes_of(const Dimension& dimension) {
  std::vector<std::string> out;
  for (const Category& category : dimension.categories()) out.push_back(category.code);
  return out;
}

std::string category(const Dimension& dimension, std::string_view code) {
  return dimension.categories()[dimension.category_of(code)].code;
}

const Dimension& builtin(std::string_view id) {
  const Dimension* dimension = Catalogue::builtin().dimension(id);
  CHECK(dimension != nullptr);
  return *dimension;
}

TEST(Grouping, CodeInNoGroupOrInTwoIsRefused) {
  EXPECT_THAT(why_not_grouped(kGroupHead + group("a", "\"micro\", \"small\"")),
              HasSubstr("g.toml line 5: group: 'large' of list 'sizes' is in no group; add it to "
                        "one, or add [rest]"));
  EXPECT_THAT(
      why_not_grouped(kGroupHead + group("a", "\"micro\"") + group("b", "\"small\", \"micro\"")),
      AllOf(HasSubstr("g.toml line 12: group[1].members: 'micro' is in two groups"),
            HasSubstr("out of one of them")));
  EXPECT_THAT(why_not_grouped(kGroupHead + group("a", "\"micro\", \"micro\"")),
              HasSubstr("twice in one"));
  const std::string nace =
      "format = \"regions4.grouping/1\"\nid = \"g\"\nlist = \"nace\"\ntitle = \"G\"\n";
  EXPECT_THAT(why_not_grouped(nace + group("a", "\"C\"") + group("b", "\"26\"")),
              HasSubstr("group[1].members: '26' is in two groups"));
  EXPECT_THAT(why_not_grouped(nace + group("a", "\"C\", \"26.1\"")),
              HasSubstr("'26.1' is in two groups"));
  EXPECT_THAT(why_not_grouped(nace + group("a", "\"C\"")),
              HasSubstr("'01' of list 'nace' is in no group"));
}

TEST(Grouping, BadFileNamesKeyAndRemedy) {
  const std::string all = group("a", "\"micro\", \"small\", \"medium\", \"large\"");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = kGroupHead + all;
    return why_not_grouped(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_THAT(with("\"sizes\"", "\"size\""), HasSubstr("nearest: 'sizes'"));
  EXPECT_THAT(with("grouping/1", "grouping/2"), HasSubstr("newer version"));
  EXPECT_THAT(with("title", "titel"), HasSubstr("did you mean 'title'?"));
  EXPECT_THAT(with("\"micro\"", "\"mikro\""),
              AllOf(HasSubstr("g.toml line 8"), HasSubstr("did you mean 'micro'?")));
  EXPECT_THAT(with("\"g\"", "\"G 1\""), HasSubstr("id: not a dimension id; write 1 to 32"));
  for (const char* taken : {"region", "year", "window", "programme", "size", "technology"}) {
    EXPECT_THAT(with("\"g\"", '"' + std::string(taken) + '"'), HasSubstr("a second dimension"));
  }
  EXPECT_THAT(with("code = \"a\"", "code = \"_T\""), HasSubstr("'_T' is reserved"));
  EXPECT_THAT(why_not_grouped(kGroupHead + all + "[rest]\ncode = \"a\"\ntitle = \"t\"\n"),
              HasSubstr("rest.code: a second group 'a'"));
  EXPECT_THAT(
      why_not_grouped(kGroupHead + all + "[rest]\ncode = \"b\"\ntitle = \"t\"\nmembers = []\n"),
      HasSubstr("unknown key 'members'"));
  EXPECT_THAT(why_not_grouped(kGroupHead + group("a", "")),
              HasSubstr("or write this group as [rest]"));
}

TEST(Dimension, UnknownCodesAreUnknown) {
  for (const Dimension& dimension : Catalogue::builtin().dimensions()) {
    for (const char* code : {"", "_U", "_T", "micr", "C999", "1"}) {
      EXPECT_EQ(dimension.category_of(code), dimension.unknown()) << dimension.id() << code;
    }
  }
}

TEST(Dimension, CategoriesAreInBytewiseOrderAndUnknownIsLast) {
  for (const Dimension& dimension : Catalogue::builtin().dimensions()) {
    auto codes = codes_of(dimension);
    EXPECT_EQ(codes.back(), kUnknownCategory) << dimension.id();
    codes.pop_back();
    EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end())) << dimension.id();
    EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end()) << dimension.id();
  }
}

TEST(Dimension, EveryListIsOneAndSoIsEveryGrouping) {
  EXPECT_THAT(Catalogue::builtin().dimension_ids(),
              ElementsAre("actor_group", "actor_kind", "nace", "nace_group", "partner_profile",
                          "place", "programme", "region", "size", "technology", "technology_group",
                          "window", "year"));
  EXPECT_THAT(codes_of(builtin("size")), ElementsAre("large", "medium", "micro", "small", "_U"));
  EXPECT_EQ(category(builtin("size"), "small"), "small");
  EXPECT_EQ(builtin("nace").categories().size(), 997u);
  EXPECT_EQ(category(builtin("nace"), "C1011"), "10.11");
  EXPECT_EQ(Catalogue::builtin().dimension("region"), nullptr);
  EXPECT_EQ(Catalogue::builtin().dimension("year"), nullptr);
}

TEST(Grouping, TechnologiesAndActorsHaveTheirGroups) {
  EXPECT_THAT(codes_of(builtin("technology_group")),
              ElementsAre("automation-robotics-additive", "data-ai", "iot-connectivity-security",
                          "other", "_U"));
  EXPECT_EQ(category(builtin("technology_group"), "robotics"), "automation-robotics-additive");
  EXPECT_EQ(category(builtin("technology_group"), "biotechnology"), "other");
  EXPECT_THAT(codes_of(builtin("actor_group")),
              ElementsAre("business-support", "research-education", "_U"));
  EXPECT_EQ(category(builtin("actor_group"), "higher-education"), "research-education");
  EXPECT_EQ(category(builtin("actor_group"), "business-agency"), "business-support");
}

// The page of Eurostat's metadata: high 21, 26; medium-high 20, 27-30; medium-low 19, 22-25, 33;
// low 10-18, 31, 32.
TEST(Grouping, NaceGroupsAreEurostatsTechnologyIntensity) {
  const Dimension& groups = builtin("nace_group");
  const std::map<std::string, std::string> expected = {
      {"10", "low"},         {"18", "low"},     {"19", "medium-low"},
      {"20", "medium-high"}, {"21", "high"},    {"22", "medium-low"},
      {"25", "medium-low"},  {"26", "high"},    {"27", "medium-high"},
      {"30", "medium-high"}, {"31", "low"},     {"32", "low"},
      {"33", "medium-low"},  {"A", "other"},    {"01.11", "other"},
      {"62.01", "other"},    {"C2611", "high"}, {"10.11", "low"},
      {"2120", "high"},      {"D", "other"},    {"C", "_U"}};
  for (const auto& [code, group] : expected) EXPECT_EQ(category(groups, code), group) << code;
}

TEST(Grouping, RestHoldsWhatNoGroupNames) {
  ASSERT_OK_AND(const Catalogue catalogue, load(kGroupHead + group("b", "\"micro\"") +
                                                "[rest]\ncode = \"a\"\ntitle = \"t\"\n"));
  const Dimension* dimension = catalogue.dimension("g");
  ASSERT_NE(dimension, nullptr);
  EXPECT_EQ(dimension->attribute(), Attribute::size);
  EXPECT_THAT(codes_of(*dimension), ElementsAre("a", "b", "_U"));
  EXPECT_EQ(category(*dimension, "micro"), "b");
  EXPECT_EQ(category(*dimension, "large"), "a");
  EXPECT_THAT(dimension->categories()[0].members, testing::IsEmpty());
  EXPECT_THAT(dimension->categories()[1].members, ElementsAre("micro"));
}

}  // namespace
}  // namespace regions
