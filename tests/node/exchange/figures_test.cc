// A figure is released once; whoever releases it again names the release before.
#include "node/exchange/figures.h"

#include "node/exchange/judge_again.h"
#include "node/exchange/own_log.h"
#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

class FiguresTest : public ExchangeBench {
 protected:
  // A second, later release of a figure.
  Release again(const std::string& period, std::optional<Digest> supersedes = {}) {
    Release release = log.release(period, 20);
    release.supersedes = supersedes;
    return release;
  }
  std::vector<std::string> states(const Store& store) {
    std::vector<std::string> out;
    for (const StatementRow& row : rows(store)) out.emplace_back(name(row.state));
    return out;
  }
};

TEST_F(FiguresTest, TextThatIsNoneIsNotRead) {
  const std::string good = encode(about(log.release("2017")));
  ASSERT_TRUE(decode_about(good).has_value());
  EXPECT_EQ(*decode_about(good), about(log.release("2017")));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_EQ(decode_about(good.substr(0, length)), std::nullopt) << length;
  }
  EXPECT_EQ(decode_about(good + " "), std::nullopt);
  EXPECT_EQ(decode_about(good + "x"), std::nullopt);
}

TEST_F(FiguresTest, SecondReleaseThatNamesNoneIsBadWithItsReason) {
  const Digest first = log.append(log.release("2017"));
  log.append(again("2017"));
  log.append(again("2018"));
  log.append(again("2017", first));
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_THAT(states(ours), testing::ElementsAre("verified", "verified", "verified", "invalid",
                                                 "verified", "verified"));
  EXPECT_EQ(follower->status().bad, 1u);
  EXPECT_THAT(follower->status().reason,
              testing::HasSubstr("statement 3: releases a figure a second time"));
  // The same after a restart, and of our own log.
  EXPECT_EQ(open(ours)->status().bad, 1u);
  ASSERT_OK(judge_own_log(theirs, *federation.acceptor(), "ES"));
  EXPECT_EQ(states(theirs), states(ours));
}

TEST_F(FiguresTest, WhatWasObtainedFirstIsJudgedByThePlaceInTheLog) {
  const Digest first = log.append(log.release("2017"));
  log.append(again("2017"));
  auto follower = open(ours);
  // The first release is not served at first.
  Batch batch;
  const Bytes envelope = *theirs.get(Area::envelopes, first.view()).value();
  batch.erase(Area::envelopes, first.view());
  ASSERT_OK(theirs.commit(batch));
  drive(*follower, clock, honest_peer());
  EXPECT_THAT(states(ours), testing::ElementsAre("verified", "verified", "pending", "verified"));
  EXPECT_EQ(follower->status().bad, 0u);
  batch.clear();
  batch.put(Area::envelopes, first.view(), envelope);
  ASSERT_OK(theirs.commit(batch));
  clock.advance(2 * kMissingRetryMs / 1000);
  finish(*follower);
  EXPECT_THAT(states(ours), testing::ElementsAre("verified", "verified", "verified", "invalid"));
  EXPECT_EQ(follower->status().bad, 1u);
  EXPECT_EQ(follower->status().verified, 3u);
  const auto restarted = open(ours);
  EXPECT_EQ(restarted->status().bad, 1u);
  EXPECT_EQ(restarted->status().verified, 3u);
}

TEST_F(FiguresTest, FiguresOfAnotherTableAudienceOrDefinitionAreOthers) {
  const About one = about(log.release("2017"));
  FirstReleases firsts;
  EXPECT_EQ(firsts.take({5, digest_of_byte(5)}, one), std::nullopt);
  EXPECT_TRUE(firsts.repeats(6, one));
  EXPECT_FALSE(firsts.repeats(4, one));
  EXPECT_FALSE(firsts.repeats(5, one));
  About other = one;
  other.supersedes = true;
  EXPECT_FALSE(firsts.repeats(6, other));
  for (const auto change : std::vector<void (*)(Figure&)>{
           [](Figure& f) { f.indicator = "SME-COOP"; }, [](Figure& f) { f.table = "size"; },
           [](Figure& f) { f.period = "2018"; }, [](Figure& f) { f.definition = Digest(); },
           [](Figure& f) { f.audience = AudienceKind::public_audience; }}) {
    other = one;
    change(other.figure);
    EXPECT_FALSE(firsts.repeats(6, other));
  }
}

class JudgeAgainTest : public FiguresTest {};

TEST_F(JudgeAgainTest, WhatIsStillNotUnderstoodStaysAsItIs) {
  log.append(log.table("size", "2018-2020", {"size"}));
  log.append_unknown(300);
  drive(*open(ours), clock, honest_peer());
  const auto before = ours.contents();
  ASSERT_OK(judge_again(ours, *federation.acceptor(), "ES"));
  EXPECT_EQ(ours.contents(), before);
}

TEST_F(JudgeAgainTest, TablesAreVerifiedOnceThereIsAPlan) {
  log.append(log.table("size", "2018-2020", {"size"}));
  log.append(log.table("moon", "2018-2020", {"size"}));
  Release wrong = log.table("size", "2021-2023", {"size"});
  wrong.cells.pop_back();
  log.append(wrong);
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(follower->status().not_understood, 3u);

  const auto planned = std::make_shared<const Acceptor>(
      federation.membership(), Catalogue::builtin(), shared_default_plan());
  const auto status = Follower::open(ours, planned, clock, random, "ES").value()->status();
  EXPECT_EQ(status.not_understood, 1u);
  EXPECT_EQ(status.verified, 3u);
  EXPECT_EQ(status.bad, 1u);
  EXPECT_EQ(rows(ours)[2].about, encode(about(log.table("size", "2018-2020", {"size"}))));
}

TEST_F(JudgeAgainTest, ASecondReleaseOfATableIsBadWhenItIsUnderstood) {
  log.append(log.table("size", "2018-2020", {"size"}));
  log.append(log.table("size", "2018-2020", {"size"}, 20));
  drive(*open(ours), clock, honest_peer());
  const Acceptor planned(federation.membership(), Catalogue::builtin(), shared_default_plan());
  ASSERT_OK(judge_again(ours, planned, "ES"));
  EXPECT_THAT(states(ours), testing::ElementsAre("verified", "verified", "verified", "invalid"));
}

// An entry of a version that a later build reads: its payload was never asked for.
TEST_F(JudgeAgainTest, AnEntryThatIsUnderstoodNowIsAskedFor) {
  const Digest id = log.append(log.release("2017"));
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  Batch batch;
  put_statement_row(batch, "ES", 2, {StatementState::not_understood, id, "version"});
  batch.erase(Area::envelopes, id.view());
  ASSERT_OK(ours.commit(batch));
  follower = open(ours);
  EXPECT_EQ(follower->status().pending, 1u);
  finish(*follower);
  expect_copied(ours, *follower);
}

}  // namespace
}  // namespace regions
