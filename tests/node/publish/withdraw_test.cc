// Withdrawals: of one's own releases alone, once; what was withdrawn stays known.
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

using enum WithdrawalReason;

class WithdrawTest : public DueBench {
 protected:
  Result<ReleaseReport> release(const char* indicator = "ENT-COOP") {
    return node()->publisher->release(indicator, "2015");
  }
  Result<WithdrawReport> withdraw(const Digest& id, WithdrawalReason reason = error_in_records) {
    return node()->publisher->withdraw(id, reason, "uid=1000");
  }
  AnswerCell shown() {
    return ask(shared, *federation.membership(), Catalogue::builtin(),
               {"ENT-COOP", {"2015"}, {"region", "year"}, {kSelf}}, kSelf, clock.now())
        ->cells.at(0);
  }
};

TEST_F(WithdrawTest, UnknownIdsAndWhatIsNoReleaseAreRefusedAndStateNothing) {
  import_firms(0, 9, 5);
  ASSERT_OK(release());
  const auto before = std::pair(records.contents(), shared.contents());
  EXPECT_THAT(withdraw(Digest{{1}}), IsErr(Errc::not_found));
  const Bytes adoption = LogStore(shared, kSelf).entry(1).value();
  EXPECT_THAT(withdraw(Digest::from_bytes(adoption.substr(24), "id").value()),
              IsErr(Errc::refused));
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
}

TEST_F(WithdrawTest, AnothersReleaseIsRefusedByName) {
  TestLog es(federation, shared, "ES");
  const Digest theirs = es.append(es.release("2015"));
  const auto refused = withdraw(theirs);
  ASSERT_THAT(refused, IsErr(Errc::refused));
  EXPECT_THAT(refused.error().context, testing::HasSubstr("a release of ES"));
  EXPECT_EQ(log_size(), 2u);
}

TEST_F(WithdrawTest, AWithdrawnReleaseIsReleasedNoLonger) {
  import_firms(0, 9, 5);
  const Digest id = release()->release->id;
  EXPECT_EQ(shown().value, 9);
  ASSERT_OK_AND(const auto report, withdraw(id));
  EXPECT_FALSE(report.existing);
  EXPECT_EQ(report.holds_now, std::nullopt);
  EXPECT_EQ(shown().value, std::nullopt);
  EXPECT_EQ(shown().obs_status, 'O');
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
  ASSERT_OK_AND(const auto ledger, node()->publisher->ledger());
  ASSERT_TRUE(ledger.releases.at(0).withdrawn.has_value());
  EXPECT_EQ(ledger.releases[0].withdrawn->by, "uid=1000");
}

TEST_F(WithdrawTest, ASecondTimeNothingIsStatedAndAnotherReasonIsRefused) {
  import_firms(0, 9, 5);
  const Digest id = release()->release->id;
  ASSERT_OK_AND(const auto first, withdraw(id, legal_obligation));
  const auto before = std::pair(records.contents(), shared.contents());
  ASSERT_OK_AND(const auto again, withdraw(id, legal_obligation));
  EXPECT_TRUE(again.existing);
  EXPECT_EQ(again.release.withdrawn->statement.id, first.release.withdrawn->statement.id);
  EXPECT_THAT(withdraw(id, error_in_records), IsErr(Errc::conflict));
  EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
}

TEST_F(WithdrawTest, TheSameFigureMayBeReleasedAgain) {
  import_firms(0, 9, 5);
  const Digest id = release()->release->id;
  ASSERT_OK(withdraw(id));
  ASSERT_OK_AND(const auto again, release());
  EXPECT_FALSE(again.existing);
  EXPECT_NE(again.release->id, id);
  EXPECT_EQ(again.supersedes, id);
  EXPECT_EQ(shown().value, 9);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
  EXPECT_TRUE(release()->existing);
}

// Who saw 9 would see the tenth.
TEST_F(WithdrawTest, AWithdrawnFigureStaysKnownSoThatOneFirmMoreIsRefused) {
  import_firms(0, 9, 5);
  ASSERT_OK(withdraw(release()->release->id));
  import_firms(9, 10, 5);
  const auto refused = release();
  ASSERT_THAT(refused, IsErr(Errc::refused));
  EXPECT_THAT(refused.error().context, testing::HasSubstr("too few"));
  EXPECT_EQ(shown().obs_status, 'O');
  import_firms(10, 12, 5);
  ASSERT_OK(release());
  EXPECT_EQ(shown().value, 12);
}

TEST_F(WithdrawTest, TheReleaseBeforeHoldsAgain) {
  import_firms(0, 9, 5);
  const Digest first = release()->release->id;
  import_firms(9, 12, 5);
  const Digest second = release()->release->id;
  ASSERT_OK_AND(const auto report, withdraw(second));
  EXPECT_EQ(report.holds_now, first);
  EXPECT_EQ(shown().value, 9);
  // The records give the withdrawn figure still: it goes out again as a version of its own.
  ASSERT_OK_AND(const auto third, release());
  EXPECT_EQ(third.supersedes, second);
  EXPECT_EQ(shown().value, 12);
  // Of the first the withdrawn one stays behind the third.
  ASSERT_OK_AND(const auto last, withdraw(first));
  EXPECT_EQ(last.holds_now, third.release->id);
  EXPECT_EQ(shown().value, 12);
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(WithdrawTest, AStoreThatLostAWithdrawalIsNotDecidedFrom) {
  import_firms(0, 9, 5);
  const Digest id = release()->release->id;
  MemoryStore before;
  Batch copy;
  const auto contents = records.contents();
  for (std::size_t area = 0; area < contents.size(); ++area) {
    for (const auto& [key, value] : contents[area]) copy.put(static_cast<Area>(area), key, value);
  }
  ASSERT_OK(before.commit(copy));
  ASSERT_OK(withdraw(id));
  const auto opened = NodeParts::open(federation, before, shared, clock, random);
  ASSERT_THAT(opened, IsErr(Errc::corrupt));
  EXPECT_THAT(opened.error().context, testing::HasSubstr("do not know withdrawal"));
}

}  // namespace
}  // namespace regions
