// A cube that is brought up to date is, cell by cell and key by key, the one that counts everything
// anew, whatever changed in between.
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/oracle/raw_reader.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/node/cube/sql/planned_margins.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"

namespace regions {
namespace {

constexpr YearSpan kUpdatedSpan{2008, 2027};

// The planned margins, and amounts by everything.
std::vector<TableSpec> all_specs() {
  auto margins = planned_margins();
  for (const PeriodKind kind : kPeriodKinds) {
    margins.push_back(margin_of(nullptr, "COOP-FUND-EUR", kind, {"technology_group", "size"}));
    margins.push_back(margin_of(nullptr, "COOP-FUND-EUR", kind, {"partner_profile"}));
    margins.push_back(margin_of(nullptr, "SME-COOP", kind, {"partner_profile", "actor_kind"}));
  }
  return specs_of(margins);
}

Facts loaded(const Reader& reader) { return facts_of(reader, generated_members()).value(); }

class UpdateTest : public testing::Test {
 protected:
  void SetUp() override { specs_ = all_specs(); }
  void start() { cube_ = std::make_unique<Cube>(loaded(store_), catalogue_, specs_, kUpdatedSpan); }
  Result<void> update(const Reader& reader) {
    const auto changed = changed_since(reader, cube_->facts().read_at());
    if (!changed) return changed.error();
    CHECK(changed->has_value());
    return cube_->update(reader, generated_members(), kTestSecret, **changed);
  }
  void expect_as_anew(const std::string& what) {
    const Facts facts = loaded(store_);
    const auto anew = CubeBuilder::tables(facts, catalogue_, specs_, kUpdatedSpan);
    const auto kept = cube_->tables();
    ASSERT_EQ(kept.size(), anew.size());
    for (std::size_t i = 0; i < anew.size(); ++i) {
      ASSERT_EQ(BreakdownControl::numbers(kept[i]), BreakdownControl::numbers(anew[i]))
          << what << ": " << BreakdownControl::name(anew[i]);
    }
    EXPECT_EQ(cube_->facts().active_years(), facts.active_years()) << what;
    EXPECT_EQ(cube_->facts().first_year(), facts.first_year()) << what;
    EXPECT_EQ(cube_->facts().knows_nace(), facts.knows_nace()) << what;
    EXPECT_EQ(cube_->facts().read_at(), facts.read_at()) << what;
  }
  void update_and_expect(const std::string& what) {
    ASSERT_OK(update(store_));
    expect_as_anew(what);
  }
  void cooperations(const std::string& rows) { ASSERT_OK(bench_.cooperations(rows)); }
  void organisations(const std::string& rows, ImportRole role = ImportRole::own) {
    const std::string header = "org_id,kind,nuts,size,holding,valid_from\n";
    ASSERT_OK(bench_.import(text_source(header + rows), RecordKind::organisation, role));
    ASSERT_EQ(bench_.rejected(), std::vector<std::string>());
  }
  static std::string row(int id, const std::string& firm, const std::string& year,
                         const std::string& cents = "1.00",
                         const std::string& actor = "a,HES,PT,PT16") {
    return "c" + std::to_string(id) + "," + firm + ",PRC,PT16," + actor + "," + year + "-03-01," +
           year + "-04-01,robotics," + cents + "," + cents + "\n";
  }

  const Catalogue& catalogue_ = Catalogue::builtin();
  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24", "ES13"})};
  std::vector<TableSpec> specs_;
  std::unique_ptr<Cube> cube_;
};

// About one line in `one_in`, behind the header.
std::string some_of(const std::string& text, SeededRandom& random, std::uint32_t one_in) {
  std::size_t at = text.find('\n') + 1;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at) + 1;
    if (read_u32(random.bytes(4)) % one_in == 0) out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

// Rows of other records with the same ids: firms that move, cooperations that go to another firm or
// are cancelled, holdings that change, actors that get another kind, rows of both roles.
void import_changes(Store& store, std::uint64_t seed, int cooperations, std::uint32_t one_in) {
  SeededRandom random(seed);
  auto other = generate_records(seed, cooperations);
  for (std::string* text : {&other.own_cooperations, &other.partner_cooperations,
                            &other.own_organisations, &other.partner_organisations}) {
    *text = some_of(*text, random, one_in);
  }
  import_generated(store, other, ImportOrder::organisations_first, 7, true);
}

class RandomUpdateTest : public UpdateTest, public testing::WithParamInterface<std::uint64_t> {};

TEST_P(RandomUpdateTest, ManyChangesGiveWhatCountingAnewGives) {
  const std::uint64_t seed = GetParam();
  import_generated(store_, generate_records(seed, 200));
  start();
  for (std::uint64_t step = 1; step <= (kSanitized ? 2 : 8) && !HasFailure(); ++step) {
    import_changes(store_, seed * 100 + step, 200 + static_cast<int>(step) * 5,
                   step % 2 == 0 ? 40 : 6);
    update_and_expect("seed " + std::to_string(seed) + ", step " + std::to_string(step));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomUpdateTest, testing::Range<std::uint64_t>(1, 4));

TEST_F(UpdateTest, AStoreThatFailsLeavesTheCubeAsItWas) {
  import_generated(store_, generate_records(7, 60));
  start();
  import_changes(store_, 701, 60, 4);
  FaultStore failing(store_);
  const auto before = cube_->facts().read_at();
  std::uint64_t tried = 0;
  for (bool failed = true; failed;) {
    failing.fail_at(++tried, FaultStore::Flavour::not_applied);
    const auto updated = update(failing);
    failed = !updated;
    if (!failed) break;
    EXPECT_EQ(cube_->facts().read_at(), before);
  }
  EXPECT_GT(tried, 10u);
  expect_as_anew("after " + std::to_string(tried) + " operations that failed");
}

TEST_F(UpdateTest, LargestContributorsThatGoAreReplaced) {
  const int firms = 3 * static_cast<int>(Contributors::kKept);
  const auto rows = [&](int first, int last, const std::string& cents) {
    std::string text;
    for (int i = first; i < last; ++i) {
      text += row(i, "e" + std::to_string(i), "2015",
                  cents.empty() ? std::to_string(100 + i) + ".00" : cents);
    }
    return text;
  };
  cooperations(rows(0, firms, ""));
  start();
  // One by one, then more at once than are known, then all but one.
  for (int i = firms - 1; i > firms - 6; --i) {
    cooperations(rows(i, i + 1, "0.01"));
    update_and_expect("without " + std::to_string(i));
  }
  cooperations(rows(firms / 4, firms, "0.02"));
  update_and_expect("without most");
  cooperations(rows(1, firms, "0"));
  update_and_expect("with one");
  cooperations(rows(0, firms, "0"));
  update_and_expect("with none");
  cooperations(rows(0, firms, "5.00"));
  update_and_expect("with equal ones");
}

TEST_F(UpdateTest, HoldingsThatMergePartAndDissolve) {
  std::string rows, apart, one_holding;
  for (int i = 0; i < 6; ++i) {
    const std::string firm = "e" + std::to_string(i);
    rows += row(i, firm, "2015", "10.00") + row(10 + i, firm, "2016", "1.00");
    apart += firm + ",PRC,PT16,small," + (i % 2 == 0 ? "h1" : "h2") + ",\n";
    one_holding += firm + ",PRC,PT16,small,e0,\n";
  }
  cooperations(rows);
  start();
  organisations(apart);
  update_and_expect("two holdings");
  organisations("e1,PRC,PT16,small,h1,2016-01-01\n");
  update_and_expect("one that stood in both");
  organisations("e1,PRC,PT16,small,,2016-01-01\ne1,PRC,PT16,small,h3,\n");
  update_and_expect("two again, and one alone");
  organisations(one_holding);
  update_and_expect("one holding with the id of a firm");
  organisations("e5,PRC,PT16,small,,\n");
  update_and_expect("and one out of it");
}

TEST_F(UpdateTest, RowsThatLeanOnTheirActorFollowIt) {
  cooperations(row(1, "e1", "2015", "1.00", "a1,,,") + row(2, "e2", "2015", "1.00", "a1,HES,,") +
               row(3, "e3", "2015", "1.00", "a2,,,"));
  start();
  organisations("a1,REC,DE24,,,\n", ImportRole::partner);
  update_and_expect("an actor whose organisation came");
  organisations("a1,PUB,ES13,,,2014-01-01\n", ImportRole::partner);
  organisations("a2,HES,PT16,,,\n");
  update_and_expect("two actors");
  cooperations(row(1, "e1", "2015", "1.00", "a2,,,"));
  organisations("a1,HES,PT16,,,2015-01-01\n");
  update_and_expect("a row that leans on another now");
}

TEST_F(UpdateTest, FirmsAndYearsThatComeAndGo) {
  start();
  cooperations(row(1, "e1", "2015"));
  update_and_expect("the first");
  cooperations(row(1, "e2", "2010"));
  update_and_expect("another firm has its only row");
  organisations("e2,PRC,DE24,small,,2010-02-01\n", ImportRole::partner);
  organisations("e3,PRC,PT16,small,,\n");
  update_and_expect("which moved away; one without rows");
  cooperations(row(1, "e1", "2012") + row(2, "e3", "2020"));
  update_and_expect("and back");
}

TEST_F(UpdateTest, ManyUpdatesTakeNoMoreThanAQuarterMore) {
  std::string rows[2];
  for (int i = 0; i < 2000; ++i) {
    // Each firm has its rows now in this half of the ids, now in both.
    rows[0] += row(i, "e" + std::to_string(i % 400), "2015");
    rows[1] += row(i, "e" + std::to_string(i % 390), "2016");
  }
  cooperations(rows[0]);
  start();
  const std::size_t before = cube_->facts().bytes();
  for (int i = 1; i <= 12; ++i) {
    cooperations(rows[i % 2]);
    ASSERT_OK(update(store_));
    EXPECT_LT(cube_->facts().bytes(), before * 3 / 2) << i;
  }
  expect_as_anew("after all of them");
}

}  // namespace
}  // namespace regions
