// Who knows a share of an amount, of hand-made records.
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/oracle/amounts_reader.h"
#include "tests/node/records/import_support.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

using Known = std::set<std::string>;

const std::string kKnownHeader =
    "coop_id,sme_id,sme_nuts,actor_id,actor_nuts,start,end,technology_derived,amount_share_eur,"
    "project_id,public_source,state\n";

class KnownAmountsTest : public testing::Test {
 protected:
  void SetUp() override {
    bench_.mapping = Mapping::builtin(RecordKind::cooperation);
    bench_.mapping->columns[CooperationField::technology]->separator = ';';
    bench_.mapping->columns[CooperationField::status] = ColumnMapping{};
    bench_.mapping->columns[CooperationField::status]->from = "state";
    bench_.mapping->columns[CooperationField::status]->null = {""};
  }
  struct Told {
    std::string id, firm;
    std::string actor = "a", actor_place = "PT16", project = "", is_public = "", state = "";
    std::string technologies = "robotics", euro = "100.00", start = "2018-03-01";
  };
  static std::string row(const Told& told, const std::string& place = "PT16") {
    return told.id + "," + told.firm + "," + place + "," + told.actor + "," + told.actor_place +
           "," + told.start + ",2021-12-31," + told.technologies + "," + told.euro + "," +
           told.project + "," + told.is_public + "," + told.state + "\n";
  }
  void own(const std::vector<Told>& all) {
    std::string text = kKnownHeader;
    for (const Told& told : all) text += row(told);
    take(text, ImportRole::own);
  }
  void partner(const Told& told) { take(kKnownHeader + row(told, "DE247"), ImportRole::partner); }
  void take(const std::string& text, ImportRole role) {
    ASSERT_OK(bench_.import(text_source(text), RecordKind::cooperation, role));
    ASSERT_EQ(bench_.rejected(), std::vector<std::string>());
  }
  void organisations(const std::string& rows, ImportRole role = ImportRole::own) {
    bench_.mapping.reset();
    const std::string header = "org_id,kind,nuts,size,holding,valid_from\n";
    ASSERT_OK(bench_.import(text_source(header + rows), RecordKind::organisation, role));
    ASSERT_EQ(bench_.rejected(), std::vector<std::string>());
  }
  Knowledge knowledge() {
    return Knowledge::read(store_, territories("PT16", {"DE24", "ES13"})).value();
  }
  std::vector<ReadRow> rows(const std::vector<std::string>& by = {}) {
    const Catalogue& catalogue = Catalogue::builtin();
    std::vector<const Dimension*> dimensions;
    for (const std::string& id : by) dimensions.push_back(catalogue.dimension(id));
    const auto raw = CubeBuilder::amounts(knowledge(), catalogue, *catalogue.find("COOP-FUND-EUR"),
                                          dimensions, {2014, 2027})
                         .value();
    EXPECT_EQ(AmountControl::indicator(raw), "COOP-FUND-EUR");
    EXPECT_EQ(AmountControl::definition(raw),
              catalogue.definition(*catalogue.find("COOP-FUND-EUR")));
    auto read = AmountControl::rows(raw, catalogue);
    std::sort(read.begin(), read.end());
    return read;
  }
  // Of the one row of the firm's holding.
  Known known(const std::string& holding) {
    Known found;
    int count = 0;
    for (const ReadRow& row : rows()) {
      if (row.holding != holding) continue;
      found = row.known_to;
      ++count;
    }
    EXPECT_EQ(count, 1) << holding;
    return found;
  }

  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24", "ES13"})};
};

TEST_F(KnownAmountsTest, DamagedOrUnreadableRecordsGiveNone) {
  own({{"c1", "e1"}});
  FaultStore failing(store_);
  for (int n = 1; n <= 2; ++n) {
    failing.fail_at(n, FaultStore::Flavour::not_applied);
    EXPECT_THAT(Knowledge::read(failing, territories("PT16")), IsErr(Errc::io)) << n;
  }
  Batch batch;
  batch.put(Area::cooperations, Bytes("\0\2zzx", 5), "");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(Knowledge::read(store_, territories("PT16")), IsErr(Errc::corrupt));
}

TEST_F(KnownAmountsTest, ANodeThatStopsReadsNoFurther) {
  own({{"c1", "e1"}});
  const std::atomic<bool> stop = true;
  EXPECT_THAT(Knowledge::read(store_, territories("PT16"), &stop), IsErr(Errc::cancelled));
}

TEST_F(KnownAmountsTest, NothingIsKnownOfEmptyRecords) { EXPECT_TRUE(rows().empty()); }

TEST_F(KnownAmountsTest, WhatDoesNotCountHasNoRow) {
  partner({"p1", "x1"});
  own({{.id = "c1", .firm = "e1", .state = "cancelled"},
       {.id = "c2", .firm = "e2", .start = ""},
       {.id = "c3", .firm = "e3", .start = "2013-12-31"}});
  EXPECT_TRUE(rows().empty());
}

TEST_F(KnownAmountsTest, AnAmountIsSplitInCentsOverTechnologiesInItsStartYear) {
  own({{.id = "c1",
        .firm = "e1",
        .technologies = "robotics;biotechnology;photonics",
        .euro = "100"}});
  const auto read = rows({"technology", "place"});
  ASSERT_EQ(read.size(), 3u);
  std::int64_t sum = 0;
  for (const ReadRow& one : read) {
    EXPECT_EQ(one.year, 2018);
    EXPECT_EQ(one.holding, "e1");
    EXPECT_EQ(one.known_to, Known{"actor a"});
    sum += one.cents;
  }
  EXPECT_EQ(sum, 10'000);
  EXPECT_EQ(read[2].cents, 3'334);  // the first of the technologies in bytewise order
  EXPECT_EQ(read[2].categories, (std::vector<std::string>{"known", "biotechnology"}));
}

TEST_F(KnownAmountsTest, AnUnknownAmountIsARowWithoutCents) {
  own({{.id = "c1", .firm = "e1", .technologies = "", .euro = ""}});
  const auto read = rows({"technology", "nace_group", "size"});
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].cents, 0);
  EXPECT_EQ(read[0].categories, (std::vector<std::string>{"_U", "_U", "_U"}));
}

TEST_F(KnownAmountsTest, AnActorKnowsAllRowsOfBothItsProjectsAndNoOther) {
  own({{.id = "c1", .firm = "e1", .actor = "a", .project = "p"},
       {.id = "c2", .firm = "e2", .actor = "b", .project = "p"},
       {.id = "c3", .firm = "e3", .actor = "a", .project = "q"},
       {.id = "c4", .firm = "e4", .actor = "c", .project = "q"},
       {.id = "c5", .firm = "e5", .actor = "c", .project = "r"}});
  EXPECT_EQ(known("e1"), (Known{"actor a", "actor b"}));
  EXPECT_EQ(known("e2"), (Known{"actor a", "actor b"}));
  EXPECT_EQ(known("e3"), (Known{"actor a", "actor c"}));
  EXPECT_EQ(known("e4"), (Known{"actor a", "actor c"}));
  EXPECT_EQ(known("e5"), Known{"actor c"});
}

TEST_F(KnownAmountsTest, ARowWithoutAProjectIsItsActorsAlone) {
  own({{.id = "c1", .firm = "e1", .actor = "a"},
       {.id = "c2", .firm = "e2", .actor = "b"},
       {.id = "c3", .firm = "e3", .actor = "", .project = "p"},
       {.id = "c4", .firm = "e4", .actor = ""}});
  EXPECT_EQ(known("e1"), Known{"actor a"});
  EXPECT_EQ(known("e2"), Known{"actor b"});
  EXPECT_EQ(known("e3"), Known{});
  EXPECT_EQ(known("e4"), Known{});
}

TEST_F(KnownAmountsTest, RowsThatDoNotCountStillNameAProjectsActors) {
  partner({.id = "p1", .firm = "x1", .actor = "b", .project = "p"});
  own({{.id = "c1", .firm = "e1", .actor = "a", .project = "p"},
       {.id = "c2", .firm = "e2", .actor = "c", .project = "p", .state = "cancelled"},
       {.id = "c3", .firm = "e3", .actor = "d", .project = "p", .start = ""}});
  EXPECT_EQ(known("e1"), (Known{"actor a", "actor b", "actor c", "actor d"}));
}

TEST_F(KnownAmountsTest, TheMemberOfTheActorHoldsTheRowAsWell) {
  own({{.id = "c1", .firm = "e1", .actor_place = "DE247", .project = "p"},
       {.id = "c2", .firm = "e2", .actor_place = "ES1", .project = "p"},
       {.id = "c3", .firm = "e3", .actor_place = "FR101", .project = "p"},
       {.id = "c4", .firm = "e4", .actor_place = "PT16E", .project = "p"}});
  EXPECT_EQ(known("e1"), (Known{"actor a", "member DE24"}));
  for (const char* firm : {"e2", "e3", "e4"}) EXPECT_EQ(known(firm), Known{"actor a"}) << firm;
}

TEST_F(KnownAmountsTest, WhereTheRowSaysNoPlaceTheActorsOrganisationDoes) {
  own({{.id = "c1", .firm = "e1", .actor_place = ""},
       {.id = "c2", .firm = "e2", .actor = "b", .actor_place = ""}});
  organisations("a,HES,ES13,,,\n", ImportRole::partner);
  EXPECT_EQ(known("e1"), (Known{"actor a", "member ES13"}));
  EXPECT_EQ(known("e2"), Known{"actor b"});
}

TEST_F(KnownAmountsTest, APublicRowSaysSoAndNamesNobody) {
  own({{.id = "c1", .firm = "e1", .project = "p", .is_public = "yes"},
       {.id = "c2", .firm = "e2", .project = "p", .is_public = "no"}});
  const auto read = rows();
  ASSERT_EQ(read.size(), 2u);
  EXPECT_TRUE(read[0].is_public);
  EXPECT_EQ(read[0].known_to, Known{});
  EXPECT_FALSE(read[1].is_public);
  EXPECT_EQ(read[1].known_to, Known{"actor a"});
}

TEST_F(KnownAmountsTest, EnterprisesOfOneHoldingAreOneContributor) {
  own({{"c1", "e1"}, {"c2", "e2"}, {"c3", "e3"}});
  organisations("e1,PRC,PT16,,h,\ne2,PRC,PT16,,h,\n");
  const auto read = rows();
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[0].holding, "e3");
  EXPECT_EQ(read[1].holding, "h");
  EXPECT_EQ(read[2].holding, "h");
}

// Those of both are one contributor; who sold the firm still knows, and so does who bought it.
TEST_F(KnownAmountsTest, AFirmSoldWithinAPeriodMakesOneContributorAndSeveralThatKnow) {
  own({{"c1", "e1"}, {"c2", "e2"}, {"c3", "e3"}});
  organisations(
      "e1,PRC,PT16,,h1,\ne1,PRC,PT16,,h2,2019-06-01\ne2,PRC,PT16,,h2,\ne3,PRC,PT16,,h3,\n");
  const auto read = rows();
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[0].holding, "h1 and 1 more");
  EXPECT_EQ(read[1].holding, "h1 and 1 more");
  EXPECT_EQ(read[2].holding, "h3");
  EXPECT_EQ(read[0].known_to, (Known{"actor a", "holding h1", "holding h2"}));
  EXPECT_EQ(read[1].known_to, (Known{"actor a", "holding h2"}));
  EXPECT_EQ(read[2].known_to, Known{"actor a"});
}

TEST_F(KnownAmountsTest, ASaleAfterTheProgrammeJoinsNobody) {
  own({{"c1", "e1"}, {"c2", "e2"}});
  organisations("e1,PRC,PT16,,h1,\ne1,PRC,PT16,,h2,2021-01-01\ne2,PRC,PT16,,h2,\n");
  EXPECT_EQ(known("h1"), (Known{"actor a", "holding h2"}));
  EXPECT_EQ(known("h2"), Known{"actor a"});
}

TEST_F(KnownAmountsTest, AHoldingThatSoldTheFirmBeforeKnowsNothingOfWhatBeganAfterwards) {
  own({{"c1", "e1"}});
  organisations("e1,PRC,PT16,,h0,\ne1,PRC,PT16,,h1,2017-02-01\n");
  EXPECT_EQ(known("h1"), Known{"actor a"});
}

TEST_F(KnownAmountsTest, AnActorThatIsAnEnterpriseHereIsOneObserverWithItsHolding) {
  own({{.id = "c1", .firm = "e1", .actor = "e2", .project = "p"},
       {.id = "c2", .firm = "e2", .actor = "a", .project = "q"},
       {.id = "c3", .firm = "e3", .actor = "h", .project = "r"}});
  EXPECT_EQ(known("e1"), Known{"holding e2"});
  organisations("e2,PRC,PT16,,h,\n");
  EXPECT_EQ(known("e1"), Known{"holding h"});
  EXPECT_EQ(known("e3"), Known{"holding h"});
  EXPECT_EQ(known("h"), Known{"actor a"});
}

TEST_F(KnownAmountsTest, TheRecordsThatWereReadAreNamed) {
  own({{"c1", "e1"}});
  const RecordsState before = knowledge().read_at();
  EXPECT_EQ(before, records_state(store_).value());
  own({{"c1", "e2"}});
  EXPECT_NE(knowledge().read_at(), before);
}

}  // namespace
}  // namespace regions
