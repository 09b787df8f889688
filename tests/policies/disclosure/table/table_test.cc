// Hierarchies, numbers and cells: what is refused, and what follows from what.
#include <gtest/gtest.h>

#include "policies/disclosure/table/cell_table.h"
#include "policies/disclosure/table/fill_cells.h"
#include "policies/disclosure/table/value.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> codes(const CodeTree& tree) {
  std::vector<std::string> all;
  for (const auto& node : tree.nodes) all.push_back(tree.nodes[node.parent].code + ">" + node.code);
  all.erase(all.begin());
  return all;
}

std::string why_not(std::string_view text) {
  const auto tree = parse_hrc("a.hrc", text, "@", "Total");
  EXPECT_THAT(tree, IsErr(Errc::invalid_input)) << text;
  return tree ? "" : tree.error().context;
}

TEST(Hrc, WhatIsNoHierarchyNamesTheLine) {
  EXPECT_THAT(why_not(""), HasSubstr("a.hrc line 1: no codes; write a code a line"));
  EXPECT_THAT(why_not("A\n@@B\n"), HasSubstr("line 2: 'B' is more than one level below"));
  EXPECT_THAT(why_not("A\n@\n"), HasSubstr("line 2: no code"));
  EXPECT_THAT(why_not("A\n@B\nC\n@B\n"), HasSubstr("line 4: 'B' stands twice"));
  EXPECT_THAT(why_not("A\nB\nA\n"), HasSubstr("line 3: 'A' stands twice"));
  EXPECT_THAT(why_not("\xff\n"), HasSubstr("not UTF-8"));
  EXPECT_THAT(why_not(std::string(5 * 1024 * 1024, 'a')), HasSubstr("longer than 4 MiB"));
}

TEST(Hrc, AZeroByteIsNoPartOfACode) {
  const auto tree = parse_hrc("r.hrc", std::string_view("A\n@A1\0\nB\n", 10), "@", "Total");
  ASSERT_THAT(tree, IsErr(Errc::invalid_input));
  EXPECT_THAT(tree.error().context, HasSubstr("r.hrc line 2: a zero byte"));
}

TEST(Hrc, LevelsAreLeadingStrings) {
  EXPECT_THAT(codes(parse_hrc("", "A\n@A1\n@A2\nB\n", "@", "Total").value()),
              ElementsAre("Total>A", "A>A1", "A>A2", "Total>B"));
  EXPECT_THAT(codes(parse_hrc("", "A\r\n..A1\r\n\r\nB", "..", "Total").value()),
              ElementsAre("Total>A", "A>A1", "Total>B"));
}

TEST(Hrc, FormsOfOtherToolsAreRead) {
  const auto expected = ElementsAre("Total>A", "A>A1", "Total>B");
  EXPECT_THAT(codes(parse_hrc("", "Total\n@A\n@@A1\n@B\n", "@", "Total").value()), expected);
  EXPECT_THAT(codes(parse_hrc("", "@;Total\n@@;A\n@@@;A1\n@@;B\n", "@", "Total").value()),
              expected);
  EXPECT_THAT(codes(parse_hrc("", "@A\n@@A1\n@B\n", "@", "Total").value()), expected);
  EXPECT_THAT(codes(parse_hrc("", "\xef\xbb\xbf  A\n@ A1\n B\n", "@", "Total").value()), expected);
}

TEST(Hrc, ACodeBelowItselfIsOne) {
  EXPECT_THAT(codes(parse_hrc("", "X\n@X\n@@X\nY\n", "@", "Total").value()),
              ElementsAre("Total>X", "Total>Y"));
}

TEST(Codes, DigitsMakeLevels) {
  EXPECT_THAT(codes(tree_of_codes({"111", "112", "12", "2"}, {1, 2}, "T").value()),
              ElementsAre("T>1", "1>11", "11>111", "11>112", "1>12", "T>2"));
}

TEST(Values, WhatIsNoNumberIsRefused) {
  for (const char* text : {"", "-", "x", "1.2.3", "1,5", "1e", "1e+", "0x1", "1 000", "NA"}) {
    EXPECT_THAT(parse_value(text, '.'), IsErr(Errc::invalid_input)) << text;
  }
  for (const char* text : {"1e20", "9999999999999999"}) {
    EXPECT_THAT(parse_value(text, '.'), IsErr(Errc::too_large)) << text;
  }
}

// Written from doubles in full: the sum of 0.1 and 0.2, and of amounts with four decimals.
TEST(Values, TheNoiseOfADoubleIsNoPartOfTheValue) {
  const auto read = [](std::string_view text) {
    const DecimalText value = parse_value(text, '.').value();
    return std::pair(value.digits, value.decimals);
  };
  EXPECT_EQ(read("0.30000000000000004"), std::pair(std::int64_t{3}, 1u));
  EXPECT_EQ(read("2305598.5354999998"), std::pair(std::int64_t{23055985355}, 4u));
  EXPECT_EQ(read("33026385.061400001"), std::pair(std::int64_t{330263850614}, 4u));
  EXPECT_EQ(read("-99.999999999999986"), std::pair(std::int64_t{-100}, 0u));
  // So small that the fifteenth digit is behind the ninth decimal.
  EXPECT_EQ(read("0.100781312680638"), std::pair(std::int64_t{100781313}, 9u));
  EXPECT_EQ(read("-0.0000000005"), std::pair(std::int64_t{-1}, 9u));
  EXPECT_EQ(read("4e-20"), std::pair(std::int64_t{0}, 0u));
}

// 2^52 is 4.5e15.
TEST(Values, ATableHasAsManyDecimalsAsItsSumLeavesRoomFor) {
  const auto decimals = [](std::string_view text, std::int64_t times) {
    DecimalsOfTable of_table;
    of_table.add(parse_value(text, '.').value(), times);
    return of_table.decimals();
  };
  EXPECT_EQ(decimals("1.25", 1), 2u);
  EXPECT_EQ(decimals("0.123456789", 1'000'000), 9u);
  EXPECT_EQ(decimals("0.123456789", 10'000'000), 8u);
  EXPECT_EQ(decimals("400000.123456789", 1), 9u);
  EXPECT_EQ(decimals("-46000000.1234567", 1), 7u);
  EXPECT_EQ(decimals("4e15", 1'000'000'000), 0u);
  const DecimalText half = parse_value("0.25", '.').value();
  EXPECT_EQ(rescale(half, 1).value(), 3);
  EXPECT_EQ(rescale({-25, 2}, 1).value(), -3);
  EXPECT_EQ(rescale({24, 2}, 1).value(), 2);
  EXPECT_EQ(rescale_up({21, 2}, 1).value(), 3);
  EXPECT_EQ(rescale_up({2, 0}, 1).value(), 20);
}

TEST(Values, FormsOfStatisticalSoftwareAreExact) {
  const auto read = [](std::string_view text, char point = '.') {
    const DecimalText value = parse_value(text, point).value();
    return std::pair(value.digits, value.decimals);
  };
  EXPECT_EQ(read("1234.50"), std::pair(std::int64_t{12345}, 1u));
  EXPECT_EQ(read("-3"), std::pair(std::int64_t{-3}, 0u));
  EXPECT_EQ(read("1e+05"), std::pair(std::int64_t{100000}, 0u));
  EXPECT_EQ(read("1.5e2"), std::pair(std::int64_t{150}, 0u));
  EXPECT_EQ(read("12E-1"), std::pair(std::int64_t{12}, 1u));
  EXPECT_EQ(read("0.00"), std::pair(std::int64_t{0}, 0u));
  EXPECT_EQ(read("2,25", ','), std::pair(std::int64_t{225}, 2u));
  EXPECT_EQ(read("123456789012345.5"), std::pair(std::int64_t{123456789012346}, 0u));
  EXPECT_EQ(format_value(12345, 2), "123.45");
  EXPECT_EQ(format_value(-5, 3), "-0.005");
}

TableDimension regions_dimension() {
  return TableDimension::make("region",
                              {parse_hrc("", "N\n@N1\n@N2\nS\n@S1\n", "@", "Total").value()})
      .value();
}

TEST(Dimensions, AHierarchyThatLacksACodeOfAnotherIsRefused) {
  auto first = parse_hrc("", "N\n@A\n@B\n", "@", "Total").value();
  auto second = parse_hrc("", "Big\n@A\n", "@", "Total").value();
  const auto made = TableDimension::make("r", {first, second});
  ASSERT_THAT(made, IsErr(Errc::invalid_input));
  EXPECT_THAT(made.error().context, HasSubstr("code 'B' stands in one hierarchy and not in"));
  second.complete = false;
  EXPECT_THAT(TableDimension::make("r", {first, second}), IsOk());
}

TEST(Dimensions, TwoHierarchiesShareTheirCodes) {
  const auto made =
      TableDimension::make("r", {parse_hrc("", "N\n@A\nS\n@B\n@C\n", "@", "Total").value(),
                                 parse_hrc("", "Big\n@A\n@B\nSmall\n@C\n", "@", "Total").value()})
          .value();
  EXPECT_EQ(made.size(), 8u);
  EXPECT_EQ(made.above(*made.find("B")).size(), 4u);
  EXPECT_EQ(made.sums_of(std::vector<bool>(8, true)).sums.size(), 6u);
}

TEST(Cells, EveryCellIsInItsSums) {
  auto sex = TableDimension::make("sex", {parse_hrc("", "m\nf\n", "@", "Total").value()}).value();
  TableLayout all{{std::vector<bool>(6, true), std::vector<bool>(3, true)}};
  const auto table = CellTable::make({regions_dimension(), std::move(sex)}, {all}).value();
  EXPECT_EQ(table.cells().size(), 18u);
  // Three sums of regions for each sex, one of sexes for each region.
  EXPECT_EQ(table.equations().size(), 3u * 3 + 6);
  EXPECT_EQ(table.cells_of({*table.dimensions()[0].find("N1"), 1}).size(), 6u);
}

TEST(Cells, WhatATableLeavesOutIsARest) {
  TableLayout some{{std::vector<bool>(6, false)}};
  const TableDimension dimension = regions_dimension();
  for (const char* code : {"Total", "N", "N1"}) some.codes[0][*dimension.find(code)] = true;
  const auto table = CellTable::make({dimension}, {some}).value();
  std::vector<std::string> names;
  for (CellId cell = 0; cell < table.cells().size(); ++cell) {
    names.push_back(table.name(cell) + (table.cells()[cell].shown ? "" : " (hidden)"));
  }
  EXPECT_THAT(names, ElementsAre("region=Total", "region=N", "region=N1",
                                 "region=rest of Total (hidden)", "region=rest of N (hidden)"));
  EXPECT_EQ(table.cells_of({*dimension.find("N2")}).size(), 3u);
}

TEST(Cells, TooManyAreRefusedBeforeTheyAreMade) {
  std::vector<std::string> many;
  for (int k = 0; k < 1100; ++k) many.push_back("c" + std::to_string(k));
  const auto dimension = [&](const char* name) {
    return TableDimension::make(name, {tree_of_codes(many, {}, "Total").value()}).value();
  };
  TableLayout all{{std::vector<bool>(1101, true), std::vector<bool>(1101, true)}};
  EXPECT_THAT(CellTable::make({dimension("a"), dimension("b")}, {all}), IsErr(Errc::too_large));
}

// One dimension, codes A and B below the total.
Result<CellTable> filled(std::vector<std::vector<std::string>> rows) {
  auto table = CellTable::make(
      {TableDimension::make("r", {parse_hrc("", "A\nB\n", "@", "Total").value()}).value()},
      {{{std::vector<bool>(3, true)}}});
  TextTable text{"c.csv", {"r", "v"}, std::move(rows), {}};
  for (std::size_t row = 0; row < text.rows.size(); ++row) text.lines.push_back(row + 2);
  CellColumns columns;
  columns.codes = {0};
  columns.value = 1;
  TRY_VOID(fill_from_cells({text}, {columns}, *table));
  return std::move(*table);
}

TEST(FillCells, WhatCannotBeATableNamesTheLine) {
  const auto why = [](std::vector<std::vector<std::string>> rows) {
    return filled(std::move(rows)).error().context;
  };
  EXPECT_THAT(why({{"C", "1"}}), HasSubstr("c.csv line 2: r: 'C' is no code of the hierarchy"));
  EXPECT_THAT(why({{"A", "-1"}}), HasSubstr("c.csv line 2: v: a negative amount"));
  EXPECT_THAT(why({{"A", "one"}}), HasSubstr("c.csv line 2: v: 'one' is no number"));
  EXPECT_THAT(why({{"A", "1234,50"}}),
              HasSubstr("c.csv line 2: v: '1234,50' is no number where '.' comes before decimals "
                        "(decimal in [input])"));
  EXPECT_THAT(why({{"A", "1"}, {"A", "2"}}),
              HasSubstr("line 3: v: cell r=A stands twice with two values, in c.csv line 2 too"));
  EXPECT_THAT(why({{"A", "1"}, {"A", "1"}}), HasSubstr("line 3: v: cell r=A stands twice"));
  EXPECT_THAT(why({{"A", "1"}, {"B", "1"}, {"Total", "4"}}),
              HasSubstr("c.csv line 4: cell r=Total is 4, its parts add up to 2"));
  EXPECT_THAT(why({{"A", "5"}, {"Total", "3"}}), HasSubstr("cell r=B is missing"));
}

TEST(FillCells, MissingCellsFollowFromOthers) {
  EXPECT_EQ(filled({{"A", "1"}, {"B", "2"}})->cells()[0].value, 3);
  EXPECT_EQ(filled({{"A", "1"}, {"Total", "3"}})->cells()[2].value, 2);
  EXPECT_EQ(filled({{"Total", "3"}, {"A", "3"}})->cells()[2].value, 0);
}

TEST(FillCells, RoundedValuesNeedNotAddUpExactly) {
  EXPECT_THAT(filled({{"A", "1.04"}, {"B", "2.04"}, {"Total", "3.09"}}), IsOk());
  EXPECT_THAT(filled({{"A", "1.04"}, {"B", "2.04"}, {"Total", "3.10"}}),
              IsErr(Errc::invalid_input));
}

}  // namespace
}  // namespace regions
