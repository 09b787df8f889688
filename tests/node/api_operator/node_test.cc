// What a node refuses at its start, and what it does when it is asked twice or told to stop.
#include <boost/json.hpp>

#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class NodeTest : public NodeBench {
 protected:
  static std::string rows(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      const std::string id = "e" + std::to_string(i);
      out += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01,robotics,,\n";
    }
    return out;
  }
  Error refusal(const Home& home) {
    node.reset();
    const auto opened = Node::open(home, clock, random);
    EXPECT_TRUE(opened.has_error());
    return opened ? Error() : opened.error();
  }
};

TEST_F(NodeTest, AKeyThatIsNotTheKeySetsIsRefusedAtTheStartAndNothingIsSigned) {
  const Home home = make_home("home");
  open(home);
  found();
  const LogHead head = node->own_head();
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    const Bytes right = read_file(home.key(role), 4096).value();
    ASSERT_OK(write_file(home.key(role), PrivateKey::generate(random).to_pem(""), 0600));
    const Error error = refusal(home);
    EXPECT_EQ(error.code, Errc::mismatch);
    EXPECT_THAT(error.context, AllOf(HasSubstr(home.key(role).string()),
                                     HasSubstr("not the " + std::string(name(role)) +
                                               " key of this node's key "
                                               "set; put the right file back")));
    ASSERT_OK(write_file(home.key(role), right, 0600));
  }
  // Another key of the same node in its place is no better.
  const Bytes right = read_file(home.key(Role::log), 4096).value();
  ASSERT_OK(write_file(home.key(Role::log), read_file(home.key(Role::tls), 4096).value(), 0600));
  EXPECT_EQ(refusal(home).code, Errc::mismatch);
  ASSERT_OK(write_file(home.key(Role::log), right, 0600));
  open(home);
  EXPECT_EQ(node->own_head().root, head.root);
}

TEST_F(NodeTest, AFileThatIsBeingImportedIsNotImportedBesideItself) {
  open(make_home("home"));
  found();
  Said second, other;
  const ByteSource text =
      text_source(std::string(4, '\0') + kCooperationHeader + rows(3) + "bad,e,PRC,XX\n");
  int pieces = 0;
  // When the rows are being read, the same file comes again, and another one.
  LocalRequest request{"POST", "/v1/import?kind=cooperations&role=own&source=cooperations.csv",
                       [&](char* data, std::size_t size) -> Result<std::size_t> {
                         if (++pieces == 3) {
                           second = import("cooperations", rows(5));
                           other = import("organisations", "");
                         }
                         return text(data, std::min<std::size_t>(size, 40));
                       }};
  const Said first = ask(request);
  EXPECT_EQ(first.status, 200u) << first.body;
  EXPECT_EQ(second.status, 503u);
  EXPECT_THAT(second.body, AllOf(HasSubstr("\"busy\""), HasSubstr("is being imported already")));
  EXPECT_EQ(other.status, 200u) << other.body;
  const auto summary = boost::json::parse(first.body);
  EXPECT_EQ(summary.at("added"), 3);
  EXPECT_EQ(summary.at("rejected"), 1);
  const std::string rejects(summary.at("rejects").as_string());
  EXPECT_THAT(read_file(rejects, 4096).value(), HasSubstr("bad"));
  // The name is free again, and the rejects of before are gone with what they were about.
  EXPECT_EQ(import("cooperations", rows(5)).status, 200u);
  EXPECT_FALSE(std::filesystem::exists(rejects));
}

TEST_F(NodeTest, ReadingTheRecordsEndsWhenTheNodeIsToldToStop) {
  open(make_home("home"));
  found();
  EXPECT_EQ(import("cooperations", rows(200)).status, 200u);
  node->stop_reading();
  for (const auto& [method, target] :
       {std::pair("GET", "/v1/status"), std::pair("POST", "/v1/release/due"),
        std::pair("POST", "/v1/release?indicator=ENT-COOP&period=2019")}) {
    const Said said = ask(method, target);
    EXPECT_EQ(said.status, 503u) << target;
    EXPECT_THAT(said.body, HasSubstr("\"cancelled\"")) << target;
  }
  // Nothing was decided half-way: after the next start all is released.
  open(Home(folder.path / "home"));
  EXPECT_EQ(ask("POST", "/v1/release?indicator=ENT-COOP&period=2019").status, 200u);
}

}  // namespace
}  // namespace regions
