// No C++ of the product names an indicator, a grouping, or a category that is data: what it knows
// by name is listed here, with the reason.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "policies/catalogue/indicator.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_of_data() {
  const Catalogue& catalogue = Catalogue::builtin();
  std::set<std::string> names;
  for (const Indicator& indicator : catalogue.indicators()) names.insert(indicator.code);
  for (const Dimension& dimension : catalogue.dimensions()) {
    const bool grouping = dimension.id() != name(dimension.attribute());
    if (grouping) names.insert(dimension.id());
    const auto derived = derived_codes(dimension.attribute());
    for (std::size_t i = 0; i < dimension.unknown(); ++i) {
      const std::string& code = dimension.categories()[i].code;
      // Sections of NACE are single letters.
      if (code.size() < 2 || std::count(derived.begin(), derived.end(), code) > 0) continue;
      names.insert(code);
    }
  }
  return names;
}

// The string literals of a source that are names of data.
std::set<std::string> named_in(std::istream& source, const std::set<std::string>& names) {
  std::set<std::string> found;
  for (std::string line; std::getline(source, line);) {
    line.resize(std::min(line.find("//"), line.size()));
    for (std::size_t from = line.find('"'); from != std::string::npos;
         from = line.find('"', from)) {
      const std::size_t to = line.find('"', from + 1);
      if (to == std::string::npos) break;
      const std::string literal = line.substr(from + 1, to - from - 1);
      if (names.contains(literal)) found.insert(literal);
      from = to + 1;
    }
  }
  return found;
}

TEST(NamesOfData, StandInNoSourceButTheTwoHeadlines) {
  const std::set<std::string> names = names_of_data();
  std::set<std::string> found;
  std::size_t sources = 0;
  for (const char* folder : {"protocol", "policies", "node"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(REGIONS_SOURCE_DIR) / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".cc" && extension != ".h") continue;
      ++sources;
      std::ifstream text(entry.path());
      for (const std::string& one : named_in(text, names)) {
        found.insert(fs::relative(entry.path(), REGIONS_SOURCE_DIR).string() + " names " + one);
      }
    }
  }
  EXPECT_GT(sources, 200u);
  // The rule that binds these two together is one of disclosure (DISCLOSURE 2).
  EXPECT_EQ(found, (std::set<std::string>{"policies/catalogue/tables.h names ENT-COOP",
                                          "policies/catalogue/tables.h names SME-COOP"}));
}

TEST(NamesOfData, AreSeenWhereTheyStand) {
  std::istringstream source(
      "if (code == \"robotics\") {}  // \"data-ai\"\nf(\"x\", \"size\");\n"
      "by = \"technology_group\";");
  EXPECT_EQ(named_in(source, names_of_data()),
            (std::set<std::string>{"robotics", "technology_group"}));
}

}  // namespace
}  // namespace regions
