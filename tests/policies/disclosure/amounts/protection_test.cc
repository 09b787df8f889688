// What history leaves of a figure, where that is less than is asked: no more may be taken of it.
// Systems written by hand, because the figures of small regions have whole corners.
#include "policies/disclosure/amounts/protection.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// Cells of one amount that somebody else names; everybody may know `fresh` ones.
struct System {
  const std::vector<Knower> knowers = {};
  const AmountRules rules = AmountRules::of(RuleSet()).value();
  std::vector<CellContent> contents;
  AmountModel model{nullptr, &contents, &knowers, &rules, {}, {}, {}, {}};
  ProtectionTask task{&model, {}, {}, {}};

  System() = default;
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  // Withheld earlier, at least 0; `known_to`: everybody knows it so nearly.
  CellId withheld(std::int64_t value, std::int64_t known_to = kNoBound) {
    const CellId cell = add(value, CellRole::primary, false);
    model.system.below[cell] = std::min(value, known_to);
    model.system.above[cell] = known_to;
    return cell;
  }
  CellId published(std::int64_t value) { return add(value, CellRole::published, false); }
  CellId fresh(std::int64_t value) { return add(value, CellRole::eligible, true); }
  // `whole` is `times` the sum of the parts.
  void sum(CellId whole, const std::vector<CellId>& parts, std::int32_t times = 1) {
    Equation equation{{whole, -1}};
    for (const CellId part : parts) equation.push_back({part, times});
    model.system.equations.push_back(std::move(equation));
  }
  // Everybody must be left so much upwards.
  void guard(CellId cell, std::int64_t upper) {
    model.everybody[cell] = Level{0, upper, 0};
    model.sensitive[cell] = 1;
  }

  ProtectionResult protect() {
    Work work;
    auto made = protect_cells(task, work);
    EXPECT_THAT(made, IsOk());
    return std::move(*made);
  }

 private:
  // Of many equal holdings, so that no rule fires.
  CellId add(std::int64_t value, CellRole role, bool is_fresh) {
    CellContent content;
    content.sum = content.open = value;
    content.harmless = true;
    content.contributors = 20;
    for (PartyId holding = 0; holding < 20; ++holding) {
      content.parts.push_back({holding, value / 20});
    }
    contents.push_back(content);
    model.system.value.push_back(value);
    model.system.below.push_back(value);
    model.system.above.push_back(kNoBound);
    model.everybody.emplace_back();
    model.sensitive.push_back(0);
    model.corrected.push_back(0);
    task.role.push_back(role);
    task.cost.push_back(1);
    task.fresh.push_back(is_fresh);
    return static_cast<CellId>(contents.size() - 1);
  }
};

// In whole numbers `unsafe` moves up by 6; the program says 7, and no completion is found for that.
CellId uneven(System& system) {
  const CellId unsafe = system.withheld(400, 7);
  const CellId a = system.withheld(200), b = system.withheld(200);
  system.sum(unsafe, {a, b});
  system.sum(a, {system.withheld(100, 4)}, 2);
  system.sum(b, {system.withheld(100, 4)}, 2);
  system.guard(unsafe, 40);
  return unsafe;
}

TEST(Protection, WhatHistoryLeavesAndNoCompletionProvesIsNotTaken) {
  System system;
  const CellId unsafe = uneven(system), tells = system.fresh(400);
  system.sum(tells, {unsafe});
  const auto made = system.protect();
  EXPECT_TRUE(made.suppression.withheld[tells]);
}

TEST(Protection, WhatDoesNotHangTogetherWithItGoesOut) {
  System system;
  const CellId unsafe = uneven(system), tells = system.fresh(400), apart = system.fresh(400);
  system.sum(tells, {unsafe});
  const auto made = system.protect();
  EXPECT_TRUE(made.suppression.withheld[tells]);
  EXPECT_FALSE(made.suppression.withheld[apart]);
  EXPECT_FALSE(made.whole);
  ASSERT_EQ(made.disclosed.size(), 1u);
  EXPECT_EQ(made.disclosed[0].asked.cells, std::vector<CellId>{unsafe});
}

// 400 and 60 are 460: the unsafe one moves up by 60 and is asked to move by 100.
TEST(Protection, WhatHistoryProvablyLeavesIsKeptAndReported) {
  System system;
  const CellId unsafe = system.withheld(400), beside = system.withheld(60);
  system.sum(system.published(460), {unsafe, beside});
  system.guard(unsafe, 100);
  const CellId takes = system.fresh(40), more = system.fresh(700);
  system.sum(beside, {takes, system.withheld(20)});
  system.sum(more, {unsafe, system.withheld(300)});
  const auto made = system.protect();
  EXPECT_TRUE(made.suppression.withheld[takes]);
  EXPECT_FALSE(made.suppression.withheld[more]);
  ASSERT_EQ(made.disclosed.size(), 1u);
  EXPECT_EQ(made.disclosed[0].left.above, 60);
}

}  // namespace
}  // namespace regions
