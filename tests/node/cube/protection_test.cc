// What the cell key does to whole cubes: every value is the true count and the noise of exactly the
// firms in the cell, whatever the table, the period or the way the records came in.
#include <set>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

constexpr YearSpan kYears{2007, 2027};
constexpr std::uint64_t kSeed = 21;

class ProtectionTest : public testing::Test {
 protected:
  // What the records in `store` would publish.
  std::vector<SafeTable> published(const Reader& store, const PerturbationTable& noise) {
    const auto facts = facts_of(store, generated_members());
    EXPECT_THAT(facts, IsOk());
    if (!facts) return {};
    return by_cell_key(*facts, specs_of(margins_), kYears, noise);
  }
  void SetUp() override {
    import_generated(store_, records_);
    oracle_.cooperations(records_.own_cooperations, true);
    oracle_.cooperations(records_.partner_cooperations, false);
    oracle_.organisations(records_.own_organisations, true);
    oracle_.organisations(records_.partner_organisations, false);
    oracle_.derive(std::string(kTestSecret));
  }
  // each(margin, period and categories, published value) for every cell.
  template <class Each>
  void for_each_cell(Each each) {
    const auto tables = published(store_, plan_noise());
    std::size_t at = 0;
    for (const PlannedMargin& margin : margins_) {
      for (std::size_t i = periods_in(margin.spec.kind, kYears); i > 0; --i, ++at) {
        for (const auto& cell : tables[at].cells()) {
          std::vector<std::string> key{tables[at].period()};
          key.insert(key.end(), cell.categories.begin(), cell.categories.end());
          ASSERT_TRUE(cell.value.has_value());
          each(margin, key, *cell.value);
        }
      }
    }
  }

  const GeneratedRecords records_ = generate_records(kSeed, 500);
  const std::vector<PlannedMargin> margins_ = cell_key_margins();
  MemoryStore store_;
  SqlOracle oracle_{generated_members(), kYears.first, kYears.last};
};

TEST_F(ProtectionTest, NoCellIsOneOrTwoOrFurtherOffThanDAndTheNoiseIsThatOfItsHoldings) {
  std::map<const void*, OracleCells> truth;
  for (const PlannedMargin& margin : margins_) truth[&margin] = oracle_.cells(margin.margin);
  std::size_t filled = 0;
  for_each_cell([&](const PlannedMargin& margin, const auto& at, std::int64_t value) {
    const auto found = truth[&margin].find(at);
    const OracleCell cell = found == truth[&margin].end() ? OracleCell() : found->second;
    EXPECT_TRUE(value == 0 || value > 2) << value;
    EXPECT_LE(std::abs(value - cell.count), kNoiseOfThePlan);
    EXPECT_EQ(value, cell.count + plan_noise().noise(cell.count, cell.key))
        << margin.margin.indicator << " " << margin.table->id << " " << at[0];
    filled += cell.count > 0;
  });
  EXPECT_GT(filled, 500u);
}

TEST_F(ProtectionTest, EqualSetsOfFirmsHaveEqualValuesInEveryTablePeriodAndYear) {
  using Firms = std::set<std::pair<std::string, std::string>>;
  std::map<const void*, std::map<std::vector<std::string>, Firms>> truth;
  for (const PlannedMargin& margin : margins_) truth[&margin] = oracle_.firms(margin.margin);
  std::map<Firms, std::set<std::int64_t>> values;
  std::size_t cells = 0, in_one_holding = 0;
  for_each_cell([&](const PlannedMargin& margin, const auto& at, std::int64_t value) {
    const Firms& firms = truth[&margin][at];
    if (firms.empty()) return;
    values[firms].insert(value);
    ++cells;
    std::set<std::string> holdings;
    for (const auto& [firm, holding] : firms) holdings.insert(holding);
    in_one_holding += holdings.size() < firms.size();
  });
  for (const auto& [firms, shown] : values) EXPECT_EQ(shown.size(), 1u);
  // Many sets stand in several cells, and many cells hold two firms of one holding.
  EXPECT_GT(cells, values.size() + 100);
  EXPECT_GT(in_one_holding, 50u);
}

TEST_F(ProtectionTest, ReimportInAnotherOrderInOtherBatchesChangesNoValue) {
  const auto first = published(store_, plan_noise());
  for (const ImportOrder order :
       {ImportOrder::cooperations_first, ImportOrder::organisations_first}) {
    for (const std::size_t batch_rows : {std::size_t{1}, std::size_t{13}}) {
      GeneratedRecords other = records_;
      for (std::string* text : {&other.own_cooperations, &other.partner_cooperations,
                                &other.own_organisations, &other.partner_organisations}) {
        *text = shuffled(*text, kSeed + batch_rows);
      }
      MemoryStore store;
      import_generated(store, other, order, batch_rows);
      const auto again = published(store, plan_noise());
      ASSERT_EQ(again.size(), first.size());
      for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(again[i].cells(), first[i].cells()) << first[i].indicator() << " " << i;
      }
    }
  }
}

TEST_F(ProtectionTest, AnotherSecretGivesOtherValues) {
  const auto first = published(store_, plan_noise());
  const auto facts = Facts::load(store_, generated_members(), Bytes(32, 'x')).value();
  const auto other = by_cell_key(facts, specs_of(margins_), kYears, plan_noise());
  std::size_t differing = 0;
  for (std::size_t i = 0; i < first.size(); ++i) differing += first[i].cells() != other[i].cells();
  EXPECT_GT(differing, first.size() / 4);
}

}  // namespace
}  // namespace regions
