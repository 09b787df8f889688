// Releases: what is refused, what is decided together, what stays the same.
#include "tests/node/publish/publish_bench.h"

namespace regions {
namespace {

class PublisherTest : public PublishBench {};

TEST_F(PublisherTest, UnknownIndicatorOrPeriodIsRefusedAndStatesNothing) {
  import_firms(0, 9, 5);
  auto open = node();
  const auto before = std::pair(records.contents(), shared.contents());
  const auto unknown = open->publisher->release("ENT-COP", "2015");
  EXPECT_THAT(unknown, IsErr(Errc::invalid_input));
  EXPECT_THAT(unknown.error().context, testing::HasSubstr("ENT-COOP"));
  for (const char* period : {"", "15", "2015-2016", "20155", "abcd", "1899", "3000", "2015 "}) {
    EXPECT_THAT(open->publisher->release("ENT-COOP", period), IsErr(Errc::invalid_input)) << period;
    EXPECT_THAT(open->publisher->dry_run("ENT-COOP", period), IsErr(Errc::invalid_input)) << period;
  }
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
}

TEST_F(PublisherTest, SmeWithoutAnyKnownNaceIsNotComputableAndFixesNothing) {
  import_firms(0, 9, 5, false);
  auto open = node();
  const auto before = shared.contents();
  const auto released = open->publisher->release("SME-COOP", "2015");
  EXPECT_THAT(released, IsErr(Errc::not_computable));
  EXPECT_THAT(released.error().context, testing::HasSubstr("NACE"));
  EXPECT_THAT(open->publisher->dry_run("SME-COOP", "2015"), IsErr(Errc::not_computable));
  EXPECT_EQ(shared.contents(), before);
  EXPECT_EQ(open->publisher->ledger()->refusals.size(), 1u);
  // Nothing was fixed: with organisations both are released, decided together.
  import_firms(0, 9, 5);
  EXPECT_THAT(open->publisher->release("SME-COOP", "2015"), IsOk());
  EXPECT_THAT(open->publisher->release("ENT-COOP", "2015"), IsOk());
}

TEST_F(PublisherTest, DryRunStatesAndFixesNothing) {
  import_firms(0, 9, 5);
  auto open = node();
  const auto before = std::pair(records.contents(), shared.contents());
  ASSERT_OK_AND(const auto report, open->publisher->dry_run("ENT-COOP", "2015"));
  EXPECT_EQ(report.table.cells()[0].value, 9);
  EXPECT_FALSE(report.existing);
  EXPECT_FALSE(report.decided_before);
  EXPECT_EQ(report.release, std::nullopt);
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
  // Not fixed: the records may still change before the release.
  import_firms(9, 12, 5);
  EXPECT_EQ(open->publisher->release("ENT-COOP", "2015").value().table.cells()[0].value, 12);
}

TEST_F(PublisherTest, SameCallReturnsTheSameReleaseByteForByte) {
  import_firms(0, 9, 5);
  auto open = node();
  ASSERT_OK_AND(const auto first, open->publisher->release("ENT-COOP", "2015"));
  EXPECT_FALSE(first.existing);
  ASSERT_TRUE(first.release.has_value());
  const auto before = std::pair(records.contents(), shared.contents());
  for (int restart = 0; restart < 2; ++restart) {
    clock.advance(86400);
    ASSERT_OK_AND(const auto again, open->publisher->release("ENT-COOP", "2015"));
    EXPECT_TRUE(again.existing);
    EXPECT_EQ(again.release->id, first.release->id);
    EXPECT_EQ(again.release->index, first.release->index);
    EXPECT_EQ(again.table.cells()[0].value, 9);
    EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
    open = node();
  }
  EXPECT_EQ(open->publisher->dry_run("ENT-COOP", "2015").value().release->id, first.release->id);
}

TEST_F(PublisherTest, ChangeThatNoProtectedCellShowsIsNoChange) {
  import_firms(0, 1, 1);
  auto open = node();
  ASSERT_OK_AND(const auto first, open->publisher->release("ENT-COOP", "2015"));
  EXPECT_EQ(first.table.cells()[0].value, std::nullopt);
  import_firms(1, 2, 1);  // 1 and 2 are both withheld
  EXPECT_TRUE(open->publisher->release("ENT-COOP", "2015").value().existing);
}

// 9 enterprises of which 7 are small and in manufacturing: 2 apart.
class Together : public PublishBench, public testing::WithParamInterface<bool> {};

TEST_P(Together, EntIsWithheldWhereTheDifferenceIsBelowThreeWhicheverIsReleasedFirst) {
  import_firms(0, 9, 7);
  auto open = node();
  const auto release = [&](const char* indicator) {
    return open->publisher->release(indicator, "2015").value();
  };
  const ReleaseReport first = release(GetParam() ? "SME-COOP" : "ENT-COOP");
  EXPECT_FALSE(first.decided_before);
  open = node();
  const ReleaseReport second = release(GetParam() ? "ENT-COOP" : "SME-COOP");
  EXPECT_TRUE(second.decided_before);
  EXPECT_FALSE(second.existing);
  EXPECT_EQ(asked("SME-COOP").cells[0].value, 7);
  EXPECT_EQ(asked("ENT-COOP").cells[0].value, std::nullopt);
  EXPECT_EQ(asked("ENT-COOP").cells[0].obs_status, 'Q');
  EXPECT_EQ(log_size(), 4u);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

INSTANTIATE_TEST_SUITE_P(Either, Together, testing::Bool());

TEST_F(PublisherTest, ExactFromThreeAndWithheldBelow) {
  for (int firms = 0; firms <= 4; ++firms) {
    const std::string year = std::to_string(2010 + firms);
    import_firms(0, firms, 0, true, year);
    auto open = node();
    ASSERT_OK_AND(const auto report, open->publisher->release("ENT-COOP", year));
    const auto expected = firms < 3 ? std::nullopt : std::optional<std::int64_t>(firms);
    EXPECT_EQ(report.table.cells()[0].value, expected) << firms;
  }
  for (const AnswerCell& cell : asked("ENT-COOP").cells) {
    EXPECT_EQ(cell.value.has_value(), cell.period >= "2013") << cell.period;
    EXPECT_EQ(cell.obs_status, cell.period >= "2013" ? 'A' : 'Q');
    EXPECT_EQ(cell.conf_status, cell.period >= "2013" ? 'F' : 'C');
  }
}

TEST_F(PublisherTest, PeriodThatHasNotEndedIsProvisionalAndStaysTheReleaseItWas) {
  import_firms(0, 9, 5, true, "2024");
  import_firms(0, 9, 5, true, "2023");
  auto open = node();
  EXPECT_TRUE(open->publisher->dry_run("ENT-COOP", "2024").value().provisional);
  EXPECT_TRUE(open->publisher->release("ENT-COOP", "2024").value().provisional);
  EXPECT_FALSE(open->publisher->release("ENT-COOP", "2023").value().provisional);
  clock.advance(300 * 86400);
  EXPECT_TRUE(open->publisher->release("ENT-COOP", "2024").value().existing);
  for (const AnswerCell& cell : asked("ENT-COOP").cells) {
    EXPECT_EQ(cell.obs_status, cell.period == "2024" ? 'P' : 'A');
  }
}

TEST_F(PublisherTest, LogThatIsNotFoundedGetsNoRelease) {
  MemoryStore bare;
  const RuleSet rules = parse_rule_set("default.toml", default_rule_set_toml()).value();
  auto unfounded =
      Committer::open(bare, kSelf, federation.origin(kSelf), federation.key(kSelf, Role::log))
          .value();
  Publisher publisher({&records,
                       &bare,
                       unfounded.get(),
                       federation.membership(),
                       &Catalogue::builtin(),
                       &clock,
                       &random,
                       rules,
                       Digest{},
                       kSelf,
                       {},
                       {},
                       {}},
                      StatementKey(federation.key(kSelf, Role::statement)));
  EXPECT_THAT(publisher.release("ENT-COOP", "2015"), IsErr(Errc::refused));
  EXPECT_EQ(LogStore(bare, kSelf).head().value(), std::nullopt);
}

TEST_F(PublisherTest, FoundingIsDoneOnce) {
  auto open = node();
  EXPECT_EQ(log_size(), 2u);
  ASSERT_OK(open->publisher->found());
  EXPECT_EQ(log_size(), 2u);
  EXPECT_EQ(node()->committer->head().size, 2u);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(PublisherTest, PendingStatementOfAnotherKeyIsNotLogged) {
  import_firms(0, 9, 5);
  auto open = node();
  const auto foreign =
      StatementSigner(StatementKey(federation.key("ES", Role::statement)),
                      federation.membership()->roster().federation(), kSelf, clock, random)
          .roster_adopted(2, 1, federation.membership()->roster().digest())
          .value();
  PendingStatement pending{{}, foreign.envelope()};
  pending.release.figure = {"SME-COOP", "2015", "headline"};
  pending.release.ref.id = foreign.id();
  pending.release.definition = foreign.id();
  ASSERT_OK(open->publisher->release("ENT-COOP", "2015"));
  ASSERT_OK(Ledger(records).prepare({}, pending));
  EXPECT_THAT(open->publisher->recover(), IsErr(Errc::mismatch));
  EXPECT_EQ(log_size(), 3u);
}

TEST_F(PublisherTest, ARecordStoreThatLostAReleaseIsNotDecidedFromAgain) {
  import_firms(0, 9, 5);
  {
    auto open = node();
    ASSERT_OK(open->publisher->release("ENT-COOP", "2015"));
  }
  MemoryStore lost;
  const auto opened = NodeParts::open(federation, lost, shared, clock, random);
  ASSERT_THAT(opened, IsErr(Errc::corrupt));
  EXPECT_THAT(opened.error().context, testing::HasSubstr("the records do not know release"));
}

TEST_F(PublisherTest, AReleasedFigureIsGivenAgainWhateverBecameOfTheOther) {
  import_firms(0, 5, 0, false);
  auto open = node();
  ASSERT_OK_AND(const auto first, open->publisher->release("ENT-COOP", "2015"));
  import_firms(0, 5, 0);  // now large firms of manufacturing: SME-COOP can be computed
  ASSERT_OK_AND(const auto again, open->publisher->release("ENT-COOP", "2015"));
  EXPECT_TRUE(again.existing);
  EXPECT_EQ(again.release->id, first.release->id);
  // It never was another figure, so that nothing is corrected.
  ASSERT_OK_AND(const auto sme, open->publisher->release("SME-COOP", "2015"));
  EXPECT_EQ(sme.table.cells()[0].value, std::nullopt);
}

// Every row that a decision about the next figure stands on.
TEST_F(PublisherTest, ADamagedLedgerLetsNothingOut) {
  import_firms(0, 9, 5);
  auto open = node();
  ASSERT_OK(open->publisher->release("ENT-COOP", "2015"));
  import_firms(9, 12, 5);
  const auto before = shared.contents();
  const auto contents = records.contents();
  for (const Area area : {Area::decisions, Area::releases}) {
    for (const auto& [key, value] : contents[static_cast<std::size_t>(area)]) {
      const bool is_format = key == "format";
      for (std::size_t keep = 0; keep < value.size(); ++keep) {
        Batch batch;
        batch.put(area, key, value.substr(0, keep));
        ASSERT_OK(records.commit(batch));
        if (is_format) {
          EXPECT_THAT(open->publisher->recover(), IsErr(Errc::unsupported)) << key;
        } else {
          EXPECT_THAT(open->publisher->release("ENT-COOP", "2015"), IsErr(Errc::corrupt)) << key;
        }
      }
      Batch batch;
      batch.put(area, key, value);
      ASSERT_OK(records.commit(batch));
    }
  }
  Batch batch;
  batch.put(Area::releases, "pending", Bytes("\0\0\0\x09x", 5));
  ASSERT_OK(records.commit(batch));
  EXPECT_THAT(open->publisher->release("ENT-COOP", "2015"), IsErr(Errc::corrupt));
  EXPECT_EQ(shared.contents(), before);
}

}  // namespace
}  // namespace regions
