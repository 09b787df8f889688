// The claim of witnesses: in every release of an amount and in no other, under a secret of that
// release alone which is durable before the log sees the statement.
#include "policies/disclosure/amounts/amount_witnesses.h"
#include "tests/node/publish/amounts_bench.h"

namespace regions {
namespace {

class ClaimsTest : public AmountsBench {
 protected:
  ClaimsTest() {
    grants("r", 40, "2018");
    grants("b", 1, "2019", "biotechnology");
  }
  std::vector<LedgerRelease> amounts() {
    auto all = Ledger(records).all_releases().value();
    std::erase_if(all, [](const LedgerRelease& one) { return one.figure.indicator != kFund; });
    return all;
  }
  Bytes secret_of(const LedgerRelease& one) {
    return Ledger(records).witness_secret(one.figure, one.version)->value_or(Bytes());
  }
  Digest claimed(const LedgerRelease& one) {
    return stated(one.ref).claim.witnesses.value_or(Digest());
  }
  const DueChoice kWindow{kFund, "2018-2020", ""};
};

TEST_F(ClaimsTest, WhatClaimsNoneOrIsNoReleaseIsNotOpened) {
  ASSERT_OK_AND(const auto report, planned()->publisher->release("ENT-COOP", "2018"));
  EXPECT_FALSE(stated(*report.release).claim.witnesses.has_value());
  EXPECT_THAT(planned()->publisher->open_witnesses(report.release->id), IsErr(Errc::refused));
  EXPECT_THAT(planned()->publisher->open_witnesses(Digest()), IsErr(Errc::not_found));
}

TEST_F(ClaimsTest, ASecretThatIsGoneOrOfAnotherReleaseIsNoOpening) {
  ASSERT_OK(due(false, {}, kWindow));
  const auto all = amounts();
  ASSERT_GE(all.size(), 2u);
  const auto key = [](const LedgerRelease& one) {
    Bytes out = "opening/" + one.figure.indicator + "/" + one.figure.period + "/" +
                one.figure.table + "/federation/";
    append_u32(out, one.version);
    return out;
  };
  Batch exchanged;
  exchanged.put(Area::releases, key(all[0]),
                records.get(Area::releases, key(all[1])).value().value());
  exchanged.erase(Area::releases, key(all[1]));
  ASSERT_OK(records.commit(exchanged));
  EXPECT_FALSE(planned()->publisher->open_witnesses(all[0].ref.id)->matches());
  EXPECT_THAT(planned()->publisher->open_witnesses(all[1].ref.id), IsErr(Errc::corrupt));
}

TEST_F(ClaimsTest, EveryReleaseOfAnAmountHasOneUnderASecretOfItsOwn) {
  ASSERT_OK(due());
  std::set<Digest> claims;
  std::set<Bytes> secrets;
  for (const LedgerRelease& one : amounts()) {
    EXPECT_EQ(secret_of(one).size(), kWitnessSecretBytes);
    secrets.insert(secret_of(one));
    claims.insert(claimed(one));
    const auto kept = Ledger(records).witnesses(kFund, one.decision).value();
    EXPECT_EQ(claimed(one), witnesses_digest(secret_of(one), canonical(kept)));
    EXPECT_TRUE(planned()->publisher->open_witnesses(one.ref.id)->matches());
  }
  EXPECT_EQ(claims.size(), amounts().size());
  EXPECT_EQ(secrets.size(), amounts().size());
  EXPECT_FALSE(claims.contains(Digest()));
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

// Else it would tell whether a figure is unsafe that no table shows.
TEST_F(ClaimsTest, AnAmountOfWhichNothingIsWithheldHasOneLikeAnyOther) {
  for (const char* year : {"2021", "2022", "2023"}) grants("r", 12, year);
  ASSERT_OK(due(false, {}, {kFund, "2021-2023", "total"}));
  const LedgerRelease one = amounts().at(0);
  EXPECT_EQ(one.withheld, 0u);
  const auto kept = Ledger(records).witnesses(kFund, one.decision).value();
  EXPECT_EQ(claimed(one), witnesses_digest(secret_of(one), canonical(kept)));
}

// The digest of a dry run is that of what is stated, though the secret is not drawn yet.
TEST_F(ClaimsTest, ADryRunIsConfirmedBeforeAndBehindIt) {
  ASSERT_OK_AND(const DueReport dry, due(true, {}, kWindow));
  ASSERT_OK_AND(const DueReport done, due(false, dry.digest, kWindow));
  ASSERT_OK_AND(const DueReport again, due(false, dry.digest, kWindow));
  EXPECT_EQ(done.digest, again.digest);
}

TEST_F(ClaimsTest, AStoreThatFailsAnywhereLeavesEveryStatementWithWhatOpensIt) {
  using Flavour = FaultStore::Flavour;
  for (const Flavour flavour : {Flavour::not_applied, Flavour::applied}) {
    for (std::uint64_t n = 1; n < 30; n += 2) {
      MemoryStore own_records, own_shared;
      Batch copy;
      const auto contents = records.contents();
      for (std::size_t area = 0; area < contents.size(); ++area) {
        for (const auto& [key, value] : contents[area]) {
          copy.put(static_cast<Area>(area), key, value);
        }
      }
      ASSERT_OK(own_records.commit(copy));
      federation.install(own_shared);
      FaultStore faulty(own_records);
      auto open = NodeParts::open(federation, faulty, own_shared, clock, random, plan).value();
      faulty.fail_at(n, flavour);
      (void)open->publisher->release_due(false, {kYearMin, kYearMax}, {}, false, "", kWindow);
      faulty.heal();
      ASSERT_OK(open->publisher->release_due(false, {kYearMin, kYearMax}, {}, false, "", kWindow));
      std::size_t opened = 0;
      for (const LedgerRelease& one : Ledger(own_records).all_releases().value()) {
        EXPECT_TRUE(open->publisher->open_witnesses(one.ref.id)->matches()) << n;
        ++opened;
      }
      EXPECT_GT(opened, 2u);
      EXPECT_EQ(LogStore(own_shared, kSelf).head().value()->size, 2 + opened);
      EXPECT_EQ(verdict_on(own_shared, federation, kSelf), "valid") << n;
    }
  }
}

// A statement of an earlier build, without the claim, holds like any other.
TEST_F(ClaimsTest, PeersTakeReleasesWithAndWithoutIt) {
  ASSERT_OK(due(false, {}, kWindow));
  const LedgerRelease one = amounts().at(0);
  for (const bool with : {true, false}) {
    Release release = stated(one.ref);
    if (!with) release.claim.witnesses.reset();
    const Bytes payload = encode_payload(release);
    ASSERT_OK_AND(const Statement read,
                  decode_payload(payload_type_of(Statement(release)), payload));
    EXPECT_EQ(std::get<Release>(read), release);
  }
  Release bad = stated(one.ref);
  bad.claim.witnesses = Digest();
  EXPECT_FALSE(decode_payload(payload_type_of(Statement(bad)), encode_payload(bad)));
}

}  // namespace
}  // namespace regions
