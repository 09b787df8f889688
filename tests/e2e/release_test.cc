// The rules of a release, through regionctl, on a running node and on the home itself.
#include <gtest/gtest.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace json = boost::json;

class ReleaseTest : public ::testing::Test {
 protected:
  ReleaseTest() : federation_({"PT16"}) {
    federation_.import(
        "PT16", "cooperations",
        cooperation_header() + rows("f", "PT16", 4, 2015, 2016) + rows("g", "PT16", 2, 2018, 2018));
  }
  std::int64_t log_size() const {
    const json::value status = federation_.ask("PT16", {"status"});
    return status.is_object() ? status.at("log").at("size").to_number<std::int64_t>() : -1;
  }
  void refused(const std::vector<std::string>& words, int status, const std::string& reason) const {
    const auto before = log_size();
    const Ran ran = federation_.ctl("PT16", words);
    EXPECT_EQ(ran.status, status) << ran.text();
    EXPECT_NE(ran.err.find(reason), std::string::npos) << ran.text();
    EXPECT_EQ(log_size(), before) << "something was stated";
  }
  // Everything that must hold whether regiond runs or not.
  void check_rules();

  RealFederation federation_;
};

void ReleaseTest::check_rules() {
  refused({"release", "ENT-COP", "--period", "2015"}, 2, "did you mean ENT-COOP");
  for (const std::string period : {"2015..2016", "15", "20155", "-2015", "2015-01", ""}) {
    refused({"release", "ENT-COOP", "--period", period}, 2, "");
  }
  refused({"release", "ENT-COOP"}, 2, "--period");
  refused({"release", "SME-COOP", "--period", "2015"}, 1, "not_computable");
  refused({"release", "SME-COOP", "--period", "2015"}, 1, "NACE");
  refused({"query", "ENT-COP"}, 2, "");
  refused({"query", "ENT-COOP", "--by", "colour"}, 2, "--by");
  refused({"query", "ENT-COOP", "--format", "yaml"}, 2, "yaml");
  refused({"query", "ENT-COOP", "--region", "ZZ99"}, 2, "ZZ99");

  const auto before = log_size();
  const Ran dry = federation_.ctl("PT16", {"release", "ENT-COOP", "--period", "2015", "--dry-run"});
  EXPECT_EQ(dry.status, 0) << dry.text();
  EXPECT_NE(dry.out.find("ENT-COOP 2015: 4, as peers would see it; nothing was stated"),
            std::string::npos)
      << dry.text();
  EXPECT_NE(dry.out.find("decided together: ENT-COOP 4, SME-COOP not computable"),
            std::string::npos)
      << dry.text();
  EXPECT_EQ(log_size(), before);

  const Ran empty =
      federation_.ctl("PT16", {"release", "ENT-COOP", "--period", "2017", "--dry-run"});
  EXPECT_NE(empty.out.find("warning: no record of 2017 was imported"), std::string::npos)
      << empty.text();
  EXPECT_EQ(dry.out.find("warning"), std::string::npos) << dry.text();
  const Ran due = federation_.ctl("PT16", {"release", "--due", "--dry-run"});
  EXPECT_NE(due.out.find("warning: no record of 2014, 2017, 2019"), std::string::npos)
      << due.text();

  const std::vector<std::string> call = {"release", "ENT-COOP", "--period", "2015"};
  const auto confirm = [&](const std::string& digest) {
    std::vector<std::string> words = call;
    words.insert(words.end(), {"--confirm", digest});
    return words;
  };
  const auto shown = dry.out.find("--confirm ");
  ASSERT_NE(shown, std::string::npos) << dry.text();
  const std::string digest = dry.out.substr(shown + 10, 64);
  refused(confirm(std::string(64, 'a')), 1, "not what that dry run showed");
  refused(confirm(""), 2, "--confirm");
  refused(confirm(digest.substr(1)), 2, "64 hex digits");
  auto both = confirm(digest);
  both.push_back("--dry-run");
  refused(both, 2, "--dry-run");
  refused({"release", "--due", "--confirm", digest}, 1, "not what that dry run showed");
  ASSERT_EQ(federation_.ctl("PT16", confirm(digest)).status, 0);
  EXPECT_EQ(log_size(), before + 1);

  const json::value first = json::parse(federation_.release("PT16", "ENT-COOP", 2015).out);
  EXPECT_TRUE(first.at("existing").as_bool());
  EXPECT_EQ(log_size(), before + 1);
  const Ran second = federation_.release("PT16", "ENT-COOP", 2015);
  EXPECT_EQ(second.status, 0);
  json::value again = json::parse(second.out);
  EXPECT_TRUE(again.at("existing").as_bool());
  EXPECT_EQ(again.at("release"), first.at("release"));
  EXPECT_EQ(again.at("log_index"), first.at("log_index"));
  EXPECT_EQ(again.at("cells"), first.at("cells"));
  EXPECT_EQ(federation_.release("PT16", "ENT-COOP", 2015).out, second.out);
  EXPECT_EQ(log_size(), before + 1);

  const json::value withheld = json::parse(federation_.release("PT16", "ENT-COOP", 2018).out);
  EXPECT_TRUE(withheld.at("cells").at(0).at("value").is_null());
  EXPECT_EQ(withheld.at("cells").at(0).at("obs_status").as_string(), "Q");

  // A row that changes no protected cell changes nothing; a fifth firm does.
  federation_.import("PT16", "cooperations",
                     cooperation_header() + line_of({"f0:p2:a", "f0", "PT16"}));
  EXPECT_EQ(federation_.release("PT16", "ENT-COOP", 2015).status, 0);
  federation_.import("PT16", "cooperations",
                     cooperation_header() + line_of({"new:p:a", "new", "PT16"}));
  refused({"release", "ENT-COOP", "--period", "2015"}, 1, "too few holdings");
  refused({"release", "ENT-COOP", "--period", "2015", "--dry-run"}, 1, "too few holdings");
  EXPECT_EQ(federation_.figures("PT16", "ENT-COOP"), "PT16 2015 4 A\nPT16 2018 null Q\n");
}

TEST_F(ReleaseTest, TheRulesHoldOnAHomeWithoutARunningNode) {
  check_rules();
  const std::string acts = read_text(federation_.home("PT16") / "acts.log");
  EXPECT_NE(acts.find(" without regiond\",\"result\":\"done\""), std::string::npos) << acts;
}

TEST_F(ReleaseTest, TheRulesHoldThroughTheSocketOfARunningNode) {
  federation_.start("PT16");
  check_rules();
  EXPECT_EQ(federation_.stop("PT16"), 0);
  EXPECT_NE(read_text(federation_.log_of("PT16")).find("\"by\":\"uid="), std::string::npos);
  // The node and the command opened the same log.
  const auto folder = federation_.exported("PT16", "PT16");
  EXPECT_EQ(federation_.audit(folder).status, 0);
}

// The two headlines of a year are fixed together, whichever is released first.
TEST(TwoHeadlines, CloseOnesWithholdTheLargerAndLaterRecordsCannotMoveTheSecond) {
  const RealFederation federation({"PT16"});
  std::string organisations = organisation_header();
  for (int i = 0; i < 4; ++i) {
    organisations += "f" + std::to_string(i) + ",SME,PT16,C28.1,small\n";
  }
  const auto imported = federation.import("PT16", "organisations", organisations);
  ASSERT_EQ(imported.at("added").to_number<int>(), 4) << json::serialize(imported);
  federation.import(
      "PT16", "cooperations",
      cooperation_header() + rows("f", "PT16", 5, 2015, 2015) + rows("h", "PT16", 9, 2016, 2016));
  const json::value sme = json::parse(federation.release("PT16", "SME-COOP", 2015).out);
  EXPECT_EQ(sme.at("cells").at(0).at("value").to_number<int>(), 4);
  const json::value ent = json::parse(federation.release("PT16", "ENT-COOP", 2015).out);
  EXPECT_TRUE(ent.at("cells").at(0).at("value").is_null()) << "5 - 4 would tell of one firm";

  const Ran first = federation.release("PT16", "ENT-COOP", 2016);
  EXPECT_EQ(first.status, 0) << first.text();
  organisations = organisation_header();
  for (int i = 0; i < 7; ++i) {
    organisations += "h" + std::to_string(i) + ",SME,PT16,C28.1,medium\n";
  }
  federation.import("PT16", "organisations", organisations);
  const Ran second = federation.release("PT16", "SME-COOP", 2016);
  EXPECT_EQ(second.status, 0) << second.text();
  EXPECT_TRUE(json::parse(second.out).at("cells").at(0).at("value").is_null())
      << "9 are out, 7 beside them would tell of two";
}

// One firm more in every year: each is refused, for a reason that names the year.
TEST(RefusedTables, ThatAReportDoesNotListAreCounted) {
  const RealFederation federation({"PT16"});
  federation.import("PT16", "cooperations",
                    cooperation_header() + rows("f", "PT16", 5, 2014, 2025));
  ASSERT_EQ(federation.ctl("PT16", {"release", "--due"}).status, 0);
  federation.import("PT16", "cooperations",
                    cooperation_header() + rows("g", "PT16", 1, 2014, 2025));
  const Ran ran = federation.ctl("PT16", {"release", "--due", "--revise"});
  EXPECT_EQ(ran.status, 0) << ran.text();
  std::size_t listed = 0;
  for (auto at = ran.out.find("refused: headline"); at != std::string::npos;
       at = ran.out.find("refused: headline", at + 1)) {
    ++listed;
  }
  const auto more = ran.out.find("\nand ");
  ASSERT_NE(more, std::string::npos) << ran.text();
  const json::value told =
      json::parse(federation.ctl("PT16", {"--json", "release", "--due", "--revise"}).out);
  std::size_t refused = 0;
  for (const json::value& line : told.at("lines").as_array()) {
    const bool is_refused = line.at("state") == "refused";
    refused += is_refused ? 1 : 0;
    // What is refused stands, with its own numbers.
    EXPECT_TRUE(!is_refused || line.at("published") == 1) << json::serialize(line);
  }
  EXPECT_EQ(ran.out.substr(more + 5, ran.out.find(' ', more + 5) - more - 5),
            std::to_string(refused - listed))
      << ran.text();
}

// Firms with a grant each, of 2016, each with an actor of its own.
std::string grants(const std::string& prefix, int count) {
  std::string out =
      "coop_id,sme_id,sme_nuts,actor_id,start,end,technology_derived,amount_share_eur\n";
  for (int i = 0; i < count; ++i) {
    const std::string id = prefix + std::to_string(i);
    out += id + ":p:a," + id + ",PT16,a" + id + ",2016-01-01,2016-12-31,robotics,40000\n";
  }
  return out;
}

// An amount opened for an auditor, then everybody in it and in a year's headlines erased.
void check_witnesses_and_erasing(RealFederation& federation) {
  const auto ctl = [&](std::vector<std::string> words, int status) {
    Ran ran = federation.ctl("PT16", std::move(words));
    EXPECT_EQ(ran.status, status) << ran.text();
    return ran;
  };
  const std::vector<std::string> programme = {"release", "COOP-FUND-EUR", "--period", "2014-2020"};
  federation.import("PT16", "cooperations", grants("m", 5));
  std::vector<std::string> as_data = programme;
  as_data.push_back("--json");
  const json::value released = json::parse(ctl(as_data, 0).out);
  const std::string id(released.at("lines").at(0).at("release").as_string());
  EXPECT_NE(ctl({"ledger", "witnesses", id}, 0).out.find("matches"), std::string::npos);
  const std::string opened = federation.file("opened");
  ctl({"ledger", "witnesses", id, "--open", opened}, 0);
  ctl({"ledger", "witnesses", id, "--open", opened}, 1);
  const std::string log = federation.exported("PT16", "PT16");
  ctl({"audit", "witnesses", opened, log}, 0);
  EXPECT_NE(ctl({"audit", "witnesses", log, opened}, 2).err.find("first FILE"), std::string::npos);
  std::string bytes = read_text(opened);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_text(opened, bytes);
  ctl({"audit", "witnesses", opened, log}, 1);

  for (const std::vector<std::string>& whose :
       {std::vector<std::string>{"--period", "2015"},
        std::vector<std::string>{"--indicator", "COOP-FUND-EUR", "--decision", "1"}}) {
    std::vector<std::string> words = {"ledger", "erase-members"};
    words.insert(words.end(), whose.begin(), whose.end());
    const auto erased = ctl(words, 0).out;
    EXPECT_NE(erased.find("erased"), std::string::npos) << erased;
    EXPECT_NE(ctl(words, 0).out.find("no tags are left"), std::string::npos);
  }
  federation.import("PT16", "cooperations", grants("late", 4));
  std::vector<std::string> again = programme;
  again.insert(again.end(), {"--table", "total"});
  EXPECT_NE(ctl(again, 1).out.find("is not kept"), std::string::npos);
  EXPECT_NE(ctl({"ledger", "witnesses", id}, 0).out.find("matches"), std::string::npos);
}

// Several ids at once, with what it costs; one that is nowhere is an error.
void check_forgetting(RealFederation& federation) {
  const Ran dry = federation.ctl("PT16", {"ledger", "forget", "--dry-run"}, "f0\nf1\n");
  EXPECT_EQ(dry.status, 0) << dry.text();
  EXPECT_NE(dry.out.find("would be taken out of"), std::string::npos) << dry.text();
  EXPECT_NE(dry.out.find("headline of ENT-COOP, 2015"), std::string::npos) << dry.text();
  const Ran done = federation.ctl("PT16", {"ledger", "forget"}, "f0\nnobody\nf1\n");
  EXPECT_EQ(done.status, 1) << done.text();
  EXPECT_NE(done.err.find("number 2 of the ids is in no decision"), std::string::npos)
      << done.text();
  EXPECT_EQ(federation.ctl("PT16", {"ledger", "forget"}, "f0\n").status, 1);
  const Ran wrong = federation.ctl(
      "PT16", {"ledger", "erase-members", "--indicator", "ENT-COOP", "--decision", "1"});
  EXPECT_EQ(wrong.status, 2) << wrong.text();
}

// What an operator does when figures were wrong, through the programs.
TEST(Corrections, AreStatedWithdrawnAndVerified) {
  RealFederation federation({"PT16"});
  federation.import("PT16", "cooperations",
                    cooperation_header() + rows("f", "PT16", 9, 2015, 2015));
  const auto id = [](const Ran& ran) {
    return std::string(json::parse(ran.out).at("release").as_string());
  };
  const std::string first = id(federation.release("PT16", "ENT-COOP", 2015));
  federation.import("PT16", "cooperations",
                    cooperation_header() + rows("g", "PT16", 3, 2015, 2015));
  const std::string second = id(federation.release("PT16", "ENT-COOP", 2015));
  EXPECT_NE(second, first);
  EXPECT_EQ(federation.figures("PT16", "ENT-COOP"), "PT16 2015 12 A\n");

  EXPECT_EQ(federation.ctl("PT16", {"withdraw", second, "--reason", "because"}).status, 2);
  EXPECT_EQ(federation.ctl("PT16", {"withdraw", second}).status, 2);
  EXPECT_EQ(
      federation.ctl("PT16", {"withdraw", std::string(64, '1'), "--reason", "legal-obligation"})
          .status,
      1);
  const Ran gone = federation.ctl("PT16", {"withdraw", second, "--reason", "error-in-records"});
  EXPECT_EQ(gone.status, 0) << gone.text();
  EXPECT_NE(gone.out.find(first), std::string::npos) << "the first holds again";
  EXPECT_EQ(federation.figures("PT16", "ENT-COOP"), "PT16 2015 9 A\n");
  check_forgetting(federation);
  const Ran shown = federation.ctl("PT16", {"ledger", "show"});
  EXPECT_NE(shown.out.find("error-in-records"), std::string::npos) << shown.text();
  federation.start("PT16");
  check_witnesses_and_erasing(federation);
  EXPECT_EQ(federation.audit(federation.exported("PT16", "PT16")).status, 0);
}

}  // namespace
}  // namespace regions
