// Stored decisions: damage first.
#include <gtest/gtest.h>

#include "tests/policies/disclosure/raw_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

FixedHeadlines decided_counts(std::int64_t ent, std::optional<std::int64_t> sme) {
  RuleSet rules;
  rules.headline_waives_observer_rule = true;
  HeadlineInput input{CubeBuilder::placed("ENT-COOP", ent, {"PT16"}), std::nullopt};
  if (sme) input.sme = CubeBuilder::placed("SME-COOP", *sme, {"PT16"});
  return HeadlineControl::decide(input, rules).value();
}

// `bytes` with the one place of `from` replaced by as many bytes.
Bytes with(Bytes bytes, const Bytes& from, const Bytes& to) {
  const std::size_t at = bytes.find(from);
  EXPECT_NE(at, Bytes::npos);
  EXPECT_EQ(from.size(), to.size());
  return bytes.replace(at, from.size(), to);
}

Bytes u64(std::uint64_t value) {
  Bytes out;
  append_u64(out, value);
  return out;
}

TEST(FixedHeadlines, EveryTruncationIsRefused) {
  const Bytes bytes = decided_counts(40, 20).encode();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(Ledger::restore(ByteView(bytes).substr(0, size)), IsErr(Errc::corrupt));
  }
  EXPECT_THAT(Ledger::restore(bytes + '\0'), IsErr(Errc::corrupt));
}

TEST(FixedHeadlines, EveryChangedByteIsRefusedOrShows) {
  const FixedHeadlines before = decided_counts(40, 20);
  const Bytes bytes = before.encode();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto restored = Ledger::restore(changed);
    if (restored) {
      EXPECT_EQ(restored->encode(), changed) << "byte " << i;
    }
  }
}

TEST(FixedHeadlines, StoredCellsThatTheRuleCouldNotMakeAreRefused) {
  const Bytes bytes = decided_counts(40, 20).encode();
  for (std::uint64_t ent : {0, 2, 19, 20, 22}) {
    EXPECT_THAT(Ledger::restore(with(bytes, u64(40), u64(ent))), IsErr(Errc::corrupt));
  }
  EXPECT_THAT(Ledger::restore(with(bytes, u64(20), u64(2))), IsErr(Errc::corrupt));
  EXPECT_THAT(Ledger::restore(with(bytes, u64(20), u64(UINT64_MAX))), IsErr(Errc::corrupt));
  EXPECT_THAT(Ledger::restore(with(bytes, "headline", "breakout")), IsErr(Errc::corrupt));
  EXPECT_THAT(Ledger::restore(with(bytes, "exact", "noisy")), IsErr(Errc::corrupt));
}

TEST(FixedHeadlines, RestoreGivesBackWhatWasDecided) {
  for (const FixedHeadlines& fixed : {decided_counts(40, 20), decided_counts(40, 39),
                                      decided_counts(2, 0), decided_counts(40, std::nullopt)}) {
    ASSERT_OK_AND(const FixedHeadlines restored, Ledger::restore(fixed.encode()));
    EXPECT_EQ(restored, fixed);
    EXPECT_EQ(restored.encode(), fixed.encode());
    EXPECT_EQ(restored.ent().minimum(), 3u);
    EXPECT_EQ(restored.ent().dimensions(), std::vector<std::string>{"region"});
  }
}

}  // namespace
}  // namespace regions
