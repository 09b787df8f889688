// The operator's view of a release: what a dry run shows is what a question is answered with behind
// it, a release is confirmed by digest, and who asked for what is kept.
#include <sys/stat.h>
#include <unistd.h>

#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

namespace json = boost::json;

class ActsTest : public NodeBench {
 protected:
  void SetUp() override {
    open(make_home("home"));
    found();
    import_firms(0, 50);
  }
  // Firms with the same cooperation each from 2018 to 2020.
  void import_firms(int from, int to) {
    std::string cooperations, organisations;
    for (int i = from; i < to; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01," +
                      (i % 3 == 0 ? "robotics" : "biotechnology") + ",7654321.00,7654321.00\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10,small\n";
    }
    EXPECT_EQ(import("cooperations", cooperations).status, 200u);
    EXPECT_EQ(import("organisations", organisations).status, 200u);
  }
  std::string due_digest() {
    return std::string(asked("POST", kDue + "?dry_run=1").at("digest").as_string());
  }
  std::size_t log_size() { return node->own_head().size; }
  std::vector<json::object> acts() {
    std::vector<json::object> out;
    std::istringstream lines(read_file(node->home().acts(), 1 << 20).value());
    for (std::string line; std::getline(lines, line);) {
      out.push_back(json::parse(line).as_object());
    }
    return out;
  }
  static std::string text(const json::object& act, const char* key) {
    return std::string(act.at(key).as_string());
  }
  // The cells of one line as an answer behind the release gives them.
  json::array answered(const json::object& line) {
    std::string by = "region," + std::string(line.at("period_kind").as_string());
    for (const json::value& id : line.at("by").as_array()) by += "," + std::string(id.as_string());
    const json::value answer =
        asked("GET", "/v1/query?format=json&region=PT16&indicator=" +
                         std::string(line.at("indicator").as_string()) + "&by=" + by +
                         "&period=" + std::string(line.at("period").as_string()));
    EXPECT_EQ(answer.at("unit"), line.at("unit"));
    EXPECT_EQ(answer.at("decimals"), line.at("decimals"));
    json::array out;
    for (const json::value& cell : answer.at("cells").as_array()) {
      json::object kept;
      for (const char* key : {"dimensions", "value", "method", "obs_status", "conf_status"}) {
        kept[key] = cell.at(key);
      }
      out.push_back(kept);
    }
    return out;
  }

  const std::string kDue = "/v1/release/due";
};

TEST_F(ActsTest, AMalformedDigestOrBothAtOnceIsWrongUseAndStatesNothing) {
  const std::string digest = due_digest();
  const auto before = log_size();
  for (const std::string& wrong :
       {std::string(), digest.substr(1), digest + "0", std::string(64, 'x'), std::string("yes")}) {
    EXPECT_EQ(ask("POST", kDue + "?confirm=" + wrong).status, 400u) << wrong;
    EXPECT_EQ(ask("POST", "/v1/release?indicator=ENT-COOP&period=2018&confirm=" + wrong).status,
              400u);
  }
  EXPECT_EQ(ask("POST", kDue + "?dry_run=1&confirm=" + digest).status, 400u);
  EXPECT_EQ(log_size(), before);
}

TEST_F(ActsTest, WhereTheTrailCannotBeWrittenNothingIsConfirmed) {
  const std::string digest = due_digest();
  std::filesystem::remove(node->home().acts());
  std::filesystem::create_directory(node->home().acts());
  const auto before = log_size();
  const Said said = ask("POST", kDue + "?confirm=" + digest);
  EXPECT_EQ(said.status, 500u);
  EXPECT_THAT(said.body, testing::HasSubstr("acts.log"));
  EXPECT_EQ(log_size(), before);
}

TEST_F(ActsTest, RecordsThatChangedSinceAreRefusedAndTheTrailKeepsThatToo) {
  const std::string digest = due_digest();
  import_firms(50, 53);
  const auto before = log_size();
  EXPECT_EQ(ask("POST", kDue + "?confirm=" + digest).status, 409u);
  EXPECT_EQ(log_size(), before);
  EXPECT_EQ(text(acts().back(), "result"), "refused");
}

TEST_F(ActsTest, ADryRunShowsTheCellsThatTheConfirmedReleaseIsAnsweredWith) {
  const json::value dry = asked("POST", kDue + "?dry_run=1");
  const std::string digest(dry.at("digest").as_string());
  const json::value done = asked("POST", kDue + "?confirm=" + digest);
  EXPECT_EQ(done.at("digest"), dry.at("digest"));
  std::size_t cells = 0, withheld = 0;
  for (const json::value& line : dry.at("lines").as_array()) {
    ASSERT_EQ(line.at("state"), "due");
    EXPECT_EQ(line.at("cells").as_array(), answered(line.as_object())) << line;
    cells += line.at("cells").as_array().size();
    for (const json::value& why : line.at("why").as_array()) {
      withheld += why.at("cells").to_number<std::size_t>();
    }
  }
  EXPECT_GT(cells, 300u);
  EXPECT_GT(withheld, 0u);  // headlines of years in which nobody was active
}

TEST_F(ActsTest, OneHeadlineIsConfirmedAsItWasShown) {
  const std::string target = "/v1/release?indicator=ENT-COOP&period=2018";
  const json::value dry = asked("POST", target + "&dry_run=1");
  const std::string digest(dry.at("digest").as_string());
  EXPECT_EQ(ask("POST", target + "&confirm=" + std::string(64, '0')).status, 409u);
  const json::value done = asked("POST", target + "&confirm=" + digest);
  EXPECT_EQ(done.at("cells"), dry.at("cells"));
}

TEST_F(ActsTest, TheTrailKeepsWhoConfirmedWhichDigestAndNoValue) {
  const std::string digest = due_digest();
  const std::string target = kDue + "?confirm=" + digest;
  LocalRequest request{"POST", target, text_source(""), Caller{1234, 77}};
  ASSERT_EQ(ask(request).status, 200u);
  const auto all = acts();
  ASSERT_GE(all.size(), 2u);
  for (const auto& [act, result] :
       {std::pair(all[all.size() - 2], "asked"), std::pair(all.back(), "done")}) {
    EXPECT_EQ(text(act, "event"), "operator_act");
    EXPECT_EQ(text(act, "path"), kDue);
    EXPECT_EQ(text(act, "about"), "confirm=" + digest);
    EXPECT_EQ(text(act, "by"), "uid=1234 pid=77");
    EXPECT_EQ(text(act, "result"), result);
    EXPECT_EQ(text(act, "time"), "2024-06-10T06:13:20Z");
  }
  // What came by no socket was this process.
  EXPECT_EQ(text(all.front(), "by"), "uid=" + std::to_string(::getuid()) +
                                         " pid=" + std::to_string(::getpid()) + " without regiond");
  const std::string file = read_file(node->home().acts(), 1 << 20).value();
  for (const char* never : {"7654321", "robotics", "\"e17", "382716"}) {
    EXPECT_EQ(file.find(never), std::string::npos) << never;
  }
  struct stat info {};
  ASSERT_EQ(::stat(node->home().acts().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600u);
}

TEST_F(ActsTest, ThePlanSaysTheOwnTierAndWhyOnlyWhenAsked) {
  EXPECT_TRUE(asked("GET", "/v1/plan").at("own_tier").is_null());
  const auto own = [&] { return asked("GET", "/v1/plan?tier=1").at("own_tier"); };
  EXPECT_EQ(own(), (json::value{{"tier", "L"}, {"why", "counted"}}));
  EXPECT_EQ(ask("POST", kDue).status, 200u);
  EXPECT_EQ(own(), (json::value{{"tier", "L"}, {"why", "frozen"}}));
}

}  // namespace
}  // namespace regions
