// An operator who changes the records again and again and asks each time whether the headlines may
// go out now: no two figures that were ever out, withdrawn ones too, differ by one or two holdings,
// and what was refused is nowhere but in the ledger.
#include "node/federation/render.h"
#include "tests/node/publish/due_bench.h"

namespace regions {
namespace {

constexpr std::int64_t kYearOfHeadlines = 366 * 86400;
const std::string kOf2015 = "2015";

class ChangedHeadlinesTest : public DueBench {
 protected:
  using Firms = std::set<int>;

  // Firms below 10 are small ones of manufacturing.
  void put(int firm, bool active) {
    const std::string id = "e" + std::to_string(firm), year = active ? kOf2015 : "1999";
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    ASSERT_THAT(bench.cooperations("c" + id + "," + id + ",PRC,PT16,a,HES,PT,," + year + "-03-01," +
                                   year + "-04-01,robotics,,\n"),
                IsOk());
    ASSERT_THAT(
        bench.organisations(id + ",N,PRC,PT16,X,PT,C10," + (firm < 10 ? "small" : "large") + "\n"),
        IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
    active ? void(firms_.insert(firm)) : void(firms_.erase(firm));
  }
  void put_all(int from, int to) {
    for (int firm = from; firm < to; ++firm) put(firm, true);
  }
  void try_both() {
    for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
      (void)open_->publisher->dry_run(indicator, kOf2015);
      (void)open_->publisher->release(indicator, kOf2015);
      // Who stood in a decision, by its number.
      if (decided_.size() < Ledger(records).decisions(kOf2015)->size()) decided_.push_back(firms_);
    }
  }
  void withdraw_last(const std::string& indicator) {
    const auto versions = Ledger(records).releases({indicator, kOf2015, "headline"}).value();
    if (versions.empty() || versions.back().withdrawn) return;
    ASSERT_OK(
        open_->publisher->withdraw(versions.back().ref.id, WithdrawalReason::error_in_records));
  }
  struct Out {
    std::optional<std::int64_t> value;
    Firms firms;
    bool is_sme = false;
  };
  std::vector<Out> all_out() {
    std::vector<Out> out;
    for (const LedgerRelease& one : Ledger(records).all_releases().value()) {
      Firms firms = decided_.at(one.decision - 1);
      const bool is_sme = one.figure.indicator == "SME-COOP";
      if (is_sme) std::erase_if(firms, [](int firm) { return firm >= 10; });
      out.push_back({stated(one.ref).cells[0].value, std::move(firms), is_sme});
    }
    return out;
  }
  static std::size_t apart(const Firms& a, const Firms& b) {
    Firms out;
    std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                  std::inserter(out, out.end()));
    return out.size();
  }
  void expect_nobody_is_told() {
    const auto out = all_out();
    for (const Out& a : out) {
      EXPECT_TRUE(!a.value || *a.value >= 3);
      EXPECT_EQ(a.value.value_or(a.firms.size()), static_cast<std::int64_t>(a.firms.size()));
      for (const Out& b : out) {
        const bool both = a.value && b.value;
        if (a.is_sme == b.is_sme ? a.value == b.value : !both) continue;
        const std::size_t differ = apart(a.firms, b.firms);
        EXPECT_TRUE(differ >= 3 || (differ == 0 && both)) << differ;
      }
    }
  }
  // A draw that is the same in every run.
  int draw(int below) {
    return static_cast<int>(read_u32(steps_.bytes(4)) % static_cast<std::uint32_t>(below));
  }

  SeededRandom steps_{11};
  Firms firms_;
  std::vector<Firms> decided_;
  std::unique_ptr<NodeParts> open_ = node();
};

TEST_F(ChangedHeadlinesTest, OneFirmThatComesAndGoesIsNeverTold) {
  put_all(0, 9);
  put_all(20, 29);
  try_both();
  for (int round = 0; round < 4; ++round) {
    put(30, true);
    try_both();
    withdraw_last("ENT-COOP");
    try_both();
    put(30, false);
    try_both();
    clock.advance(kYearOfHeadlines);
  }
  EXPECT_EQ(decided_.size(), 1u);
  expect_nobody_is_told();
}

// The words are those of what holds now.
TEST_F(ChangedHeadlinesTest, ARefusalSaysWhetherAnythingStands) {
  put_all(0, 9);
  put_all(20, 29);
  try_both();
  put(30, true);
  const auto why = [&] { return open_->publisher->release("ENT-COOP", kOf2015).error().context; };
  EXPECT_THAT(why(), testing::HasSubstr("What was released stands; nothing was stated"));
  withdraw_last("ENT-COOP");
  EXPECT_THAT(why(), testing::HasSubstr("What was withdrawn does not come back"));
}

// First three come, later other two go with one of them: against the version before, and against
// the first.
TEST_F(ChangedHeadlinesTest, StepsOfThreeThatComeToOneAreRefused) {
  put_all(0, 9);
  put_all(20, 29);
  try_both();
  put_all(30, 33);
  try_both();
  ASSERT_EQ(decided_.size(), 2u);
  clock.advance(kYearOfHeadlines);
  withdraw_last("ENT-COOP");
  for (int firm = 30; firm < 33; ++firm) put(firm, false);
  put(40, true);
  try_both();
  EXPECT_EQ(decided_.size(), 2u);
  expect_nobody_is_told();
}

// What a peer has of a region that was refused time and again is, to the byte, what it has of one
// that asked for nothing.
TEST_F(ChangedHeadlinesTest, ARefusalIsInNothingThatAPeerHasOrIsAnswered) {
  put_all(0, 9);
  put_all(20, 29);
  try_both();
  const auto seen = [&] {
    std::string text;
    for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
      text += render(asked(indicator), Format::json) + render(asked(indicator), Format::table);
    }
    return std::pair(shared.contents(), text);
  };
  const auto before = seen();
  for (int firm = 30; firm < 32; ++firm) {
    put(firm, true);
    for (int i = 0; i < 3; ++i) try_both();
    for (const char* period : {"2014-2016", "20155", "1850", ""}) {
      EXPECT_FALSE(open_->publisher->release("ENT-COOP", period)) << period;
    }
    EXPECT_FALSE(open_->publisher->release("ENT-COOP", kOf2015, Digest()));
    EXPECT_FALSE(open_->publisher->withdraw(Digest(), WithdrawalReason::legal_obligation));
    EXPECT_EQ(seen(), before);
  }
  EXPECT_FALSE(Ledger(records).all_refusals()->empty());
}

// None, one and two: the statements are the same but for what is drawn.
TEST_F(ChangedHeadlinesTest, NobodyOneAndTwoLookTheSame) {
  std::set<Bytes> payloads;
  std::set<std::size_t> sizes;
  for (int count = 0; count < 3; ++count) {
    MemoryStore own_records, own_shared;
    federation.install(own_shared);
    auto own = NodeParts::open(federation, own_records, own_shared, clock, random).value();
    ImportBench bench(own_records, territory_of(kSelf, {"DE24", "ES"}));
    for (int i = 0; i < count; ++i) {
      const std::string id = "e" + std::to_string(i);
      ASSERT_THAT(bench.cooperations("c" + id + "," + id +
                                     ",PRC,PT16,a,HES,PT,,2015-03-01,2015-04-01,robotics,,\n"),
                  IsOk());
    }
    ASSERT_OK_AND(const auto report, own->publisher->release("ENT-COOP", kOf2015));
    const Bytes bytes = *own_shared.get(Area::envelopes, report.release->id.view()).value();
    sizes.insert(bytes.size());
    Release said = std::get<Release>(
        decode_payload(decode_envelope(bytes)->payload_type, decode_envelope(bytes)->payload)
            .value());
    said.header.blind = Digest::from_bytes(Bytes(32, 'b'), "blind").value();
    payloads.insert(encode_payload(said));
  }
  EXPECT_EQ(payloads.size(), 1u);
  EXPECT_EQ(sizes.size(), 1u);
}

// Walks of its own; REGIONS_AT_LENGTH=1: many.
class ChangedHeadlinesWalk : public ChangedHeadlinesTest,
                             public testing::WithParamInterface<int> {};

TEST_P(ChangedHeadlinesWalk, WhateverIsChangedInAnyOrderNobodyIsTold) {
  steps_ = SeededRandom(static_cast<std::uint64_t>(GetParam()));
  put_all(0, 6);
  put_all(20, 24);
  for (int step = 0; step < 120; ++step) {
    const int what = draw(8), firm = draw(2) == 0 ? draw(10) : 20 + draw(12);
    if (what < 5) {
      put(firm, !firms_.contains(firm));
    } else if (what == 5) {
      withdraw_last(draw(2) == 0 ? "ENT-COOP" : "SME-COOP");
    } else if (what == 6) {
      for (int i = 0; i < 4; ++i) put(40 + draw(30), true);
    } else {
      clock.advance(kYearOfHeadlines);
    }
    if (draw(2) == 0) try_both();
  }
  EXPECT_GT(decided_.size(), 2u);
  expect_nobody_is_told();
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");
}

INSTANTIATE_TEST_SUITE_P(Seeds, ChangedHeadlinesWalk,
                         testing::Range(11, std::getenv("REGIONS_AT_LENGTH") ? 111 : 12));

}  // namespace
}  // namespace regions
