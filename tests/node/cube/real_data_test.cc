// Every own-firm file of the real data, imported and counted, against a count made another way.
#include "tests/node/cube/real_data.h"

#include <algorithm>
#include <set>

#include "node/cube/cube.h"
#include "node/storage/rocksdb_store.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

int year_in(const std::string& date) {
  int year = 0;
  for (char digit : date.substr(0, 4)) year = year * 10 + (digit - '0');
  return year;
}

// Distinct firms by year, straight from the text: no field of the record store, the mapping or the
// cube takes part.
std::map<int, std::set<std::string>> firms_by_year(const std::string& text) {
  std::map<int, std::set<std::string>> firms;
  for (const auto& row : rows_of(text)) {
    const std::string start = row.at("start"), end = row.at("end"), firm = row.at("sme_id");
    if (firm == "NA" || firm.empty() || start.size() != 10 || end.size() != 10) continue;
    for (int year = year_in(start); year <= year_in(end); ++year) firms[year].insert(firm);
  }
  return firms;
}

RuleSet rules() { return parse_rule_set("default.toml", default_rule_set_toml()).value(); }

// The file's member: R of cooperations_R.csv, CC of cooperations_CC.csv.gz.
std::string member_of(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::size_t begin = std::string("cooperations_").size();
  return name.substr(begin, name.find('.') - begin);
}

std::vector<fs::path> own_files() {
  std::vector<fs::path> files;
  for (const char* folder : {"data/regions", "data/countries"}) {
    for (const auto& entry : fs::directory_iterator(shared_dir() / folder)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("cooperations_") && !name.starts_with("cooperations_with")) {
        files.push_back(entry.path());
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Every 3 or more is published exactly, every 0, 1 and 2 withheld, from 2000 to 2030.
void expect_right(const Reader& reader, const std::string& text, const std::string& member) {
  const auto expected = firms_by_year(text);
  ASSERT_OK_AND(const auto facts, facts_of(reader));
  std::vector<int> expected_years;
  for (const auto& [year, firms] : expected) expected_years.push_back(year);
  EXPECT_EQ(facts.active_years(), expected_years) << member;
  ASSERT_OK_AND(const auto all, CubeBuilder::headlines(facts, Catalogue::builtin()));
  for (int year = 2000; year <= 2030; ++year) {
    const auto found = expected.find(year);
    const auto count =
        found == expected.end() ? 0 : static_cast<std::int64_t>(found->second.size());
    ASSERT_TRUE(count == 0 || all.contains(year)) << member << " " << year;
    if (!all.contains(year)) continue;
    ASSERT_OK_AND(const auto fixed, HeadlineControl::decide(all.at(year), rules()));
    EXPECT_EQ(fixed.sme(), std::nullopt);
    ASSERT_EQ(fixed.ent().cells().size(), 1u);
    const auto value = fixed.ent().cells()[0].value;
    EXPECT_EQ(value, count >= 3 ? std::optional(count) : std::nullopt) << member << " " << year;
  }
  ASSERT_OK_AND(const auto none, CubeBuilder::headline(facts, Catalogue::builtin(), 1999));
  ASSERT_OK_AND(const auto fixed, HeadlineControl::decide(none, rules()));
  EXPECT_EQ(fixed.ent().cells()[0].value, std::nullopt);
}

TEST(RealData, EntCoopOfEveryOwnFirmFileIsRightCellByCell) {
  NEEDS_SHARED("data/countries");
  const auto files = own_files();
  EXPECT_EQ(files.size(), 27u);
  for (const auto& file : files) {
    if (kSanitized && fs::file_size(file) > 60'000) continue;  // the large ones: release alone
    const std::string member = member_of(file), text = text_of(file);
    MemoryStore store;
    ImportBench bench(store, territory_of(member, {}));
    ASSERT_OK_AND(auto summary,
                  bench.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    const auto rows = rows_of(text);
    const auto nobody = std::count_if(rows.begin(), rows.end(),
                                      [](const auto& row) { return row.at("sme_id") == "NA"; });
    EXPECT_EQ(summary.read, rows.size()) << member;
    EXPECT_EQ(summary.added, rows.size() - static_cast<std::size_t>(nobody)) << member;
    for (const auto& line : bench.rejected()) {
      EXPECT_NE(line.find("sme_id: names nobody"), std::string::npos) << member << ": " << line;
    }
    expect_right(*bench.records.snapshot(), text, member);
  }
}

TEST(RealData, OrganisationsChangeNoCountAndRejectNothingButNobody) {
  NEEDS_SHARED("data/regions");
  const auto folder = shared_dir() / "data/regions";
  for (const std::string member : {"PT16", "ES13", "BG33", "DE24", "RO42"}) {
    const std::string text = text_of(folder / ("cooperations_" + member + ".csv"));
    MemoryStore store;
    ImportBench bench(store, territory_of(member, {}));
    ASSERT_OK(bench.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    const auto organisations = text_of(folder / ("organisations_" + member + ".csv"));
    ASSERT_OK_AND(auto summary, bench.import(text_source(organisations), RecordKind::organisation,
                                             ImportRole::own));
    EXPECT_EQ(summary.added, rows_of(organisations).size()) << member;
    EXPECT_EQ(bench.counts().unknown_place(), 0) << member;
    expect_right(*bench.records.snapshot(), text, member);
    // What its peers hold of it: every row is taken as a partner's, and nothing changes.
    const auto peers = text_of(folder / ("cooperations_with_actor_in_" + member + ".csv"));
    ASSERT_OK_AND(summary,
                  bench.import(text_source(peers), RecordKind::cooperation, ImportRole::partner));
    EXPECT_EQ(summary.added + summary.rejected, rows_of(peers).size()) << member;
    for (const auto& line : bench.rejected()) {
      EXPECT_NE(line.find("sme_id: names nobody"), std::string::npos) << member << ": " << line;
    }
    expect_right(*bench.records.snapshot(), text, member);
  }
}

// The rows of A's file whose actor is in B stand at both nodes; the firm counts at A alone.
TEST(RealData, PartnerRowsOfAnotherCountryDoNotChangeTheCounts) {
  NEEDS_SHARED("data/countries");
  const auto folder = shared_dir() / "data/countries";
  const std::string pt = text_of(folder / "cooperations_PT.csv.gz");
  const std::string at = text_of(folder / "cooperations_AT.csv.gz");
  const auto at_rows = rows_of(at);
  std::string with_actor_in_pt = kCooperationHeader;
  std::size_t expected = 0, placed = 0;
  for (auto row : at_rows) {
    if (row.at("actor_country") != "PT" || row.at("sme_id") == "NA") continue;
    with_actor_in_pt += row["coop_id"] + "," + row["sme_id"] + "," + row["firm_kind"] + "," +
                        row["sme_nuts"] + "," + row["actor_id"] + "," + row["actor_kind"] + ",PT," +
                        row["actor_nuts"] + "," + row["start"] + "," + row["end"] + "," +
                        row["technology_derived"] + "," + row["amount_eur"] + "," +
                        row["amount_share_eur"] + "\n";
    ++expected;
    if (!row.at("sme_nuts").empty()) ++placed;
  }
  ASSERT_GT(expected, 100u);
  MemoryStore store;
  ImportBench node(store, territory_of("PT", {"AT"}));
  ASSERT_OK(node.import(text_source(pt), RecordKind::cooperation, ImportRole::own));
  const auto before = node.counts();

  // Claimed as own, those with a place are refused; nothing else is tried with them.
  {
    MemoryStore other;
    ImportBench claiming(other, territory_of("PT", {"AT"}));
    ASSERT_OK_AND(auto claimed, claiming.import(text_source(with_actor_in_pt),
                                                RecordKind::cooperation, ImportRole::own));
    EXPECT_EQ(claimed.rejected, placed);
    EXPECT_NE(claiming.rejects.all.at(0).reason.find("belongs to AT"), std::string::npos);
  }
  ASSERT_OK_AND(auto summary, node.import(text_source(with_actor_in_pt), RecordKind::cooperation,
                                          ImportRole::partner));
  EXPECT_EQ(summary.added, expected);
  EXPECT_EQ(node.counts().own_cooperations(), before.own_cooperations());
  EXPECT_EQ(node.counts().enterprises(), before.enterprises());
  EXPECT_EQ(node.counts().partner_cooperations(), static_cast<std::int64_t>(expected));
  expect_right(*node.records.snapshot(), pt, "PT");

  // The rows themselves are the same at both nodes but for their role and their place's home.
  MemoryStore home_store;
  ImportBench home(home_store, territory_of("AT", {"PT"}));
  ASSERT_OK(home.import(text_source(at), RecordKind::cooperation, ImportRole::own));
  expect_right(*home.records.snapshot(), at, "AT");
}

TEST(RealData, ImportTwiceIntoTheStoreOnDiskIsANoOp) {
  NEEDS_SHARED("data/regions");
  std::string folder = (fs::temp_directory_path() / "regions-cube-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string text = text_of(shared_dir() / "data/regions/cooperations_PT16.csv");
  for (const bool again : {false, true}) {
    ASSERT_OK_AND(auto store, open_store(folder, Wing::confidential, !again));
    ImportBench bench(*store, territory_of("PT16", {}));
    ASSERT_OK_AND(auto summary,
                  bench.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    EXPECT_EQ(again ? summary.unchanged : summary.added, 1175u);
    EXPECT_EQ(bench.counts().own_cooperations(), 1175);
    expect_right(*bench.records.snapshot(), text, "PT16");
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace regions
