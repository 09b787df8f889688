// One node, PT16, of a federation that adopted the default plan; it holds the logs of DE24 and ES.
#pragma once

#include <gtest/gtest.h>

#include "node/exchange/own_log.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {

class PlannedBench : public testing::Test {
 protected:
  PlannedBench() { federation.install(store); }
  // What was logged since is judged.
  void judge_all() {
    const Acceptor acceptor(federation.membership(), Catalogue::builtin(), plan);
    for (const char* member : {"DE24", "ES", "PT16"}) {
      ASSERT_OK(judge_own_log(store, acceptor, member));
    }
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kFoundingTime + 1000};
  MemoryStore store;
  std::shared_ptr<const Plan> plan = shared_default_plan();
  TestLog de{federation, store, "DE24"}, es{federation, store, "ES"}, pt{federation, store, "PT16"};
};

}  // namespace regions
