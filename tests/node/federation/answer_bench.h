// Headlines of three members, and questions about them.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "node/exchange/own_log.h"
#include "node/federation/answer.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/result_matchers.h"

namespace regions {

inline std::vector<std::string> keys_of(const boost::json::value& object) {
  std::vector<std::string> keys;
  for (const auto& member : object.as_object()) keys.emplace_back(member.key());
  return keys;
}

// One node, PT16, that holds the logs of DE24 and ES; their statements are judged as they come.
class AnswerBench : public testing::Test {
 protected:
  AnswerBench() {
    federation.install(store);
    seen("DE24");
    seen("ES");
  }
  // Judges what was logged and notes when the peer was last seen.
  void seen(const std::string& member) {
    ASSERT_OK(judge_own_log(store, *federation.acceptor(), member));
    Bytes when;
    append_u64(when, static_cast<std::uint64_t>(clock.now()));
    Batch batch;
    batch.put(Area::peers, member, when);
    ASSERT_OK(store.commit(batch));
  }
  void judge_all() {
    for (const char* member : {"DE24", "ES", "PT16"}) {
      ASSERT_OK(judge_own_log(store, *federation.acceptor(), member));
    }
  }
  Result<Answer> try_ask(Question question, const std::string& self = "PT16") {
    judge_all();
    return ask(store, *federation.membership(), Catalogue::builtin(), question, self, clock.now());
  }
  Answer asked(std::vector<std::string> periods = {}) {
    return try_ask({"ENT-COOP", std::move(periods)}).value();
  }
  // "ES 2017 12 A F" of every cell.
  static std::vector<std::string> lines(const Answer& answer) {
    std::vector<std::string> out;
    for (const AnswerCell& cell : answer.cells) {
      out.push_back(cell.region + " " + cell.period + " " +
                    (cell.value ? std::to_string(*cell.value) : "-") + " " + cell.obs_status + " " +
                    cell.conf_status);
    }
    return out;
  }
  static std::string state(const Answer& answer, const std::string& member) {
    for (const Coverage& coverage : answer.coverage) {
      if (coverage.region == member) return coverage.state;
    }
    return "none";
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kFoundingTime + 1000};
  MemoryStore store;
  TestLog de{federation, store, "DE24"}, es{federation, store, "ES"}, pt{federation, store, "PT16"};
};

}  // namespace regions
