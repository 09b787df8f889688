// The holdings behind a headline are those that SQL finds in the rows.
#include "node/cube/cube.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/node/cube/sql/planned_margins.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const Bytes kTagSecret(32, 't');
constexpr int kFirst = 2013, kLast = 2023;

// By year, the tags of the holdings that the oracle counts enterprises of.
std::map<int, MembershipTags> found(SqlOracle& oracle, const std::string& indicator) {
  std::map<int, MembershipTags> out;
  for (const auto& [cell, firms] : oracle.firms({indicator, "year", {}})) {
    std::set<MembershipTag> tags;
    for (const auto& [id, holding] : firms) tags.insert(membership_tag(kTagSecret, holding));
    out[parse_year(cell[0]).value()] = MembershipTags(tags.begin(), tags.end());
  }
  return out;
}

TEST(Holdings, AreThoseThatSqlFinds) {
  const GeneratedRecords records = generate_records(11, 3000);
  MemoryStore store;
  import_generated(store, records);
  const Facts facts = Facts::load(*store.snapshot(), generated_members(), kTestSecret).value();
  SqlOracle oracle(generated_members(), kFirst, kLast);
  oracle.cooperations(records.own_cooperations, true);
  oracle.cooperations(records.partner_cooperations, false);
  oracle.organisations(records.partner_organisations, false);
  oracle.organisations(records.own_organisations, true);
  oracle.derive(kTestSecret);
  auto ent = found(oracle, "ENT-COOP"), sme = found(oracle, "SME-COOP");
  std::size_t tags = 0;
  for (int year = kFirst; year <= kLast; ++year) {
    ASSERT_OK_AND(const auto both,
                  CubeBuilder::headline_holdings(facts, Catalogue::builtin(), year));
    const HeadlineMembers members = both.tags(kTagSecret);
    EXPECT_EQ(members.ent, ent[year]) << year;
    ASSERT_TRUE(members.sme.has_value());
    EXPECT_EQ(*members.sme, sme[year]) << year;
    EXPECT_TRUE(without(*members.sme, members.ent).empty());
    tags += members.sme->size();
  }
  EXPECT_GT(tags, 100u);
}

TEST(Holdings, OfAYearThatIsNoneAreRefused) {
  MemoryStore store;
  const Facts facts = Facts::load(*store.snapshot(), generated_members(), kTestSecret).value();
  EXPECT_THAT(CubeBuilder::headline_holdings(facts, Catalogue::builtin(), 1899),
              IsErr(Errc::invalid_input));
  EXPECT_EQ(CubeBuilder::headline_holdings(facts, Catalogue::builtin(), 2015)->tags(kTagSecret),
            (HeadlineMembers{{}, {}}));
}

}  // namespace
}  // namespace regions
