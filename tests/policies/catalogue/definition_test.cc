// The definition digest: its spec page and what changes it.
#include <gtest/gtest.h>

#include "policies/catalogue/indicator.h"
#include "protocol/crypto/sha256.h"
#include "tests/policies/catalogue/small_catalogue.h"
#include "tests/policies/catalogue/spec_blocks.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const char kIndicator[] = R"(
format = "regions4.indicator/1"
code = "X"
title = "t"
measure = "distinct-enterprises"
unit = "enterprises"
decimals = 0
counting_rules = 1
[filter]
nace = { in = ["C", "B"] }
size = { in = ["micro", "small"] }
technology = { flag = "industry40" }
[[dimension]]
id = "region"
combines = "additive"
)";
const char kTechnologyCodes[] = R"(
format = "regions4.codes/1"
id = "technologies"
version = "1"
flags = ["industry40", "green"]
code = [{ code = "a", title = "A", industry40 = true, green = true },
        { code = "b", title = "B", industry40 = false, green = true }]
)";
const char kSizeCodes[] = R"(
format = "regions4.codes/1"
id = "sizes"
version = "1"
code = [{ code = "micro", title = "m" }, { code = "small", title = "s" }]
)";

struct Files {
  std::string indicator = kIndicator;
  std::string technologies = kTechnologyCodes;
  std::string sizes = kSizeCodes;
};

// `text` with the one place of `from` replaced.
std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string digest_of(const Files& files) {
  auto catalogue = Catalogue::load(with_builtin_lists(
      {{"i.toml", files.indicator}, {"t.toml", files.technologies}, {"s.toml", files.sizes}}));
  EXPECT_TRUE(catalogue.has_value()) << catalogue.error().text();
  return catalogue->definition(catalogue->indicators().front()).hex();
}

TEST(Definition, AnyFieldInsideChangesIt) {
  const std::string before = digest_of({});
  std::vector<std::string> digests{before};
  const auto indicator = [&](std::string_view from, std::string_view to) {
    digests.push_back(digest_of({.indicator = with(kIndicator, from, to)}));
  };
  indicator("code = \"X\"", "code = \"Y\"");
  indicator("[\"C\", \"B\"]", "[\"C\"]");
  indicator("[\"C\", \"B\"]", "[\"C\", \"10\"]");
  indicator("[\"micro\", \"small\"]", "[\"micro\"]");
  indicator("\"industry40\"", "\"green\"");
  indicator("nace = { in = [\"C\", \"B\"] }", "");
  indicator("technology = { flag = \"industry40\" }", "technology = { in = [\"a\"] }");
  const auto technologies = [&](std::string_view from, std::string_view to) {
    digests.push_back(digest_of({.technologies = with(kTechnologyCodes, from, to)}));
  };
  technologies("version = \"1\"", "version = \"2\"");
  technologies("industry40 = false", "industry40 = true");
  technologies("green = true", "green = false");
  technologies("code = \"b\"", "code = \"c\"");
  technologies(
      "{ code = \"a\"",
      "{ code = \"c\", title = \"C\", industry40 = false, green = false }, { code = \"a\"");
  digests.push_back(digest_of({.sizes = with(kSizeCodes, "version = \"1\"", "version = \"2\"")}));

  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::adjacent_find(digests.begin(), digests.end()), digests.end());
}

// These have one accepted value each today, so the file cannot change them; the encoding must.
TEST(Definition, MeasureUnitDecimalsAndCountingRulesChangeIt) {
  const Catalogue& catalogue = Catalogue::builtin();
  const Indicator& before = *catalogue.find("SME-COOP");
  std::vector<Digest> digests{catalogue.definition(before)};
  const auto changed = [&](auto change) {
    Indicator indicator = before;
    change(indicator);
    digests.push_back(catalogue.definition(indicator));
  };
  changed([](Indicator& i) { i.measure = "cooperations"; });
  changed([](Indicator& i) { i.unit = "holdings"; });
  changed([](Indicator& i) { i.decimals = 1; });
  changed([](Indicator& i) { i.counting_rules = 2; });
  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::adjacent_find(digests.begin(), digests.end()), digests.end());
}

TEST(Definition, TitlesDimensionsAndOrderInTheFileDoNotChangeIt) {
  const std::string before = digest_of({});
  EXPECT_EQ(before, digest_of({.indicator = with(kIndicator, "\"t\"", "\"other\"")}));
  EXPECT_EQ(before, digest_of({.indicator = with(kIndicator, "additive", "overlapping")}));
  EXPECT_EQ(before, digest_of({.indicator = with(kIndicator, "\"C\", \"B\"", "\"B\", \"C\"")}));
  EXPECT_EQ(before, digest_of({.technologies = with(kTechnologyCodes, "\"A\"", "\"other\"")}));
  EXPECT_EQ(before, digest_of({.technologies = with(kTechnologyCodes, "\"industry40\", \"green\"",
                                                    "\"green\", \"industry40\"")}));
  EXPECT_EQ(before, digest_of({.sizes = with(kSizeCodes,
                                             "{ code = \"micro\", title = \"m\" }, "
                                             "{ code = \"small\", title = \"s\" }",
                                             "{ code = \"small\", title = \"s\" }, "
                                             "{ code = \"micro\", title = \"m\" }")}));
}

// Fields must not run into each other: "ab","c" and "a","bc" are different definitions.
TEST(Definition, FieldsKeepTheirBounds) {
  Indicator a = *Catalogue::builtin().find("ENT-COOP");
  Indicator b = a;
  a.measure = "ab";
  b.code += "a";
  b.measure = "b";
  EXPECT_NE(Catalogue::builtin().definition(a), Catalogue::builtin().definition(b));
}

TEST(DefinitionSpec, WorkedExampleIsWhatTheCodeWrites) {
  const std::string page = spec_text("definition.md");
  const auto toml = spec_blocks(page, "toml");
  const auto hex = spec_blocks(page, "hex");
  ASSERT_EQ(toml.size(), 3u);
  ASSERT_EQ(hex.size(), 1u);
  ASSERT_OK_AND(
      const Catalogue catalogue,
      Catalogue::load(with_builtin_lists({{"i", toml[0]}, {"t", toml[1]}, {"s", toml[2]}})));
  const Indicator* indicator = catalogue.find("ROBOT");
  ASSERT_NE(indicator, nullptr);
  EXPECT_EQ(to_hex(catalogue.canonical_definition(*indicator)), to_hex(spec_bytes(hex[0])));
  EXPECT_NE(page.find("these bytes: `" + sha256(spec_bytes(hex[0])).hex() + "`"),
            std::string::npos);
}

// A change here is another indicator: it needs a new row in the page and a word in the CHANGELOG.
TEST(DefinitionSpec, DefinitionsInForceStandInThePage) {
  const std::string page = spec_text("definition.md");
  for (const Indicator& indicator : Catalogue::builtin().indicators()) {
    const std::string row =
        "| `" + indicator.code + "` | `" + Catalogue::builtin().definition(indicator).hex() + "` |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace regions
