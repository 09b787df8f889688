// The ledger through the operator's API: what was released, taken back and refused, and by whom.
#include <boost/json.hpp>

#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

namespace json = boost::json;

class LedgerApiTest : public NodeBench {
 protected:
  LedgerApiTest() {
    open(make_home("home"));
    found();
    firms(0, 9);
  }
  void firms(int from, int to) {
    std::string cooperations, organisations;
    for (int i = from; i < to; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id +
                      ",PRC,PT16,a,HES,PT,PT16,2022-03-01,2022-04-01,robotics,1000.00,1000.00\n";
      organisations +=
          id + ",N,PRC,PT16,X,PT,C10," + (i % 2 == 0 && i < 9 ? "small" : "large") + "\n";
    }
    EXPECT_EQ(import("cooperations", cooperations).status, 200u);
    EXPECT_EQ(import("organisations", organisations).status, 200u);
  }
  Said release() { return ask("POST", "/v1/release?indicator=ENT-COOP&period=2022"); }
  std::string ledger_text() { return ask("GET", "/v1/ledger").body; }
  json::value ledger() { return json::parse(ledger_text()); }
  static std::string id_of(const Said& said) {
    return std::string(json::parse(said.body).at("release").as_string());
  }
  Said withdraw(const std::string& id, const std::string& reason) {
    return ask("POST", "/v1/withdraw?release=" + id + "&reason=" + reason);
  }
};

TEST_F(LedgerApiTest, ReasonsAreAClosedListAndIdsHaveTheirForm) {
  const std::string id = id_of(release());
  const Said said = withdraw(id, "because");
  EXPECT_EQ(said.status, 400u);
  EXPECT_NE(said.body.find("error-in-records, error-in-computation, legal-obligation"),
            std::string::npos);
  EXPECT_EQ(withdraw(id.substr(1), "error-in-records").status, 400u);
  EXPECT_EQ(withdraw(std::string(64, '0'), "error-in-records").status, 404u);
  EXPECT_EQ(ask("POST", "/v1/withdraw?release=" + id).status, 400u);
  EXPECT_EQ(ledger().at("releases").at(0).at("state"), "current");
}

TEST_F(LedgerApiTest, ACorrectionAWithdrawalAndARefusalStandInIt) {
  const std::string first = id_of(release());
  firms(9, 10);
  EXPECT_EQ(release().status, 409u);
  firms(10, 13);
  const std::string second = id_of(release());
  const Said gone = withdraw(second, "error-in-records");
  ASSERT_EQ(gone.status, 200u) << gone.body;
  EXPECT_EQ(json::parse(gone.body).at("holds_now"), json::value(first));
  EXPECT_EQ(json::parse(gone.body).at("superseded"), false);
  EXPECT_EQ(json::parse(withdraw(second, "error-in-records").body).at("existing"), true);
  EXPECT_EQ(withdraw(second, "legal-obligation").status, 409u);
  const json::value all = ledger();
  const json::array& releases = all.at("releases").as_array();
  ASSERT_EQ(releases.size(), 2u);
  EXPECT_EQ(releases[0].at("state"), "current");
  EXPECT_EQ(releases[1].at("state"), "withdrawn");
  EXPECT_EQ(releases[1].at("supersedes"), json::value(first));
  EXPECT_EQ(releases[1].at("withdrawn").at("reason"), "error-in-records");
  EXPECT_NE(std::string(releases[1].at("by").as_string()).find("uid="), std::string::npos);
  ASSERT_EQ(all.at("refusals").as_array().size(), 1u);
  EXPECT_EQ(all.at("refusals").at(0).at("indicator"), "ENT-COOP");
}

TEST_F(LedgerApiTest, WithdrawingASupersededReleaseSaysThatTheLaterOneStillHolds) {
  const std::string first = id_of(release());
  firms(9, 13);
  const std::string second = id_of(release());
  const json::value gone = json::parse(withdraw(first, "error-in-records").body);
  EXPECT_EQ(gone.at("holds_now"), json::value(second));
  EXPECT_EQ(gone.at("superseded"), true);
  EXPECT_EQ(ledger().at("releases").at(1).at("state"), "current");
}

TEST_F(LedgerApiTest, AHoldingIsForgottenAndItsIdStandsNowhere) {
  release();
  EXPECT_EQ(ask("POST", "/v1/ledger/forget").status, 400u);
  EXPECT_EQ(ask("POST", "/v1/ledger/forget", "\n").status, 400u);
  EXPECT_EQ(ask("POST", "/v1/ledger/forget", "e3\n" + std::string(201, 'x')).status, 413u);
  const auto forgotten = [&](const std::string& how, const std::string& ids) {
    return json::parse(ask("POST", "/v1/ledger/forget" + how, ids).body).at("decisions");
  };
  EXPECT_EQ(forgotten("?dry_run=1", "e3"), json::value({1}));
  EXPECT_EQ(forgotten("", "e3\r\n\nnobody\ne4\n"), json::value({1, 0, 1}));
  EXPECT_EQ(forgotten("", "e3"), json::value({0}));
  EXPECT_EQ(read_file(node->home().acts(), 1 << 20)->find("e3"), std::string::npos);
}

TEST_F(LedgerApiTest, TagsAreErasedOfAYearOrADecisionAndTheTrailSaysOfWhich) {
  release();
  for (const char* wrong :
       {"", "?period=", "?indicator=ENT-COOP", "?period=2022&indicator=ENT-COOP",
        "?indicator=COOP-FUND-EUR&decision=x", "?indicator=COOP-FUND-EUR&decision=99999999999"}) {
    const unsigned status = ask("POST", std::string("/v1/ledger/erase") + wrong).status;
    EXPECT_EQ(status, std::string(wrong) == "?period=" ? 404u : 400u) << wrong;
  }
  EXPECT_EQ(ask("POST", "/v1/ledger/erase?period=2021").status, 404u);
  EXPECT_EQ(ask("POST", "/v1/ledger/erase?indicator=COOP-FUND-EUR&decision=1").status, 400u);
  EXPECT_EQ(ask("POST", "/v1/ledger/erase?indicator=ENT-COOP&decision=1").status, 400u);
  const json::value dry = asked("POST", "/v1/ledger/erase?period=2022&dry_run=1");
  EXPECT_EQ(dry.at("decisions"), (json::value{{{"number", 1}, {"tags", 9}}}));
  EXPECT_EQ(dry.at("stand").at(0).at("indicator"), "ENT-COOP");
  EXPECT_EQ(asked("POST", "/v1/ledger/erase?period=2022").at("decisions"), dry.at("decisions"));
  EXPECT_TRUE(asked("POST", "/v1/ledger/erase?period=2022").at("decisions").as_array().empty());
  const std::string acts = read_file(node->home().acts(), 1 << 20).value();
  EXPECT_NE(acts.find("/v1/ledger/erase\",\"about\":\"period=2022\""), std::string::npos) << acts;
  firms(9, 20);
  const Said refused = release();
  EXPECT_EQ(refused.status, 409u);
  EXPECT_NE(refused.body.find("has been erased"), std::string::npos);
}

TEST_F(LedgerApiTest, AClaimIsShownAndOpenedAndTheSecretStandsInTheOpeningAlone) {
  const std::string of_a_count = id_of(release());
  EXPECT_EQ(ask("GET", "/v1/ledger/witnesses").status, 400u);
  EXPECT_EQ(ask("GET", "/v1/ledger/witnesses?release=xy").status, 400u);
  EXPECT_EQ(ask("GET", "/v1/ledger/witnesses?release=" + std::string(64, '1')).status, 404u);
  EXPECT_EQ(ask("GET", "/v1/ledger/witnesses?release=" + of_a_count).status, 409u);
  EXPECT_EQ(ask("POST", "/v1/ledger/open?release=" + of_a_count).status, 409u);
  const json::value due = asked("POST", "/v1/release?indicator=COOP-FUND-EUR&period=2014-2020");
  const json::value& line = due.at("lines").at(0);
  const std::string id(line.at("release").as_string());
  const Said shown = ask("GET", "/v1/ledger/witnesses?release=" + id);
  ASSERT_EQ(shown.status, 200u) << shown.body;
  EXPECT_EQ(json::parse(shown.body).at("matches"), true);
  const Said opened = ask("POST", "/v1/ledger/open?release=" + id);
  ASSERT_OK_AND(const Opening opening, decode_opening(opened.body));
  EXPECT_EQ(opening.release.hex(), id);
  EXPECT_EQ(witnesses_digest(opening.secret, opening.witnesses).hex(),
            json::parse(shown.body).at("claim").as_string());
  const std::string acts = read_file(node->home().acts(), 1 << 20).value();
  EXPECT_NE(acts.find("/v1/ledger/open\",\"about\":\"release=" + id), std::string::npos) << acts;
  for (const std::string& told : {shown.body, ledger_text(), acts}) {
    EXPECT_EQ(told.find(to_hex(opening.secret)), std::string::npos);
    EXPECT_EQ(told.find(opening.secret), std::string::npos);
  }
}

}  // namespace
}  // namespace regions
