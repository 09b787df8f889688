// What a file of rows does to the record store. Bad input first.
#include "node/records/import.h"

#include <gtest/gtest.h>

#include "policies/catalogue/indicator.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

using Lines = std::vector<std::string>;

// id, enterprise, place and the rest of a good row, to be spoilt one cell at a time.
std::string row(std::string id, std::string enterprise = "e1", std::string place = "PT16",
                std::string start = "2014-02-01", std::string end = "2016-01-31",
                std::string technology = "robotics", std::string amount = "4800.00") {
  return id + "," + enterprise + ",PRC," + place + ",a1,HES,DE,DE80," + start + "," + end + "," +
         technology + "," + amount + ",100.5\n";
}

class ImportTest : public testing::Test {
 protected:
  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24", "ES13"})};
};

TEST_F(ImportTest, EachBadRowIsRejectedAloneWithColumnAndReason) {
  ASSERT_OK_AND(
      auto summary,
      bench_.cooperations(
          row("c1") + row("c2", "e1", "XX99") + row("c3", "e1", "PT16", "2019-13-40") +
          row("c4", "e1", "PT16", "2014-01-01", "2016-01-01", "robotics", "-5") + row("c1", "e2") +
          row("c5", "NA") + row("c6", "e1", "PT16", "2014-01-01", "2013-12-31") +
          row("c7", "e1", "PT16", "2014-01-01", "2016-01-01", "robots") +
          row("c8", "e1", "PT16", "2014-01-01", "2016-01-01", "robotics", "1.234") + row("", "e1") +
          "c9,\"e1\"x,PRC,PT16\n" + row("c\xe9") + row("c10", "e2")));
  EXPECT_EQ(
      bench_.rejected(),
      (Lines{"3 sme_nuts: 'XX99' is no code of NUTS 2021",
             "4 start: '2019-13-40' is no date of the form %Y-%m-%d",
             "5 amount_eur: negative amount",
             "6 coop_id: this key stood in the file before; the first row is kept",
             "7 sme_id: names nobody; an enterprise needs its identifier",
             "8 end: ends before it starts; mend one of the two dates",
             "9 technology_derived: 'robots' is not a known technology; nearest: robotics; map it "
             "with values = { } in a mapping",
             "10 amount_eur: more than two decimals",
             "11 coop_id: names nobody; a cooperation needs its identifier",
             "12 : text after a closing quote",
             "13 coop_id: not UTF-8 text; save the file as UTF-8"}));
  EXPECT_TRUE(bench_.rejects.finished);
  EXPECT_EQ(summary.read, 13u);
  EXPECT_EQ(summary.added, 2u);
  EXPECT_EQ(summary.rejected, 11u);
  EXPECT_EQ(bench_.counts().own_cooperations(), 2);
  ASSERT_OK_AND(auto kept, find_cooperation(bench_.records.reader(), "c1"));
  EXPECT_EQ(kept->enterprise(), "e1");
  EXPECT_EQ(bench_.rejects.all[0].record + "\n", row("c2", "e1", "XX99"));
}

TEST_F(ImportTest, WrongHeaderRefusesTheFileNamingTheColumn) {
  auto summary = bench_.import(text_source("coop_id,smeid\nc1,e1\n"), RecordKind::cooperation,
                               ImportRole::own);
  ASSERT_THAT(summary, IsErr(Errc::invalid_input));
  EXPECT_NE(summary.error().context.find("column 'sme_id' is missing from the header (nearest "
                                         "there: 'smeid')"),
            std::string::npos);
  EXPECT_EQ(store_.contents(), MemoryStore().contents());
}

TEST_F(ImportTest, MappingOfTheOtherKindIsRefused) {
  bench_.mapping = Mapping::builtin(RecordKind::organisation);
  EXPECT_THAT(bench_.cooperations(row("c1")), IsErr(Errc::invalid_input));
}

TEST_F(ImportTest, OwnRowOfAPlaceElsewhereIsRejectedNamingItsMember) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1", "DE247") + row("c2", "e1", "FR10") +
                                row("c3", "e1", "PT17") + row("c4", "e1", "ES")));
  EXPECT_EQ(
      bench_.rejected(),
      (Lines{"2 sme_nuts: belongs to DE24; where the actor is yours import it with --role partner",
             "3 sme_nuts: in no member's territory; leave it out, or where the actor is yours "
             "import it with --role partner",
             "4 sme_nuts: in no member's territory; leave it out, or where the actor is yours "
             "import it with --role partner",
             "5 sme_nuts: in no member's territory; leave it out, or where the actor is yours "
             "import it with --role partner"}));
}

TEST_F(ImportTest, PartnerRowOfAPlaceOfOursIsRejected) {
  ASSERT_OK_AND(
      auto summary,
      bench_.cooperations(row("c1", "e1", "PT16E") + row("c2", "e2", "DE24"), ImportRole::partner));
  EXPECT_EQ(bench_.rejected(),
            (Lines{"2 sme_nuts: lies in our territory; import it with --role own"}));
  EXPECT_EQ(summary.added, 1u);
  EXPECT_EQ(bench_.counts().partner_cooperations(), 1);
  EXPECT_EQ(bench_.counts().own_cooperations(), 0);
}

TEST_F(ImportTest, PartnerRowDoesNotTakeThePlaceOfAnOwnOne) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1", "")));
  const auto before = store_.contents();
  ASSERT_OK(bench_.cooperations(row("c1", "e1", ""), ImportRole::partner));
  EXPECT_EQ(bench_.rejected(),
            (Lines{"2 : already held as our own; a partner row cannot take its place"}));
  EXPECT_EQ(store_.contents(), before);
}

TEST_F(ImportTest, CodeCoarserThanTheTerritoryIsAnUnknownPlace) {
  for (auto role : {ImportRole::own, ImportRole::partner}) {
    MemoryStore store;
    ImportBench bench(store, territory_of("PT16", {}));
    ASSERT_OK_AND(auto summary,
                  bench.cooperations(
                      row("c1", "e1", "PT1") + row("c2", "e2", "PT") + row("c3", "e3", ""), role));
    EXPECT_EQ(summary.added, 3u);
    EXPECT_EQ(summary.unknown_place, 3u);
  }
}

TEST_F(ImportTest, NullMarkersAreKeptAsUnknownAndSummed) {
  ASSERT_OK_AND(auto summary, bench_.cooperations("c1,e1,,,NA,,NA,,,,,,\n"
                                                  "c2,e1,PRC,PT16,a1,HES,,NA,2014-01-01,NA,,1,\n"));
  EXPECT_EQ(summary.added, 2u);
  EXPECT_EQ(summary.undated, 2u);
  EXPECT_EQ(summary.unknown_place, 1u);
  std::string nulls;
  for (const auto& [column, count] : summary.nulls) {
    nulls += column + "=" + std::to_string(count) + " ";
  }
  EXPECT_EQ(nulls,
            "coop_id=0 sme_id=0 firm_kind=1 sme_nuts=1 actor_id=1 actor_kind=1 actor_country=1 "
            "actor_nuts=2 start=1 end=2 technology_derived=2 amount_eur=1 amount_share_eur=2 ");
  ASSERT_OK_AND(auto first, find_cooperation(bench_.records.reader(), "c1"));
  EXPECT_EQ(first->actor_country(), "NA");  // Namibia
  EXPECT_EQ(first->actor(), "");
  EXPECT_FALSE(first->has_amount());
  EXPECT_EQ(bench_.counts().actors(), 1);
}

TEST_F(ImportTest, ActorKindsAreStoredAsCodesOfTheCatalogue) {
  const std::pair<const char*, const char*> kinds[] = {
      {"HES", "higher-education"},
      {"REC", "research-organisation"},
      {"PUB", "public-body"},
      {"OTH", "other"},
      {"PRC", "other"},
      {"", ""},
      {"NA", ""},
      {"centre-of-excellence", "centre-of-excellence"}};
  const auto& list = Catalogue::builtin().list(Attribute::actor_kind);
  for (const auto& [said, meant] : kinds) {
    ASSERT_OK(bench_.cooperations("c1,e1,PRC,PT16,a1," + std::string(said) + ",DE,,,,,,\n"));
    EXPECT_TRUE(bench_.rejected().empty()) << said;
    ASSERT_OK_AND(const auto stored, find_cooperation(bench_.records.reader(), "c1"));
    EXPECT_EQ(stored->actor_kind(), meant);
    EXPECT_TRUE(stored->actor_kind().empty() || list.contains(meant)) << meant;
  }
  ASSERT_OK(bench_.cooperations("c1,e1,PRC,PT16,a1,higher-educatoin,DE,,,,,,\n"));
  EXPECT_EQ(bench_.rejected(),
            (Lines{"2 actor_kind: 'higher-educatoin' is not a known code; nearest: "
                   "higher-education; map it with values = { } in a mapping"}));
}

// SME and PRC say that an organisation is an enterprise; as kinds of an actor they mean nothing.
TEST_F(ImportTest, KindOfAnOrganisationSaysWhetherItIsAnActorAndOfWhichKind) {
  ASSERT_OK(
      bench_.organisations("a1,Uni,HES,,X,PT,,\na2,Lab,REC,,X,PT,,\na3,Town,PUB,,X,PT,,\n"
                           "a4,Club,OTH,,X,PT,,\na5,Hub,digital-innovation-hub,,X,PT,,\n"
                           "e1,One,SME,PT16,X,PT,,\ne2,Two,PRC,PT16,X,PT,,\n"));
  EXPECT_TRUE(bench_.rejected().empty());
  const auto& reader = bench_.records.reader();
  for (const auto& [id, kind] : {std::pair{"a1", "higher-education"},
                                 {"a2", "research-organisation"},
                                 {"a3", "public-body"},
                                 {"a4", "other"},
                                 {"a5", "digital-innovation-hub"}}) {
    ASSERT_OK_AND(const auto actor, find_actor(reader, id));
    ASSERT_TRUE(actor.has_value()) << id;
    EXPECT_EQ(actor->states(0).kind(), kind);
  }
  for (const auto& [id, kind] : {std::pair{"e1", "SME"}, {"e2", "PRC"}}) {
    ASSERT_OK_AND(const auto enterprise, find_enterprise(reader, id));
    ASSERT_TRUE(enterprise.has_value()) << id;
    EXPECT_EQ(enterprise->states(0).kind(), kind);
  }
}

TEST_F(ImportTest, SameContentIsANoOp) {
  const std::string rows = row("c1") + row("c2", "e2", "") + row("c3", "e1", "PT16E");
  ASSERT_OK(bench_.cooperations(rows));
  const auto before = store_.contents();
  ASSERT_OK_AND(auto again, bench_.cooperations(rows));
  EXPECT_EQ(again.unchanged, 3u);
  EXPECT_EQ(again.added + again.changed, 0u);
  EXPECT_EQ(store_.contents(), before);
}

TEST_F(ImportTest, OtherContentIsANewVersionAndTheOldOneIsKept) {
  ASSERT_OK(bench_.cooperations(row("c1")));
  ASSERT_OK_AND(auto second, bench_.cooperations(row("c1", "e2", "PT16", "NA")));
  EXPECT_EQ(second.changed, 1u);
  ASSERT_OK(bench_.cooperations(row("c1", "e2", "PT16")));
  const auto& reader = bench_.records.reader();
  ASSERT_OK_AND(auto now, find_cooperation(reader, "c1"));
  EXPECT_EQ(now->version(), 3u);
  EXPECT_EQ(now->enterprise(), "e2");
  ASSERT_OK_AND(auto old, old_cooperations(reader, "c1"));
  ASSERT_EQ(old.size(), 2u);
  EXPECT_EQ(old[0].enterprise(), "e1");
  EXPECT_EQ(old[1].version(), 2u);
  EXPECT_FALSE(old[1].has_start());
  EXPECT_EQ(bench_.counts().own_cooperations(), 1);
  EXPECT_EQ(bench_.counts().undated(), 0);
  EXPECT_EQ(store_.contents()[static_cast<int>(Area::cooperations)].size(), 1u);
}

TEST_F(ImportTest, EnterpriseIsAStubUntilItsOrganisationArrives) {
  ASSERT_OK(bench_.cooperations(row("c1", "e1", "")));
  EXPECT_EQ(bench_.counts().enterprises(), 1);
  EXPECT_EQ(bench_.counts().unknown_place(), 1);
  EXPECT_EQ(bench_.counts().known_nace(), 0);
  ASSERT_OK_AND(auto summary, bench_.organisations("e1,One,SME,PT16,X,PT,C10.11,small\n"
                                                   "a1,Uni,HES,,X,PT,,\n"
                                                   "a2,,,,,PT,,\n"));
  EXPECT_EQ(summary.added, 3u);
  ASSERT_OK_AND(auto enterprise, find_enterprise(bench_.records.reader(), "e1"));
  EXPECT_TRUE(enterprise->rows().own());
  ASSERT_EQ(enterprise->states_size(), 1);
  EXPECT_EQ(enterprise->states(0).nace(), "10.11");
  const auto counts = bench_.counts();
  EXPECT_EQ(counts.enterprises(), 1);
  EXPECT_EQ(counts.unknown_place(), 0);
  EXPECT_EQ(counts.known_nace(), 1);
  EXPECT_EQ(counts.actors(), 2);
}

TEST_F(ImportTest, OrderOfTheFilesDoesNotMatter) {
  const std::string organisations = "e1,One,SME,PT16,X,PT,C,small\na1,Uni,HES,,X,PT,,\n";
  ASSERT_OK(bench_.cooperations(row("c1", "e1", "")));
  ASSERT_OK(bench_.organisations(organisations));
  MemoryStore other_store;
  ImportBench other(other_store, bench_.territory);
  ASSERT_OK(other.organisations(organisations));
  ASSERT_OK(other.cooperations(row("c1", "e1", "")));
  auto one = store_.contents(), another = other_store.contents();
  for (auto* areas : {&one, &another}) (*areas)[static_cast<int>(Area::changes)].clear();
  EXPECT_EQ(another, one);
}

TEST_F(ImportTest, OrganisationRowsFollowTheSameRules) {
  ASSERT_OK(
      bench_.organisations("NA,One,SME,PT16,X,PT,,\n"
                           "e2,Two,SME,DE24,X,PT,,\n"
                           "e3,Three,SME,PT16,X,PT,C99,\n"
                           "e4,Four,SME,PT16,X,PT,,tiny\n"
                           "e5,Five,GmbH,PT16,X,PT,,\n"
                           "e6,Six,SME,PT16,X,PT,,\n"
                           "e6,Six,SME,PT16,X,PT,,\n"));
  const auto rejected = bench_.rejected();
  ASSERT_EQ(rejected.size(), 6u);
  EXPECT_EQ(rejected[0], "2 org_id: names nobody; an organisation needs its identifier");
  EXPECT_EQ(rejected[1],
            "3 nuts: belongs to DE24; where the actor is yours import it with --role partner");
  EXPECT_EQ(rejected[2], "4 nace: 'C99' is no code of NACE Rev. 2, such as C, 10, 10.1, 10.11");
  EXPECT_TRUE(rejected[3].starts_with("5 size: 'tiny' is not a known code")) << rejected[3];
  EXPECT_TRUE(rejected[4].starts_with("6 kind: 'GmbH' is not a known code")) << rejected[4];
  EXPECT_TRUE(rejected[5].starts_with("8 org_id: this key stood")) << rejected[5];
}

TEST_F(ImportTest, OrganisationThatChangesKindStandsInOnePlaceOnly) {
  ASSERT_OK(bench_.organisations("x,X,PRC,PT16,X,PT,C,small\n"));
  ASSERT_OK_AND(auto summary, bench_.organisations("x,X,REC,PT16,X,PT,C,small\n"));
  EXPECT_EQ(summary.changed, 1u);
  ASSERT_OK_AND(auto enterprise, find_enterprise(bench_.records.reader(), "x"));
  EXPECT_EQ(enterprise, std::nullopt);
  ASSERT_OK_AND(auto actor, find_actor(bench_.records.reader(), "x"));
  EXPECT_EQ(actor->states(0).version(), 2u);
  EXPECT_EQ(bench_.counts().enterprises(), 0);
  EXPECT_EQ(bench_.counts().known_nace(), 0);
  EXPECT_EQ(bench_.counts().actors(), 1);
}

TEST_F(ImportTest, OwnMappingReadsAnotherLayout) {
  ASSERT_OK_AND(bench_.mapping, Mapping::parse("my.toml", R"(
format = "regions4.mapping/1"
record = "cooperation"
delimiter = ";"
[columns]
id = { from = "Nr" }
enterprise = { from = "Firma", null = ["k.A."] }
enterprise_place = { from = "Ort", values = { "Coimbra" = "PT16E" } }
actor = { from = "Uni" }
start = { from = "von", date = "%d.%m.%Y" }
end = { from = "bis", date = "%d.%m.%Y" }
technology = { from = "Thema", separator = "/", values = { "KI" = "artificial-intelligence", "Roboter" = "robotics" } }
amount = { from = "EUR", decimal = "," }
)"));
  ASSERT_OK_AND(auto summary,
                bench_.import(text_source("Nr;Firma;Ort;Uni;von;bis;Thema;EUR\n"
                                          "1;e1;Coimbra;u;01.02.2014;31.01.2016;Roboter/KI;12,5\n"
                                          "2;e1;Porto;u;01.02.2014;31.01.2016;KI;1\n"
                                          "3;k.A.;Coimbra;u;01.02.2014;31.01.2016;KI;1\n"),
                              RecordKind::cooperation, ImportRole::own));
  EXPECT_EQ(summary.added, 1u);
  EXPECT_EQ(bench_.rejected(),
            (Lines{"3 Ort: 'Porto' is no code of NUTS 2021",
                   "4 Firma: names nobody; an enterprise needs its identifier"}));
  ASSERT_OK_AND(auto found, find_cooperation(bench_.records.reader(), "1"));
  ASSERT_EQ(found->technologies_size(), 2);
  EXPECT_EQ(found->technologies(0), "artificial-intelligence");
  EXPECT_EQ(found->amount(), 1250);
  EXPECT_EQ(found->enterprise_place().nuts(), "PT16E");
}

TEST_F(ImportTest, OnlyARowThatSaysSoIsPublic) {
  std::string text = kCooperationHeader;
  text.insert(text.size() - 1, ",public_source");
  for (const char* one : {"c1,e1,PRC,,,,,,,,,,,yes", "c2,e1,PRC,,,,,,,,,,,no",
                          "c3,e1,PRC,,,,,,,,,,,", "c4,e1,PRC,,,,,,,,,,,maybe"}) {
    text += one;
    text += "\n";
  }
  ASSERT_OK(bench_.import(text_source(text), RecordKind::cooperation, ImportRole::own));
  EXPECT_EQ(bench_.rejected(), (Lines{"5 public_source: 'maybe' is not a known code; nearest: yes; "
                                      "map it with values = { } in a mapping"}));
  for (const auto& [id, expected] : {std::pair("c1", true), {"c2", false}, {"c3", false}}) {
    ASSERT_OK_AND(const auto found, find_cooperation(bench_.records.reader(), id));
    EXPECT_EQ(found->public_source(), expected) << id;
  }
}

TEST_F(ImportTest, StopRequestLeavesWholeBatches) {
  std::stop_source stop;
  std::string text = kCooperationHeader;
  for (int i = 0; i < 30; ++i) text += row("c" + std::to_string(i));
  ImportOptions options;
  options.batch_rows = 3;
  KeptRejects rejects;
  auto summary = import_csv(
      text_source(text), options, bench_.records, bench_.territory, rejects,
      [&](const ImportSummary&) { stop.request_stop(); }, stop.get_token());
  EXPECT_THAT(summary, IsErr(Errc::cancelled));
  EXPECT_GE(bench_.counts().own_cooperations(), 3);
  EXPECT_LT(bench_.counts().own_cooperations(), 30);
  EXPECT_EQ(bench_.counts().own_cooperations() % 3, 0);
}

TEST_F(ImportTest, UnknownNutsVersionIsRefused) {
  bench_.territory.nuts_version = "2003";
  EXPECT_THAT(bench_.cooperations(row("c1")), IsErr(Errc::unsupported));
}

TEST_F(ImportTest, DamagedRecordIsCorruptNotCounted) {
  ASSERT_OK(bench_.cooperations(row("c1")));
  Batch batch;
  batch.put(Area::cooperation_ids, "c1", "\xff\xff");
  ASSERT_OK(store_.commit(batch));
  EXPECT_THAT(bench_.cooperations(row("c1", "e2")), IsErr(Errc::corrupt));
}

}  // namespace
}  // namespace regions
