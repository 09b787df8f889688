// Perturbation tables read from files: what is refused, how fractions become bounds, and the tables
// of the reference cases.
#include "policies/disclosure/perturbation_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Row = PerturbationTable::Row;

const std::string kTable =
    "i;j;p;v;p_int_ub\n"
    "0;0;1;0;1\n"
    "1;0;0.5;-1;0.5\n"
    "1;2;0.5;1;1\n"
    "2;2;0.8;0;0.8\n"
    "2;3;0.2;1;1\n";

std::string with_line(std::string_view from, std::string_view to) {
  std::string text = kTable;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string why_no_file(const std::string& text) {
  const auto table = parse_perturbation_table("ptab.txt", text);
  EXPECT_THAT(table, IsErr(Errc::invalid_input)) << text;
  return table.has_value() ? "" : table.error().context;
}

TEST(PerturbationFile, AnotherHeaderIsRefused) {
  EXPECT_THAT(why_no_file(""),
              HasSubstr("ptab.txt line 1: the header is another; begin with i;j;p;v"));
  EXPECT_THAT(why_no_file(with_line("i;j;p;v;p_int_ub", "i;j;p;v;p_int_lb")),
              HasSubstr("line 1: the head"));
  EXPECT_THAT(why_no_file(with_line("p_int_ub", "p_int_ub;type")), HasSubstr("line 1: the header"));
  EXPECT_THAT(why_no_file(with_line("i;j", "\xef\xbb\xbfi;j")), HasSubstr("line 1: the header"));
  EXPECT_THAT(why_no_file(with_line("i;j;p;v;p_int_ub", "i,j,p,v,p_int_ub")),
              HasSubstr("the header"));
}

TEST(PerturbationFile, LinesOfAnotherShapeAreRefused) {
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1;0.5", "1;0;0.5;-1")),
              HasSubstr("ptab.txt line 3: p_int_ub: missing; write i;j;p;v;p_int_ub"));
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1;0.5", "1")), HasSubstr("line 3: j: missing"));
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1;0.5", "")), HasSubstr("line 3: j: missing"));
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1;0.5", "1;0;0.5;-1;0.5;all")),
              HasSubstr("line 3: column 6: one too many"));
  EXPECT_THAT(why_no_file(kTable + "\n"), HasSubstr("line 7: j: missing"));
}

TEST(PerturbationFile, NumbersThatAreNoneNameTheColumn) {
  const auto i = [](const std::string& text) {
    return why_no_file(with_line("1;0;0.5", text + ";0;0.5"));
  };
  for (const char* text : {"", "one", "1.0", "+1", "01", " 1", "1 ", "--1", "-0", "1000000"}) {
    EXPECT_THAT(i(text), AllOf(HasSubstr("line 3: i: '"), HasSubstr("no whole number"))) << text;
  }
  EXPECT_THAT(i("-1"), HasSubstr("line 3: i: '-1' is below 0; counts begin at 0"));
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1", "1;zero;0.5;-1")),
              HasSubstr("line 3: j: 'zero'"));
  EXPECT_THAT(why_no_file(with_line("0.5;-1;", "0.5;-0.5;")),
              AllOf(HasSubstr("line 3: v: '-0.5'"), HasSubstr("a table for magnitudes")));
  const std::string long_text(1000, 'x');
  EXPECT_LT(i(long_text).size(), 200u);
}

TEST(PerturbationFile, FractionsThatAreNoneNameTheColumn) {
  for (const char* text : {"", "half", ".5", "0,5", "5e-1", "-0.5", "0.5 ", "1.5", "1.000001", "2",
                           "0.", "1.", "00.5", "0.5.5", "0.1234567890123456789", "NaN", "inf"}) {
    EXPECT_THAT(why_no_file(with_line(";-1;0.5\n", ";-1;" + std::string(text) + "\n")),
                AllOf(HasSubstr("line 3: p_int_ub: '"), HasSubstr("write one such as 0.25")))
        << text;
    EXPECT_THAT(why_no_file(with_line("1;0;0.5;", "1;0;" + std::string(text) + ";")),
                HasSubstr("line 3: p: '"))
        << text;
  }
}

TEST(PerturbationFile, ColumnsThatContradictEachOtherAreRefused) {
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1", "1;1;0.5;-1")),
              HasSubstr("line 3: j: 1 is not i + v; write 0"));
  EXPECT_THAT(why_no_file(with_line("2;3;0.2;1;1", "2;3;0.3;1;1")),
              HasSubstr("line 6: p: not p_int_ub less that of the entry before"));
  EXPECT_THAT(why_no_file(with_line("0.8;0;0.8", "0.8;0;0.799998")),
              HasSubstr("line 5: p: not p_int_ub"));
}

TEST(PerturbationFile, RowsOutOfOrderOrMissingAreRefused) {
  EXPECT_THAT(why_no_file(with_line("0;0;1;0;1\n", "")),
              HasSubstr("line 2: i: 1 does not follow the row before; write the rows"));
  EXPECT_THAT(why_no_file(with_line("2;2;0.8;0", "3;3;0.8;0")),
              HasSubstr("line 5: i: 3 does not follow"));
  EXPECT_THAT(why_no_file(kTable + "1;0;1;-1;1\n"), HasSubstr("line 7: i: 1 does not follow"));
  EXPECT_THAT(why_no_file("i;j;p;v;p_int_ub\n"), HasSubstr("line 1: p_int_ub: no row for counts"));
  EXPECT_THAT(why_no_file("i;j;p;v;p_int_ub\n0;0;1;0;1\n"), HasSubstr("line 2: p_int_ub: no row"));
}

TEST(PerturbationFile, WhatIsNoTableNamesTheLine) {
  EXPECT_THAT(why_no_file(with_line("2;3;0.2;1;1\n", "")),
              HasSubstr("line 5: p_int_ub: the row ends below 1; add what is missing"));
  EXPECT_THAT(why_no_file(with_line("1;2;0.5;1;1", "1;2;0.499999999;1;0.999999999")),
              HasSubstr("line 4: p_int_ub: the row ends below 1"));
  EXPECT_THAT(why_no_file(with_line("1;2;0.5;1;1\n", "1;2;0.5;1;1\n1;3;0;2;1\n")),
              HasSubstr("line 5: p_int_ub: not above that of the entry before"));
  EXPECT_THAT(why_no_file(with_line("1;2;0.5;1;1", "1;0;0.5;-1;1")),
              HasSubstr("line 4: v: -1 is not above"));
  EXPECT_THAT(why_no_file(with_line("1;0;0.5;-1", "1;-1;0.5;-2")),
              HasSubstr("line 3: v: -2 leads below 0"));
  EXPECT_THAT(why_no_file(with_line("2;3;0.2;1", "2;23;0.2;21")),
              HasSubstr("line 6: v: 21 is beyond 20"));
  EXPECT_THAT(why_no_file(with_line("0;0;1;0;1", "0;3;1;3;1")),
              HasSubstr("line 2: v: a count of 0 gets"));
}

TEST(PerturbationFile, TooLongAFileIsRefusedBeforeItIsRead) {
  std::string text = kTable;
  text.resize(256 * 1024 + 1, '\n');
  EXPECT_THAT(why_no_file(text), HasSubstr("ptab.txt line 1: the file is longer than 256 KiB"));
  text.pop_back();
  EXPECT_THAT(why_no_file(text), HasSubstr("line 7: j: missing"));
}

TEST(PerturbationFile, TooManyRowsAreRefused) {
  std::string text = "i;j;p;v;p_int_ub\n0;0;1;0;1\n";
  for (int i = 1; i <= 1000; ++i) {
    text += std::to_string(i) + ';' + std::to_string(i) + ";1;0;1\n";
  }
  EXPECT_THAT(why_no_file(text), HasSubstr("line 1002: p_int_ub: more than 1,000 rows"));
}

TEST(PerturbationFile, ReadsRowsAndSettlesFractionsByTheCeiling) {
  ASSERT_OK_AND(const auto table, parse_perturbation_table("ptab.txt", kTable));
  // 0.8 2^32 = 3435973836.8
  EXPECT_EQ(table.rows(), (std::vector<Row>{{{0, kCellKeys}},
                                            {{-1, kCellKeys / 2}, {1, kCellKeys}},
                                            {{0, 3435973837}, {1, kCellKeys}}}));
}

TEST(PerturbationFile, LineEndsMayBeThoseOfWindowsAndTheLastMayBeMissing) {
  ASSERT_OK_AND(const auto table, parse_perturbation_table("ptab.txt", kTable));
  std::string windows;
  for (const char c : kTable) windows += c == '\n' ? "\r\n" : std::string(1, c);
  ASSERT_OK_AND(const auto same, parse_perturbation_table("ptab.txt", windows));
  EXPECT_EQ(same, table);
  ASSERT_OK_AND(const auto open,
                parse_perturbation_table("ptab.txt", kTable.substr(0, kTable.size() - 1)));
  EXPECT_EQ(open, table);
}

// "key < bound" is key / 2^32 < p_int_ub for every key; so no bound is half a key off, and one that
// is a whole number of keys stays what it is.
TEST(PerturbationFile, BoundIsTheLeastWholeNumberNotBelowTheFraction) {
  // p of the second entry: the rest, to the six digits that are compared.
  const auto bound = [](const std::string& ub, const std::string& rest) {
    const auto table =
        parse_perturbation_table("ptab.txt", "i;j;p;v;p_int_ub\n0;0;1;0;1\n1;0;" + ub + ";-1;" +
                                                 ub + "\n1;2;" + rest + ";1;1\n");
    EXPECT_THAT(table, IsOk());
    return table->rows()[1][0].ub;
  };
  EXPECT_EQ(bound("0.5", "0.5"), 0x8000'0000u);
  EXPECT_EQ(bound("0.500000000000000000", "0.5"), 0x8000'0000u);
  EXPECT_EQ(bound("0.500000000000000001", "0.5"), 0x8000'0001u);
  EXPECT_EQ(bound("0.000000000000000001", "1"), 1u);
  EXPECT_EQ(bound("0.000000000232830643", "1"), 1u);  // 2^-32 = 0.00000000023283064365...
  EXPECT_EQ(bound("0.000000000232830644", "1"), 2u);
  EXPECT_EQ(bound("0.999999999767169356", "0"), 0xffff'ffffu);
}

std::string shared_text(const std::string& relative) {
  std::ifstream file(shared_dir() / relative, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* kCountTable = "cases/sdc/tauargus-ckm/ptab_freq.txt";

// The same lookup said again: the first line of the row whose p_int_ub, a whole number of 10^-8 in
// this file, is above the key as a fraction.
struct FileRow {
  std::vector<std::pair<std::uint64_t, std::int32_t>> entries;  // p_int_ub 10^8, v

  std::int32_t noise(std::uint64_t key) const {
    for (const auto& [ub, v] : entries) {
      if (key * 100'000'000 < ub << 32) return v;
    }
    ADD_FAILURE() << "no entry for key " << key;
    return 0;
  }
};

std::vector<FileRow> rows_of(const std::string& text) {
  std::vector<FileRow> rows;
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    int i = 0, j = 0, v = 0;
    double p = 0, ub = 0;
    char semicolon = 0;
    std::istringstream fields(line);
    fields >> i >> semicolon >> j >> semicolon >> p >> semicolon >> v >> semicolon >> ub;
    rows.resize(std::max(rows.size(), static_cast<std::size_t>(i) + 1));
    rows[static_cast<std::size_t>(i)].entries.push_back(
        {static_cast<std::uint64_t>(ub * 1e8 + 0.5), v});
  }
  return rows;
}

TEST(PerturbationFile, EveryBoundOfTheReferenceTableIsRightToTheKey) {
  NEEDS_SHARED(kCountTable);
  const std::string text = shared_text(kCountTable);
  ASSERT_OK_AND(const auto table, parse_perturbation_table("ptab_freq.txt", text));
  const auto rows = rows_of(text);
  ASSERT_EQ(table.rows().size(), 9u);
  ASSERT_EQ(rows.size(), 9u);
  int lookups = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(table.rows()[i].size(), rows[i].entries.size());
    for (const auto& [v, ub] : table.rows()[i]) {
      for (const std::uint64_t key : {ub - 1, ub, ub + 1}) {
        if (key >= kCellKeys) continue;
        const auto count = static_cast<std::int64_t>(i);
        EXPECT_EQ(table.noise(count, static_cast<std::uint32_t>(key)), rows[i].noise(key))
            << i << ' ' << key;
        ++lookups;
      }
    }
    EXPECT_EQ(table.noise(static_cast<std::int64_t>(i), 0), rows[i].noise(0));
  }
  EXPECT_EQ(lookups, 66 * 3 - 9 * 2);
  EXPECT_EQ(table.noise(1000, 0), -5);
}

TEST(PerturbationFile, ReferenceTableFitsAPlanOfItsOwnParametersOnly) {
  NEEDS_SHARED(kCountTable);
  ASSERT_OK_AND(const auto table,
                parse_perturbation_table("ptab_freq.txt", shared_text(kCountTable)));
  EXPECT_EQ(table.max_noise(), 5);
  EXPECT_EQ(table.small_max(), 2);
  EXPECT_THAT(table.require({5, 3, 2}), IsOk());
  EXPECT_THAT(table.require({3, 3, 2}), IsErr(Errc::refused));
  EXPECT_THAT(table.require({5, 3, 3}), IsErr(Errc::refused));
  EXPECT_THAT(table.require({5, 2.25, 2}), IsErr(Errc::refused));
}

TEST(PerturbationFile, TablesForMagnitudesAreRefused) {
  for (const char* name : {"ptab_savings_all.txt", "ptab_savings_smallcells.txt"}) {
    const std::string path = std::string("cases/sdc/tauargus-ckm/") + name;
    NEEDS_SHARED(path);
    const auto table = parse_perturbation_table(name, shared_text(path));
    ASSERT_THAT(table, IsErr(Errc::invalid_input));
    EXPECT_THAT(table.error().context, HasSubstr("line 1: the header is another"));
  }
}

}  // namespace
}  // namespace regions
