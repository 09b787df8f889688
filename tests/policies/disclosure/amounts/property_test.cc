// Random regions, released in rounds, against the oracle: nobody comes too near anything; and every
// rule that is weakened on purpose is caught.
//
// REGIONS_AMOUNT_TABLES=10000 makes a long run.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "protocol/base/bytes.h"
#include "tests/policies/disclosure/amounts/exact_oracle.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

const SmallPlan kPlan;
constexpr int kFirst = 2014, kLast = 2020;

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
};

// Some holdings with rows in some years; amounts of all sizes, so that every rule fires somewhere.
RandomRegion random_region(std::uint64_t seed) {
  Dice dice(seed);
  const std::size_t kind = dice.roll(8);
  const bool by_actor = kind < 4, by_technology = kind == 0 || kind >= 4;
  std::vector<std::string> by;
  if (by_actor) by.push_back("actor_group");
  if (by_technology) by.push_back("technology_group");
  RandomRegion made{SmallAmounts(by), {}, {}};
  for (const std::string& id : by) made.dimensions.push_back(Catalogue::builtin().dimension(id));
  const std::size_t holdings = 2 + dice.roll(12), rows = holdings + dice.roll(20);
  for (std::size_t at = 0; at < rows; ++at) {
    const std::string holding = "h" + std::to_string(dice.roll(holdings));
    const std::string actor = "a" + std::to_string(dice.roll(4));
    static constexpr std::int64_t kSizes[] = {0, 1'500, 20'000, 25'000, 60'000, 400'000};
    const std::int64_t eur = kSizes[dice.roll(6)] + static_cast<std::int64_t>(dice.roll(2'000));
    std::vector<std::string> codes;
    for (const Dimension* one : made.dimensions) {
      codes.push_back(one->categories()[dice.roll(one->categories().size())].code);
    }
    made.amounts.row(holding, kFirst + static_cast<int>(dice.roll(kLast - kFirst + 1)), eur, codes,
                     actor, dice.roll(4) == 0 ? "west" : "");
    if (dice.roll(12) == 0) made.amounts.make_public();
  }
  for (const int year : {2015, 2018}) {
    std::vector<AmountTable> round{in(kPlan.window, year)};
    if (by_actor) round.push_back(in(kPlan.window_actor, year));
    if (by_technology) round.push_back(in(kPlan.window_technology, year));
    if (dice.roll(2) == 0) round.push_back(in(kPlan.year, year + static_cast<int>(dice.roll(3))));
    made.rounds.push_back(std::move(round));
  }
  made.rounds.push_back({in(kPlan.programme, kFirst)});
  if (by_technology) made.rounds.back().push_back(in(kPlan.programme_technology, kFirst));
  return made;
}

using Weaken = void (*)(SmallAmounts&, AmountRequest&);

struct Released {
  std::vector<DecidedAmount> cells;
  std::vector<AmountFinding> disclosed;
};

Released release(const RandomRegion& region, Weaken weaken = nullptr) {
  AmountHistory history;
  Released released;
  for (const auto& tables : region.rounds) {
    AmountRequest asked = request(tables);
    asked.history = history;
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

std::vector<OracleBreach> breaches(const RandomRegion& region, const Released& released,
                                   const OracleRules& rules = {}) {
  return attack_exactly(region.amounts, region.dimensions, released.cells, kFirst, kLast, rules);
}

std::uint64_t tables_to_try() {
  const char* asked = std::getenv("REGIONS_AMOUNT_TABLES");
  if (asked != nullptr) return parse_decimal(asked).value();
  return kSanitized ? 4 : 120;
}

TEST(AmountProperty, NobodyComesTooNearWhateverWasReleased) {
  std::size_t published = 0, withheld = 0;
  for (std::uint64_t seed = 1; seed <= tables_to_try(); ++seed) {
    const RandomRegion region = random_region(seed);
    const Released released = release(region);
    for (const AmountFinding& one : released.disclosed) {
      ADD_FAILURE() << "seed " << seed << ": said to be disclosed: " << one.cells.front() << " of "
                    << one.cells.size() << " to " << one.who << ", -" << one.below << " +"
                    << one.above << ", asked " << one.asked.upper;
    }
    for (const OracleBreach& one : breaches(region, released)) {
      ADD_FAILURE() << "seed " << seed << ": " << one.who << " knows " << one.figure << " to -"
                    << one.below << " +" << one.above << ", asked " << one.asked;
    }
    for (const DecidedAmount& one : released.cells) ++(one.value ? published : withheld);
  }
  // Neither everything nor nothing.
  EXPECT_GT(published, withheld / 10);
  EXPECT_GT(withheld, published / 10);
}

TEST(AmountProperty, NoTwoTogetherComeTooNearWhereTheRulesSaySo) {
  OracleRules rules;
  rules.coalition = 2;
  for (std::uint64_t seed = 1; seed <= std::max<std::uint64_t>(1, tables_to_try() / 20); ++seed) {
    const RandomRegion region = random_region(seed);
    const Released released =
        release(region, [](SmallAmounts&, AmountRequest& asked) { asked.rules.coalition = 2; });
    for (const OracleBreach& one : breaches(region, released, rules)) {
      ADD_FAILURE() << "seed " << seed << ": " << one.who << " knows " << one.figure << " to -"
                    << one.below << " +" << one.above << ", asked " << one.asked;
    }
  }
}

// Of the first regions, how many the oracle finds broken under a weakened rule.
std::size_t caught(Weaken weaken) {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const RandomRegion region = random_region(seed);
    found += breaches(region, release(region, weaken)).empty() ? 0 : 1;
  }
  return found;
}

TEST(AmountProperty, ASmallerPIsCaught) {
  EXPECT_GT(caught([](SmallAmounts&, AmountRequest& asked) { asked.rules.p_percent = 1; }), 0u);
}

TEST(AmountProperty, ACoalitionThatIsForgottenIsCaught) {
  OracleRules rules;
  rules.coalition = 2;
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const RandomRegion region = random_region(seed);
    found += breaches(region, release(region), rules).empty() ? 0 : 1;
  }
  EXPECT_GT(found, 0u);
}

TEST(AmountProperty, ActorsWhoseProjectsAreForgottenAreCaught) {
  EXPECT_GT(caught([](SmallAmounts& amounts, AmountRequest&) {
              for (AmountRow& row : amounts.rows) row.known_to.clear();
            }),
            0u);
}

TEST(AmountProperty, HoldingsThatAreTakenForTheirFirmsAreCaught) {
  EXPECT_GT(caught([](SmallAmounts& amounts, AmountRequest&) {
              for (std::size_t at = 0; at < amounts.rows.size(); ++at) {
                amounts.parties.push_back({PartyKind::holding, "firm " + std::to_string(at)});
                amounts.rows[at].holding = static_cast<PartyId>(amounts.parties.size() - 1);
              }
            }),
            0u);
}

TEST(AmountProperty, RowsThatArePublicAndNotTakenOffAreCaught) {
  EXPECT_GT(caught([](SmallAmounts& amounts, AmountRequest&) {
              for (AmountRow& row : amounts.rows) row.is_public = false;
            }),
            0u);
}

TEST(AmountProperty, AForgottenHistoryIsCaught) {
  EXPECT_GT(caught([](SmallAmounts&, AmountRequest& asked) { asked.history = {}; }), 0u);
}

// One withheld cell after the other let out.
TEST(AmountProperty, ACellThatIsLetOutIsCaught) {
  std::size_t let_out = 0, found = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const RandomRegion region = random_region(seed);
    const Released released = release(region);
    for (std::size_t at = 0; at < released.cells.size(); ++at) {
      if (released.cells[at].value) continue;
      Released more = released;
      more.cells[at].value = 0;  // the oracle adds up the rows itself
      ++let_out;
      found += breaches(region, more).empty() ? 0 : 1;
    }
  }
  EXPECT_GT(let_out, 10u);
  EXPECT_GT(found, let_out / 2);
}

}  // namespace
}  // namespace regions
