// A new indicator, grouping or category is a change of TOML alone: from import to answer, the same
// code with the files of this folder beside those of policies/.
#include <fstream>

#include "tests/node/publish/publish_bench.h"

namespace regions {
namespace {

constexpr int kFirms = 90;
constexpr std::int64_t kNoise = 3;

class TomlAloneTest : public PublishBench {
 protected:
  TomlAloneTest() {
    std::ifstream file(std::string(REGIONS_SOURCE_DIR) +
                       "/tests/node/publish/toml_alone/plan.toml");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto parsed = parse_plan("plan.toml", text, Catalogue::builtin());
    EXPECT_THAT(parsed, IsOk());
    plan = std::make_shared<const AdoptedPlan>(
        AdoptedPlan::make(std::move(*parsed), Catalogue::builtin()).value());
  }
  // Two thirds on quantum technologies, half of all small, the rest large.
  void import_all() {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    std::string cooperations, organisations;
    for (int i = 0; i < kFirms; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01," +
                      (i % 3 == 0 ? "robotics" : "quantum") + ",,\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10," + (i % 2 == 0 ? "small" : "large") + "\n";
    }
    ASSERT_THAT(bench.cooperations(cooperations), IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
    ASSERT_THAT(bench.organisations(organisations), IsOk());
  }
  // Value by category of one dimension, in 2018-2020.
  std::map<std::string, std::int64_t> asked_by(const std::string& indicator,
                                               const std::string& dimension) {
    const Question question{indicator, {"2018-2020"}, {"region", "window", dimension}, {kSelf}};
    const auto answer = ask(shared, *federation.membership(), Catalogue::builtin(), question, kSelf,
                            clock.now(), &plan->plan);
    EXPECT_THAT(answer, IsOk());
    std::map<std::string, std::int64_t> out;
    if (!answer) return out;
    for (const AnswerCell& cell : answer->cells) {
      EXPECT_TRUE(cell.value.has_value());
      out[cell.categories.front()] = cell.value.value_or(-1);
    }
    return out;
  }

  std::shared_ptr<const AdoptedPlan> plan;
};

TEST_F(TomlAloneTest, TheCatalogueIsThatOfPoliciesAndThreeChanges) {
  const Catalogue& catalogue = Catalogue::builtin();
  EXPECT_NE(catalogue.find("QUANTUM-COOP"), nullptr);
  EXPECT_NE(catalogue.dimension("size_group"), nullptr);
  EXPECT_TRUE(catalogue.technologies().contains("quantum"));
  ASSERT_NE(catalogue.find("ENT-COOP"), nullptr);
  // What names no technology is the indicator that it was (protocol/spec/definition.md).
  EXPECT_EQ(catalogue.definition(*catalogue.find("ENT-COOP")).hex(),
            "ad67cf2b7de8f02943655e55363f49ba57c40b8b55454bd2d2a4061129994c21");
}

TEST_F(TomlAloneTest, TheyAreImportedCountedPlannedProtectedReleasedAndAnswered) {
  import_all();
  auto open = NodeParts::open(federation, records, shared, clock, random, plan).value();
  ASSERT_OK_AND(const DueReport report, open->publisher->release_due(false));
  EXPECT_EQ(report.tier, Tier::L);
  ASSERT_EQ(report.lines.size(), 4u);  // two tables in two windows
  EXPECT_EQ(verdict_on(shared, federation, kSelf), "valid");

  const auto by_size = asked_by("QUANTUM-COOP", "size_group");
  ASSERT_EQ(by_size.size(), 3u);
  EXPECT_NEAR(by_size.at("tiny"), kFirms / 3, kNoise);
  EXPECT_NEAR(by_size.at("grown"), kFirms / 3, kNoise);
  EXPECT_EQ(by_size.at("_U"), 0);
  const auto by_technology = asked_by("ENT-COOP", "technology");
  EXPECT_NEAR(by_technology.at("quantum"), 2 * kFirms / 3, kNoise);
  EXPECT_NEAR(by_technology.at("robotics"), kFirms / 3, kNoise);
  EXPECT_EQ(by_technology.at("blockchain"), 0);
}

}  // namespace
}  // namespace regions
