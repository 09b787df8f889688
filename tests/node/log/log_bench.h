// A founded log and what writes to it: the node's own signer and committer over a store.
#pragma once

#include <gtest/gtest.h>

#include "node/log/committer.h"
#include "node/publish/signer.h"
#include "tests/support/fault_store.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {

inline const std::string kSelf = "PT16";

class LogBench : public testing::Test {
 protected:
  Result<std::unique_ptr<Committer>> open(Store& store) {
    return Committer::open(store, kSelf, federation.origin(kSelf),
                           federation.key(kSelf, Role::log));
  }
  // Any statement that the signer makes will do; the log does not read payloads.
  SignedStatement statement(std::uint64_t sequence) {
    return signer.roster_adopted(sequence, 1, federation.membership()->roster().digest()).value();
  }
  std::vector<SignedStatement> one(std::uint64_t sequence) {
    std::vector<SignedStatement> list;
    list.push_back(statement(sequence));
    return list;
  }
  // Entries 0 and 1 of a real log, then `count` more in batches of `batch`.
  void found(Committer& committer) {
    ASSERT_OK(committer.found());
    std::vector<SignedStatement> first;
    const Digest keyset = federation.membership()->keyset(kSelf)->digest();
    first.push_back(signer.keyset_adopted(0, 1, keyset).value());
    first.push_back(statement(1));
    ASSERT_OK(committer.commit(first));
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kFoundingTime};
  SeededRandom random{1};
  StatementSigner signer{StatementKey(federation.key(kSelf, Role::statement)),
                         federation.membership()->roster().federation(), kSelf, clock, random};
};

}  // namespace regions
