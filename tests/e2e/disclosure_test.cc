// regionctl disclosure as the page shows it: protect, then attack what came out.
#include <gtest/gtest.h>

#include "tests/e2e/support/federation.h"
#include "tests/policies/catalogue/spec_blocks.h"

namespace regions {
namespace {

using std::filesystem::exists;
using ::testing::HasSubstr;

class Disclosure : public ::testing::Test {
 protected:
  Disclosure() {
    const std::string page = read_text(REGIONS_SOURCE_DIR "/policies/disclosure/tables.md");
    spec_ = spec_blocks(page, "toml").at(0);
    write("firms.csv", spec_blocks(page, "csv").at(0));
    write("region.hrc", spec_blocks(page, "hrc").at(0));
    write("SPEC.toml", spec_);
    write("ATTACK.toml", spec_ + spec_blocks(page, "toml").at(1));
  }
  void write(const std::string& name, const std::string& text) { write_text(path(name), text); }
  std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
  Ran ctl(const std::string& what, const std::string& spec, std::vector<std::string> more = {}) {
    std::vector<std::string> all{program("regionctl"), "disclosure", what, path(spec)};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }

  TempFolder folder_;
  std::string spec_;
};

TEST_F(Disclosure, WhatComesOutIsAttackedAndAFailureLeavesNothing) {
  const std::vector<std::string> out{"--out", path("out")};
  EXPECT_EQ(ctl("protect", "SPEC.toml", out).status, 0);
  const Ran safe = ctl("attack", "ATTACK.toml", {"--out", path("found")});
  EXPECT_EQ(safe.status, 0) << safe.text();
  EXPECT_TRUE(exists(path("found/report.csv")) && !exists(path("found/table.csv")));
  // It would remove what it reads.
  const Ran same = ctl("protect", "ATTACK.toml", out);
  EXPECT_EQ(same.status, 2);
  EXPECT_THAT(same.err, HasSubstr("ATTACK.toml reads it as out/table.csv"));
  EXPECT_TRUE(exists(path("out/table.csv")));

  write("firms.csv", "region,sector,firm,group,amount\nN1,food,f1,,-5\n");
  EXPECT_EQ(ctl("protect", "SPEC.toml", out).status, 2);
  for (const char* name : {"out/table.csv", "out/report.csv", "out/summary.json"}) {
    EXPECT_FALSE(exists(path(name))) << name;
  }
}

TEST_F(Disclosure, SaysWhatEarlierReleasesTell) {
  write("old.csv", "region,sector,OBS_VALUE\nN1,food,580\n");
  write("SPEC.toml", "priors = [\"old.csv\"]\n" + spec_);
  const Ran ran = ctl("protect", "SPEC.toml", {"--out", path("out")});
  EXPECT_EQ(ran.status, 0) << ran.text();
  EXPECT_THAT(ran.out, HasSubstr("unsafe cells that earlier releases tell: 1"));
}

TEST_F(Disclosure, AnOptionOfAnotherToolNeedsThatTool) {
  const Ran ran = ctl("protect", "SPEC.toml", {"--singletons", "none", "--out", path("out")});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("--singletons none: "));
}

}  // namespace
}  // namespace regions
