// What a dry run shows is what peers get, cell for cell; and what it shows, or nothing, is what a
// release states that names its digest.
#include "node/publish/confirmation.h"
#include "node/publish/region_keys.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

class ConfirmTest : public DueBench {
 protected:
  std::optional<Digest> shown() { return planned()->publisher->release_due(true).value().digest; }
  // Refused, and neither store has changed.
  void refused(const std::optional<Digest>& digest, YearSpan years = {kYearMin, kYearMax}) {
    auto open = planned();
    const auto before = std::pair(records.contents(), shared.contents());
    const auto report = open->publisher->release_due(false, years, digest);
    ASSERT_THAT(report, IsErr(Errc::refused));
    EXPECT_THAT(report.error().context, testing::HasSubstr("not what that dry run showed"));
    EXPECT_EQ(std::pair(records.contents(), shared.contents()), before);
  }
  // Everything that a peer can see of the statement, but for what is drawn when it is signed.
  void expect_shown(const DueLine& dry, const Release& stated) {
    ASSERT_TRUE(dry.shown) << dry.table;
    const SafeTable& table = dry.shown->table;
    EXPECT_EQ(table.indicator(), stated.indicator);
    EXPECT_EQ(table.period(), stated.period);
    EXPECT_EQ(table.table(), stated.table);
    EXPECT_EQ(table.dimensions(), stated.dimensions);
    EXPECT_EQ(table.definition(), stated.definition);
    EXPECT_EQ(table.method(), stated.claim.method);
    ASSERT_EQ(table.cells().size(), stated.cells.size());
    for (std::size_t i = 0; i < stated.cells.size(); ++i) {
      const SafeTable::Cell& cell = table.cells()[i];
      EXPECT_EQ(cell.categories, stated.cells[i].categories);
      EXPECT_EQ(cell.value, stated.cells[i].value) << dry.table << " " << dry.period;
      EXPECT_EQ(stated.cells[i].status, cell.value ? ObsStatus::A : ObsStatus::Q);
    }
  }
};

TEST_F(ConfirmTest, OtherRecordsAreRefusedAndStateNothing) {
  import_window(50);
  const auto digest = shown();
  import_window(51);
  refused(digest);
}

TEST_F(ConfirmTest, OtherRulesAreRefusedEvenWhereTheyWithholdTheSame) {
  import_window(50);
  const auto digest = shown();
  ++rules.version;
  refused(digest);
}

TEST_F(ConfirmTest, AnotherPlanOrTableOfNoiseIsRefused) {
  import_window(50);
  const auto digest = shown();
  AdoptedPlan other = *plan;
  other.digest = sha256("another plan");
  plan = std::make_shared<const AdoptedPlan>(other);
  refused(digest);
  other = *plan;
  other.noise_digest = sha256("another table");
  plan = std::make_shared<const AdoptedPlan>(other);
  refused(digest);
}

TEST_F(ConfirmTest, AnotherSecretOfTheRegionIsRefused) {
  import_window(50);
  const auto digest = shown();
  facts = [this]() -> Result<std::shared_ptr<const Facts>> {
    TRY(Facts loaded,
        Facts::load(*records.snapshot(), territories(kSelf, {"DE24", "ES"}), Bytes(32, 'z')));
    return std::make_shared<const Facts>(std::move(loaded));
  };
  refused(digest);
}

TEST_F(ConfirmTest, OtherYearsOrAPeriodThatEndedMeanwhileAreRefused) {
  import_window(50);
  const auto digest = shown();
  refused(digest, {2018, 2020});
  clock.advance(366 * 86400);
  refused(digest);
}

TEST_F(ConfirmTest, AnyOtherDigestIsRefused) {
  import_window(50);
  refused(Digest{});
  refused(sha256("guessed"));
}

// Whoever reads a digest in a log and guesses the counts must not see that the guess is right.
TEST_F(ConfirmTest, WithoutTheRegionsSecretADigestConfirmsNoGuess) {
  import_window(50);
  auto open = planned();
  ASSERT_OK_AND(const DueReport dry, open->publisher->release_due(true));
  ASSERT_OK_AND(const DueReport report, open->publisher->release_due(false));
  Confirmation known(Digest{}, plan.get()), guessed(confirmation_key(Bytes(32, 'x')), plan.get());
  for (const DueLine& line : report.lines) {
    if (!line.decided) {
      known.add(stated(*line.release));
      guessed.add(stated(*line.release));
      continue;
    }
    known.add(stated(*line.release), line.decided->both);
    guessed.add(stated(*line.release), line.decided->both);
  }
  EXPECT_EQ(known.digest(), dry.digest);  // the bench's key
  EXPECT_NE(guessed.digest(), dry.digest);
  EXPECT_NE(confirmation_key(Bytes(32, 'x')), confirmation_key(Bytes(32, 'y')));
}

class InEveryTier : public ConfirmTest, public testing::WithParamInterface<int> {};

TEST_P(InEveryTier, ADryRunShowsWhatTheReleaseThenStates) {
  import_window(GetParam());
  ASSERT_OK_AND(const DueReport dry, planned()->publisher->release_due(true));
  clock.advance(3600);
  auto open = planned();
  ASSERT_OK_AND(const DueReport report,
                open->publisher->release_due(false, {kYearMin, kYearMax}, dry.digest));
  ASSERT_EQ(dry.lines.size(), report.lines.size());
  EXPECT_EQ(report.digest, dry.digest);
  for (std::size_t i = 0; i < dry.lines.size(); ++i) {
    expect_shown(dry.lines[i], stated(*report.lines[i].release));
  }
}

INSTANTIATE_TEST_SUITE_P(Firms, InEveryTier, testing::Values(2, 12, 50));

TEST_F(ConfirmTest, WhyIsToldPerTableAndAddsUpToWhatIsWithheld) {
  import_window(2);
  ASSERT_OK_AND(const DueReport dry, planned()->publisher->release_due(true));
  std::set<Withheld> reasons;
  for (const DueLine& line : dry.lines) {
    std::size_t withheld = 0;
    for (const auto& [reason, cells] : line.why) {
      withheld += cells;
      reasons.insert(reason);
    }
    EXPECT_EQ(withheld, line.shown->table.withheld()) << line.table << " " << line.period;
  }
  EXPECT_THAT(reasons, testing::ElementsAre(Withheld::minimum, Withheld::few_holdings));
}

TEST_F(ConfirmTest, AnInterruptedReleaseGoesOnUnderTheSameDigest) {
  import_window(50);
  const auto digest = shown();
  FaultStore faulty(shared);
  auto broken = NodeParts::open(federation, records, faulty, clock, random, plan).value();
  faulty.fail_at(60, FaultStore::Flavour::applied);
  ASSERT_FALSE(broken->publisher->release_due(false, {kYearMin, kYearMax}, digest));
  broken.reset();
  ASSERT_GT(log_size(), 2u);
  for (const DueLine::State state : {DueLine::State::released, DueLine::State::existing}) {
    auto open = planned();
    ASSERT_OK_AND(const DueReport report,
                  open->publisher->release_due(false, {kYearMin, kYearMax}, digest));
    EXPECT_GT(in_state(report, state), 0u);
    EXPECT_EQ(report.digest, *digest);
  }
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

TEST_F(ConfirmTest, OneHeadlineIsConfirmedAlone) {
  import_firms(0, 9, 5);
  const auto digest = node()->publisher->dry_run("ENT-COOP", "2015").value().digest;
  auto open = node();
  EXPECT_THAT(open->publisher->release("ENT-COOP", "2016", digest), IsErr(Errc::refused));
  EXPECT_THAT(open->publisher->release("SME-COOP", "2015", digest), IsErr(Errc::refused));
  import_firms(9, 12, 5);
  EXPECT_THAT(open->publisher->release("ENT-COOP", "2015", digest), IsErr(Errc::refused));
  EXPECT_EQ(log_size(), 2u);
  const auto again = open->publisher->dry_run("ENT-COOP", "2015").value().digest;
  ASSERT_OK_AND(const auto report, open->publisher->release("ENT-COOP", "2015", again));
  EXPECT_EQ(report.table.cells()[0].value, 12);
  EXPECT_TRUE(open->publisher->release("ENT-COOP", "2015", again).value().existing);
  EXPECT_EQ(log_size(), 3u);
}

// A release of one headline fixes the other one as well, so nobody may confirm it unseen.
TEST_F(ConfirmTest, TheOtherHeadlineOfTheYearIsShownAndConfirmedToo) {
  import_firms(0, 9, 5);
  ASSERT_OK_AND(const auto dry, node()->publisher->dry_run("SME-COOP", "2015"));
  EXPECT_EQ(dry.decided.both.sme()->cells()[0].value, 5);
  EXPECT_EQ(dry.decided.both.ent().cells()[0].value, 9);
  import_firms(9, 14, 5);
  EXPECT_THAT(node()->publisher->release("SME-COOP", "2015", dry.digest), IsErr(Errc::refused));
  EXPECT_EQ(log_size(), 2u);
  ASSERT_OK_AND(const auto again, node()->publisher->dry_run("SME-COOP", "2015"));
  EXPECT_EQ(again.table.cells(), dry.table.cells());
  ASSERT_OK(node()->publisher->release("SME-COOP", "2015", again.digest));
  // What was decided stays under its digest, whatever the other headline becomes.
  import_firms(14, 19, 5);
  ASSERT_OK_AND(const auto same, node()->publisher->release("SME-COOP", "2015", again.digest));
  EXPECT_TRUE(same.existing);
  EXPECT_EQ(same.decided.both.ent().cells()[0].value, 14);
}

TEST_F(ConfirmTest, AHeadlineThatOneSideNearlyWithholdsSaysWhyOfBoth) {
  import_firms(0, 9, 8);
  ASSERT_OK_AND(const auto dry, node()->publisher->dry_run("SME-COOP", "2015"));
  EXPECT_FALSE(dry.decided.both.ent().cells()[0].value);
  EXPECT_EQ(dry.decided.why_ent, (WithheldCounts{{Withheld::close, 1}}));
  EXPECT_TRUE(dry.decided.why_sme.empty());
}

TEST_F(ConfirmTest, WhatIsDueShowsAndConfirmsAHeadlineThatIsDecidedBesides) {
  import_firms(0, 9, 5, true, "2021");
  const YearSpan year{2021, 2021};
  ASSERT_OK(planned()->publisher->release_due(false, year));
  const auto out = planned()->publisher->dry_run("ENT-COOP", "2021");
  ASSERT_OK(planned()->publisher->withdraw(out->release->id, WithdrawalReason::legal_obligation));
  clock.advance(366 * 86400);
  import_firms(9, 13, 13, true, "2021");
  const auto revised = [&](bool dry, const std::optional<Digest>& digest) {
    return planned()->publisher->release_due(dry, year, digest, true);
  };
  ASSERT_OK_AND(const DueReport dry, revised(true, {}));
  const auto line = std::find_if(dry.lines.begin(), dry.lines.end(), [](const DueLine& one) {
    return one.indicator == "SME-COOP" && one.table == "headline";
  });
  ASSERT_NE(line, dry.lines.end());
  ASSERT_TRUE(line->shown && line->decided);
  EXPECT_EQ(line->shown->table.cells()[0].value, 9);
  EXPECT_EQ(line->decided->both.ent().cells()[0].value, 13);
  import_firms(13, 20, 13, true, "2021");
  const auto before = log_size();
  EXPECT_THAT(revised(false, dry.digest), IsErr(Errc::refused));
  EXPECT_EQ(log_size(), before);
}

TEST_F(ConfirmTest, AYearThatEndedMeanwhileIsNoLongerTheProvisionalFigureThatWasShown) {
  import_firms(0, 9, 5, true, "2024");
  const auto digest = node()->publisher->dry_run("ENT-COOP", "2024").value().digest;
  clock.advance(300 * 86400);
  EXPECT_THAT(node()->publisher->release("ENT-COOP", "2024", digest), IsErr(Errc::refused));
  EXPECT_EQ(log_size(), 2u);
}

}  // namespace
}  // namespace regions
