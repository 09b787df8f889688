// The counting rules of DISCLOSURE 1, seen through the headline rule: n of 3 shows, less does not.
#include "node/cube/cube.h"

#include "policies/disclosure/amounts/amount_control.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/records/import_support.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

struct Shown {
  std::optional<std::int64_t> ent, sme;
  bool computable = false;
};

class CubeTest : public testing::Test {
 protected:
  // One cooperation of enterprise `e`, with whatever else it needs.
  std::string row(const std::string& e, const std::string& start, const std::string& end,
                  const std::string& technology = "robotics", const std::string& place = "PT16") {
    return "c" + std::to_string(++made_) + "," + e + ",PRC," + place + ",a,HES,PT,," + start + "," +
           end + "," + technology + ",,\n";
  }
  void own(const std::string& rows) { ASSERT_OK(bench_.cooperations(rows)); }
  void organisations(const std::string& rows) {
    ASSERT_OK(bench_.organisations(rows));
    ASSERT_TRUE(bench_.rejects.all.empty());
  }
  // What of a year would be published.
  Shown shown(int year) {
    Shown result;
    const auto facts = facts_of(*bench_.records.snapshot());
    EXPECT_THAT(facts, IsOk());
    if (!facts) return result;
    auto input = CubeBuilder::headline(*facts, Catalogue::builtin(), year);
    EXPECT_THAT(input, IsOk());
    if (!input) return result;
    auto fixed = HeadlineControl::decide(*input, default_rules());
    EXPECT_THAT(fixed, IsOk());
    if (!fixed) return result;
    result.ent = fixed->ent().cells()[0].value;
    result.computable = fixed->sme().has_value();
    if (result.computable) result.sme = fixed->sme()->cells()[0].value;
    return result;
  }
  // Enterprises e1..eN with one cooperation each in 2015.
  std::string firms(int count, const std::string& technology = "robotics") {
    std::string rows;
    for (int i = 1; i <= count; ++i) {
      rows += row("e" + std::to_string(i), "2015-03-01", "2015-04-01", technology);
    }
    return rows;
  }
  // The sum of a period as it would be published, of all enterprises or of one size.
  std::optional<std::int64_t> funding(PeriodKind kind, int year, const std::string& size = "") {
    const Catalogue& catalogue = Catalogue::builtin();
    PlannedTable table{"total", {"COOP-FUND-EUR"}, kind, {}, Method::rounded, {Tier::L}};
    std::vector<const Dimension*> by;
    if (!size.empty()) {
      table.by = {"size"};
      by = {catalogue.dimension("size")};
    }
    const auto known = Knowledge::read(*bench_.records.snapshot(), territories("PT16", {"DE24"}));
    const Period period = Period::of(kind, year);
    const auto raw = CubeBuilder::amounts(*known, catalogue, *catalogue.find("COOP-FUND-EUR"), by,
                                          {period.first_year(), period.last_year()});
    const Bytes key(32, 'k');
    AmountRequest request;
    request.catalogue = &catalogue;
    request.tables = {{&table, period}};
    request.rules = default_rules();
    request.region_key = key;
    const auto made = AmountControl::protect(*raw, request);
    for (const auto& cell : made->tables[0].cells()) {
      if (size.empty() || cell.categories[0] == size) return cell.value;
    }
    return std::nullopt;
  }
  void states(const std::string& rows, ImportRole role = ImportRole::own) {
    ASSERT_OK(bench_.import(text_source("org_id,kind,nuts,size,holding,valid_from\n" + rows),
                            RecordKind::organisation, role));
    EXPECT_EQ(bench_.rejected(), std::vector<std::string>());
  }
  std::string firm(int i, const std::string& nace, const std::string& size) {
    return "e" + std::to_string(i) + ",N,PRC,PT16,X,PT," + nace + "," + size + "\n";
  }

  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24"})};
  int made_ = 0;
};

TEST_F(CubeTest, YearOutsideTheCalendarIsRefused) {
  ASSERT_OK_AND(const auto facts, facts_of(store_));
  for (const int year : {1899, 3000}) {
    EXPECT_THAT(CubeBuilder::headline(facts, Catalogue::builtin(), year),
                IsErr(Errc::invalid_input));
  }
}

TEST_F(CubeTest, DamagedRecordsAreCorruptNotPassedOver) {
  own(firms(3));
  Batch batch;
  batch.put(Area::cooperations, Bytes("\0\2zzx", 5), "");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(facts_of(store_), IsErr(Errc::corrupt));
  batch.clear();
  batch.put(Area::enterprises, Bytes("\0\2e1", 4), "\xff");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(facts_of(store_), IsErr(Errc::corrupt));
}

TEST_F(CubeTest, StoreThatFailsInTheMiddleGivesNoCount) {
  own(firms(3));
  FaultStore store(store_);
  for (int n = 1; n <= 2; ++n) {
    store.fail_at(n, FaultStore::Flavour::not_applied);
    EXPECT_THAT(facts_of(store), IsErr(Errc::io)) << n;
  }
}

TEST_F(CubeTest, NoTablesAndNoYearsGiveNothing) {
  own(firms(3));
  ASSERT_OK_AND(const auto facts, facts_of(store_));
  const Catalogue& catalogue = Catalogue::builtin();
  EXPECT_TRUE(CubeBuilder::tables(facts, catalogue, {}, {2015, 2015}).empty());
  const TableSpec spec{catalogue.find("ENT-COOP"), PeriodKind::year, {}};
  EXPECT_TRUE(CubeBuilder::tables(facts, catalogue, {spec}, {2016, 2015}).empty());
}

TEST_F(CubeTest, EmptyRecordsHaveNoYearAndAWithheldCount) {
  ASSERT_OK_AND(const auto facts, facts_of(store_));
  EXPECT_TRUE(facts.active_years().empty());
  EXPECT_GT(facts.first_year(), facts.last_year());
  ASSERT_OK_AND(const auto years, CubeBuilder::headlines(facts, Catalogue::builtin()));
  EXPECT_TRUE(years.empty());
  EXPECT_EQ(shown(2015).ent, std::nullopt);
  EXPECT_FALSE(shown(2015).computable);
}

TEST_F(CubeTest, PartnerRowsAreNeverCounted) {
  own(firms(2));
  ASSERT_OK(bench_.cooperations(row("x1", "2015-01-01", "2015-01-02", "", "DE24") +
                                    row("x2", "2015-01-01", "2015-01-02", "", ""),
                                ImportRole::partner));
  EXPECT_EQ(shown(2015).ent, std::nullopt);
  own(row("e3", "2015-01-01", "2015-01-01"));
  EXPECT_EQ(shown(2015).ent, 3);
}

TEST_F(CubeTest, EnterpriseWithManyCooperationsCountsOnce) {
  own(firms(2) + firms(2) + firms(2));
  EXPECT_EQ(shown(2015).ent, std::nullopt);
  own(firms(3));
  EXPECT_EQ(shown(2015).ent, 3);
}

TEST_F(CubeTest, ActiveFromTheYearOfStartToTheYearOfEnd) {
  for (int i = 1; i <= 3; ++i) own(row("e" + std::to_string(i), "2014-12-31", "2016-01-01"));
  EXPECT_EQ(shown(2013).ent, std::nullopt);
  EXPECT_EQ(shown(2014).ent, 3);
  EXPECT_EQ(shown(2015).ent, 3);
  EXPECT_EQ(shown(2016).ent, 3);
  EXPECT_EQ(shown(2017).ent, std::nullopt);
  ASSERT_OK_AND(const auto facts, facts_of(store_));
  EXPECT_EQ(facts.active_years(), (std::vector<int>{2014, 2015, 2016}));
}

TEST_F(CubeTest, UndatedAndCancelledAreInNoYear) {
  bench_.mapping = Mapping::builtin(RecordKind::cooperation);
  bench_.mapping->columns[CooperationField::status] = ColumnMapping{};
  bench_.mapping->columns[CooperationField::status]->from = "state";
  std::string text = kCooperationHeader;
  text.insert(text.size() - 1, ",state");
  for (const char* cells : {"1,e1,PRC,PT16,,,,,2015-01-01,2015-01-02,,,,cancelled\n",
                            "2,e2,PRC,PT16,,,,,,2015-01-02,,,,running\n",
                            "3,e3,PRC,PT16,,,,,2015-01-01,NA,,,,running\n",
                            "4,e4,PRC,PT16,,,,,2015-01-01,2015-01-01,,,,completed\n",
                            "5,e5,PRC,PT16,,,,,2015-01-01,2015-01-01,,,,planned\n"}) {
    text += cells;
  }
  ASSERT_OK(bench_.import(text_source(text), RecordKind::cooperation, ImportRole::own));
  EXPECT_TRUE(bench_.rejects.all.empty());
  EXPECT_EQ(shown(2015).ent, std::nullopt);
}

TEST_F(CubeTest, UnknownPlaceCountsAsOwnUntilItIsKnownToBeElsewhere) {
  own(row("e1", "2015-01-01", "2015-01-01", "", "") + row("e2", "2015-01-01", "2015-01-01") +
      row("e3", "2015-01-01", "2015-01-01", "", "PT"));
  EXPECT_EQ(shown(2015).ent, 3);
  ASSERT_OK(bench_.organisations("e1,N,PRC,DE247,X,DE,,\n", ImportRole::partner));
  EXPECT_EQ(shown(2015).ent, std::nullopt);
}

// A firm of ours that moves away: the row of its new place comes from its new member.
TEST_F(CubeTest, AFirmThatMovedCountsHereUntilThenInEitherOrderOfTheFiles) {
  const std::string header = "org_id,kind,nuts,valid_from\n";
  const auto import = [&](ImportBench& bench, const std::string& row, ImportRole role) {
    ASSERT_OK(bench.import(text_source(header + row), RecordKind::organisation, role));
    EXPECT_TRUE(bench.rejects.all.empty());
  };
  std::string rows;
  for (int i = 1; i <= 3; ++i) rows += row("e" + std::to_string(i), "2018-01-01", "2021-12-31");
  for (const bool own_first : {true, false}) {
    MemoryStore store;
    ImportBench bench(store, territory_of("PT16", {"DE24"}));
    ASSERT_OK(bench.cooperations(rows));
    if (own_first) import(bench, "e1,PRC,PT16,2010-01-01\n", ImportRole::own);
    import(bench, "e1,PRC,DE24,2020-01-01\n", ImportRole::partner);
    import(bench, "e1,PRC,DE24,2020-01-01\n", ImportRole::partner);  // again: a no-op
    if (!own_first) import(bench, "e1,PRC,PT16,2010-01-01\n", ImportRole::own);
    ASSERT_OK_AND(const auto facts, facts_of(*bench.records.snapshot()));
    for (const auto& [year, expected] :
         std::map<int, std::optional<std::int64_t>>{{2019, 3}, {2020, std::nullopt}}) {
      ASSERT_OK_AND(const auto input, CubeBuilder::headline(facts, Catalogue::builtin(), year));
      ASSERT_OK_AND(const auto fixed, HeadlineControl::decide(input, default_rules()));
      EXPECT_EQ(fixed.ent().cells()[0].value, expected) << year << own_first;
    }
  }
}

TEST_F(CubeTest, SmeCoopNeedsOneKnownNace) {
  own(firms(3));
  organisations(firm(1, "", "small"));
  EXPECT_FALSE(shown(2015).computable);
  organisations("e9,N,PRC,PT16,X,PT,A,\n");
  EXPECT_TRUE(shown(2015).computable);
}

TEST_F(CubeTest, SmeCoopCountsManufacturingSmesWithIndustry40Alone) {
  own(firms(6) + row("e7", "2015-01-01", "2015-01-01", "biotechnology") +
      row("e8", "2015-01-01", "2015-01-01", "") + row("e9", "2016-01-01", "2016-01-01") +
      row("e10", "2015-01-01", "2015-01-01"));
  organisations(firm(1, "C", "micro") + firm(2, "10.11", "small") + firm(3, "33", "medium") +
                firm(4, "C", "large") + firm(5, "D", "small") + firm(6, "C", "") +
                firm(7, "C", "small") + firm(8, "C", "small") + firm(9, "C", "small"));
  EXPECT_EQ(shown(2015).sme, 3);
  EXPECT_EQ(shown(2015).ent, 9);
  organisations(firm(1, "C", "large"));
  EXPECT_EQ(shown(2015).sme, std::nullopt);
}

TEST_F(CubeTest, TechnologyMustBeThatOfACooperationActiveInTheYear) {
  own(firms(3, "biotechnology"));
  for (int i = 1; i <= 3; ++i) own(row("e" + std::to_string(i), "2017-01-01", "2018-01-01"));
  organisations(firm(1, "C", "micro") + firm(2, "C", "small") + firm(3, "C", "medium"));
  EXPECT_EQ(shown(2015).sme, std::nullopt);
  EXPECT_EQ(shown(2015).ent, 3);
  EXPECT_EQ(shown(2017).sme, 3);
}

TEST_F(CubeTest, AttributesAreThoseOfThePeriodsLastDay) {
  for (int i = 1; i <= 3; ++i) own(row("e" + std::to_string(i), "2014-01-01", "2017-12-31"));
  organisations(firm(1, "C", "small") + firm(2, "C", "small"));
  ASSERT_OK(
      bench_.import(text_source("org_id,kind,nuts,nace,size,valid_from\n"
                                "e3,PRC,PT16,C,small,2015-12-31\ne3,PRC,PT16,C,large,2017-01-01\n"),
                    RecordKind::organisation, ImportRole::own));
  EXPECT_TRUE(bench_.rejects.all.empty());
  EXPECT_EQ(shown(2014).sme, std::nullopt);
  EXPECT_EQ(shown(2015).sme, 3);
  EXPECT_EQ(shown(2016).sme, 3);
  EXPECT_EQ(shown(2017).sme, std::nullopt);
}

TEST_F(CubeTest, AmountsOfYearsAddUpWhenFirmsMoveOrGrowWithinTheWindow) {
  std::string away, grown;
  for (int i = 1; i <= 4; ++i) {
    const std::string id = "e" + std::to_string(i), money = ",1000000.00,1000000.00\n";
    own("c" + id + "," + id + ",PRC,,a,HES,PT,,2018-01-01,2018-12-31,robotics" + money);
    own("d" + id + "," + id + ",PRC,,a,HES,PT,,2019-01-01,2020-12-31,robotics" + money);
    grown += id + ",PRC,,small,,\n" + id + ",PRC,,large,,2019-06-01\n";
    away += id + ",PRC,DE247,large,,2020-06-01\n";
  }
  states(away, ImportRole::partner);
  states(grown);
  EXPECT_EQ(funding(PeriodKind::year, 2018), 400'000'000);
  EXPECT_EQ(funding(PeriodKind::year, 2019), 400'000'000);
  EXPECT_EQ(funding(PeriodKind::window, 2018), 800'000'000);
  EXPECT_EQ(funding(PeriodKind::window, 2018, "small"), 400'000'000);
  EXPECT_EQ(funding(PeriodKind::window, 2018, "large"), 400'000'000);
}

TEST_F(CubeTest, ATotalThatTwoHoldingsDominateIsWithheld) {
  const auto grant = [](const std::string& id, const std::string& euro) {
    return "c" + id + "," + id + ",PRC,PT16,a,HES,PT,,2018-01-01,2018-12-31,robotics," + euro +
           "," + euro + "\n";
  };
  own(grant("e1", "5000000.00") + grant("e2", "4500000.00") + grant("e3", "500000.00"));
  EXPECT_EQ(funding(PeriodKind::year, 2018), std::nullopt);
  own(grant("e4", "1000000.00"));
  EXPECT_EQ(funding(PeriodKind::year, 2018), 1'100'000'000);
}

TEST_F(CubeTest, AFirmThatChangesItsHoldingIsOneContributorOfAWindow) {
  std::string holdings;
  for (int i = 1; i <= 3; ++i) {
    const std::string id = "e" + std::to_string(i), money = ",1000000.00,1000000.00\n";
    own("c" + id + "," + id + ",PRC,PT16,a,HES,PT,,2018-01-01,2018-12-31,robotics" + money);
    own("d" + id + "," + id + ",PRC,PT16,a,HES,PT,,2019-01-01,2019-12-31,robotics" + money);
    holdings +=
        id + ",PRC,PT16,small,,\n" + id + ",PRC,PT16,small,h" + std::to_string(i) + ",2019-06-01\n";
  }
  states(holdings);
  EXPECT_EQ(funding(PeriodKind::window, 2018), 600'000'000);
  EXPECT_EQ(funding(PeriodKind::year, 2018), 300'000'000);
  states("e3,PRC,PT16,small,h1,2019-06-01\n");
  // Three contributors still, and h1 has the books of two of them.
  EXPECT_EQ(funding(PeriodKind::year, 2018), std::nullopt);
  EXPECT_EQ(funding(PeriodKind::window, 2018), std::nullopt);
}

}  // namespace
}  // namespace regions
