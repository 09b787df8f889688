// The records of one region at any size: what ops/bench measures with.
#include "ops/sample/one_region.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/node/base/temporary_folder.h"
#include "tests/node/records/import_support.h"
#include "tests/ops/sample/rows.h"
#include "tests/support/memory_store.h"

namespace regions::sample {
namespace {

constexpr std::uint64_t kRows = 3000;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Files of one region, by what they begin with.
struct Made {
  explicit Made(std::uint64_t seed = 1, std::uint64_t rows = kRows) {
    TemporaryFolder folder;
    wrong = write_one_region(folder.path, {"PT16", rows}, Draw(seed));
    cooperations = text_of(folder.path / "cooperations_PT16.csv");
    organisations = text_of(folder.path / "organisations_PT16.csv");
    changed = text_of(folder.path / "changed_PT16.csv");
  }
  std::string wrong, cooperations, organisations, changed;
};

TEST(OneRegion, UnknownRegionNoRowsAndMissingFolderAreSaid) {
  const TemporaryFolder folder;
  const Draw draw(1);
  EXPECT_EQ(write_one_region(folder.path, {"PT99", 10}, draw),
            "PT99: none of the eight partner regions");
  EXPECT_EQ(write_one_region(folder.path, {"PT16", 0}, draw), "at least one row is needed");
  const auto missing = folder.path / "missing";
  EXPECT_EQ(write_one_region(missing, {"PT16", 10}, draw),
            missing.string() + ": cannot be written");
}

TEST(OneRegion, SameSeedSameFilesAnotherSeedOthers) {
  EXPECT_EQ(Made(1).cooperations, Made(1).cooperations);
  EXPECT_NE(Made(1).cooperations, Made(2).cooperations);
}

TEST(OneRegion, SmallerFileIsTheBeginningOfALargerOneButForHoldings) {
  const std::string smaller = Made(1, 100).cooperations;
  EXPECT_EQ(rows_of(smaller).size(), 100u);
  EXPECT_TRUE(Made(1).cooperations.starts_with(smaller));
}

TEST(OneRegion, EveryRowIsAtHomeAndImported) {
  const Made made;
  ASSERT_EQ(made.wrong, "");
  MemoryStore store;
  ImportBench node(store, territory_of("PT16", {"ES13"}));
  ASSERT_OK_AND(const auto rows, node.import(text_source(made.cooperations),
                                             RecordKind::cooperation, ImportRole::own));
  EXPECT_EQ(rows.added, kRows);
  ASSERT_OK_AND(const auto firms, node.import(text_source(made.organisations),
                                              RecordKind::organisation, ImportRole::own));
  EXPECT_EQ(firms.added, firms.read);
  EXPECT_GT(node.counts().known_nace(), 50);
  EXPECT_GT(node.counts().undated(), 0);
}

TEST(OneRegion, EveryHundredthFirmChangesOneRowsTechnology) {
  const Made made;
  std::map<std::string, Row> before;
  std::set<std::string> firms, changed;
  for (const Row& row : rows_of(made.cooperations)) {
    before[row.at("coop_id")] = row;
    firms.insert(row.at("sme_id"));
  }
  for (Row row : rows_of(made.changed)) {
    Row& old = before.at(row.at("coop_id"));
    EXPECT_NE(row.at("technology_derived"), old.at("technology_derived"));
    row["technology_derived"] = old.at("technology_derived");
    EXPECT_EQ(row, old);
    EXPECT_TRUE(changed.insert(row.at("sme_id")).second) << "a firm changes once";
  }
  EXPECT_EQ(changed.size(), (firms.size() + 99) / 100);
}

}  // namespace
}  // namespace regions::sample
