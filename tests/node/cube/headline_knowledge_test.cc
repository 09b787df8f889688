// Those who know the enterprises of a headline know exactly those that it counts.
#include "node/cube/cube.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using Parties = std::set<std::string>;

// By enterprise, who knows that it counts; "public" where everybody does.
std::map<std::string, Parties> who_knows(const HeadlineKnowledge& knowledge,
                                         const CountedEnterprises& counted) {
  std::map<std::string, Parties> out;
  for (const CountedEnterprise& one : counted.enterprises) {
    Parties& parties = out[one.id];
    for (const PartyId party : one.known_to) parties.insert(knowledge.parties.at(party).name);
    if (one.is_public) parties.insert("public");
  }
  EXPECT_EQ(out.size(), counted.enterprises.size());
  return out;
}

std::vector<std::string> ids_in(const CountedEnterprises& counted) {
  std::vector<std::string> ids;
  for (const CountedEnterprise& one : counted.enterprises) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

class HeadlineKnowledgeTest : public testing::Test {
 protected:
  HeadlineKnowledge read(int year) {
    const Knowledge knowledge = Knowledge::read(store_, members_).value();
    return CubeBuilder::headline_knowledge(knowledge, Catalogue::builtin(), year).value();
  }
  // id, firm, actor, its place, technology, project, public; active from 2018 to 2019.
  void cooperations(const std::vector<std::array<std::string, 7>>& rows) {
    std::string text =
        "coop_id,sme_id,sme_nuts,actor_id,actor_nuts,technology_derived,project_id,public_source,"
        "start,end\n";
    for (const auto& [id, firm, actor, place, technology, project, is_public] : rows) {
      text += id + "," + firm + ",PT16," + actor + "," + place + "," + technology + "," + project +
              "," + is_public + ",2018-02-01,2019-02-01\n";
    }
    ASSERT_OK(bench_.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    ASSERT_EQ(bench_.rejected(), std::vector<std::string>());
  }
  void small_firms(const std::vector<std::string>& ids) {
    std::string rows;
    for (const std::string& id : ids) rows += id + ",N,PRC,PT16,X,PT,C,small\n";
    ASSERT_OK(bench_.organisations(rows));
  }

  const Territories members_ = territories("PT16", {"DE24"});
  MemoryStore store_;
  ImportBench bench_{store_, territory_of("PT16", {"DE24"})};
};

TEST_F(HeadlineKnowledgeTest, OfAYearThatIsNoneIsRefused) {
  const Knowledge knowledge = Knowledge::read(store_, members_).value();
  for (const int year : {1899, 3000}) {
    EXPECT_THAT(CubeBuilder::headline_knowledge(knowledge, Catalogue::builtin(), year),
                IsErr(Errc::invalid_input));
  }
}

TEST_F(HeadlineKnowledgeTest, WithoutAKnownNaceThereIsNoSmeCoop) {
  cooperations({{"c1", "e1", "a", "PT16", "robotics", "", ""}});
  const HeadlineKnowledge both = read(2018);
  EXPECT_FALSE(both.sme.has_value());
  EXPECT_EQ(ids_in(both.ent), std::vector<std::string>{"e1"});
  EXPECT_TRUE(read(2020).ent.enterprises.empty());
}

TEST_F(HeadlineKnowledgeTest, WhoKnowsARowThatMakesItCountKnowsTheEnterprise) {
  cooperations({{"c1", "e1", "a", "PT16", "robotics", "p", ""},
                {"c2", "e2", "b", "DE247", "biotechnology", "p", ""},
                {"c3", "e2", "c", "PT16", "robotics", "", ""},
                {"c4", "e3", "d", "PT16", "robotics", "", "yes"}});
  small_firms({"e1", "e2", "e3"});
  const HeadlineKnowledge both = read(2018);
  EXPECT_EQ(who_knows(both, both.ent),
            (std::map<std::string, Parties>{{"e1", {"e1", "a", "b"}},
                                            {"e2", {"e2", "a", "b", "DE24", "c"}},
                                            {"e3", {"e3", "public"}}}));
  // That of biotechnology would not make it count.
  ASSERT_TRUE(both.sme.has_value());
  EXPECT_EQ(who_knows(both, *both.sme),
            (std::map<std::string, Parties>{
                {"e1", {"e1", "a", "b"}}, {"e2", {"e2", "c"}}, {"e3", {"e3", "public"}}}));
}

class GeneratedKnowledgeTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(GeneratedKnowledgeTest, CountsWhatTheHeadlineCountsInEveryYear) {
  MemoryStore store;
  import_generated(store, generate_records(GetParam(), 400));
  const Catalogue& catalogue = Catalogue::builtin();
  const Facts facts = facts_of(store, generated_members()).value();
  const Knowledge knowledge = Knowledge::read(store, generated_members()).value();
  const RuleSet rules = default_rules();
  std::size_t counted = 0, smes = 0;
  for (int year = facts.first_year() - 1; year <= facts.last_year() + 1; ++year) {
    ASSERT_OK_AND(const auto input, CubeBuilder::headline(facts, catalogue, year));
    ASSERT_OK_AND(const auto known, CubeBuilder::headline_knowledge(knowledge, catalogue, year));
    // Corrupt where the counts, the periods or the indicators differ, or where one that SME-COOP
    // counts is not among those of ENT-COOP.
    EXPECT_THAT(HeadlineControl::decide(input, rules, known), IsOk()) << year;
    ASSERT_TRUE(known.sme.has_value());
    const auto ent = ids_in(known.ent), sme = ids_in(*known.sme);
    EXPECT_TRUE(std::includes(ent.begin(), ent.end(), sme.begin(), sme.end())) << year;
    counted += ent.size();
    smes += sme.size();
    for (const CountedEnterprise& one : known.ent.enterprises) EXPECT_FALSE(one.known_to.empty());
  }
  EXPECT_GT(counted, 200u);
  EXPECT_GT(smes, 20u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedKnowledgeTest, testing::Range<std::uint64_t>(41, 44));

}  // namespace
}  // namespace regions
