// An import remembers what it put into the store and looks nowhere twice; but what somebody else
// writes in between it sees.
#include <gtest/gtest.h>

#include <utility>

#include "tests/node/records/import_support.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

std::string row(int id, const std::string& firm, const std::string& place = "PT16") {
  return "c" + std::to_string(id) + "," + firm + ",PRC," + place +
         ",a1,HES,DE,DE80,2014-01-01,2016-01-01,robotics,1,1\n";
}

class ImportMemoryTest : public testing::Test {
 protected:
  // Batches of two rows; `between` is called behind each.
  Result<ImportSummary> import(Store& store, const std::string& rows,
                               const std::function<void()>& between = {}) {
    RecordStore records(store);
    KeptRejects rejects;
    ImportOptions options;
    options.source_name = "test";
    options.batch_rows = 2;
    const auto progress = [&](const ImportSummary&) {
      if (between) between();
    };
    return import_csv(text_source(kCooperationHeader + rows), options, records, rule_, rejects,
                      progress, {});
  }
  records::Counts counts() { return read_counts(store_).value(); }

  MemoryStore store_;
  const TerritoryRule rule_ = territory_of("PT16", {"DE24"});
};

TEST_F(ImportMemoryTest, WhatAnotherImportWroteBetweenTwoBatchesIsNotAddedAgain) {
  std::string rows;
  for (int id = 0; id < 10; ++id) rows += row(id, "e" + std::to_string(id % 3));
  bool once = false;
  const auto other = [&] {
    if (!std::exchange(once, true))
      ASSERT_OK(import(store_, row(9, "e7") + row(20, "e0", "PT16E")));
  };
  ASSERT_OK_AND(const auto summary, import(store_, rows, other));
  EXPECT_EQ(summary.added, 9u);
  EXPECT_EQ(summary.changed, 1u);
  EXPECT_EQ(counts().own_cooperations(), 11);
  EXPECT_EQ(counts().enterprises(), 4);
  ASSERT_OK_AND(const auto changed, find_cooperation(store_, "c9"));
  EXPECT_EQ(changed->version(), 2u);
  EXPECT_EQ(changed->enterprise(), "e0");
  // The other's place came last, and then ours again.
  ASSERT_OK_AND(const auto e0, find_enterprise(store_, "e0"));
  EXPECT_EQ(e0->rows().own_place().nuts(), "PT16");
}

TEST_F(ImportMemoryTest, PlaceThatComesAndGoesIsTheLastOne) {
  for (const std::string last : {"PT16", "PT16E"}) {
    ASSERT_OK(import(store_, row(1, "e1") + row(2, "e2") + row(3, "e1", "PT16E") + row(4, "e1") +
                                 row(5, "e1", "PT16E") + row(6, "e1", last)));
    ASSERT_OK_AND(const auto found, find_enterprise(store_, "e1"));
    EXPECT_EQ(found->rows().own_place().nuts(), last);
  }
}

TEST_F(ImportMemoryTest, AStoreThatHeldNothingIsAskedForEachPartyOnce) {
  const auto operations = [&](int rows) {
    MemoryStore memory;
    FaultStore counting(memory);
    std::string text;
    for (int id = 0; id < rows; ++id) text += row(id, "e" + std::to_string(id % 2));
    EXPECT_THAT(import(counting, text), IsOk());
    return counting.operations();
  };
  // Of a batch of known parties: where the records stand, the counts, the commit; and no more than
  // an empty question for the rest.
  EXPECT_LE(operations(40) - operations(20), 10u * 6);
}

}  // namespace
}  // namespace regions
