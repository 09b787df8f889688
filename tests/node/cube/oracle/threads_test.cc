// However many threads share in a pass, every cell, key and amount is the same.
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/oracle/raw_reader.h"
#include "tests/node/cube/sql/planned_margins.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

constexpr YearSpan kSharedSpan{2012, 2020};
// Enough for five threads.
constexpr int kFirms = 5 * 256;

std::string row(int id, int firm) {
  const std::string year = std::to_string(2012 + id % 7);
  const std::string cents = std::to_string(1 + id * 37 % 1000) + "." + std::to_string(10 + id % 90);
  return "c" + std::to_string(id) + ",e" + std::to_string(firm) + ",PRC,PT16,a,HES,PT," +
         (id % 3 == 0 ? "DE24" : "PT16") + "," + year + "-03-01," + year + "-04-01," +
         (id % 2 == 0 ? "robotics" : "photonics") + "," + cents + "," + cents + "\n";
}

// Firms alone, groups of one holding near and far, and firms that went from one into another.
void fill(MemoryStore& store) {
  std::string rows, organisations = "org_id,kind,nuts,nace,size,holding,valid_from\n";
  for (int firm = 0; firm < kFirms; ++firm) {
    for (int i = 0; i < 3; ++i) rows += row(firm * 3 + i, firm);
    const std::string id = "e" + std::to_string(firm);
    const std::string is = id + ",SME,PT16," + (firm % 2 == 0 ? "C10,small," : "C26,medium,");
    if (firm % 5 == 0) organisations += is + "h" + std::to_string(firm / 10) + ",\n";
    if (firm % 7 == 0) organisations += is + "far" + std::to_string(firm % 3) + ",2014-01-01\n";
    if (firm % 5 != 0 && firm % 7 != 0) organisations += is + ",\n";
  }
  ImportBench bench(store, territory_of("PT16", {"DE24"}));
  ASSERT_OK(bench.cooperations(rows));
  ASSERT_OK(bench.import(text_source(organisations), RecordKind::organisation, ImportRole::own));
  ASSERT_EQ(bench.rejected(), std::vector<std::string>());
}

TEST(Threads, CellsAreTheSameHoweverManyShareInThePass) {
  MemoryStore store;
  fill(store);
  auto margins = planned_margins();
  for (const PeriodKind kind : kPeriodKinds) {
    margins.push_back(margin_of(nullptr, "COOP-FUND-EUR", kind, {"technology_group", "size"}));
    margins.push_back(margin_of(nullptr, "SME-COOP", kind, {"partner_profile", "actor_kind"}));
  }
  const auto specs = specs_of(margins);
  ASSERT_OK_AND(const Facts facts, facts_of(store, territories("PT16", {"DE24"})));
  ASSERT_EQ(facts.enterprises().size(), static_cast<std::size_t>(kFirms));
  const auto alone = CubeBuilder::tables(facts, Catalogue::builtin(), specs, kSharedSpan, 1);
  std::int64_t counted = 0;
  for (const unsigned threads : {2u, 3u, 5u, 64u}) {
    const auto shared =
        CubeBuilder::tables(facts, Catalogue::builtin(), specs, kSharedSpan, threads);
    ASSERT_EQ(shared.size(), alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
      const auto numbers = BreakdownControl::numbers(alone[i]);
      ASSERT_EQ(BreakdownControl::numbers(shared[i]), numbers)
          << threads << " threads: " << BreakdownControl::name(alone[i]);
      for (const std::int64_t one : numbers) counted += one;
    }
  }
  EXPECT_GT(counted, 0);
}

}  // namespace
}  // namespace regions
