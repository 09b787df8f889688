// The amounts and headlines of the 220 NUTS 2 regions that can be cut from the country files, and
// of the 22 countries, over ten yearly rounds: nobody comes too near a figure, and most of what is
// safe goes out. Beside it, what each table by itself would withhold and give away.
//
// A sample of them; REGIONS_AT_LENGTH=1 takes all, which takes some minutes, and names every waived
// headline with those who know too much.
#include <cstdlib>

#include "tests/node/publish/nuts2_regions.h"
#include "tests/node/publish/rounds/region_rounds.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

bool at_length() { return std::getenv("REGIONS_AT_LENGTH") != nullptr; }

// Rows of the largest that the sample takes.
constexpr std::size_t kSampleRowsMax = kSanitized ? 800 : 1500;

struct TierResult {
  std::size_t regions = 0, corrections = 0, headlines = 0, forbidden = 0;
  RoundTotals linked, alone;
};
using Tiers = std::map<Tier, TierResult>;

template <class Number>
double percent(Number part, Number whole) {
  return whole == 0 ? 100 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

double out_of(const RoundTotals& totals) {
  return percent(totals.published_cents, totals.safe_cents);
}

void print_region(const std::string& id, const RowsByYear& rows, const RegionResult& one) {
  std::printf("%s tier %s: %zu rows, %zu of %zu cells withheld, %.1f %% of safe value goes out\n",
              id.c_str(), std::string(name(one.tier)).c_str(), rows.size(), one.linked.withheld,
              one.linked.cells, out_of(one.linked));
  for (const std::string& waived : one.waived) std::printf("waived: %s\n", waived.c_str());
  std::fflush(stdout);
}

void print_totals(const char* what, const RoundTotals& totals) {
  std::printf(
      "    %-17s %5zu tables, %5zu cells: %4.1f %% withheld, %4.1f %% by a rule; %5.1f %% of safe "
      "value goes out; the attack over all finds %zu\n",
      what, totals.tables, totals.cells, percent(totals.withheld, totals.cells),
      percent(totals.unsafe, totals.cells), out_of(totals), totals.findings);
}

void print_tiers(const Tiers& tiers) {
  for (const auto& [tier, one] : tiers) {
    std::printf("tier %s: %zu members, %zu corrections; %zu headlines of 3 or more, %zu waived\n",
                std::string(name(tier)).c_str(), one.regions, one.corrections, one.headlines,
                one.forbidden);
    print_totals("as released", one.linked);
    print_totals("each table alone", one.alone);
  }
}

// One in so many of the members whose rows these are, or all.
Tiers run_members(const std::map<std::string, std::string>& texts, std::size_t one_in) {
  Territories members;
  for (const auto& [id, text] : texts) members.members.push_back({id, {id}});
  Tiers tiers;
  std::size_t at = 0;
  for (const auto& [id, text] : texts) {
    const RowsByYear rows(text);
    if (!at_length() && (at++ % one_in != 0 || rows.size() > kSampleRowsMax)) continue;
    members.self = id;
    const RegionResult one = run_rounds(rows, members);
    if (testing::Test::HasFatalFailure()) return tiers;
    for (const std::string& found : one.found) ADD_FAILURE() << found;
    EXPECT_EQ(one.headlines, one.published) << id;
    TierResult& tier = tiers[one.tier];
    ++tier.regions;
    tier.corrections += one.corrections;
    tier.headlines += one.headlines;
    tier.forbidden += one.forbidden;
    tier.linked.add(one.linked);
    tier.alone.add(one.alone);
    if (at_length()) print_region(id, rows, one);
  }
  print_tiers(tiers);
  return tiers;
}

TEST(RoundsTest, NobodyComesTooNearAnAmountOfARegionInTenYears) {
  NEEDS_SHARED("data/countries");
  const auto texts = cut_regions();
  ASSERT_EQ(texts.size(), 220u);
  Tiers tiers = run_members(texts, kSanitized ? 40 : 12);
  // Of the planned amounts that are safe, over the tier. The sample has but the smallest region of
  // tier L, which is far below (53 %); Nuts2Test asks six of them.
  EXPECT_GE(out_of(tiers[Tier::M].linked), 70);
  if (at_length()) {
    EXPECT_GE(out_of(tiers[Tier::L].linked), 90);
  }
  EXPECT_GT(tiers[Tier::M].corrections, 0u);
  if (kSanitized) return;
  for (const Tier tier : {Tier::S, Tier::M, Tier::L}) EXPECT_GT(tiers[tier].linked.tables, 0u);
  // What the links between the tables are there for.
  EXPECT_GT(tiers[Tier::L].alone.findings, 0u);
}

TEST(RoundsTest, NobodyComesTooNearAnAmountOfACountryInTenYears) {
  NEEDS_SHARED("data/countries");
  std::map<std::string, std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(shared_dir() / "data/countries")) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with("cooperations_")) continue;
    texts[file.substr(13, 2)] = text_of(entry.path());
  }
  ASSERT_EQ(texts.size(), 22u);
  const Tiers tiers = run_members(texts, 3);
  EXPECT_FALSE(tiers.empty());
}

}  // namespace
}  // namespace regions
