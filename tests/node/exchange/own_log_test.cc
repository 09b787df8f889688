// Our own statements pass the same judge.
#include "node/exchange/own_log.h"

#include "tests/node/exchange/exchange_bench.h"

namespace regions {
namespace {

class OwnLogTest : public ExchangeBench {};

TEST_F(OwnLogTest, MissingEnvelopeIsCorrupt) {
  const Digest id = log.append(log.release("2017"));
  Batch batch;
  batch.erase(Area::envelopes, id.view());
  ASSERT_OK(theirs.commit(batch));
  EXPECT_THAT(judge_own_log(theirs, *federation.acceptor(), "ES"), IsErr(Errc::corrupt));
}

TEST_F(OwnLogTest, EveryEntryGetsItsRowOnceAndTheSecondCallChangesNothing) {
  log.append_withdrawals(300);
  log.append(log.release("2017", 1));
  ASSERT_OK(judge_own_log(theirs, *federation.acceptor(), "ES"));
  const auto all = rows(theirs);
  ASSERT_EQ(all.size(), 303u);
  EXPECT_EQ(all[301].state, StatementState::verified);
  EXPECT_EQ(all[302].state, StatementState::invalid);
  const auto before = theirs.contents();
  ASSERT_OK(judge_own_log(theirs, *federation.acceptor(), "ES"));
  EXPECT_EQ(theirs.contents(), before);
  log.append(log.release("2018"));
  ASSERT_OK(judge_own_log(theirs, *federation.acceptor(), "ES"));
  EXPECT_EQ(rows(theirs).back().state, StatementState::verified);
}

TEST_F(OwnLogTest, EveryFailingOperationIsMadeGoodByTheNextCall) {
  log.append_withdrawals(260);
  for (const auto flavour : {FaultStore::Flavour::not_applied, FaultStore::Flavour::applied}) {
    for (std::uint64_t n = 1;; n += n < 10 ? 1 : 48) {
      Batch wipe;
      const auto contents = theirs.contents();
      for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::statements)]) {
        wipe.erase(Area::statements, key);
      }
      ASSERT_OK(theirs.commit(wipe));
      FaultStore faulty(theirs);
      faulty.fail_at(n, flavour);
      const auto first = judge_own_log(faulty, *federation.acceptor(), "ES");
      EXPECT_EQ(first.has_error(), faulty.failed());
      ASSERT_OK(judge_own_log(faulty, *federation.acceptor(), "ES"));
      ASSERT_EQ(rows(theirs).size(), log.size());
      if (!faulty.failed()) break;
    }
  }
}

TEST(StatementRowTest, DamagedRowsAreCorrupt) {
  EXPECT_THAT(decode_statement_row(""), IsErr(Errc::corrupt));
  EXPECT_THAT(decode_statement_row(Bytes(32, '\1')), IsErr(Errc::corrupt));
  EXPECT_THAT(decode_statement_row(Bytes(33, '\0')), IsErr(Errc::corrupt));
  EXPECT_THAT(decode_statement_row(Bytes(33, '\6')), IsErr(Errc::corrupt));
  EXPECT_THAT(decode_statement_row(Bytes(33, '\5')), IsOk());
  MemoryStore store;
  Batch batch;
  batch.put(Area::statements, std::string("ES") + '\0' + "short", Bytes(33, '\1'));
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(for_each_row(store, "ES", 0, [](auto, const auto&) { return true; }),
              IsErr(Errc::corrupt));
}

}  // namespace
}  // namespace regions
