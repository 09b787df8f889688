// The invariants of a perturbation table, its lookup, and what a plan requires of one.
#include "policies/disclosure/perturbation_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Row = PerturbationTable::Row;
using Rows = std::vector<Row>;

constexpr std::uint64_t kHalf = kCellKeys / 2;
constexpr std::uint32_t kLastKey = 0xffff'ffff;

const Row kZero{{0, kCellKeys}};
const Row kPlusMinusOne{{-1, kHalf}, {1, kCellKeys}};

std::string why_no_table(const Rows& rows) {
  const auto table = PerturbationTable::make(rows);
  EXPECT_THAT(table, IsErr(Errc::invalid_input));
  return table.has_value() ? "" : table.error().context;
}

PerturbationTable table_of(Rows rows) { return PerturbationTable::make(std::move(rows)).value(); }

TEST(PerturbationTable, NoiseForNothingIsRefused) {
  EXPECT_THAT(why_no_table({kPlusMinusOne, kPlusMinusOne}),
              HasSubstr("row 0, entry 1: v: -1 leads"));
  EXPECT_THAT(why_no_table({{{3, kCellKeys}}, kPlusMinusOne}),
              HasSubstr("a count of 0 gets noise"));
  EXPECT_THAT(why_no_table({{{0, kHalf}, {3, kCellKeys}}, kPlusMinusOne}),
              HasSubstr("row 0 has one"));
}

TEST(PerturbationTable, RowsThatAreMissingOrTooManyAreRefused) {
  EXPECT_THAT(why_no_table({}), HasSubstr("add rows from 1 up"));
  EXPECT_THAT(why_no_table({kZero}), HasSubstr("no row for counts above 0"));
  EXPECT_THAT(why_no_table({kZero, {}}), HasSubstr("row 1, entry 1: ub: the row has no entry"));
  Rows many(1001, kPlusMinusOne);
  many[0] = kZero;
  EXPECT_THAT(why_no_table(many), HasSubstr("more than 1,000 rows"));
  many.pop_back();
  EXPECT_THAT(PerturbationTable::make(many), IsOk());
}

TEST(PerturbationTable, BoundsThatDoNotRiseToTheEndAreRefused) {
  const auto with = [](Row row) { return why_no_table({kZero, kPlusMinusOne, std::move(row)}); };
  EXPECT_THAT(with({{-1, 0}, {1, kCellKeys}}), HasSubstr("row 2, entry 1: ub: not above"));
  EXPECT_THAT(with({{-1, 7}, {0, 7}, {1, kCellKeys}}), HasSubstr("row 2, entry 2: ub: not above"));
  EXPECT_THAT(with({{-1, 7}, {0, 6}, {1, kCellKeys}}), HasSubstr("correct it or remove the entry"));
  EXPECT_THAT(with({{-1, kHalf}, {1, kCellKeys - 1}}), HasSubstr("ends below 1"));
  EXPECT_THAT(with({{-1, kHalf}, {1, kCellKeys + 1}}), HasSubstr("above 1"));
  EXPECT_THAT(with({{-1, kCellKeys}, {1, kCellKeys}}), HasSubstr("no key is left"));
}

TEST(PerturbationTable, NoiseBelowZeroOutOfOrderOrTooGreatIsRefused) {
  EXPECT_THAT(why_no_table({kZero, {{-2, kHalf}, {2, kCellKeys}}}),
              AllOf(HasSubstr("row 1, entry 1: v: -2 leads below 0"), HasSubstr("; no count")));
  EXPECT_THAT(why_no_table({kZero, {{1, kHalf}, {-1, kCellKeys}}}),
              HasSubstr("entry 2: v: -1 is not"));
  EXPECT_THAT(why_no_table({kZero, {{1, kHalf}, {1, kCellKeys}}}), HasSubstr("ascending"));
  EXPECT_THAT(why_no_table({kZero, {{-1, kHalf}, {21, kCellKeys}}}), HasSubstr("21 is beyond 20"));
  EXPECT_THAT(why_no_table({kZero, {{INT32_MIN, kHalf}, {1, kCellKeys}}}),
              HasSubstr("is beyond 20"));
}

TEST(PerturbationTable, TheFirstEntryWhoseBoundIsAboveTheKeyCounts) {
  const auto table = table_of({kZero, {{-1, 1}, {0, kHalf}, {2, kCellKeys - 1}, {3, kCellKeys}}});
  EXPECT_EQ(table.noise(1, 0), -1);
  EXPECT_EQ(table.noise(1, 1), 0);
  EXPECT_EQ(table.noise(1, kHalf - 1), 0);
  EXPECT_EQ(table.noise(1, kHalf), 2);
  EXPECT_EQ(table.noise(1, kLastKey - 1), 2);
  EXPECT_EQ(table.noise(1, kLastKey), 3);
}

TEST(PerturbationTable, NothingStaysNothingAndGreatCountsUseTheLastRow) {
  const auto table = table_of({kZero, {{0, kCellKeys}}, kPlusMinusOne});
  for (const std::uint32_t key : {0u, 1u, 0x8000'0000u, kLastKey}) {
    EXPECT_EQ(table.noise(0, key), 0);
    EXPECT_EQ(table.noise(1, key), 0);
    for (const std::int64_t count : {std::int64_t{2}, std::int64_t{3}, INT64_MAX}) {
      EXPECT_EQ(table.noise(count, key), key < kHalf ? -1 : 1);
    }
  }
}

TEST(PerturbationTable, KnowsItsGreatestNoiseAndWhichSmallCountsItNeverPublishes) {
  const Row to_zero_or_three{{-1, kHalf}, {2, kCellKeys}};
  const auto check = [](Rows rows, std::int32_t max_noise, std::int64_t small_max) {
    const auto table = table_of(std::move(rows));
    EXPECT_EQ(table.max_noise(), max_noise);
    EXPECT_EQ(table.small_max(), small_max);
  };
  check({kZero, kZero}, 0, 0);
  check({kZero, kPlusMinusOne}, 1, 0);  // the last row is for 2 too, which goes to 1
  check({kZero, to_zero_or_three, {{1, kCellKeys}}, {{0, kCellKeys}}}, 2, 2);
  check({kZero, to_zero_or_three, {{1, kCellKeys}}, {{-1, kHalf}, {4, kCellKeys}}}, 4, 1);
  check({kZero, to_zero_or_three, {{-2, 1}, {1, kCellKeys}}, {{-3, 1}, {0, kCellKeys}}}, 3, 0);
  check({kZero, to_zero_or_three, {{-2, 1}, {1, kCellKeys}}, {{-3, 1}, {0, kCellKeys}}, kZero}, 3,
        2);
}

TEST(PerturbationTable, WhatThePlanDoesNotPromiseIsRefused) {
  const Row zero_three{{-1, kCellKeys / 3 * 2}, {2, kCellKeys}};
  const Row two{{-2, kCellKeys / 3}, {1, kCellKeys}};
  const Row wide{{-2, kCellKeys / 4}, {0, kCellKeys / 4 * 3}, {2, kCellKeys}};
  const Row three{{-3, kCellKeys / 9}, {0, kCellKeys / 9 * 8}, {2, kCellKeys}};
  const auto refusal = [](Rows rows, const PerturbationParameters& plan) {
    const auto done = table_of(std::move(rows)).require(plan);
    EXPECT_THAT(done, IsErr(Errc::refused));
    return done.has_value() ? "" : done.error().context;
  };
  const PerturbationParameters plan{3, 2, 2};
  EXPECT_THAT(refusal({kZero, zero_three, two, {{-3, kHalf}, {4, kCellKeys}}}, plan),
              AllOf(HasSubstr("noise of up to 4"), HasSubstr("at most 3")));
  EXPECT_THAT(refusal({kZero, zero_three, two, wide}, plan),
              AllOf(HasSubstr("publishes a count of 1"), HasSubstr("none of 1 to 2")));
  EXPECT_THAT(refusal({kZero, zero_three, two, three, kZero}, plan),
              AllOf(HasSubstr("row 3 has mean"), HasSubstr("mean 0")));
  EXPECT_THAT(refusal({kZero, zero_three, two, kZero}, plan),
              AllOf(HasSubstr("row 3 has variance 0;"), HasSubstr("variance 2: use the table")));
  EXPECT_THAT(refusal({kZero, zero_three, two, kZero}, {3, 2.25, 2}), HasSubstr("row 1 has var"));
  EXPECT_THAT(refusal({kZero, zero_three, two, kZero}, {3, std::nan(""), 2}), HasSubstr("nan"));
}

TEST(PerturbationTable, MomentsAreCountedOverAllKeys) {
  const RowMoments moments = moments_of({{-1, 1}, {0, 3}, {4, 4}, {20, kCellKeys}});
  const std::int64_t rest = kCellKeys - 4;
  EXPECT_EQ(moments.first, -1 + 4 + 20 * rest);
  EXPECT_EQ(moments.second, 1 + 16 + 400 * rest);
}

}  // namespace
}  // namespace regions
