// The worked cases of other tools, through the stand-alone path: the same unsafe cells, and under
// each tool's own conventions a safe pattern that costs no more than the published one.
#include <gtest/gtest.h>

#include "node/tables/table_files.h"
#include "policies/disclosure/task/protect.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct Case {
  DisclosureSpec spec;
  BuiltTable built;

  static Result<Case> load(const std::string& folder, const std::string& toml) {
    TRY(DisclosureSpec spec,
        parse_disclosure_spec("SPEC.toml", "format = \"regions4.disclosure/1\"\n" + toml));
    TRY(const TaskFiles files, read_task_files(spec, shared_dir() / "cases/sdc" / folder));
    TRY(BuiltTable built, build_table(spec, files));
    return Case{std::move(spec), std::move(built)};
  }

  // "A,female" of the cells for which `wanted` holds.
  template <class Wanted>
  std::vector<std::string> names(Wanted wanted) const {
    std::vector<std::string> all;
    for (CellId cell = 0; cell < built.table.cells().size(); ++cell) {
      if (!wanted(cell)) continue;
      std::string name;
      const auto& codes = built.table.cells()[cell].codes;
      for (std::size_t k = 0; k < codes.size(); ++k) {
        name += (k == 0 ? "" : ",") + built.table.code(k, codes[k]);
      }
      all.push_back(name);
    }
    return all;
  }
  std::vector<std::string> unsafe(Convention convention) const {
    const auto made = assemble(spec, built, convention, "");
    return names([&](CellId cell) { return made->states[cell].verdict.has_value(); });
  }
  std::vector<std::string> withheld(const Pattern& pattern) const {
    return names([&](CellId cell) { return pattern[cell] && built.table.cells()[cell].shown; });
  }
};

const std::string kBatch1 = R"(
[input]
kind = "cells"
file = "tabdata_ex1.tab"
columns = ["region", "gender", "freq", "status", "lpl", "upl"]
value = "freq"
status = "status"
lower_level = "lpl"
upper_level = "upl"
[[dimension]]
column = "region"
hierarchy = "hier_region_ex1.hrc"
[[dimension]]
column = "gender"
hierarchy = "hier_gender_ex1.hrc"
)";

TEST(TauArgus, Batch1) {
  NEEDS_SHARED("cases/sdc/tauargus-batch/ex1");
  ASSERT_OK_AND(const Case one, Case::load("tauargus-batch/ex1", kBatch1));
  EXPECT_THAT(one.unsafe(Convention::tauargus), ElementsAre("A,female"));
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::tauargus, ""));
  EXPECT_EQ(made.suppression.method, PatternMethod::optimum);
  EXPECT_EQ(cost_of(*made.assembly, made.suppression.withheld).worth, 1950);
  EXPECT_THAT(one.withheld(made.suppression.withheld),
              ElementsAre("A,male", "A,female", "C,male", "C,female"));
}

const std::string kBatch2 = R"(
[input]
kind = "records"
file = "microdata_ex2.asc"
columns = ["region", "gender", "weight", "val", "num1", "num2"]
value = "num1"
[[dimension]]
column = "region"
hierarchy = "hier_region_ex2.hrc"
[[dimension]]
column = "gender"
hierarchy = "hier_gender_ex2.hrc"
[rules]
minimum = 5
frequency_range = 20
p_percent = [{ p = 20, coalition = 5 }]
)";

TEST(TauArgus, Batch2) {
  NEEDS_SHARED("cases/sdc/tauargus-batch/ex2");
  ASSERT_OK_AND(const Case one, Case::load("tauargus-batch/ex2", kBatch2));
  EXPECT_EQ(one.built.table.cells()[0].value, 1048495);  // 10484.95
  EXPECT_THAT(one.unsafe(Convention::tauargus), ElementsAre("A,female"));
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::tauargus, ""));
  EXPECT_EQ(made.suppression.method, PatternMethod::optimum);
  EXPECT_THAT(one.withheld(made.suppression.withheld),
              ElementsAre("A,male", "A,female", "C,male", "C,female"));
}

std::string sdctable(const std::string& value, const std::string& rules) {
  return "[input]\nkind = \"records\"\nfile = \"microdata1.csv\"\n" + value +
         "[[dimension]]\ncolumn = \"region\"\n[[dimension]]\ncolumn = \"gender\"\n[rules]\n" +
         rules;
}

TEST(SdcTable, PrimaryCellsOfEveryRule) {
  NEEDS_SHARED("cases/sdc/sdctable/microdata1.csv");
  const auto unsafe = [](const std::string& value, const std::string& rules) {
    return Case::load("sdctable", sdctable(value, rules))->unsafe(Convention::sdctable);
  };
  EXPECT_THAT(unsafe("", "minimum = 3\n"), ElementsAre("A,female"));
  const std::string value = "value = \"val\"\n";
  const auto both = UnorderedElementsAre("A,female", "D,male");
  EXPECT_THAT(unsafe(value, "dominance = [{ n = 2, k = 75 }]\n"), both);
  EXPECT_THAT(unsafe(value, "p_percent = [{ p = 70 }]\n"), both);
  EXPECT_THAT(unsafe(value, "pq = [{ p = 60, q = 80 }]\n"), both);
}

TEST(SdcTable, ParametersThatMeanNothingAreRefused) {
  NEEDS_SHARED("cases/sdc/sdctable/microdata1.csv");
  for (const char* rules : {"p_percent = [{ p = 0 }]\n", "p_percent = [{ p = 100 }]\n",
                            "pq = [{ p = 85, q = 80 }]\n", "pq = [{ p = 85, q = 180 }]\n"}) {
    EXPECT_THAT(Case::load("sdctable", sdctable("value = \"val\"\n", rules)),
                IsErr(Errc::invalid_input))
        << rules;
  }
}

TEST(SdcTable, TheOptimalPattern) {
  NEEDS_SHARED("cases/sdc/sdctable/microdata1.csv");
  ASSERT_OK_AND(const Case one, Case::load("sdctable", sdctable("", "minimum = 3\n")));
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::sdctable, ""));
  EXPECT_THAT(one.withheld(made.suppression.withheld),
              UnorderedElementsAre("A,male", "A,female", "C,male", "C,female"));
}

const std::string kTurnover = R"(
[input]
kind = "cells"
file = "turnover_act_size.csv"
value = "TOT"
count = "N_OBS"
largest = ["MAX"]
[[dimension]]
column = "ACTIVITY"
hierarchy = { file = "activity_corr_table.csv", columns = ["A10", "A21", "A88"] }
[[dimension]]
column = "SIZE"
[rules]
minimum = 3
dominance = [{ n = 1, k = 85 }]
levels = "manual"
manual_range = 10
)";

TEST(RTauArgus, TurnoverByActivityAndSize) {
  NEEDS_SHARED("cases/sdc/rtauargus/turnover_act_size.csv");
  ASSERT_OK_AND(const Case one, Case::load("rtauargus", kTurnover));
  EXPECT_EQ(one.unsafe(Convention::tauargus).size(), 77u);
  ASSERT_OK_AND(const Protected made, protect(one.spec, one.built, Convention::tauargus, ""));
  EXPECT_EQ(made.suppression.method, PatternMethod::optimum);
  const PatternCost cost = cost_of(*made.assembly, made.suppression.withheld);
  // tau-ARGUS published 77 unsafe cells and 64 besides; which ones is not known here.
  EXPECT_EQ(cost.primaries, 77u);
  EXPECT_LE(cost.secondaries, 64u);
}

// One published result of GaussSuppression, and ours for the same question.
struct Gauss {
  const char* expected;
  std::string toml;
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
      {"mag_t2_few1_singleton_none", kMagnitude + kSector4 + kGeo + "[rules]\nminimum = 2\n"},
      {"mag_t3_dom_1_80_singleton_none",
       kMagnitude + kSector4 + kGeo + "[rules]\ndominance = [{ n = 1, k = 80 }]\n"},
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

class GaussSuppressionCase : public ::testing::TestWithParam<Gauss> {};

TEST_P(GaussSuppressionCase, SamePrimariesAndNoDearerPattern) {
  NEEDS_SHARED("cases/sdc/gausssuppression");
  const std::string pattern = std::string("[pattern]\nfile = \"expected/") + GetParam().expected +
                              ".csv\"\nwithheld = [\"TRUE\"]\npublished = [\"FALSE\"]\n";
  const auto load = [&](const char* column) {
    return Case::load("gausssuppression",
                      GetParam().toml + pattern + "column = \"" + column + "\"\n");
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

}  // namespace
}  // namespace regions
