// Every catalogue indicator and every table of the default plan, cell by cell, against SQL: on real
// and on generated records.
#include <set>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/oracle/raw_reader.h"
#include "tests/node/cube/real_data.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/node/cube/sql/planned_margins.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

// The planned ones, and each of their margins for every indicator and kind of period.
std::vector<PlannedMargin> compared_margins() {
  std::vector<PlannedMargin> all;
  std::set<std::vector<std::string>> margins;
  for (const PlannedTable& table : default_plan().tables) margins.insert(table.by);
  margins.insert({"actor_kind"});
  margins.insert({"actor_group", "partner_profile", "size"});
  for (const Indicator& indicator : Catalogue::builtin().indicators()) {
    for (const PeriodKind kind : kPeriodKinds) {
      for (const auto& by : margins) all.push_back(margin_of(nullptr, indicator.code, kind, by));
    }
  }
  return all;
}

std::string said(const OracleCell& cell) {
  return std::to_string(cell.count) + " enterprises, " + std::to_string(cell.cents) + " cents of " +
         std::to_string(cell.contributors) + " (" + std::to_string(cell.largest) + ", " +
         std::to_string(cell.second) + ")";
}

std::string said(const std::vector<std::string>& cell) {
  std::string text;
  for (const std::string& part : cell) text += " " + part;
  return text;
}

// What differs, the first few in words.
void compare(const OracleCells& cube, const OracleCells& sql, const std::string& what) {
  std::set<std::vector<std::string>> all;
  for (const auto& [at, cell] : cube) all.insert(at);
  for (const auto& [at, cell] : sql) all.insert(at);
  int shown = 0;
  for (const auto& at : all) {
    const auto of = [&](const OracleCells& cells) {
      const auto found = cells.find(at);
      return said(found == cells.end() ? OracleCell() : found->second);
    };
    if (of(cube) == of(sql)) continue;
    if (++shown <= 5)
      ADD_FAILURE() << what << said(at) << ": cube " << of(cube) << "; SQL " << of(sql);
  }
}

// The number of cells that hold something, by indicator.
std::map<std::string, std::size_t> compare_all(const Facts& facts, SqlOracle& oracle, YearSpan span,
                                               const std::vector<PlannedMargin>& margins,
                                               const std::string& what) {
  const auto cube = cube_cells(facts, Catalogue::builtin(), specs_of(margins), span);
  std::map<std::string, std::size_t> cells;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    const OracleMargin& margin = margins[i].margin;
    const auto sql = oracle.cells(margin);
    cells[margin.indicator] += sql.size();
    compare(cube[i], sql,
            what + ": " + margin.indicator + " by " + margin.period + said(margin.by) + ":");
    if (testing::Test::HasFailure()) break;
  }
  return cells;
}

void compare_generated(std::uint64_t seed, YearSpan span) {
  const auto records = generate_records(seed, 400);
  MemoryStore store;
  import_generated(store, records);
  ASSERT_FALSE(testing::Test::HasFatalFailure());
  SqlOracle oracle(generated_members(), span.first, span.last);
  oracle.cooperations(records.own_cooperations, true);
  oracle.cooperations(records.partner_cooperations, false);
  oracle.organisations(records.own_organisations, true);
  oracle.organisations(records.partner_organisations, false);
  oracle.derive(std::string(kTestSecret));
  ASSERT_OK_AND(const auto facts, facts_of(store, generated_members()));
  const auto cells =
      compare_all(facts, oracle, span, compared_margins(), "seed " + std::to_string(seed));
  for (const auto& [indicator, count] : cells) EXPECT_GT(count, 50u) << indicator;
}

TEST(SqlOracle, GeneratedRecordsGiveTheSameCells) {
  for (std::uint64_t seed = 1; seed <= (kSanitized ? 1 : 4) && !HasFailure(); ++seed) {
    compare_generated(seed, {2000, 2029});
  }
}

// A cube over some years alone: windows and programmes that reach beyond count what lies within.
TEST(SqlOracle, ASpanThatCutsPeriodsGivesTheSameCells) { compare_generated(5, {2014, 2019}); }

struct RealMember {
  std::string own, organisations, partners;
};

void compare_real(const Territories& members, const RealMember& files) {
  MemoryStore store;
  std::vector<std::string> others;
  for (const auto& [id, codes] : members.members) {
    if (id != members.self) others.push_back(id);
  }
  ImportBench bench(store, territory_of(members.self, others));
  const YearSpan span{2007, 2027};
  SqlOracle oracle(members, span.first, span.last);
  ASSERT_OK(bench.import(text_source(files.own), RecordKind::cooperation, ImportRole::own));
  oracle.cooperations(files.own, true);
  ASSERT_OK(
      bench.import(text_source(files.partners), RecordKind::cooperation, ImportRole::partner));
  oracle.cooperations(files.partners, false);
  ASSERT_OK(
      bench.import(text_source(files.organisations), RecordKind::organisation, ImportRole::own));
  oracle.organisations(files.organisations, true);
  oracle.derive(std::string(kTestSecret));
  ASSERT_OK_AND(const auto facts, facts_of(store, members));
  const auto cells = compare_all(facts, oracle, span, planned_margins(), members.self);
  EXPECT_GT(cells.at("ENT-COOP"), 20u);
}

TEST(SqlOracle, RealRegionsGiveTheSameCells) {
  NEEDS_SHARED("data/regions");
  const auto folder = shared_dir() / "data/regions";
  Territories members;
  for (const std::string id : {"BG33", "DE24", "ES13", "PT16", "RO42"}) {
    members.members.push_back({id, {id}});
  }
  for (const std::string id : {"PT16", "ES13"}) {
    members.self = id;
    compare_real(members, {text_of(folder / ("cooperations_" + id + ".csv")),
                           text_of(folder / ("organisations_" + id + ".csv")),
                           text_of(folder / ("cooperations_with_actor_in_" + id + ".csv"))});
  }
}

TEST(SqlOracle, RealCountriesGiveTheSameCells) {
  NEEDS_SHARED("data/countries");
  const auto folder = shared_dir() / "data/countries";
  Territories members;
  for (const std::string id : {"AT", "EE", "PT", "RO", "UK"}) {
    members.members.push_back({id, {id}});
  }
  const std::string header = kCooperationHeader;
  for (const std::string id : {"EE", "RO"}) {
    members.self = id;
    compare_real(members, {text_of(folder / ("cooperations_" + id + ".csv.gz")),
                           text_of(folder / ("organisations_" + id + ".csv.gz")), header});
  }
}

}  // namespace
}  // namespace regions
