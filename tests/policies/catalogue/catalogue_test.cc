// Loading the catalogue: bad files first, then what the built-in one says.
#include <gtest/gtest.h>

#include <algorithm>

#include "policies/catalogue/indicator.h"
#include "policies/catalogue/tables.h"
#include "tests/policies/catalogue/small_catalogue.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kHead =
    "format = \"regions4.indicator/1\"\ncode = \"X\"\ntitle = \"t\"\n"
    "measure = \"distinct-enterprises\"\nunit = \"enterprises\"\ndecimals = 0\n"
    "counting_rules = 1\n";
const std::string kDimension = "[[dimension]]\nid = \"region\"\ncombines = \"additive\"\n";
const std::string kTechnologies =
    "format = \"regions4.codes/1\"\nid = \"technologies\"\nversion = \"1\"\n"
    "flags = [\"industry40\"]\n[[code]]\ncode = \"a\"\ntitle = \"A\"\nindustry40 = true\n";
const std::string kSizes =
    "format = \"regions4.codes/1\"\nid = \"sizes\"\nversion = \"1\"\n"
    "[[code]]\ncode = \"micro\"\ntitle = \"M\"\n";

std::string reason(const Result<Catalogue>& result) {
  EXPECT_THAT(result, IsErr(Errc::invalid_input));
  return result.has_value() ? "" : result.error().context;
}

std::string why_not(const std::string& indicator) {
  return reason(Catalogue::load(with_builtin_lists(
      {{"x.toml", indicator}, {"tech.toml", kTechnologies}, {"sizes.toml", kSizes}})));
}

std::string why_not_list(const std::string& technologies) {
  return reason(
      Catalogue::load(with_builtin_lists({{"tech.toml", technologies}, {"sizes.toml", kSizes}})));
}

TEST(Catalogue, BadIndicatorNamesFileKeyAndRemedy) {
  EXPECT_THAT(why_not("code = \"X\"\n"), AllOf(HasSubstr("x.toml"), HasSubstr("add format")));
  EXPECT_THAT(why_not(kHead + "[filtre]\n" + kDimension),
              AllOf(HasSubstr("x.toml line 8"), HasSubstr("did you mean 'filter'?")));
  EXPECT_THAT(why_not(kHead), HasSubstr("dimension: missing; write [[dimension]]"));
  EXPECT_THAT(why_not("format = \"regions4.indicator/2\"\n"), HasSubstr("newer version"));
  EXPECT_THAT(why_not("format = \"regions4.indicator/1\"\ncode = \"x y\"\n"),
              HasSubstr("code: not an indicator code; write 1 to 32"));
  EXPECT_THAT(why_not(kHead + "[[dimension]]\nid = \"region\"\ncombines = \"aditive\"\n"),
              HasSubstr("nearest: 'additive'"));
  EXPECT_THAT(why_not(kHead + kDimension + kDimension), HasSubstr("stands here twice"));
}

TEST(Catalogue, BadFilterNamesFileKeyAndRemedy) {
  const auto filter = [](const std::string& text) {
    return why_not(kHead + "[filter]\n" + text + "\n" + kDimension);
  };
  EXPECT_THAT(filter("nase = { in = [\"C\"] }"),
              AllOf(HasSubstr("x.toml line 9: filter.nase"), HasSubstr("did you mean 'nace'?")));
  EXPECT_THAT(filter("size = { in = [\"mikro\"] }"),
              AllOf(HasSubstr("filter.size.in"), HasSubstr("did you mean 'micro'?")));
  EXPECT_THAT(filter("technology = { flag = \"industry4\" }"), HasSubstr("nearest: 'industry40'"));
  EXPECT_THAT(filter("size = { flag = \"x\" }"), HasSubstr("has no flags; write in = [...]"));
  EXPECT_THAT(filter("size = { }"), HasSubstr("exactly one of 'in' and 'flag'"));
  EXPECT_THAT(filter("size = { in = [\"micro\"], flag = \"x\" }"), HasSubstr("exactly one of"));
  EXPECT_THAT(filter("size = { in = [] }"), HasSubstr("name at least one code"));
  EXPECT_THAT(filter("size = { in = [\"micro\", \"micro\"] }"), HasSubstr("stands here twice"));
  EXPECT_THAT(filter("size = \"micro\""), HasSubstr("filter.size: a table expected"));
  EXPECT_THAT(filter("size = { on = 1 }"), HasSubstr("did you mean 'in'?"));
  EXPECT_THAT(filter("partner_profile = { in = [\"other-member\"] }"),
              AllOf(HasSubstr("filter.partner_profile.in"), HasSubstr("'other_member'?")));
  EXPECT_THAT(filter("actor_kind = { in = [\"_U\"] }"), HasSubstr("not in code list"));
}

TEST(Catalogue, BadMeasureProgressOrRelationNamesFileKeyAndRemedy) {
  const auto with = [](std::string_view from, std::string_view to) {
    std::string text = kHead + kDimension;
    return why_not(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_THAT(with("distinct-enterprises", "sum-fundings"), HasSubstr("nearest: 'sum-funding'"));
  EXPECT_THAT(with("\"enterprises\"", "\"EUR\""),
              AllOf(HasSubstr("x.toml line 5: unit"), HasSubstr("write one of: enterprises")));
  EXPECT_THAT(with("distinct-enterprises", "sum-funding"), HasSubstr("write one of: EUR"));
  EXPECT_THAT(with("decimals = 0", "decimals = 2"), HasSubstr("write a number from 0 to 0"));
  const auto and_also = [](const std::string& text) { return why_not(kHead + kDimension + text); };
  EXPECT_THAT(and_also("[progress]\nbaseline = 2019\nperiod = 2019\ntarget_percent = 15\n"),
              HasSubstr("progress.period: not after the baseline; name a later year"));
  EXPECT_THAT(and_also("[progress]\nbaseline = 2019\nperiod = 2022\ntarget_percents = 15\n"),
              HasSubstr("did you mean 'target_percent'?"));
  EXPECT_THAT(and_also("[[relates]]\ncode = \"CO26\"\ntitle = \"t\"\n"),
              HasSubstr("relates[0].how: missing; add how"));
  EXPECT_THAT(and_also("[[dimension]]\nid = \"windows\"\ncombines = \"additive\"\n"),
              HasSubstr("nearest: 'window'"));
}

TEST(Catalogue, BadCodeListNamesFileKeyAndRemedy) {
  EXPECT_THAT(why_not_list(kTechnologies + "[[code]]\ncode = \"b\"\ntitle = \"B\"\n"),
              AllOf(HasSubstr("tech.toml line 9"), HasSubstr("industry40: missing; add")));
  EXPECT_THAT(why_not_list(kTechnologies + "industri40 = true\n"),
              HasSubstr("did you mean 'industry40'?"));
  EXPECT_THAT(
      why_not_list(kTechnologies + "[[code]]\ncode = \"a\"\ntitle = \"A\"\nindustry40 = true\n"),
      HasSubstr("'a' stands here twice"));
  EXPECT_THAT(
      why_not_list(kTechnologies + "[[code]]\ncode = \"a,b\"\ntitle = \"A\"\nindustry40 = true\n"),
      HasSubstr("not a code; write 1 to 64"));
}

TEST(Catalogue, MissingOrSecondFilesAreRefused) {
  EXPECT_THAT(reason(Catalogue::load({{"s.toml", kSizes}})),
              HasSubstr("catalogue: no code list 'actor_kinds'; add its file"));
  EXPECT_THAT(reason(Catalogue::load({{"r.toml", "format = \"regions4.rules/1\"\n"}})),
              HasSubstr("r.toml line 1: format: 'regions4.rules/1' is no file of the catalogue"));
  EXPECT_THAT(reason(Catalogue::load({{"c.toml",
                                       "format = \"regions4.codes/1\"\nid = \"technology\"\n"
                                       "version = \"1\"\ncode = []\n"}})),
              HasSubstr("c.toml line 2: id: no attribute has its values in a list 'technology'; "
                        "did you mean 'technologies'?"));
  EXPECT_THAT(reason(Catalogue::load(
                  {{"t.toml", kTechnologies}, {"s.toml", kSizes}, {"again.toml", kSizes}})),
              HasSubstr("again.toml line 2: id: a second code list 'sizes'"));
  EXPECT_THAT(reason(Catalogue::load(with_builtin_lists(
                  {{"x.toml", kHead + kDimension}, {"y.toml", kHead + kDimension}}))),
              HasSubstr("y.toml line 2: code: a second indicator 'X'"));
}

TEST(Catalogue, HasTheNineteenTechnologiesAndTheirFlag) {
  const CodeList& technologies = Catalogue::builtin().technologies();
  EXPECT_EQ(technologies.codes().size(), 19u);
  for (const Code& code : technologies.codes()) {
    const bool outside = code.code == "transport-mobility" || code.code == "energy-technologies" ||
                         code.code == "biotechnology" || code.code == "advanced-materials-nano";
    EXPECT_EQ(technologies.has_flag(code.code, "industry40"), !outside) << code.code;
  }
  EXPECT_FALSE(technologies.has_flag("", "industry40"));
  EXPECT_FALSE(technologies.has_flag("robotics", ""));
}

TEST(Catalogue, SmeCoopAsksForManufacturingSmeAndIndustry40) {
  const Catalogue& catalogue = Catalogue::builtin();
  const Indicator* sme = catalogue.find("SME-COOP");
  ASSERT_NE(sme, nullptr);
  for (const char* nace : {"", "C999", "62.01", "D", "A"}) {
    EXPECT_FALSE(catalogue.admits(*sme, Attribute::nace, nace)) << nace;
  }
  for (const char* nace : {"C", "10", "C10", "10.11", "1011", "33.20"}) {
    EXPECT_TRUE(catalogue.admits(*sme, Attribute::nace, nace)) << nace;
  }
  for (const char* size : {"", "large", "SME"}) {
    EXPECT_FALSE(catalogue.admits(*sme, Attribute::size, size)) << size;
  }
  for (const char* size : {"micro", "small", "medium"}) {
    EXPECT_TRUE(catalogue.admits(*sme, Attribute::size, size)) << size;
  }
  EXPECT_FALSE(catalogue.admits(*sme, Attribute::technology, ""));
  EXPECT_FALSE(catalogue.admits(*sme, Attribute::technology, "biotechnology"));
  EXPECT_TRUE(catalogue.admits(*sme, Attribute::technology, "robotics"));
}

TEST(Catalogue, EntCoopAsksForNothing) {
  const Catalogue& catalogue = Catalogue::builtin();
  for (const char* code : {"ENT-COOP", "COOP-FUND-EUR"}) {
    const Indicator* indicator = catalogue.find(code);
    ASSERT_NE(indicator, nullptr) << code;
    for (Attribute attribute : kAttributes) {
      EXPECT_TRUE(catalogue.admits(*indicator, attribute, "")) << code;
    }
  }
  EXPECT_EQ(catalogue.find("ENT-COP"), nullptr);
}

TEST(Catalogue, InterregionalIndicatorsAreTheirParentsWithAnActorInAnotherMember) {
  const Catalogue& catalogue = Catalogue::builtin();
  for (const std::string parent : {"SME-COOP", "ENT-COOP"}) {
    const Indicator* of_all = catalogue.find(parent);
    const Indicator* interregional = catalogue.find(parent + "-INTERREG");
    ASSERT_TRUE(of_all != nullptr && interregional != nullptr) << parent;
    std::vector<Condition> expected = of_all->filter;
    const auto place = std::find_if(expected.begin(), expected.end(), [](const Condition& c) {
      return c.attribute > Attribute::partner_profile;
    });
    expected.insert(place, {Attribute::partner_profile, {"other_member"}, ""});
    EXPECT_EQ(interregional->filter, expected) << parent;
    for (std::string_view profile : {kProfileOwn, kProfileElsewhere, kUnknownCategory}) {
      EXPECT_FALSE(catalogue.admits(*interregional, Attribute::partner_profile, profile));
    }
  }
}

TEST(Catalogue, CountsOverlapWhereAnEnterpriseCanStandTwiceAndAmountsNowhere) {
  for (const Indicator& indicator : Catalogue::builtin().indicators()) {
    EXPECT_EQ(indicator.dimensions.size(), Catalogue::builtin().dimension_ids().size());
    for (const DimensionDef& dimension : indicator.dimensions) {
      const Dimension* known = Catalogue::builtin().dimension(dimension.id);
      const bool several = known != nullptr
                               ? belongs_to(known->attribute()) == BelongsTo::cooperation
                               : dimension.id != kRegionDimension;
      EXPECT_EQ(dimension.combines == Combines::overlapping, several && !indicator.is_amount())
          << indicator.code << " by " << dimension.id;
    }
  }
}

TEST(Catalogue, HeadlinesSayWhatProgressComparesAndWhatTheyRelateTo) {
  for (std::string_view code : {kHeadlineAll, kHeadlineSme}) {
    const Indicator& headline = *Catalogue::builtin().find(code);
    ASSERT_TRUE(headline.progress.has_value());
    EXPECT_EQ(headline.progress->baseline.text(), "2019");
    EXPECT_EQ(headline.progress->period.text(), "2022");
    EXPECT_EQ(headline.progress->target_percent, 15u);
  }
  for (const Indicator& indicator : Catalogue::builtin().indicators()) {
    EXPECT_FALSE(indicator.relations.empty()) << indicator.code;
  }
  EXPECT_EQ(Catalogue::builtin().find("COOP-FUND-EUR")->unit, "EUR");
  EXPECT_EQ(Catalogue::builtin().find("COOP-FUND-EUR")->decimals, 2u);
}

}  // namespace
}  // namespace regions
