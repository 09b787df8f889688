// What an earlier run left is gone before the next one may fail; what a run reads stays.
#include "node/tables/outputs.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using std::filesystem::exists;
using ::testing::HasSubstr;

class Outputs : public ::testing::Test {
 protected:
  Outputs() {
    std::filesystem::create_directories(out_);
    for (const std::string& name : names_) std::ofstream(out_ / name) << "old";
    std::ofstream(out_ / "other.csv") << "other";
    spec_.file = "SPEC.toml";
    spec_.input.files = {"records.csv"};
  }
  Result<void> clear() { return clear_outputs(spec_, folder_.path, out_, names_); }

  TemporaryFolder folder_;
  std::filesystem::path out_ = folder_.path / "out";
  std::vector<std::string> names_{"table.csv", "report.csv", "summary.json"};
  DisclosureSpec spec_;
};

TEST_F(Outputs, OfAnEarlierRunAreRemoved) {
  ASSERT_THAT(clear(), IsOk());
  for (const std::string& name : names_) EXPECT_FALSE(exists(out_ / name)) << name;
  EXPECT_TRUE(exists(out_ / "other.csv"));
  EXPECT_THAT(clear(), IsOk());  // nothing there
  out_ = folder_.path / "none";
  EXPECT_THAT(clear(), IsOk());
  EXPECT_FALSE(exists(out_));
}

TEST_F(Outputs, ThatTheSpecificationReadsAreLeftAlone) {
  spec_.priors = {"out/../out/table.csv"};
  const auto refused = clear();
  ASSERT_THAT(refused, IsErr(Errc::invalid_input));
  EXPECT_THAT(refused.error().context,
              HasSubstr("SPEC.toml reads it as out/../out/table.csv; name"));
  for (const std::string& name : names_) EXPECT_TRUE(exists(out_ / name)) << name;
}

}  // namespace
}  // namespace regions
