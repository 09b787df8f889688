// The copy of the facts on disk is what the records say, or it is not used.
#include <fstream>
#include <sstream>

#include "node/cube/facts_keeper.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

constexpr YearSpan kSpan{2008, 2027};

// A store that says how often all cooperations were read.
class WatchedStore final : public Store {
 public:
  Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
    return inner.get(area, key);
  }
  Result<std::vector<std::optional<Bytes>>> get_many(
      Area area, const std::vector<Bytes>& keys) const override {
    return inner.get_many(area, keys);
  }
  std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
    if (area == Area::cooperations && prefix.empty() && from.empty()) ++read_whole;
    return inner.scan(area, prefix, from);
  }
  Result<void> commit(const Batch& batch) override { return inner.commit(batch); }
  // Tests do not write while they read.
  std::unique_ptr<Reader> snapshot() const override {
    class Through final : public Reader {
     public:
      explicit Through(const WatchedStore& store) : store_(store) {}
      Result<std::optional<Bytes>> get(Area area, ByteView key) const override {
        return store_.get(area, key);
      }
      Result<std::vector<std::optional<Bytes>>> get_many(
          Area area, const std::vector<Bytes>& keys) const override {
        return store_.get_many(area, keys);
      }
      std::unique_ptr<Cursor> scan(Area area, ByteView prefix, ByteView from) const override {
        return store_.scan(area, prefix, from);
      }

     private:
      const WatchedStore& store_;
    };
    return std::make_unique<Through>(*this);
  }

  MemoryStore inner;
  mutable int read_whole = 0;
};

// What would be published of every planned table of counts.
std::vector<std::optional<std::int64_t>> figures(const Facts& facts) {
  std::vector<std::optional<std::int64_t>> out;
  for (const auto& table : by_cell_key(facts, specs_of(cell_key_margins()), kSpan, plan_noise())) {
    for (const auto& cell : table.cells()) out.push_back(cell.value);
  }
  return out;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class FactsCopyTest : public testing::Test {
 protected:
  void SetUp() override { import_generated(store_, generate_records(3, 60)); }
  void change(std::uint64_t seed) {
    auto other = generate_records(seed, 60);
    const std::size_t some = other.own_cooperations.find("c5,");
    other.own_cooperations.resize(some);
    other.partner_cooperations =
        other.own_cooperations.substr(0, other.own_cooperations.find('\n') + 1);
    other.own_organisations.resize(other.own_organisations.find('\n') + 1);
    other.partner_organisations = other.own_organisations;
    import_generated(store_, other, ImportOrder::cooperations_first, 3);
  }
  Facts loaded() { return facts_of(store_, generated_members()).value(); }
  Result<Facts> copied() { return FactsCopy::read(path_, generated_members(), kTestSecret); }
  void write(const std::string& text) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
  }
  std::shared_ptr<const Facts> current(FactsKeeper& keeper) {
    return keeper.current(store_, generated_members(), nullptr).value();
  }

  TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path / "records.facts";
  WatchedStore store_;
};

TEST_F(FactsCopyTest, MissingCopyIsNotFound) { EXPECT_THAT(copied(), IsErr(Errc::not_found)); }

TEST_F(FactsCopyTest, DamagedCopyIsNotServed) {
  ASSERT_OK(FactsCopy::write(path_, loaded(), generated_members()));
  const std::string whole = text_of(path_);
  for (std::size_t i = 0; i < whole.size(); i += 1 + whole.size() / 800) {
    std::string bad = whole;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    write(bad);
    EXPECT_FALSE(copied().has_value()) << "byte " << i << " of " << whole.size();
  }
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 200) {
    write(whole.substr(0, size));
    EXPECT_FALSE(copied().has_value()) << size << " bytes of " << whole.size();
  }
  write(whole + "x");
  EXPECT_THAT(copied(), IsErr(Errc::corrupt));
  write(whole);
  EXPECT_THAT(copied(), IsOk());
}

TEST_F(FactsCopyTest, CopyOfAnotherRosterIsRefused) {
  ASSERT_OK(FactsCopy::write(path_, loaded(), generated_members()));
  Territories other = generated_members();
  other.members.push_back({"FR10", {"FR10"}});
  EXPECT_THAT(FactsCopy::read(path_, other, kTestSecret), IsErr(Errc::mismatch));
}

TEST_F(FactsCopyTest, CopyIsReadableByItsOwnerAlone) {
  ASSERT_OK(FactsCopy::write(path_, loaded(), generated_members()));
  EXPECT_EQ(std::filesystem::status(path_).permissions(), std::filesystem::perms(0600));
}

TEST_F(FactsCopyTest, CopyCountsAsTheRecordsDo) {
  const Facts facts = loaded();
  ASSERT_OK(FactsCopy::write(path_, facts, generated_members()));
  ASSERT_OK_AND(const Facts again, copied());
  EXPECT_EQ(figures(again), figures(facts));
  EXPECT_EQ(again.active_years(), facts.active_years());
  EXPECT_EQ(again.knows_nace(), facts.knows_nace());
  EXPECT_EQ(again.read_at(), facts.read_at());
}

TEST_F(FactsCopyTest, CopyThatWasLeftHalfWrittenIsWrittenAnew) {
  FactsKeeper keeper(path_, kTestSecret);
  write("regions4.facts/1\n\0\0");
  std::ofstream(path_.string() + ".new") << "left by a process that was killed";
  EXPECT_EQ(figures(*current(keeper)), figures(loaded()));
  EXPECT_THAT(copied(), IsOk());
  EXPECT_FALSE(std::filesystem::exists(path_.string() + ".new"));
}

TEST_F(FactsCopyTest, CopyOfAStoreThatWentAnotherWayIsNotServed) {
  change(8);
  {
    FactsKeeper keeper(path_, kTestSecret);
    (void)current(keeper);
  }
  // Put back from an older copy of the store; then as many batches with other content.
  Batch erase;
  const auto held = store_.inner.contents();
  for (int area = 0; area < kAreaCount; ++area) {
    for (const auto& [key, value] : held[static_cast<std::size_t>(area)]) {
      erase.erase(static_cast<Area>(area), key);
    }
  }
  ASSERT_OK(store_.commit(erase));
  import_generated(store_, generate_records(3, 60));
  change(9);
  FactsKeeper keeper(path_, kTestSecret);
  EXPECT_EQ(figures(*current(keeper)), figures(loaded()));
}

TEST_F(FactsCopyTest, RecordsAreReadWholeOnceAndThenWhatChanged) {
  {
    FactsKeeper keeper(path_, kTestSecret);
    (void)current(keeper);
    change(4);
    (void)current(keeper);
    EXPECT_EQ(store_.read_whole, 1);
  }
  // Another process.
  FactsKeeper keeper(path_, kTestSecret);
  change(5);
  const auto facts = current(keeper);
  EXPECT_EQ(store_.read_whole, 1);
  EXPECT_EQ(figures(*facts), figures(loaded()));
}

TEST_F(FactsCopyTest, WhoReadsTheFactsKeepsThem) {
  FactsKeeper keeper(path_, kTestSecret);
  const auto before = current(keeper);
  const auto said = figures(*before);
  EXPECT_EQ(current(keeper), before);
  change(6);
  const auto after = current(keeper);
  EXPECT_NE(after, before);
  EXPECT_EQ(figures(*before), said);
  EXPECT_EQ(figures(*after), figures(loaded()));
}

TEST_F(FactsCopyTest, FolderThatCannotBeWrittenHoldsNothingUp) {
  FactsKeeper keeper(folder_.path / "none" / "records.facts", kTestSecret);
  EXPECT_EQ(figures(*current(keeper)), figures(loaded()));
}

// 24 bytes a cooperation and 160 an enterprise beside its id: what facts.h says, with room for
// vectors that are not full.
TEST_F(FactsCopyTest, MemoryIsBounded) {
  std::string rows = kCooperationHeader;
  constexpr std::size_t kFirms = 400, kRows = 8000;
  for (std::size_t i = 0; i < kRows; ++i) {
    rows += "c" + std::to_string(i) + ",e" + std::to_string(i % kFirms) +
            ",PRC,PT16,a,HES,PT,PT16,2015-01-01,2016-01-01,robotics,1,1\n";
  }
  MemoryStore store;
  ImportBench bench(store, territory_of("PT16", {}));
  ASSERT_OK(bench.import(text_source(rows), RecordKind::cooperation, ImportRole::own));
  const Facts facts = facts_of(store, territories("PT16")).value();
  EXPECT_LT(facts.bytes(), kRows * 24 + kFirms * 160);
  ASSERT_OK(FactsCopy::write(path_, facts, territories("PT16")));
  EXPECT_LT(std::filesystem::file_size(path_), kRows * 20 + kFirms * 90);
}

}  // namespace
}  // namespace regions
