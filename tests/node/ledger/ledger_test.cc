// What the ledger keeps, what it refuses to read, and what is left when a write fails.
#include "node/ledger/ledger.h"

#include "node/ledger/ledger_rows.h"
#include "node/ledger/limits.h"
#include "tests/policies/disclosure/decided.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const FigureName kFigure{"ENT-COOP", "2017", "headline"};

Digest digest(char byte) { return Digest::from_bytes(Bytes(32, byte), "test").value(); }

MembershipTag tag(char byte) { return membership_tag(Bytes(32, 's'), Bytes(1, byte)); }

MembershipTags tags(const std::string& ids) {
  MembershipTags out;
  for (const char id : ids) out.push_back(tag(id));
  std::sort(out.begin(), out.end());
  return out;
}

LedgerRelease release(std::uint32_t version = 1) {
  LedgerRelease out;
  out.figure = kFigure;
  out.version = version;
  out.ref.id = digest(static_cast<char>('a' + version));
  out.definition = digest('d');
  out.at = 1'718'000'000;
  out.by = "uid 1000";
  out.decision = 1;
  if (version > 1) out.supersedes = digest(static_cast<char>('a' + version - 1));
  out.published = 1;
  return out;
}

NewDecision decision(std::uint32_t version = 1) {
  return {{decided_headlines(9, 5), 1'718'000'000, digest('r'), version},
          {Bytes(32, 's'), {tags("abcdefghi"), tags("abcde")}, 0}};
}

class LedgerTest : public testing::Test {
 protected:
  void file(const std::optional<NewDecision>& made, const LedgerRelease& one, std::uint64_t index) {
    ASSERT_OK(ledger.prepare(made, {one, "envelope"}));
    ASSERT_OK(ledger.finish({one, "envelope"}, index));
  }
  Bytes row(Area area, ByteView key) { return store.get(area, key).value().value_or(""); }
  void put(Area area, ByteView key, ByteView value) {
    Batch batch;
    batch.put(area, key, value);
    ASSERT_OK(store.commit(batch));
  }

  MemoryStore store;
  Ledger ledger{store};
};

TEST_F(LedgerTest, ADamagedRowIsCorruptWhereverItIsDamaged) {
  file(decision(), release(), 7);
  ASSERT_OK(ledger.prepare({}, {release(2), "envelope"}));
  ASSERT_OK(ledger.refuse({{kFigure, "too few"}}, 1, "uid 1"));
  const auto everything = [&] {
    return ledger.decisions("2017").has_value() && ledger.members("2017", 1).has_value() &&
           ledger.releases(kFigure).has_value() && ledger.all_releases().has_value() &&
           ledger.pending().has_value() && ledger.all_refusals().has_value() &&
           ledger.check_format().has_value();
  };
  ASSERT_TRUE(everything());
  const auto contents = store.contents();
  for (const Area area : {Area::decisions, Area::releases}) {
    for (const auto& [key, value] : contents[static_cast<std::size_t>(area)]) {
      for (std::size_t at = 0; at < value.size(); ++at) {
        // The format of an older build than any is read as the first.
        if (key == kFormatKey && at == value.size() - 1) continue;
        Bytes changed = value;
        changed[at] = static_cast<char>(changed[at] ^ 0x11);
        put(area, key, changed);
        EXPECT_FALSE(everything()) << key << " byte " << at;
        put(area, key, value.substr(0, at));
        EXPECT_FALSE(everything()) << key << " cut at " << at;
      }
      put(area, key, value);
    }
  }
  EXPECT_TRUE(everything());
}

TEST_F(LedgerTest, AMissingVersionIsCorrupt) {
  file(decision(), release(), 7);
  file({}, release(2), 8);
  Batch batch;
  batch.erase(Area::releases, numbered(figure_prefix(kReleasePrefix, kFigure), 1));
  ASSERT_OK(store.commit(batch));
  const auto read = ledger.releases(kFigure);
  ASSERT_THAT(read, IsErr(Errc::corrupt));
  EXPECT_NE(read.error().context.find("ENT-COOP, 2017"), std::string::npos);
}

// Else the year would be decided as if nothing of it had ever been said.
TEST_F(LedgerTest, ADecisionThatAReleaseStatesMustBeThere) {
  file(decision(), release(), 7);
  Batch batch;
  batch.erase(Area::decisions, numbered(headline_prefix("2017"), 1));
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(ledger.decisions("2017"), IsErr(Errc::corrupt));
  EXPECT_TRUE(ledger.decisions("2018")->empty());
}

TEST_F(LedgerTest, ANewerFormatIsUnsupported) {
  ASSERT_OK(ledger.check_format());
  Bytes newer;
  append_u32(newer, kLedgerFormat + 1);
  put(Area::releases, kFormatKey, newer);
  EXPECT_THAT(ledger.check_format(), IsErr(Errc::unsupported));
}

TEST_F(LedgerTest, ReleasesOfABuildWithoutALedgerAreUnsupported) {
  put(Area::releases, "release/ENT-COOP/2017/headline/federation", Bytes(40, 'x'));
  EXPECT_THAT(ledger.check_format(), IsErr(Errc::unsupported));
}

TEST_F(LedgerTest, WhatIsPendingIsNoReleaseYet) {
  ASSERT_OK(ledger.prepare(decision(), {release(), "envelope"}));
  EXPECT_TRUE(ledger.releases(kFigure)->empty());
  ASSERT_OK_AND(const auto pending, ledger.pending());
  ASSERT_TRUE(pending.has_value());
  EXPECT_EQ(pending->envelope, "envelope");
  EXPECT_EQ(pending->release.figure, kFigure);
  // What it stands on is decided.
  EXPECT_EQ(ledger.decisions("2017")->size(), 1u);
  ASSERT_OK(ledger.finish(*pending, 7));
  EXPECT_FALSE(ledger.pending()->has_value());
  ASSERT_EQ(ledger.releases(kFigure)->size(), 1u);
}

TEST_F(LedgerTest, EveryVersionIsKeptInOrder) {
  file(decision(), release(), 7);
  file(decision(2), release(2), 9);
  ASSERT_OK_AND(const auto versions, ledger.releases(kFigure));
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].ref.index, 7u);
  EXPECT_EQ(versions[0].supersedes, std::nullopt);
  EXPECT_EQ(versions[1].version, 2u);
  EXPECT_EQ(versions[1].supersedes, versions[0].ref.id);
  EXPECT_EQ(versions[1].definition, digest('d'));
  EXPECT_EQ(versions[1].by, "uid 1000");
  ASSERT_OK_AND(const auto decisions, ledger.decisions("2017"));
  ASSERT_EQ(decisions.size(), 2u);
  EXPECT_EQ(decisions[1].version, 2u);
  EXPECT_EQ(decisions[0].headlines, decided_headlines(9, 5));
  EXPECT_EQ(decisions[0].rule_set, digest('r'));
  EXPECT_TRUE(ledger.decisions("2018")->empty());
}

TEST_F(LedgerTest, AWithdrawnReleaseStaysWhereItIs) {
  file(decision(), release(), 7);
  LedgerRelease withdrawn = ledger.releases(kFigure)->front();
  withdrawn.withdrawn = {{digest('w'), 0}, WithdrawalReason::legal_obligation, 1'719'000'000, "x"};
  file({}, withdrawn, 8);
  ASSERT_OK_AND(const auto versions, ledger.releases(kFigure));
  ASSERT_EQ(versions.size(), 1u);
  EXPECT_EQ(versions[0].ref.index, 7u);
  ASSERT_TRUE(versions[0].withdrawn.has_value());
  EXPECT_EQ(versions[0].withdrawn->statement.index, 8u);
  EXPECT_EQ(versions[0].withdrawn->reason, WithdrawalReason::legal_obligation);
}

TEST_F(LedgerTest, TheSameRefusalIsCountedAndAnotherIsAdded) {
  for (int i = 0; i < 3; ++i) ASSERT_OK(ledger.refuse({{kFigure, "too few"}}, 100 + i, "a"));
  ASSERT_OK(ledger.refuse({{kFigure, "frozen"}}, 200, "b"));
  ASSERT_OK_AND(const auto refusals, ledger.all_refusals());
  ASSERT_EQ(refusals.size(), 2u);
  EXPECT_EQ(refusals[0].times, 3u);
  EXPECT_EQ(refusals[0].first_at, 100);
  EXPECT_EQ(refusals[0].last_at, 102);
  EXPECT_EQ(refusals[1].reason, "frozen");
}

TEST_F(LedgerTest, WhatIsToldOnceIsFiledAgainOnlyAfterAnother) {
  const FigureName other{"SME-COOP", "2017", "headline"};
  const std::vector<NewRefusal> both = {{kFigure, "no NACE", true}, {other, "no NACE", true}};
  ASSERT_OK(ledger.refuse(both, 1, "a"));
  const auto before = store.contents();
  ASSERT_OK(ledger.refuse(both, 2, "b"));
  EXPECT_EQ(store.contents(), before);
  ASSERT_OK(ledger.refuse({{kFigure, "too few"}}, 3, "b"));
  ASSERT_OK(ledger.refuse(both, 4, "c"));
  ASSERT_OK_AND(const auto refusals, ledger.all_refusals());
  ASSERT_EQ(refusals.size(), 3u);
  for (const Refusal& one : refusals) {
    EXPECT_EQ(one.times, one.figure == kFigure && one.reason == "no NACE" ? 2u : 1u);
  }
}

TEST_F(LedgerTest, RefusalsOfAFigureAreBounded) {
  for (std::uint32_t i = 0; i < kRefusalsOfAFigureMax + 50; ++i) {
    ASSERT_OK(ledger.refuse({{kFigure, std::to_string(i) + std::string(9999, 'x')}}, i, "a"));
  }
  ASSERT_OK_AND(const auto refusals, ledger.all_refusals());
  EXPECT_EQ(refusals.size(), kRefusalsOfAFigureMax);
  for (const Refusal& one : refusals) EXPECT_LE(one.reason.size(), kLedgerTextBytesMax);
}

TEST_F(LedgerTest, AnErasedHoldingIsInNoDecisionAndTheRestStays) {
  file(decision(), release(), 7);
  EXPECT_EQ(ledger.erase_holdings({"b"}, false)->decisions.at(0), 1u);
  EXPECT_EQ(ledger.erase_holdings({"b"}, false)->decisions.at(0), 0u);
  EXPECT_EQ(ledger.erase_holdings({"nobody"}, false)->decisions.at(0), 0u);
  ASSERT_OK_AND(const auto members, ledger.members("2017", 1));
  EXPECT_EQ(members->tags, (HeadlineMembers{tags("acdefghi"), tags("acde")}));
  EXPECT_EQ(members->erased, 1u);
  const auto contents = store.contents();
  for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::decisions)]) {
    const MembershipTag gone = tag('b');
    EXPECT_EQ(value.find(Bytes(gone.begin(), gone.end())), Bytes::npos) << key;
  }
  EXPECT_EQ(ledger.releases(kFigure)->size(), 1u);
}

// An observer whose name is erased stays counted, so that what was waived can be told.
TEST_F(LedgerTest, AnErasedObserverOfAWaivedHeadlineLosesItsName) {
  NewDecision made = decision();
  made.members.waived = {
      {"ENT-COOP", "2017", {{PartyKind::holding, "x"}, {PartyKind::member, "x"}}, 7, 2}};
  file(made, release(), 7);
  EXPECT_EQ(ledger.all_waived().value(), made.members.waived);
  EXPECT_EQ(ledger.erase_holdings({"x"}, false)->decisions.at(0), 1u);
  EXPECT_EQ(ledger.erase_holdings({"x"}, false)->decisions.at(0), 0u);
  ASSERT_OK_AND(const auto members, ledger.members("2017", 1));
  EXPECT_EQ(members->erased, 0u);
  made.members.waived[0].observers[0].name.clear();
  EXPECT_EQ(members->waived, made.members.waived);
}

TEST_F(LedgerTest, ErasedMembersLeaveTheDecision) {
  file(decision(), release(), 7);
  EXPECT_EQ(ledger.erase_members("2018").value(), 0u);
  EXPECT_EQ(ledger.erase_members("2017").value(), 1u);
  EXPECT_FALSE(ledger.members("2017", 1)->has_value());
  EXPECT_EQ(ledger.decisions("2017")->size(), 1u);
}

// The bytes on disk, as this build first wrote them.
TEST_F(LedgerTest, RowsAreWhatTheyWere) {
  EXPECT_EQ(figure_prefix(kReleasePrefix, kFigure), "release/ENT-COOP/2017/headline/federation/");
  LedgerRelease one = release(2);
  one.ref.index = 5;
  one.withheld = 2;
  one.withdrawn = {{digest('w'), 6}, WithdrawalReason::error_in_records, 1'719'000'000, "root"};
  EXPECT_EQ(to_hex(seal(to_row(one))),
            "943b580fcdcdc5040a20636363636363636363636363636363636363636363636363636363636363"
            "636310051a2064646464646464646464646464646464646464646464646464646464646464642080"
            "e6b4e60c2a08756964203130303030013a2062626262626262626262626262626262626262626262"
            "6262626262626262626242320a207777777777777777777777777777777777777777777777777777"
            "777777777777100618012080efaee70c2a04726f6f7448015002");
  EXPECT_EQ(to_hex(seal(to_row(DecidedMembers{Bytes(32, 's'), {tags("ab"), tags("b")}, 3}))),
            "e2f2bb03b854595d0a20737373737373737373737373737373737373737373737373737373737373"
            "737312203847e8ae9616884720691922deaadf423a04f6210325a31959fdef26af004c5e1a103847"
            "e8ae9616884720691922deaadf422003");
  EXPECT_EQ(to_hex(seal(to_row(PendingStatement{release(), "envelope"}))),
            "7013976f45889db90a08454e542d434f4f501204323031371a08686561646c696e6520012a08656e"
            "76656c6f706532580a20626262626262626262626262626262626262626262626262626262626262"
            "62621a2064646464646464646464646464646464646464646464646464646464646464642080e6b4"
            "e60c2a08756964203130303030014801");
}

TEST_F(LedgerTest, AWriteThatFailsLeavesAllOfItOrNothing) {
  using Flavour = FaultStore::Flavour;
  for (const Flavour flavour : {Flavour::not_applied, Flavour::applied}) {
    for (std::uint64_t n = 1; n < 12; ++n) {
      MemoryStore own;
      FaultStore faulty(own);
      Ledger tested(faulty);
      faulty.fail_at(n, flavour);
      bool done = false;
      // The caller tries again, as after a restart.
      for (int attempt = 0; attempt < 2 && !done; ++attempt) {
        const auto left = tested.pending();
        if (!left) continue;
        if (*left) {
          done = tested.finish(**left, 7).has_value();
        } else if (const auto filed = tested.releases(kFigure); filed && !filed->empty()) {
          done = true;
        } else if (filed) {
          const PendingStatement pending{release(), "envelope"};
          done = tested.prepare(decision(), pending) && tested.finish(pending, 7);
        }
      }
      faulty.heal();
      EXPECT_EQ(tested.decisions("2017")->size(), 1u) << n;
      EXPECT_TRUE(tested.members("2017", 1)->has_value()) << n;
      const bool pending = tested.pending()->has_value();
      EXPECT_EQ(tested.releases(kFigure)->size(), pending ? 0u : 1u) << n;
    }
  }
}

}  // namespace
}  // namespace regions
