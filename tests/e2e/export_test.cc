// An exported log that somebody tampered with, and the verdicts of `regionctl audit verify`.
#include <gtest/gtest.h>

#include "policies/plan/plan.h"
#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

class ExportTest : public ::testing::Test {
 protected:
  // More than 256 entries would make full tiles; the unit tests of the verifier have those.
  ExportTest() : federation_({"PT16"}) {
    federation_.import("PT16", "cooperations",
                       cooperation_header() + rows("f", "PT16", 5, 2015, 2017));
    for (int year = 2014; year <= 2017; ++year) {
      const Ran ran = federation_.release("PT16", "ENT-COOP", year);
      EXPECT_EQ(ran.status, 0) << ran.text();
    }
    folder_ = federation_.exported("PT16", "PT16");
  }

  std::vector<std::string> files() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) out.push_back(fs::relative(entry.path(), folder_));
    }
    return out;
  }
  // A copy of the export in which one byte of `name` is another.
  fs::path changed(const std::string& name, std::size_t position) const {
    const fs::path copy = federation_.file("tampered");
    fs::remove_all(copy);
    fs::copy(folder_, copy, fs::copy_options::recursive);
    std::string bytes = read_text(copy / name);
    bytes[position] = static_cast<char>(bytes[position] ^ 1);
    fs::permissions(copy / name, fs::perms::owner_write, fs::perm_options::add);
    write_text(copy / name, bytes);
    return copy;
  }
  Ran verify(const fs::path& folder, std::vector<std::string> options) const {
    options.insert(options.begin(), {program("regionctl"), "audit", "verify", folder});
    return run(options);
  }

  RealFederation federation_;
  fs::path folder_;
};

TEST_F(ExportTest, OneChangedByteInAnyFileIsInvalidAndNamed) {
  const auto all = files();
  EXPECT_GE(all.size(), 12U);  // checkpoint, vkey, roster, key set, tile, bundle, six envelopes
  for (const std::string& name : all) {
    const std::size_t size = read_text(folder_ / name).size();
    ASSERT_GT(size, 0U) << name;
    for (const std::size_t position : {std::size_t{0}, size / 3, size / 2, size - 2}) {
      SCOPED_TRACE(name + " at " + std::to_string(position));
      const Ran ran = verify(changed(name, position), {"--genesis", federation_.genesis()});
      EXPECT_EQ(ran.status, 1) << ran.text();
      EXPECT_EQ(ran.out.substr(0, 8), "invalid\n");
      EXPECT_NE(ran.out.find(name), std::string::npos) << ran.text();
    }
  }
}

TEST_F(ExportTest, AMissingOrAddedFileIsInvalidAndNamed) {
  for (const std::string& name : files()) {
    SCOPED_TRACE(name);
    const fs::path copy = changed(name, 0);
    fs::remove(copy / name);
    const Ran ran = verify(copy, {"--genesis", federation_.genesis()});
    EXPECT_EQ(ran.status, 1) << ran.text();
    EXPECT_NE(ran.out.find(name), std::string::npos) << ran.text();
  }
  write_text(folder_ / "envelope" / "extra.dsse", "x");
  const Ran ran = verify(folder_, {"--genesis", federation_.genesis()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("envelope/extra.dsse"), std::string::npos) << ran.text();
}

TEST_F(ExportTest, TheVerdictDependsOnTheAnchor) {
  std::string wrong = federation_.genesis();
  wrong[10] = wrong[10] == '0' ? '1' : '0';
  const Ran none = verify(folder_, {});
  EXPECT_EQ(none.status, 3) << none.text();
  EXPECT_EQ(none.out.substr(0, 14), "indeterminate\n");
  EXPECT_NE(none.out.find("no trust anchor"), std::string::npos) << none.text();
  EXPECT_EQ(verify(folder_, {"--genesis", wrong}).status, 1);
  const RealFederation other({"PT16"});
  EXPECT_EQ(verify(folder_, {"--roster", other.file("roster.dsse")}).status, 1);
  EXPECT_EQ(verify(folder_, {"--genesis", "12ab"}).status, 2);
  EXPECT_EQ(verify(folder_ / "missing", {"--genesis", federation_.genesis()}).status, 2);
  EXPECT_EQ(verify(folder_, {"--roster", federation_.file("missing")}).status, 1);
  const Ran right = verify(folder_, {"--genesis", federation_.genesis()});
  EXPECT_EQ(right.status, 0) << right.text();
  EXPECT_NE(right.out.find("6 entries, 6 payloads verified"), std::string::npos) << right.text();
  EXPECT_EQ(verify(folder_, {"--roster", federation_.file("roster.dsse")}).status, 0);
}

TEST_F(ExportTest, EveryReleaseIsNamedByItsTableAndHeldAgainstThePlan) {
  const std::string plan = federation_.file("plan.toml");
  std::string text(default_plan_toml());
  write_text(plan, text);
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--plan", plan}}) {
    std::vector<std::string> options = {"--genesis", federation_.genesis()};
    options.insert(options.end(), more.begin(), more.end());
    const Ran ran = verify(folder_, options);
    EXPECT_EQ(ran.status, 0) << ran.text();
    EXPECT_NE(ran.out.find("headline of ENT-COOP 2015: 1 published"), std::string::npos);
    EXPECT_NE(ran.out.find("Held against the release plan"), std::string::npos) << ran.text();
  }
  text.replace(text.find("until = 2027"), 12, "until = 2028");
  write_text(plan, text);
  const Ran other = verify(folder_, {"--genesis", federation_.genesis(), "--plan", plan});
  EXPECT_EQ(other.status, 2) << other.text();
  EXPECT_NE(other.err.find("the log's roster names"), std::string::npos) << other.text();
}

TEST_F(ExportTest, AnExportIsNeverWrittenOverSomethingElse) {
  const Ran ran = federation_.ctl("PT16", {"log", "export", folder_});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("name a new one"), std::string::npos) << ran.text();
  const Ran stranger =
      federation_.ctl("PT16", {"log", "export", federation_.file("x"), "--member", "XX99"});
  EXPECT_NE(stranger.status, 0);
  EXPECT_FALSE(fs::exists(federation_.file("x")));
}

}  // namespace
}  // namespace regions
