// Tables from records to what comes out: refusals, holdings, insiders, sums of withheld cells,
// earlier releases, ties.
#include "policies/disclosure/task/protect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "policies/disclosure/task/report.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::HasSubstr;

struct Row {
  std::string region, sector, firm, group;
  int amount;
};

struct World {
  DisclosureSpec spec;
  TaskFiles files;

  World(const std::vector<Row>& rows, const std::string& more) {
    const std::string text = R"(format = "regions4.disclosure/1"
)" + more + R"(
[input]
kind = "records"
file = "r.csv"
value = "amount"
contributor = "firm"
holding = "group"
[[dimension]]
column = "region"
[[dimension]]
column = "sector"
[rules]
minimum = 3
p_percent = [{ p = 10 }]
)";
    spec = parse_disclosure_spec("s.toml", text).value();
    TextTable table{"r.csv", {"region", "sector", "firm", "group", "amount"}, {}, {}};
    for (const Row& row : rows) {
      table.rows.push_back(
          {row.region, row.sector, row.firm, row.group, std::to_string(row.amount)});
      table.lines.push_back(table.rows.size() + 1);
    }
    files.tables["r.csv"] = std::move(table);
  }

  BuiltTable build() const { return build_table(spec, files).value(); }
  Result<Protected> run(std::string_view seed = "") const {
    return protect(spec, build(), Convention::full, seed);
  }
};

CellId cell(const BuiltTable& built, std::string_view region, std::string_view sector) {
  return built.table
      .find({*built.table.dimensions()[0].find(region), *built.table.dimensions()[1].find(sector)})
      .value();
}

// Three firms of like size in every cell of 3 x 3.
std::vector<Row> even() {
  std::vector<Row> rows;
  int firm = 0;
  for (const char* region : {"A", "B", "C"}) {
    for (const char* sector : {"x", "y", "z"}) {
      for (int k = 0; k < 3; ++k) {
        rows.push_back({region, sector, "f" + std::to_string(firm), "", 100 + 7 * k + firm});
        ++firm;
      }
    }
  }
  return rows;
}

std::vector<Row> with_few(std::vector<Row> rows, std::string_view region, std::string_view sector,
                          std::size_t left) {
  std::size_t seen = 0;
  std::erase_if(rows, [&](const Row& row) {
    return row.region == region && row.sector == sector && seen++ >= left;
  });
  return rows;
}

TEST(Protect, ATableThatCannotBeSafeIsRefusedWithTheCell) {
  // One region: nothing can stand beside the unsafe cell.
  const World world(with_few({{"A", "x", "f1", "", 10}}, "A", "x", 1), "");
  World frozen = world;
  frozen.spec.apriori.push_back({"p.hst", std::nullopt});
  frozen.files.texts["p.hst"] = "Total,Total,p\nA,Total,p\nTotal,x,p\n";
  const auto made = frozen.run();
  ASSERT_THAT(made, IsErr(Errc::refused));
  EXPECT_THAT(made.error().context, HasSubstr("nothing may leave: cell region="));
  EXPECT_THAT(made.error().context,
              HasSubstr("or free what must be published beside it: region=Total, sector="));
}

TEST(Protect, RecordsOutsideTheHierarchyNameTheLine) {
  World world(even(), "");
  world.spec.dimensions[0].hierarchies.push_back({});
  world.spec.dimensions[0].hierarchies[0].file = "r.hrc";
  world.files.texts["r.hrc"] = "A\nB\n";
  const auto built = build_table(world.spec, world.files);
  ASSERT_THAT(built, IsErr(Errc::invalid_input));
  EXPECT_THAT(built.error().context,
              HasSubstr("r.csv line 20: region: 'C' is no code of the hierarchy; add it there"));
}

// Else it would count as two, and the other one would know it.
TEST(Protect, AContributorIsInOneHolding) {
  const World two({{"A", "x", "f1", "g1", 40}, {"A", "x", "f1", "g2", 40}, {"A", "x", "f2", "", 9}},
                  "");
  const auto built = build_table(two.spec, two.files);
  ASSERT_THAT(built, IsErr(Errc::invalid_input));
  EXPECT_THAT(built.error().context,
              HasSubstr("r.csv line 3: group: 'f1' is in 'g2', and in 'g1' in line 2; name one"));
  const World none({{"A", "x", "f1", "", 40}, {"A", "x", "f1", "g1", 40}}, "");
  EXPECT_THAT(build_table(none.spec, none.files), IsErr(Errc::invalid_input));
}

TEST(Protect, ASafeTableIsPublishedWhole) {
  const World world(even(), "");
  ASSERT_OK_AND(const Protected made, world.run());
  EXPECT_EQ(std::count(made.suppression.withheld.begin(), made.suppression.withheld.end(), 1), 0);
  EXPECT_TRUE(made.report.disclosed.empty());
}

TEST(Protect, AnUnsafeCellIsNotAloneInItsRowAndColumn) {
  const World world(with_few(even(), "A", "x", 2), "");
  const BuiltTable built = world.build();
  ASSERT_OK_AND(const Protected made, world.run());
  EXPECT_TRUE(made.suppression.withheld[cell(built, "A", "x")]);
  EXPECT_EQ(made.suppression.method, PatternMethod::optimum);
  EXPECT_EQ(std::count(made.suppression.withheld.begin(), made.suppression.withheld.end(), 1), 4);
}

TEST(Protect, AHoldingIsOneContributor) {
  std::vector<Row> rows = even();
  rows[0].group = rows[1].group = "g";
  const BuiltTable built = World(rows, "").build();
  const auto made = assemble(World(rows, "").spec, built, Convention::full, "");
  EXPECT_TRUE(made->states[cell(built, "A", "x")].verdict.has_value());
  const BuiltTable apart = World(even(), "").build();
  EXPECT_FALSE(assemble(World(even(), "").spec, apart, Convention::full, "")
                   ->states[cell(apart, "A", "x")]
                   .verdict.has_value());
}

// Two firms alone in two cells of one row: each could read the other.
TEST(Protect, SingletonsOfARowDoNotReadEachOther) {
  const World world(with_few(with_few(even(), "A", "x", 1), "A", "y", 1), "");
  const BuiltTable built = world.build();
  ASSERT_OK_AND(const Protected made, world.run());
  const Pattern& withheld = made.suppression.withheld;
  const CellId x = cell(built, "A", "x"), y = cell(built, "A", "y");
  // What the firm of y can tell of x.
  Work work;
  const Observer sole{1, {{y, built.table.cells()[y].value, true}}};
  const auto all = find_intervals(made.assembly->system, withheld, sole, work).value();
  for (const CellInterval& one : all) {
    EXPECT_FALSE(one.cell == x && one.exact());
  }
  EXPECT_TRUE(withheld[cell(built, "A", "z")] || withheld[cell(built, "A", "Total")]);
}

TEST(Attack, APatternThatLooksSafeToTheOutsiderNamesTheInsider) {
  World world(with_few(with_few(even(), "A", "x", 1), "A", "y", 1), "");
  world.spec.pattern = PatternSpec{"p.csv", "w", {"1"}, {"0"}, {}, std::nullopt};
  TextTable pattern{"p.csv", {"region", "sector", "w"}, {}, {}};
  for (const char* region : {"A", "B"}) {
    for (const char* sector : {"x", "y"}) {
      pattern.rows.push_back({region, sector, "1"});
      pattern.lines.push_back(pattern.rows.size() + 1);
    }
  }
  world.files.tables["p.csv"] = pattern;
  const BuiltTable built = world.build();
  ASSERT_OK_AND(const Attacked done, attack(world.spec, built, Convention::full));
  std::set<std::string> who;
  for (const Finding& finding : done.report.findings) who.insert(finding.who);
  EXPECT_TRUE(who.contains("f0") || who.contains("f3")) << who.size();
  EXPECT_TRUE(who.contains("anybody"));  // the sum of both has two contributors
  EXPECT_THAT(report_csv(built, *done.assembly, done.withheld, done.report), HasSubstr("anybody"));
}

TEST(Protect, WhatAnEarlierReleaseToldIsDisclosed) {
  World world(with_few(even(), "A", "x", 2), "");
  world.spec.priors.push_back("old.csv");
  const BuiltTable plain = World(with_few(even(), "A", "x", 2), "").build();
  TextTable old{"old.csv", {"region", "sector", "amount"}, {}, {}};
  old.rows.push_back({"A", "x", std::to_string(plain.table.cells()[cell(plain, "A", "x")].value)});
  old.lines.push_back(2);
  world.files.tables["old.csv"] = old;
  const BuiltTable built = world.build();
  ASSERT_OK_AND(const Protected made, world.run());
  ASSERT_EQ(made.report.disclosed.size(), 1u);
  EXPECT_EQ(made.report.disclosed.front(), cell(built, "A", "x"));
  EXPECT_THAT(report_csv(built, *made.assembly, made.suppression.withheld, made.report),
              HasSubstr("A,x,208,2,disclosed"));
  world.files.tables["old.csv"].rows[0][2] = "209";
  EXPECT_THAT(build_table(world.spec, world.files), IsErr(Errc::invalid_input));
}

TEST(Protect, WithheldCellsHaveOneCode) {
  const World world(with_few(even(), "A", "x", 2), "");
  const BuiltTable built = world.build();
  ASSERT_OK_AND(const Protected made, world.run());
  const std::string out = published_csv(built, made.suppression.withheld);
  EXPECT_THAT(out, HasSubstr("A,x,NaN,Q,C\n"));
  std::size_t withheld = 0;
  for (std::size_t at = 0; (at = out.find("NaN,Q,C\n", at)) != std::string::npos; ++at) ++withheld;
  EXPECT_EQ(withheld, 4u);
  EXPECT_EQ(out.find("primary"), std::string::npos);
}

TEST(Protect, RowsInAnotherOrderGiveTheSamePattern) {
  std::vector<Row> rows = with_few(even(), "B", "y", 2);
  const auto names = [](const World& world) {
    const BuiltTable built = world.build();
    const auto made = world.run("seed").value();
    std::set<std::string> all;
    for (CellId id = 0; id < made.suppression.withheld.size(); ++id) {
      if (made.suppression.withheld[id]) all.insert(built.table.name(id));
    }
    return all;
  };
  const auto first = names(World(rows, ""));
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(first, names(World(rows, "")));
}

TEST(Protect, AnotherSeedBreaksTiesOtherwise) {
  std::vector<Row> rows = with_few(even(), "A", "x", 2);
  std::set<Pattern> patterns;
  const World world(rows, "cost = \"unity\"");
  for (const char* seed : {"a", "b", "c", "d", "e", "f"}) {
    patterns.insert(world.run(seed).value().suppression.withheld);
  }
  EXPECT_GT(patterns.size(), 1u);
}

}  // namespace
}  // namespace regions
