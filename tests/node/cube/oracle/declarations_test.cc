// A dimension that is declared additive adds up to the whole, one declared overlapping does not;
// and the check sees every declaration that is turned round.
#include "tests/node/cube/oracle/declarations.h"

#include <algorithm>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/sql/generated_records.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

constexpr YearSpan kSpan{2007, 2027};

class DeclarationsTest : public testing::Test {
 protected:
  void SetUp() override {
    import_generated(store_, generate_records(11, 500));
    auto facts = facts_of(store_, generated_members());
    ASSERT_THAT(facts, IsOk());
    facts_.emplace(std::move(*facts));
  }
  // What is wrong in the catalogue in which `dimension` of `indicator` is declared otherwise.
  std::set<std::string> turned(const std::string& indicator, const std::string& dimension) {
    std::string changed;
    auto sources = Catalogue::builtin_sources();
    for (auto& [file, text] : sources) {
      if (!file.ends_with("/" + indicator + ".toml")) continue;
      changed = text;
      const std::size_t at = changed.find("combines", changed.find("id = \"" + dimension + "\"\n"));
      const std::size_t end = changed.find('\n', at);
      const bool additive = changed.substr(at, end - at).find("additive") != std::string::npos;
      changed.replace(at, end - at,
                      additive ? "combines = \"overlapping\"" : "combines = \"additive\"");
      text = changed;
    }
    EXPECT_FALSE(changed.empty()) << indicator;
    const auto catalogue = Catalogue::load(sources);
    EXPECT_THAT(catalogue, IsOk());
    if (!catalogue) return {};
    return wrong_declarations(*facts_, *catalogue, *catalogue->find(indicator), kSpan);
  }

  MemoryStore store_;
  std::optional<Facts> facts_;
};

TEST_F(DeclarationsTest, EveryDeclarationThatIsTurnedRoundIsFound) {
  for (const Indicator& indicator : Catalogue::builtin().indicators()) {
    for (const std::string dimension : {"technology_group", "actor_kind", "size", "year"}) {
      const auto* declared = indicator.dimension(dimension);
      ASSERT_NE(declared, nullptr);
      const bool additive = declared->combines == Combines::additive;
      EXPECT_EQ(turned(indicator.code, dimension),
                (std::set{indicator.code + " by " + dimension +
                          (additive ? ": declared overlapping, and adds up"
                                    : ": declared additive, and overlaps")}));
    }
  }
}

TEST_F(DeclarationsTest, TheCataloguesOwnHold) {
  const Catalogue& catalogue = Catalogue::builtin();
  for (const Indicator& indicator : catalogue.indicators()) {
    EXPECT_EQ(wrong_declarations(*facts_, catalogue, indicator, kSpan), std::set<std::string>());
  }
}

}  // namespace
}  // namespace regions
