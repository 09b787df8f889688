// Releases of an exported log that are, or are not, tables of the plan that its roster names.
#include "node/api_operator/audit_plan.h"

#include "node/base/file.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Founding with_plan(const std::optional<Digest>& plan) {
  Founding founding({"DE24", "ES", "PT16"});
  founding.roster.release_plan = plan;
  return founding;
}

class AuditPlanTest : public testing::Test {
 protected:
  static Digest builtin() { return plan_digest(*shared_default_plan(), Catalogue::builtin()); }
  void found(const std::optional<Digest>& plan) {
    federation = std::make_unique<TestFederation>(with_plan(plan));
    federation->install(store);
    log = std::make_unique<TestLog>(*federation, store, "ES");
  }
  Result<PlanAudit> held(const std::string& plan_file = "") {
    ExportedMap files;
    EXPECT_THAT(export_log(store, *federation->membership(), "ES", files.sink()), IsOk());
    const Report report = verify_export(files, federation->anchor());
    EXPECT_EQ(report.verdict, Verdict::valid);
    return hold_against_plan(files, report, plan_file);
  }

  TemporaryFolder folder;
  MemoryStore store;
  std::unique_ptr<TestFederation> federation;
  std::unique_ptr<TestLog> log;
};

TEST_F(AuditPlanTest, AValidLogWhoseTableBreaksThePlanIsNamedWithWhatItBreaks) {
  found(builtin());
  log->append(log->table("size", "2018-2020", {"size"}));
  EXPECT_THAT(held().value().faults, IsEmpty());
  const Digest low = log->append(log->table("actor-group", "2018-2020", {"actor_group"}, 2));
  Release exact = log->table("technology-group", "2018-2020", {"technology_group"});
  exact.claim.method = "exact";
  const Digest other = log->append(exact);
  ASSERT_OK_AND(const PlanAudit audit, held());
  EXPECT_TRUE(audit.held);
  EXPECT_THAT(audit.faults, ElementsAre("envelope/" + low.hex() +
                                            ".dsse: publishes a value that the cell key never "
                                            "gives",
                                        "envelope/" + other.hex() +
                                            ".dsse: is released by exact, the plan says cell-key"));
  EXPECT_THAT(audit.not_planned, IsEmpty());
}

TEST_F(AuditPlanTest, ATableThatThePlanDoesNotHoldIsListedAndNoFault) {
  found(builtin());
  Release release = log->table("size", "2018-2020", {"size"});
  release.table = "by-size";
  log->append(release);
  ASSERT_OK_AND(const PlanAudit audit, held());
  EXPECT_THAT(audit.faults, IsEmpty());
  EXPECT_THAT(audit.not_planned, ElementsAre(HasSubstr("table by-size of ENT-COOP")));
}

TEST_F(AuditPlanTest, AnotherDefinitionIsListedAndNotHeldAgainstOurs) {
  found(builtin());
  Release release = log->release("2017");
  release.definition.bytes.fill(7);
  log->append(release);
  EXPECT_THAT(held().value().not_planned, ElementsAre(HasSubstr("another definition of ENT-COOP")));
}

TEST_F(AuditPlanTest, WithoutThePlanThatTheRosterNamesNothingIsJudged) {
  Digest another = builtin();
  another.bytes[0] ^= 1;
  found(another);
  log->append(log->table("size", "2018-2020", {"size"}, 2));
  ASSERT_OK_AND(const PlanAudit audit, held());
  EXPECT_FALSE(audit.held);
  EXPECT_THAT(audit.faults, IsEmpty());
}

TEST_F(AuditPlanTest, AFileThatIsNotThePlanThatTheRosterNamesIsWrongUse) {
  const std::string file = folder.path / "plan.toml";
  ASSERT_OK(write_file(file, default_plan_toml(), 0600));
  Digest another = builtin();
  another.bytes[0] ^= 1;
  found(another);
  EXPECT_THAT(held(file), IsErr(Errc::invalid_input));
  EXPECT_THAT(held(folder.path / "none"), IsErr(Errc::not_found));
  ASSERT_OK(write_file(file, "format = 1", 0600));
  EXPECT_THAT(held(file), IsErr(Errc::invalid_input));
}

TEST_F(AuditPlanTest, WithoutAPlanInTheRosterHeadlinesAloneAreKnown) {
  found(std::nullopt);
  log->append(log->release("2017"));
  log->append(log->table("size", "2018-2020", {"size"}));
  ASSERT_OK_AND(const PlanAudit audit, held());
  EXPECT_TRUE(audit.held);
  EXPECT_THAT(audit.not_planned, ElementsAre(HasSubstr("table size")));
  EXPECT_THAT(held("plan.toml"), IsErr(Errc::invalid_input));
}

}  // namespace
}  // namespace regions
