// The only writer of the log: what it refuses, and what is in the store after any failure.
#include "tests/node/log/log_bench.h"

namespace regions {
namespace {

class CommitterTest : public LogBench {
 protected:
  CommitterTest() { federation.install(store); }
  MemoryStore store;
};

TEST_F(CommitterTest, LogThatIsNotFoundedTakesNoStatement) {
  auto committer = open(store).value();
  EXPECT_FALSE(committer->founded());
  EXPECT_EQ(committer->head().size, 0u);
  EXPECT_THAT(committer->commit(one(0)), IsErr(Errc::refused));
  EXPECT_EQ(LogStore(store, kSelf).head().value(), std::nullopt);
}

TEST_F(CommitterTest, WrongNextSequenceIsRefusedAndWritesNothing) {
  auto committer = open(store).value();
  ASSERT_OK(committer->found());
  const auto before = store.contents();
  EXPECT_THAT(committer->commit(one(1)), IsErr(Errc::mismatch));
  EXPECT_EQ(store.contents(), before);
  ASSERT_OK(committer->commit(one(0)));
  EXPECT_THAT(committer->commit(one(0)), IsErr(Errc::mismatch));
  // A right one in front of a wrong one does not get in.
  std::vector<SignedStatement> two = one(1);
  two.push_back(statement(3));
  EXPECT_THAT(committer->commit(two), IsErr(Errc::mismatch));
  EXPECT_EQ(committer->next_sequence().value(), 1u);
}

TEST_F(CommitterTest, LoggedDigestIsRefused) {
  auto committer = open(store).value();
  ASSERT_OK(committer->found());
  const auto again = one(0);
  Batch batch;
  batch.put(Area::envelopes, again.front().id().view(), "somebody's");
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(committer->commit(again), IsErr(Errc::conflict));
}

TEST_F(CommitterTest, AnotherLogKeyOpensNoLog) {
  ASSERT_OK(open(store).value()->found());
  EXPECT_THAT(
      Committer::open(store, kSelf, federation.origin(kSelf), federation.key(kSelf, Role::tls)),
      IsErr(Errc::bad_signature));
  EXPECT_THAT(
      Committer::open(store, kSelf, federation.origin("ES"), federation.key(kSelf, Role::log)),
      testing::Not(IsOk()));
}

TEST_F(CommitterTest, FoundingTwiceSignsOnce) {
  auto committer = open(store).value();
  ASSERT_OK(committer->found());
  const auto before = store.contents();
  ASSERT_OK(committer->found());
  EXPECT_EQ(store.contents(), before);
  found(*committer);
  const auto after = store.contents();
  ASSERT_OK(committer->found());
  EXPECT_EQ(store.contents(), after);
}

TEST_F(CommitterTest, WaitersAreToldAfterTheWriteAndNotAfterARefusal) {
  auto committer = open(store).value();
  ASSERT_OK(committer->found());
  int told = 0;
  committer->on_commit([&] {
    ++told;
    EXPECT_EQ(LogStore(store, kSelf).head().value()->size, 1u);
    EXPECT_EQ(committer->head().size, 1u);
  });
  EXPECT_THAT(committer->commit(one(7)), IsErr(Errc::mismatch));
  EXPECT_EQ(told, 0);
  ASSERT_OK(committer->commit(one(0)));
  EXPECT_EQ(told, 1);
}

// The head, the partial tiles and the last entry are what the next entry is built on.
TEST_F(CommitterTest, OpenRefusesAStoreInWhichAByteOfTheEdgeChanged) {
  auto committer = open(store).value();
  found(*committer);
  const auto contents = store.contents();
  int flipped = 0;
  for (const Area area : {Area::heads, Area::tiles}) {
    for (const auto& [key, value] : contents[static_cast<std::size_t>(area)]) {
      for (std::size_t i = 0; i < value.size(); ++i, ++flipped) {
        Bytes damaged = value;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        Batch batch;
        batch.put(area, key, damaged);
        ASSERT_OK(store.commit(batch));
        EXPECT_FALSE(open(store)) << "byte " << i << " of " << to_hex(key);
        // A committer that is open already does not build on it either.
        if (area == Area::tiles) {
          EXPECT_THAT(committer->commit(one(2)), IsErr(Errc::corrupt));
        }
        batch.clear();
        batch.put(area, key, value);
        ASSERT_OK(store.commit(batch));
      }
    }
  }
  EXPECT_GT(flipped, 200);
  EXPECT_THAT(open(store), IsOk());
}

TEST_F(CommitterTest, OpenRefusesMissingPartsAndEntriesPastTheHead) {
  found(*open(store).value());
  const auto contents = store.contents();
  for (const Area area : {Area::tiles, Area::entries}) {
    const auto& all = contents[static_cast<std::size_t>(area)];
    const auto& [key, value] = *all.rbegin();
    Batch batch;
    batch.erase(area, key);
    ASSERT_OK(store.commit(batch));
    EXPECT_FALSE(open(store));
    batch.clear();
    batch.put(area, key, value);
    ASSERT_OK(store.commit(batch));
  }
  Bytes past = kSelf + '\0';
  append_u64(past, 2);
  Batch batch;
  batch.put(Area::entries, past, Bytes(kEntryBytes, 'x'));
  ASSERT_OK(store.commit(batch));
  EXPECT_THAT(open(store), IsErr(Errc::corrupt));
}

// Every operation fails once, in each flavour, and the caller does what publish does: asks for the
// next sequence and tries the statement that is not logged yet again.
class CommitterFaults : public CommitterTest,
                        public testing::WithParamInterface<std::tuple<FaultStore::Flavour, bool>> {
};

TEST_P(CommitterFaults, NothingIsLostTwiceOrForked) {
  const auto [flavour, stays_down] = GetParam();
  constexpr std::uint64_t kSize = 6;
  for (std::uint64_t n = 1;; ++n) {
    MemoryStore inner;
    federation.install(inner);
    FaultStore faulty(inner);
    auto committer = open(faulty).value();
    faulty.fail_at(n, flavour, stays_down);
    std::optional<SignedStatement> made;
    for (int attempt = 0; attempt < 40; ++attempt) {
      if (attempt == 20) faulty.heal();
      if (!committer->found()) continue;
      const auto next = committer->next_sequence();
      if (!next) continue;
      if (made && made->entry().sequence < *next) made.reset();
      if (*next == kSize) break;
      if (!made) {
        made = *next == 0
                   ? signer.keyset_adopted(0, 1, federation.membership()->keyset(kSelf)->digest())
                         .value()
                   : statement(*next);
      }
      ASSERT_EQ(made->entry().sequence, *next) << "fault at " << n;
      if (committer->commit({*made})) made.reset();
    }
    const std::uint64_t operations = faulty.operations();
    faulty.heal();
    auto reopened = open(inner);
    ASSERT_THAT(reopened, IsOk()) << "fault at " << n;
    ASSERT_EQ((*reopened)->head().size, kSize) << "fault at " << n;
    EXPECT_EQ((*reopened)->head().checkpoint, committer->head().checkpoint);
    // Each entry has its envelope: none was overwritten by another of the same index.
    EXPECT_EQ(inner.contents()[static_cast<std::size_t>(Area::envelopes)].size(), kSize);
    const auto entries = LogStore(inner, kSelf).entries(0, 10).value();
    for (const Bytes& entry : entries) {
      EXPECT_TRUE(inner.get(Area::envelopes, ByteView(entry).substr(24)).value().has_value());
    }
    if (n > operations) break;
  }
}

INSTANTIATE_TEST_SUITE_P(Flavours, CommitterFaults,
                         testing::Combine(testing::Values(FaultStore::Flavour::not_applied,
                                                          FaultStore::Flavour::applied),
                                          testing::Bool()));

}  // namespace
}  // namespace regions
