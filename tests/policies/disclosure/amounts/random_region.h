// Random regions that release in rounds, and who attacks what came out. The same seed gives the
// same region.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/base/bytes.h"
#include "tests/policies/disclosure/amounts/exact_oracle.h"

namespace regions {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  // 0 to below `sides`.
  std::size_t roll(std::size_t sides) {
    const Bytes bytes = random_.bytes(4);
    return read_u32(ByteView(bytes)) % sides;
  }

 private:
  SeededRandom random_;
};

struct RandomRegion {
  SmallAmounts amounts;
  std::vector<const Dimension*> dimensions;
  std::vector<std::vector<AmountTable>> rounds;
  int first = 2014, last = 2020;

  explicit RandomRegion(const std::vector<std::string>& by) : amounts(by) {
    for (const std::string& id : by) dimensions.push_back(Catalogue::builtin().dimension(id));
  }
};

// Amounts of all sizes, so that every rule fires somewhere. In EUR.
inline std::int64_t random_amount(Dice& dice) {
  static constexpr std::int64_t kSizes[] = {0, 1'500, 20'000, 25'000, 60'000, 400'000};
  const std::int64_t size = kSizes[dice.roll(6)];
  return size + static_cast<std::int64_t>(dice.roll(2'000));
}

// Some holdings with rows in some years, margins of windows and of a programme.
inline RandomRegion random_region(std::uint64_t seed) {
  static const SmallPlan plan;
  Dice dice(seed);
  const std::size_t kind = dice.roll(8);
  const bool by_actor = kind < 4, by_technology = kind == 0 || kind >= 4;
  std::vector<std::string> by;
  if (by_actor) by.push_back("actor_group");
  if (by_technology) by.push_back("technology_group");
  RandomRegion made(by);
  const std::size_t holdings = 2 + dice.roll(12), rows = holdings + dice.roll(20);
  for (std::size_t at = 0; at < rows; ++at) {
    const std::string holding = "h" + std::to_string(dice.roll(holdings));
    const std::string actor = "a" + std::to_string(dice.roll(4));
    const std::int64_t eur = random_amount(dice);
    std::vector<std::string> codes;
    for (const Dimension* one : made.dimensions) {
      codes.push_back(one->categories()[dice.roll(one->categories().size())].code);
    }
    // One roll a line: compilers take the arguments of a call in orders of their own.
    const int year = made.first + static_cast<int>(dice.roll(7));
    const std::string member = dice.roll(4) == 0 ? "west" : "";
    made.amounts.row(holding, year, eur, codes, actor, member);
    if (dice.roll(12) == 0) made.amounts.make_public();
  }
  for (const int year : {2015, 2018}) {
    std::vector<AmountTable> round{in(plan.window, year)};
    if (by_actor) round.push_back(in(plan.window_actor, year));
    if (by_technology) round.push_back(in(plan.window_technology, year));
    if (dice.roll(2) == 0) round.push_back(in(plan.year, year + static_cast<int>(dice.roll(3))));
    made.rounds.push_back(std::move(round));
  }
  made.rounds.push_back({in(plan.programme, made.first)});
  if (by_technology) made.rounds.back().push_back(in(plan.programme_technology, made.first));
  return made;
}

// Two dimensions together, a code list beside its groups, years beside their window, over two
// rounds: everything hangs together. Few holdings and actors, so that pairs of them know much.
inline RandomRegion random_linked_region(std::uint64_t seed) {
  static const std::vector<PlannedTable> tables = [] {
    std::vector<PlannedTable> all;
    for (const PeriodKind period : {PeriodKind::window, PeriodKind::year}) {
      for (const std::vector<std::string>& by :
           std::vector<std::vector<std::string>>{{},
                                                 {"actor_group"},
                                                 {"actor_kind"},
                                                 {"technology_group"},
                                                 {"actor_group", "technology_group"},
                                                 {"actor_kind", "technology_group"}}) {
        all.push_back(amount_table(period, by));
      }
    }
    return all;
  }();
  Dice dice(seed);
  RandomRegion made({"actor_group", "actor_kind", "technology_group"});
  made.first = 2018;
  const std::size_t holdings = 4 + dice.roll(6);
  const std::size_t rows = 3 * holdings + dice.roll(90);
  const bool alike = dice.roll(2) == 0;
  // Rows stand in few codes, so that some cells are full.
  const std::size_t kinds = 1 + dice.roll(3), technologies = 1 + dice.roll(3);
  for (std::size_t at = 0; at < rows; ++at) {
    const std::string kind = made.dimensions[1]->categories()[dice.roll(kinds)].code;
    const std::string technology = made.dimensions[2]->categories()[dice.roll(technologies)].code;
    const std::string holding = "h" + std::to_string(dice.roll(holdings));
    const int year = made.first + static_cast<int>(dice.roll(3));
    const std::int64_t eur =
        alike ? 20'000 + static_cast<std::int64_t>(dice.roll(2'000)) : random_amount(dice);
    const std::string actor = "a" + std::to_string(dice.roll(5));
    const std::string member = dice.roll(6) == 0 ? "west" : "";
    made.amounts.row(holding, year, eur, {kind, kind, technology}, actor, member);
    if (dice.roll(12) == 0) made.amounts.make_public();
  }
  std::vector<AmountTable> asked;
  for (std::size_t at = 0; at < tables.size(); ++at) {
    const bool yearly = at >= tables.size() / 2;
    if (dice.roll(yearly ? 5 : 2) != 0) continue;
    asked.push_back(in(tables[at], made.first + static_cast<int>(yearly ? dice.roll(3) : 0)));
  }
  if (asked.empty()) asked.push_back(in(tables[4], made.first));
  const auto cut = asked.begin() + static_cast<std::ptrdiff_t>(dice.roll(asked.size()));
  if (cut != asked.begin()) made.rounds.push_back({asked.begin(), cut});
  made.rounds.push_back({cut, asked.end()});
  return made;
}

using Weaken = void (*)(SmallAmounts&, AmountRequest&);

struct Released {
  std::vector<DecidedAmount> cells;
  std::vector<AmountFinding> disclosed;
};

inline Released release(const RandomRegion& region, Weaken weaken = nullptr) {
  AmountHistory history;
  Released released;
  std::vector<AmountTable> planned;
  for (const auto& tables : region.rounds) {
    planned.insert(planned.end(), tables.begin(), tables.end());
  }
  for (const auto& tables : region.rounds) {
    AmountRequest asked = request(tables);
    asked.history = history;
    asked.planned = planned;
    SmallAmounts amounts = region.amounts;
    if (weaken != nullptr) weaken(amounts, asked);
    const auto made = AmountControl::protect(amounts.raw(), asked);
    EXPECT_TRUE(made) << (made ? "" : made.error().text());
    if (!made) return released;
    history = after(std::move(history), *made);
    released.cells.insert(released.cells.end(), made->decided.begin(), made->decided.end());
    released.disclosed.insert(released.disclosed.end(), made->disclosed.begin(),
                              made->disclosed.end());
  }
  return released;
}

inline std::vector<OracleBreach> breaches(const RandomRegion& region, const Released& released,
                                          const OracleRules& rules = {}) {
  return attack_exactly(region.amounts, region.dimensions, released.cells, region.first,
                        region.last, rules);
}

}  // namespace regions
