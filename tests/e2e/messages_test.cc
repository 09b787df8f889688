// What the programs say to somebody who slipped: who speaks, what is wrong, what to do.
#include <gmock/gmock.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class MessagesTest : public testing::Test {
 protected:
  void says(const std::vector<std::string>& words, int status,
            const testing::Matcher<std::string>& what) const {
    const Ran ran = federation_.ctl("PT16", words);
    EXPECT_EQ(ran.status, status) << ran.text();
    EXPECT_THAT(ran.err, AllOf(StartsWith("regionctl: "), what));
  }
  std::string file(const std::string& name) const { return federation_.file(name); }

  RealFederation federation_{{"PT16"}};
};

TEST_F(MessagesTest, WrongUseIsSaidByTheProgramWithTheWayToItsHelp) {
  says({"import"}, 2, AllOf(HasSubstr("KIND"), HasSubstr("--help")));
  says({"release", "--period"}, 2, HasSubstr("--period"));
  says({}, 2, HasSubstr("subcommand"));
  says({"withdraw", std::string(10'000, 'a'), "--reason", "legal-obligation"}, 2,
       HasSubstr("shorter arguments"));
  says({"query", "ENT-COOP", "--period", "2018.."}, 2,
       AllOf(HasSubstr("2018.."), HasSubstr("both its ends; write 2015..2020")));
  says({"query", "COOP-FUND-EUR", "--by", "region,window,nace_group,size"}, 1,
       HasSubstr("plan show says what is; --by for COOP-FUND-EUR: region,"));
  says({"progress", "ENT-COOP", "--format", "csv"}, 2,
       AllOf(HasSubstr("--format"), HasSubstr("json")));
  EXPECT_EQ(federation_.ctl("PT16", {"progress", "ENT-COOP", "--format", "json"}).out.front(), '{');
  EXPECT_THAT(federation_.ctl("PT16", {"plan", "show"}).out,
              HasSubstr("\nthis region is of tier S, as the records are now; frozen with"));
  const Ran node = run({program("regiond"), "--hom", "x"});
  EXPECT_EQ(node.status, 2);
  EXPECT_THAT(node.err, StartsWith("regiond: "));
}

TEST_F(MessagesTest, ADocumentThatIsAnotherIsNamed) {
  const std::string key = file("PT16.key"), pass = file("pass");
  const auto sign = [&](const std::string& what, const std::string& name) {
    return std::vector<std::string>{what, "sign", file(name), "--key", key, "--passphrase-file",
                                    pass};
  };
  says(sign("roster", "PT16.keyset.dsse"), 2,
       HasSubstr("PT16.keyset.dsse: is not a roster but a key set; regionctl keyset sign"));
  says(sign("keyset", "roster.dsse"), 2,
       HasSubstr("is not a key set but a roster; regionctl roster"));
  says(sign("roster", "PT16.member.json"), 2,
       HasSubstr("but a member file; regionctl roster create"));
  says(sign("roster", "PT16.key"), 2, HasSubstr("but a key; it belongs behind --key"));
  write_text(file("text"), "hello\n");
  says(sign("roster", "text"), 2, HasSubstr("text: is not a roster: "));
  says({"keyset", "install", file("roster.dsse")}, 2, HasSubstr("but a roster"));
  says({"roster", "install", file("PT16.keyset.dsse")}, 2, HasSubstr("but a key set"));
  ASSERT_EQ(federation_.ctl("PT16", {"release", "--due"}).status, 0);
  const auto exported = federation_.exported("PT16", "PT16");
  for (const auto& entry : std::filesystem::directory_iterator(exported / "envelope")) {
    says({"roster", "show", entry.path()}, 2, HasSubstr("is not a roster but a statement ("));
    break;
  }
}

TEST_F(MessagesTest, ACompressedFileIsNamedWithTheWayToReadIt) {
  const std::string csv = file("in.csv"), packed = file("in.csv.gz");
  write_text(csv, cooperation_header() + rows("f", "PT16", 4, 2015, 2016));
  ASSERT_EQ(run({"gzip", "--keep", csv}).status, 0);
  says({"import", "cooperations", packed}, 2,
       HasSubstr(packed + ": compressed by gzip; zcat " + packed + " | regionctl import coop"));
  const Ran input = federation_.ctl("PT16", {"import", "cooperations", "-"}, read_text(packed));
  EXPECT_EQ(input.status, 2) << input.text();
  EXPECT_THAT(input.err, HasSubstr("standard input: compressed by gzip; zcat FILE | "));
  EXPECT_EQ(federation_.ctl("PT16", {"import", "cooperations", csv}).status, 0);
}

TEST_F(MessagesTest, TheRejectsAreWhereTheUserAskedForThem) {
  const std::string rejects = file("mine.csv");
  const Ran ran = federation_.ctl(
      "PT16", {"import", "cooperations", "-", "--json", "--rejects", rejects},
      cooperation_header() + rows("f", "PT16", 4, 2015, 2016) + "bad,f,XX,a,2015-01-01,,\n");
  EXPECT_EQ(ran.status, 0) << ran.text();
  EXPECT_EQ(boost::json::parse(ran.out).at("rejects").as_string(), rejects.c_str());
  EXPECT_THAT(read_text(rejects), HasSubstr("bad"));
}

}  // namespace
}  // namespace regions
