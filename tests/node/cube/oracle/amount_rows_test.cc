// Rows of amounts, added up, are the tables of the pass: cell by cell, for every kind of period.
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/oracle/amounts_reader.h"
#include "tests/node/cube/oracle/raw_reader.h"
#include "tests/node/cube/real_data.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/node/cube/sql/planned_margins.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

const std::vector<std::string> kAmountDimensions = {"actor_group", "actor_kind",      "nace_group",
                                                    "place",       "partner_profile", "size",
                                                    "technology",  "technology_group"};

// Whether a holding ever changes.
enum class Holdings { change, stay, none };

std::string id_of(const std::string& line) { return line.substr(0, line.find(',')); }

// Those of which something is said that always held.
std::set<std::string> always_known(const std::string& organisations) {
  std::set<std::string> ids;
  std::istringstream lines(organisations);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(',')) ids.insert(id_of(line));
  }
  return ids;
}

// The organisations with other holdings: by the id, of those in `held`. The last two cells are
// holding and valid_from.
std::string with_holdings(const std::string& text, const std::set<std::string>& held) {
  std::istringstream lines(text);
  std::string out, line;
  std::getline(lines, line);
  out = line + "\n";
  while (std::getline(lines, line)) {
    const std::size_t last = line.rfind(','), before = line.rfind(',', last - 1);
    const std::string id = id_of(line);
    const std::string holding = held.contains(id) ? "h" + id.substr(id.size() - 1) : "";
    out += line.substr(0, before + 1) + holding + line.substr(last) + "\n";
  }
  return out;
}

std::vector<const Dimension*> dimensions_of(const std::vector<std::string>& ids) {
  std::vector<const Dimension*> out;
  for (const std::string& id : ids) out.push_back(Catalogue::builtin().dimension(id));
  return out;
}

// Every dimension alone, some together, and the total.
std::vector<std::vector<std::string>> summed_margins() {
  std::vector<std::vector<std::string>> margins{{},
                                                {"actor_group", "technology_group"},
                                                {"partner_profile", "size"},
                                                {"nace_group", "technology", "actor_kind"}};
  for (const std::string& id : kAmountDimensions) margins.push_back({id});
  return margins;
}

void expect_milder_never(const OracleCells& rows, const OracleCells& pass,
                         const std::string& what) {
  ASSERT_EQ(rows.size(), pass.size()) << what;
  for (const auto& [at, cell] : pass) {
    const auto found = rows.find(at);
    ASSERT_NE(found, rows.end()) << what;
    const OracleCell& mine = found->second;
    ASSERT_EQ(mine.cents, cell.cents) << what;
    EXPECT_LE(mine.contributors, cell.contributors) << what;
    EXPECT_GE(mine.largest, cell.largest) << what;
    EXPECT_GE(mine.largest + mine.second, cell.largest + cell.second) << what;
  }
}

void expect_same(const OracleCells& rows, const OracleCells& pass, const std::string& what) {
  expect_milder_never(rows, pass, what);
  for (const auto& [at, cell] : pass) {
    const OracleCell& mine = rows.at(at);
    EXPECT_EQ(mine.contributors, cell.contributors) << what;
    EXPECT_EQ(mine.largest, cell.largest) << what;
    EXPECT_EQ(mine.second, cell.second) << what;
  }
}

class AmountRowsTest : public testing::TestWithParam<std::tuple<std::uint64_t, Holdings>> {
 protected:
  void take(GeneratedRecords records, Holdings holdings) {
    if (holdings != Holdings::change) {
      std::set<std::string> held;
      if (holdings == Holdings::stay) held = always_known(records.own_organisations);
      records.own_organisations = with_holdings(records.own_organisations, held);
      records.partner_organisations = with_holdings(records.partner_organisations, held);
    }
    import_generated(store_, records);
  }
  // The cells that were compared and hold something.
  std::size_t compare_with_pass(YearSpan span, Holdings holdings) {
    const Catalogue& catalogue = Catalogue::builtin();
    const Facts facts = facts_of(store_, generated_members()).value();
    const Knowledge knowledge = Knowledge::read(store_, generated_members()).value();
    EXPECT_EQ(knowledge.read_at(), facts.read_at());
    const RawAmounts raw =
        CubeBuilder::amounts(knowledge, catalogue, *catalogue.find("COOP-FUND-EUR"),
                             dimensions_of(kAmountDimensions), span)
            .value();
    const auto rows = AmountControl::rows(raw, catalogue);
    const auto ids = AmountControl::dimensions(raw);
    std::size_t cells = 0;
    for (const PeriodKind kind : kPeriodKinds) {
      for (const auto& by : summed_margins()) {
        const PlannedMargin margin = margin_of(nullptr, "COOP-FUND-EUR", kind, by);
        const OracleCells pass = cube_cells(facts, catalogue, {margin.spec}, span)[0];
        std::vector<std::size_t> places;
        std::string what = std::string(name(kind));
        for (const std::string& id : by) {
          const auto at = std::find(ids.begin(), ids.end(), id);
          places.push_back(static_cast<std::size_t>(at - ids.begin()));
          what += " " + id;
        }
        const OracleCells mine = added_up(rows, kind, places);
        holdings == Holdings::change ? expect_milder_never(mine, pass, what)
                                     : expect_same(mine, pass, what);
        cells += pass.size();
        if (HasFailure()) return cells;
      }
    }
    return cells;
  }

  MemoryStore store_;
};

TEST_P(AmountRowsTest, AddUpToWhatThePassCounts) {
  const auto& [seed, holdings] = GetParam();
  take(generate_records(seed, 300), holdings);
  EXPECT_GT(compare_with_pass({2008, 2027}, holdings), 1000u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AmountRowsTest,
                         testing::Combine(testing::Range<std::uint64_t>(21, kSanitized ? 22 : 25),
                                          testing::Values(Holdings::change, Holdings::stay,
                                                          Holdings::none)));

class CutAmountRowsTest : public AmountRowsTest {};

TEST_P(CutAmountRowsTest, OfSomeYearsAloneAddUpToWhatThePassCountsOfThese) {
  const auto& [seed, holdings] = GetParam();
  take(generate_records(seed, 300), holdings);
  EXPECT_GT(compare_with_pass({2014, 2018}, holdings), 300u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, CutAmountRowsTest,
                         testing::Values(std::tuple(31, Holdings::change),
                                         std::tuple(32, Holdings::stay)));

}  // namespace
}  // namespace regions
