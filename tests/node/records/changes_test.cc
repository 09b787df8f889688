#include "node/records/changes.h"

#include "node/records/limits.h"
#include "node/records/record_keys.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

class ChangesTest : public testing::Test {
 protected:
  static std::string row(const std::string& id, const std::string& firm,
                         const std::string& start = "2014-01-01") {
    return id + "," + firm + ",PRC,PT16,a1,HES,DE,DE80," + start + ",2016-01-01,robotics,1,1\n";
  }
  RecordsState state() { return records_state(store_).value(); }
  std::optional<Changed> since(const RecordsState& then) {
    const auto changed = changed_since(store_, then);
    EXPECT_THAT(changed, IsOk());
    return changed ? *changed : std::nullopt;
  }

  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24"})};
};

using Ids = std::set<std::string>;

TEST_F(ChangesTest, RowsThatChangeNothingLeaveNoNote) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1")));
  const auto before = state();
  ASSERT_OK(bench_.cooperations(row("c1", "e1")));
  EXPECT_EQ(state(), before);
  EXPECT_EQ(state().sequence, 1u);
}

TEST_F(ChangesTest, AStoreThatWentAnotherWayIsNotTheOneThatWasRead) {
  MemoryStore other_store;
  ImportBench other(other_store, bench_.territory);
  ASSERT_OK(bench_.cooperations(row("c1", "e1")));
  ASSERT_OK(other.cooperations(row("c1", "e1")));
  EXPECT_EQ(state(), records_state(other_store).value());
  // The same firm and the same number of batches; the row says something else.
  ASSERT_OK(bench_.cooperations(row("c2", "e1", "2014-01-01")));
  ASSERT_OK(other.cooperations(row("c2", "e1", "2015-01-01")));
  const auto theirs = records_state(other_store).value();
  EXPECT_NE(state(), theirs);
  EXPECT_EQ(since(theirs), std::nullopt);
  ASSERT_OK(bench_.cooperations(row("c3", "e1")));
  EXPECT_EQ(since(theirs), std::nullopt);
}

TEST_F(ChangesTest, AStateThatIsStillToComeIsNone) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1")));
  auto later = state();
  ++later.sequence;
  EXPECT_EQ(since(later), std::nullopt);
}

TEST_F(ChangesTest, MoreBatchesThanAreKeptAreTooMany) {
  std::string rows;
  for (std::uint64_t i = 0; i <= kChangesKept; ++i) {
    rows += row("c" + std::to_string(i), "e" + std::to_string(i));
  }
  ASSERT_OK(bench_.import(text_source(kCooperationHeader + rows), RecordKind::cooperation,
                          ImportRole::own, 1));
  EXPECT_EQ(since({}), std::nullopt);
  // One note for each batch that is kept, and the state.
  EXPECT_EQ(store_.contents()[static_cast<std::size_t>(Area::changes)].size(), kChangesKept + 1);
}

TEST_F(ChangesTest, ABatchThatTouchesTooManyNamesNone) {
  std::string rows;
  const std::string long_id(190, 'e');
  for (int i = 0; i < 2800; ++i) rows += row("c" + std::to_string(i), long_id + std::to_string(i));
  ASSERT_OK(bench_.cooperations(rows));
  EXPECT_EQ(since({}), std::nullopt);
  const auto contents = store_.contents();
  for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::changes)]) {
    EXPECT_LE(value.size(), kChangeBytesMax);
  }
}

TEST_F(ChangesTest, MissingOrDamagedNoteIsCorrupt) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1")));
  Batch batch;
  batch.put(Area::changes, change_key(1), "\xff");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(changed_since(store_, {}), IsErr(Errc::corrupt));
  batch.clear();
  batch.erase(Area::changes, change_key(1));
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(changed_since(store_, {}), IsErr(Errc::corrupt));
  batch.put(Area::changes, kRecordsStateKey, "short");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(records_state(store_), IsErr(Errc::corrupt));
}

TEST_F(ChangesTest, EveryBatchNamesWhatItTouched) {
  const RecordsState begin;
  EXPECT_EQ(state(), begin);
  ASSERT_OK(bench_.cooperations(row("c1", "e1") + row("c2", "e2")));
  EXPECT_EQ(since(begin)->cooperating, (Ids{"e1", "e2"}));
  // A row that goes to another firm touches both.
  const auto first = state();
  ASSERT_OK(bench_.cooperations(row("c1", "e3")));
  EXPECT_EQ(since(first)->cooperating, (Ids{"e1", "e3"}));
  const auto second = state();
  ASSERT_OK(bench_.organisations("e1,One,SME,PT16,X,PT,C,small\na1,Uni,HES,,X,PT,,\n"));
  EXPECT_EQ(since(second)->cooperating, Ids());
  EXPECT_EQ(since(second)->enterprises, (Ids{"e1"}));
  EXPECT_EQ(since(second)->actors, (Ids{"a1"}));
  // An organisation that turns out to be of the other side.
  const auto third = state();
  ASSERT_OK(bench_.organisations("e1,One,REC,PT16,X,PT,,\n"));
  EXPECT_EQ(since(third)->enterprises, (Ids{"e1"}));
  EXPECT_EQ(since(third)->actors, (Ids{"e1"}));
  EXPECT_EQ(since(begin)->cooperating, (Ids{"e1", "e2", "e3"}));
  EXPECT_EQ(since(state())->cooperating, Ids());
}

}  // namespace
}  // namespace regions
