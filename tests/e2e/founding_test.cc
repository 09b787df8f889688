// What the programs refuse while a federation is founded and a node is started.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class FoundingTest : public ::testing::Test {
 protected:
  fs::path at(const std::string& name) const { return folder_.path() / name; }
  Ran ctl(Words words) const {
    words.insert(words.begin(), program("regionctl"));
    return run(std::move(words));
  }
  void done(const Words& words) const {
    const Ran ran = ctl(words);
    EXPECT_EQ(ran.status, 0) << ran.text();
  }
  void refused(const Words& words, int status, const std::string& reason) const {
    const Ran ran = ctl(words);
    EXPECT_EQ(ran.status, status) << ran.text();
    EXPECT_NE(ran.err.find(reason), std::string::npos) << ran.text();
  }
  Ran node(const std::string& home) const {
    return run({program("regiond"), "--home", at(home)}, "", 30);
  }

  // Homes and member files of ES13 and PT16, and a roster that nobody signed.
  void prepare() const {
    write_text(at("pass"), "correct horse\n");
    write_text(at("wrong"), "another horse\n");
    ::chmod(at("pass").c_str(), 0600);
    ::chmod(at("wrong").c_str(), 0600);
    for (const std::string id : {"ES13", "PT16"}) {
      done({"init", at(id), "--federation", "e2e.test", "--member", id, "--listen",
            "127.0.0.1:7443"});
      done({"governance", "create", at(id + ".key"), "--passphrase-file", at("pass")});
      done({"member", "show", "--home", at(id), "--governance", at(id + ".key.pub"), "--out",
            at(id + ".json")});
    }
    roster("roster");
  }
  void roster(const std::string& name) const {
    done({"roster", "create", "--federation", "e2e.test", "--member", at("ES13.json"), "--member",
          at("PT16.json"), "--out", at(name)});
  }
  Words sign(const std::string& file, const std::string& id, const std::string& pass) const {
    return {"roster", "sign", at(file), "--key", at(id + ".key"), "--passphrase-file", at(pass)};
  }

  TempFolder folder_;
};

TEST_F(FoundingTest, WrongUseIsTwo) {
  for (const Words& words :
       {Words{}, Words{"relase"}, Words{"release"}, Words{"log"}, Words{"init", "x"},
        Words{"query", "ENT-COOP"}, Words{"status", "--home", at("nothing-here"), "--colour"}}) {
    const Ran ran = ctl(words);
    EXPECT_EQ(ran.status, 2) << testing::PrintToString(words) << ran.text();
  }
  EXPECT_EQ(ctl({"--help"}).status, 0);
  EXPECT_EQ(run({program("regiond")}).status, 2);
  EXPECT_EQ(run({program("regiond"), "--help"}).status, 0);
  for (const std::string command : {"init", "governance", "member", "roster", "keyset", "import",
                                    "release", "query", "status", "peers", "log", "audit"}) {
    EXPECT_EQ(ctl({command, "--help"}).status, 0) << command;
  }
}

TEST_F(FoundingTest, AGovernanceKeyIsNotMadeInsideAHome) {
  prepare();
  const Words create = {"governance", "create", at("PT16") / "keys" / "gov.key",
                        "--passphrase-file", at("pass")};
  refused(create, 1, "inside a node's home");
  EXPECT_FALSE(fs::exists(at("PT16") / "keys" / "gov.key"));
  refused({"governance", "create", at("PT16.key"), "--passphrase-file", at("pass")}, 1, "exists");
  EXPECT_NE(read_text(at("PT16.key")).find("ENCRYPTED"), std::string::npos);
}

TEST_F(FoundingTest, AHomeIsNotMadeOverAnotherOrInsideOne) {
  prepare();
  for (const fs::path& dir : {at("PT16"), at("PT16") / "inner", folder_.path()}) {
    const Ran ran = ctl({"init", dir, "--federation", "e2e.test", "--member", "PT16", "--listen",
                         "127.0.0.1:7443"});
    EXPECT_EQ(ran.status, 1) << dir << ran.text();
  }
  for (const fs::path file : {"config.toml", "rules.toml", "keys/statement.pem", "keys/log.pem",
                              "keys/witness.pem", "keys/tls.pem"}) {
    struct stat info {};
    ASSERT_EQ(::stat((at("PT16") / file).c_str(), &info), 0) << file;
    EXPECT_EQ(info.st_mode & 077, 0U) << file;
  }
}

TEST_F(FoundingTest, AWrongPassphraseSignsNothing) {
  prepare();
  const std::string before = read_text(at("roster"));
  refused(sign("roster", "PT16", "wrong"), 1, "passphrase");
  ::chmod(at("pass").c_str(), 0644);
  refused(sign("roster", "PT16", "pass"), 1, "chmod 600");
  EXPECT_EQ(read_text(at("roster")), before);
}

TEST_F(FoundingTest, ASecondPayloadForOneVersionIsNotSigned) {
  prepare();
  done(sign("roster", "PT16", "pass"));
  done(sign("roster", "PT16", "pass"));  // the same again
  fs::copy_file(at("roster"), at("again"));
  roster("other");  // another random: another federation of the same name
  done(sign("roster", "ES13", "pass"));
  refused(sign("other", "ES13", "pass"), 1, "signed another payload");
  done({"roster", "install", at("roster"), "--home", at("PT16")});
  done({"keyset", "create", "--home", at("PT16"), "--out", at("k1")});
  done({"keyset", "create", "--home", at("PT16"), "--out", at("k2"), "--endpoint", "other:1"});
  const auto sign_keyset = [&](const std::string& name) {
    return Words{"keyset",  "sign", at(name), "--key", at("PT16.key"), "--passphrase-file",
                 at("pass")};
  };
  done(sign_keyset("k1"));
  refused(sign_keyset("k2"), 1, "signed another payload");
  refused({"keyset", "install", at("k2"), "--home", at("PT16")}, 1, "");
}

TEST_F(FoundingTest, ARosterThatMissesASignatureIsNotInstalled) {
  prepare();
  const Words install = {"roster", "install", at("roster"), "--home", at("PT16")};
  refused(install, 1, "ES13");
  done(sign("roster", "PT16", "pass"));
  refused(install, 1, "ES13");
  const Ran shown = ctl({"roster", "show", at("roster")});
  EXPECT_EQ(shown.status, 0);
  EXPECT_NE(shown.out.find("signatures: 1 of 2, not complete"), std::string::npos) << shown.text();
  refused({"import", "cooperations", "-", "--home", at("PT16")}, 1, "roster install");
  refused({"release", "ENT-COOP", "--period", "2017", "--home", at("PT16")}, 1, "roster install");
  done(sign("roster", "ES13", "pass"));
  done(install);
}

TEST_F(FoundingTest, ANodeThatIsNotFoundedDoesNotStartAndSaysTheRemedy) {
  prepare();
  const Ran bare = node("PT16");
  EXPECT_EQ(bare.status, 1) << bare.text();
  EXPECT_NE(bare.err.find("regionctl roster install"), std::string::npos) << bare.text();
  done(sign("roster", "PT16", "pass"));
  done(sign("roster", "ES13", "pass"));
  done({"roster", "install", at("roster"), "--home", at("PT16")});
  const Ran without_keys = node("PT16");
  EXPECT_EQ(without_keys.status, 1);
  EXPECT_NE(without_keys.err.find("keyset create"), std::string::npos) << without_keys.text();
  const Ran nowhere = node("nowhere");
  EXPECT_EQ(nowhere.status, 1);
  EXPECT_NE(nowhere.err.find("regionctl init"), std::string::npos) << nowhere.text();
}

TEST(Home, AWiderKeyOrRuleFileIsRefused) {
  const RealFederation federation({"PT16"});
  for (const fs::path file : {"keys/tls.pem", "keys/log.pem", "keys/statement.pem", "rules.toml"}) {
    const fs::path path = federation.home("PT16") / file;
    ::chmod(path.c_str(), 0640);
    const Ran ran = run({program("regiond"), "--home", federation.home("PT16")}, "", 30);
    EXPECT_EQ(ran.status, 1) << file << ran.text();
    EXPECT_NE(ran.err.find("chmod 600"), std::string::npos) << file << ran.text();
    EXPECT_NE(ran.err.find(path.filename()), std::string::npos) << ran.text();
    ::chmod(path.c_str(), 0600);
  }
}

TEST(Home, AMisspeltKeyNamesTheNearestOne) {
  const RealFederation federation({"PT16"});
  const auto misspell = [&](const fs::path& file, const std::string& key, const std::string& as) {
    const fs::path path = federation.home("PT16") / file;
    const std::string before = read_text(path);
    std::string text = before;
    text.replace(text.find("\n" + key) + 1, key.size(), as);
    write_text(path, text);
    for (const std::string name : {"regiond", "regionctl"}) {
      Words words = {program(name), "--home", federation.home("PT16")};
      if (name == "regionctl") words.emplace_back("status");
      const Ran ran = run(words, "", 30);
      EXPECT_NE(ran.status, 0) << name;
      for (const std::string& word : {path.filename().string(), as, key}) {
        EXPECT_NE(ran.err.find(word), std::string::npos) << word << "\n" << ran.text();
      }
    }
    write_text(path, before);
  };
  misspell("config.toml", "listen", "lisen");
  misspell("rules.toml", "minimum", "minimun");
  EXPECT_NE(federation.ctl("PT16", {"status"}).out.find("not running"), std::string::npos);
}

TEST(Home, OneProcessAtATimeWorksOnIt) {
  RealFederation federation({"PT16"});
  federation.start("PT16");
  const Ran second = run({program("regiond"), "--home", federation.home("PT16")}, "", 30);
  EXPECT_EQ(second.status, 1);
  EXPECT_NE(second.err.find("another process works on this home"), std::string::npos)
      << second.text();
  // The first one was not disturbed, and a command goes through its socket.
  EXPECT_EQ(federation.ctl("PT16", {"log", "export", federation.file("log")}).status, 0);
  EXPECT_TRUE(federation.node("PT16").running());
  EXPECT_EQ(federation.stop("PT16"), 0);
  const Ran alone = federation.ctl("PT16", {"peers"});
  EXPECT_EQ(alone.status, 1) << "peers needs a running node";
}

TEST(Home, AnAddressThatIsTakenIsNamed) {
  RealFederation federation({"PT16"});
  // The configuration names the port that this test itself listens on.
  const Ran ran = run({program("regiond"), "--home", federation.home("PT16")}, "", 30);
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("listen 127.0.0.1:" + std::to_string(federation.port("PT16"))),
            std::string::npos)
      << ran.text();
}

}  // namespace
}  // namespace regions
