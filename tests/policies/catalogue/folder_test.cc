// A new indicator, grouping or category is a change of TOML alone: the catalogue is read at run
// time from a copy of its folders with one of each added.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "policies/catalogue/indicator.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

class CatalogueFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "regions-catalogue-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* part : {"codes", "groupings", "indicators"}) {
      fs::create_directories(folder_ / part);
      fs::copy(fs::path(REGIONS_SOURCE_DIR) / "policies" / part, folder_ / part);
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string text_of(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void append(const char* file, std::string_view text) {
    std::ofstream(folder_ / file, std::ios::app) << text;
  }

  Result<Catalogue> load() {
    texts_.clear();
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.path().extension() != ".toml") continue;
      texts_[fs::relative(entry.path(), folder_)] = text_of(entry.path());
    }
    return Catalogue::load({texts_.begin(), texts_.end()});
  }

  fs::path folder_;
  std::map<std::string, std::string> texts_;
};

TEST_F(CatalogueFolder, GivesTheBuiltinDefinitions) {
  ASSERT_OK_AND(const Catalogue catalogue, load());
  EXPECT_EQ(texts_.size(), Catalogue::builtin_sources().size());
  ASSERT_EQ(catalogue.indicators().size(), 5u);
  for (const Indicator& indicator : catalogue.indicators()) {
    EXPECT_EQ(catalogue.definition(indicator),
              Catalogue::builtin().definition(*Catalogue::builtin().find(indicator.code)));
  }
}

TEST_F(CatalogueFolder, TakesANewCategoryGroupingAndIndicator) {
  append("codes/technologies.toml",
         "\n[[code]]\ncode = \"quantum\"\ntitle = \"Quantum technologies\"\nindustry40 = true\n");
  append("groupings/size_group.toml",
         "format = \"regions4.grouping/1\"\nid = \"size_group\"\nlist = \"sizes\"\n"
         "title = \"Size group\"\n[[group]]\ncode = \"sme\"\ntitle = \"SME\"\n"
         "members = [\"micro\", \"small\", \"medium\"]\n[rest]\ncode = \"large\"\n"
         "title = \"Large\"\n");
  append("indicators/QUANTUM.toml",
         "format = \"regions4.indicator/1\"\ncode = \"QUANTUM\"\ntitle = \"Q\"\n"
         "measure = \"distinct-enterprises\"\nunit = \"enterprises\"\ndecimals = 0\n"
         "counting_rules = 1\n[filter]\ntechnology = { in = [\"quantum\"] }\n"
         "actor_kind = { in = [\"higher-education\"] }\n"
         "[[dimension]]\nid = \"size_group\"\ncombines = \"additive\"\n");
  ASSERT_OK_AND(const Catalogue catalogue, load());
  const Indicator* quantum = catalogue.find("QUANTUM");
  ASSERT_NE(quantum, nullptr);
  EXPECT_TRUE(catalogue.admits(*quantum, Attribute::technology, "quantum"));
  EXPECT_FALSE(catalogue.admits(*quantum, Attribute::actor_kind, "public-body"));
  const Dimension* sizes = catalogue.dimension(quantum->dimensions.front().id);
  ASSERT_NE(sizes, nullptr);
  EXPECT_EQ(sizes->categories()[sizes->category_of("medium")].code, "sme");
  const Dimension* technologies = catalogue.dimension("technology");
  EXPECT_EQ(technologies->categories().size(),
            Catalogue::builtin().dimension("technology")->categories().size() + 1);
  EXPECT_NE(technologies->category_of("quantum"), technologies->unknown());
  const Dimension* groups = catalogue.dimension("technology_group");
  EXPECT_EQ(groups->categories()[groups->category_of("quantum")].code, "other");
}

}  // namespace
}  // namespace regions
