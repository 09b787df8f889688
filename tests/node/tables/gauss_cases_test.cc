// The worked cases of GaussSuppression, with and without its singleton options.
#include <gtest/gtest.h>

#include <fstream>

#include "node/tables/summary.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/node/tables/worked_case.h"

namespace regions {
namespace {

// One published result of GaussSuppression, and ours for the same question.
struct Gauss {
  const char* expected;
  std::string toml;
  bool one_row_less = false;
};

void PrintTo(const Gauss& one, std::ostream* out) { *out << one.expected; }

const std::string kExample1 = R"(
[input]
kind = "records"
file = "data/example1.csv"
count = "freq"
where = { year = "2014" }
[[dimension]]
column = "age"
)";
const std::string kGeo = "[[dimension]]\ncolumn = \"geo\"\n";
const std::string kGeoEu =
    "[[dimension]]\ncolumn = \"geo\"\nhierarchy = { columns = [\"eu\", \"geo\"] }\n";
const std::string kMagnitude = R"(
[input]
kind = "records"
file = "data/magnitude1.csv"
value = "value"
)";
const std::string kSector4 = "[[dimension]]\ncolumn = \"sector4\"\n";

std::vector<Gauss> gauss_cases() {
  const std::string both = kMagnitude +
                           "[[dimension]]\ncolumn = \"sector4\"\n"
                           "hierarchy = { columns = [\"sector2\", \"sector4\"] }\n" +
                           kGeoEu;
  return {
      {"freq_t1_age_geo_maxN1", kExample1 + kGeo + "[rules]\nminimum = 2\n"},
      {"freq_t2_age_geo_eu_maxN2", kExample1 + kGeoEu + "[rules]\nminimum = 3\n"},
      {"freq_t3_formula_maxN2", kExample1 + kGeoEu + R"(
[[table]]
age = ["old", "young"]
geo = ["EU", "nonEU"]
[[table]]
geo = ["Total", "Iceland", "Portugal", "Spain"]
[rules]
minimum = 3
)"},
      {"freq_t4_noProtectZeros_maxN4",
       "zeros = \"safe\"\n" + kExample1 + kGeoEu + "[rules]\nminimum = 5\n"},
      {"freq_t5_secondaryZeros_maxN3",
       "zeros = \"eligible\"\n" + kExample1 + kGeoEu + "[rules]\nminimum = 4\n"},
      {"freq_t6_structuralEmpty_b",
       "structural_empty = true\n" + kExample1 + kGeoEu + "[rules]\nminimum = 3\n", true},
      {"freq_t7_b_maxN2", kExample1 + kGeoEu + "[rules]\nminimum = 3\n", true},
      {"z1_maxN3", R"(
zeros = "unsafe"
[input]
kind = "records"
file = "data/z1.csv"
count = "ant"
[[dimension]]
column = "region"
[[dimension]]
column = "hovedint"
[rules]
minimum = 4
)"},
      {"mag_t2_few1", kMagnitude + kSector4 + kGeo + "[rules]\nminimum = 2\n"},
      {"mag_t2_few1_singleton_none",
       "singletons = \"none\"\n" + kMagnitude + kSector4 + kGeo + "[rules]\nminimum = 2\n"},
      {"mag_t3_dom_1_80",
       kMagnitude + kSector4 + kGeo + "[rules]\ndominance = [{ n = 1, k = 80 }]\n"},
      {"mag_t3_dom_1_80_singleton_none", "singletons = \"none\"\n" + kMagnitude + kSector4 + kGeo +
                                             "[rules]\ndominance = [{ n = 1, k = 80 }]\n"},
      {"mag_t4_dom_1_80_2_99_hier",
       both + "[rules]\ndominance = [{ n = 1, k = 80 }, { n = 2, k = 99 }]\n"},
      {"mag_t5_few2_formula", both + R"(
[[table]]
sector4 = ["Total", "private", "public"]
geo = ["Total", "Iceland", "Portugal", "Spain"]
[[table]]
sector4 = ["Total", "Agriculture", "Entertainment", "Governmental", "Industry"]
geo = ["Total", "EU", "nonEU"]
[rules]
minimum = 3
)"},
  };
}

// The data of two cases are those of another without the one row of young people in Iceland.
std::filesystem::path without_young_iceland(const TemporaryFolder& folder) {
  const auto all = shared_dir() / "cases/sdc/gausssuppression";
  std::filesystem::create_directories(folder.path / "data");
  std::filesystem::copy(all / "expected", folder.path / "expected");
  std::ifstream in(all / "data/example1.csv");
  std::ofstream out(folder.path / "data/example1.csv");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("young,Iceland")) out << line << '\n';
  }
  return folder.path;
}

class GaussSuppressionCase : public ::testing::TestWithParam<Gauss> {};

TEST_P(GaussSuppressionCase, SamePrimariesAndNoDearerPattern) {
  NEEDS_SHARED("cases/sdc/gausssuppression");
  const std::string pattern = std::string("[pattern]\nfile = \"expected/") + GetParam().expected +
                              ".csv\"\nwithheld = [\"TRUE\"]\npublished = [\"FALSE\"]\n";
  const TemporaryFolder copy;
  const auto folder = GetParam().one_row_less ? without_young_iceland(copy)
                                              : shared_dir() / "cases/sdc/gausssuppression";
  const auto load = [&](const char* column) {
    return Case::load_from(folder, GetParam().toml + pattern + "column = \"" + column + "\"\n");
  };
  ASSERT_OK_AND(const Case primary, load("primary"));
  EXPECT_EQ(primary.unsafe(Convention::gauss), primary.names([&](CellId cell) {
    return primary.built.wishes[cell].withheld.value_or(false);
  }));
  ASSERT_OK_AND(const Case one, load("suppressed"));
  ASSERT_OK_AND(const Attacked published, attack(one.spec, one.built, Convention::gauss));
  EXPECT_TRUE(published.report.findings.empty());
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::gauss, ""));
  EXPECT_EQ(made.suppression.method, PatternMethod::optimum);
  EXPECT_LE(cost_of(*made.assembly, made.suppression.withheld).worth,
            cost_of(*published.assembly, published.withheld).worth);
}

INSTANTIATE_TEST_SUITE_P(All, GaussSuppressionCase, ::testing::ValuesIn(gauss_cases()),
                         [](const auto& one) { return std::string(one.param.expected); });

// A pattern made without singleton option, read with it: the cell is named, and both costs stand
// beside each other, as does what the full rules cost more.
TEST(Comparison, ThePublishedPatternThatIsNotSafeNamesTheCell) {
  NEEDS_SHARED("cases/sdc/gausssuppression");
  ASSERT_OK_AND(const Case one, Case::load("gausssuppression", kMagnitude + kSector4 + kGeo + R"(
[rules]
minimum = 2
[pattern]
file = "expected/mag_t2_few1_singleton_none.csv"
column = "suppressed"
withheld = ["TRUE"]
published = ["FALSE"]
)"));
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::gauss, ""));
  ASSERT_OK_AND(const Attacked published, attack(one.spec, one.built, Convention::gauss));
  ASSERT_OK_AND(const Protected full, protect(one.spec, one.built, Convention::full, ""));
  const auto out = summary_of({&one.built, Convention::gauss, &made, &published, &full, ""});
  EXPECT_FALSE(out.at("published").at("safe").as_bool());
  EXPECT_EQ(out.at("published").at("findings").at(0).at("cell").as_string(),
            "sector4=Entertainment, geo=Iceland");
  EXPECT_EQ(out.at("published").at("cost").as_string(), "62.5");
  const auto cost = [](const boost::json::value& value) {
    return std::stod(value.as_string().c_str());
  };
  EXPECT_GT(cost(out.at("cost")), 62.5);
  EXPECT_EQ(out.at("full").at("extra_cost").as_string(), "0.0");
}

}  // namespace
}  // namespace regions
