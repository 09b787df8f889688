// The sample has nothing that import would reject, some dirt, and every tier.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "ops/sample/assumptions.h"
#include "ops/sample/files.h"
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/nace.h"
#include "policies/catalogue/nuts.h"
#include "tests/ops/sample/rows.h"
#include "tests/support/shared.h"

namespace regions::sample {
namespace {

using Files = std::map<std::string, std::string>;

Files make(std::uint64_t seed) {
  const Draw draw(seed);
  return make_files(make_population(draw), draw);
}

const Files& files() {
  static const Files made = make(20261122);
  return made;
}

std::string file(std::string_view what, std::string_view region) {
  return files().at(std::string(what) + '_' + std::string(region) + ".csv");
}

constexpr std::string_view kOwn = "cooperations";
constexpr std::string_view kPartner = "cooperations_with_actor_in";
constexpr std::string_view kOrganisations = "organisations";

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_date_or_na(std::string_view text) {
  if (text == "NA") return true;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string_view year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8);
  return digits(year) && digits(month) && digits(day) && "2014" <= year && year <= "2023" &&
         "01" <= month && month <= "12" && "01" <= day && day <= "31";
}

bool is_amount_or_empty(std::string_view text) {
  if (text.empty()) return true;
  return text.size() > 3 && text[text.size() - 3] == '.' && digits(text.substr(text.size() - 2)) &&
         digits(text.substr(0, text.size() - 3));
}

bool active(const Row& row, int year) {
  if (row.at("start") == "NA" || row.at("end") == "NA") return false;
  const std::string of = std::to_string(year);
  return row.at("start").substr(0, 4) <= of && of <= row.at("end").substr(0, 4);
}

TEST(Sample, SameSeedSameFilesAnotherSeedOthers) {
  EXPECT_EQ(make(7), make(7));
  EXPECT_NE(make(7), make(8));
  EXPECT_EQ(files().size(), 24u);
}

TEST(Sample, ColumnsAreThoseOfTheRealData) {
  NEEDS_SHARED("data/regions/cooperations_PT16.csv");
  for (std::string_view what : {kOwn, kPartner, kOrganisations}) {
    std::ifstream in(shared_dir() / "data/regions" / (std::string(what) + "_PT16.csv"));
    std::string columns;
    std::getline(in, columns);
    if (what == kOrganisations) columns += ",nace,size,holding";
    EXPECT_EQ(lines_of(file(what, "PT16"))[0], columns);
  }
}

TEST(Sample, EveryCooperationRowCanBeImported) {
  for (const Region& region : kRegions) {
    for (std::string_view what : {kOwn, kPartner}) {
      std::set<std::string> ids;
      for (const Row& row : rows_of(file(what, region.nuts))) {
        ASSERT_FALSE(row.contains("broken")) << row.at("broken");
        EXPECT_TRUE(ids.insert(row.at("coop_id")).second) << row.at("coop_id");
        EXPECT_EQ(row.at("coop_id"),
                  row.at("project_id") + ':' + row.at("sme_id") + ':' + row.at("actor_id"));
        EXPECT_TRUE(is_date_or_na(row.at("start"))) << row.at("start");
        EXPECT_TRUE(is_date_or_na(row.at("end"))) << row.at("end");
        if (row.at("start") != "NA" && row.at("end") != "NA") {
          EXPECT_LE(row.at("start"), row.at("end"));
        }
        EXPECT_TRUE(is_amount_or_empty(row.at("amount_eur"))) << row.at("amount_eur");
        EXPECT_TRUE(is_amount_or_empty(row.at("amount_share_eur")));
        const std::string& technology = row.at("technology_derived");
        EXPECT_TRUE(technology.empty() || Catalogue::builtin().technologies().contains(technology));
        for (const char* place : {"sme_nuts", "actor_nuts"}) {
          const std::string& nuts = row.at(place);
          EXPECT_TRUE(nuts.empty() || NutsCodes::version_2021().contains(nuts)) << nuts;
        }
      }
    }
  }
}

TEST(Sample, EveryOrganisationRowCanBeImported) {
  for (const Region& region : kRegions) {
    std::set<std::string> ids;
    for (const Row& row : rows_of(file(kOrganisations, region.nuts))) {
      ASSERT_FALSE(row.contains("broken")) << row.at("broken");
      EXPECT_TRUE(ids.insert(row.at("org_id")).second);
      const std::string& nuts = row.at("nuts");
      EXPECT_TRUE(nuts.empty() || is_within(nuts, region.nuts) || is_within(region.nuts, nuts));
      EXPECT_TRUE(row.at("nace").empty() || NaceCodes::rev2().contains(row.at("nace")));
      EXPECT_TRUE(row.at("size").empty() || Catalogue::builtin().sizes().contains(row.at("size")));
      if (row.at("kind") == "SME") {
        EXPECT_NE(row.at("size"), "large");
      }
    }
  }
}

TEST(Sample, OwnRowsAreAtHomeAndPartnerRowsElsewhere) {
  for (const Region& region : kRegions) {
    for (const Row& row : rows_of(file(kOwn, region.nuts))) {
      const std::string& nuts = row.at("sme_nuts");
      EXPECT_TRUE(nuts.empty() || is_within(nuts, region.nuts) || is_within(region.nuts, nuts));
    }
    for (const Row& row : rows_of(file(kPartner, region.nuts))) {
      EXPECT_FALSE(is_within(row.at("sme_nuts"), region.nuts));
      EXPECT_TRUE(is_within(row.at("actor_nuts"), region.nuts));
    }
  }
}

TEST(Sample, RowAtTheActorsNodeIsTheRowAtTheFirmsNode) {
  std::map<std::string, std::string> own;
  for (const Region& region : kRegions) {
    for (const std::string& line : lines_of(file(kOwn, region.nuts))) {
      own[line.substr(0, line.find(','))] = line;
    }
  }
  std::size_t both = 0;
  for (const Region& region : kRegions) {
    const auto lines = lines_of(file(kPartner, region.nuts));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto found = own.find(lines[i].substr(0, lines[i].find(',')));
      if (found == own.end()) continue;  // the firm is in none of the eight
      EXPECT_EQ(found->second, lines[i]);
      ++both;
    }
  }
  EXPECT_GT(both, 100u);
}

TEST(Sample, EveryTierOccurs) {
  int small = 0, medium = 0, large = 0;
  for (const Region& region : kRegions) {
    std::set<std::string> firms;
    for (const Row& row : rows_of(file(kOwn, region.nuts))) {
      for (int year : {2018, 2019, 2020}) {
        if (active(row, year)) firms.insert(row.at("sme_id"));
      }
    }
    ++(firms.size() < 10 ? small : firms.size() < 40 ? medium : large);
  }
  EXPECT_GE(small, 1);
  EXPECT_GE(medium, 3);
  EXPECT_GE(large, 2);
}

TEST(Sample, SmeCoopHasSomethingToCountAndSomethingToWithhold) {
  const Catalogue& catalogue = Catalogue::builtin();
  const Indicator& sme = *catalogue.find("SME-COOP");
  int published = 0, withheld = 0;
  for (const Region& region : kRegions) {
    std::map<std::string, Row> known;
    for (Row& row : rows_of(file(kOrganisations, region.nuts))) known[row["org_id"]] = row;
    for (int year = 2014; year <= kLastYear; ++year) {
      std::set<std::string> firms;
      for (const Row& row : rows_of(file(kOwn, region.nuts))) {
        const auto firm = known.find(row.at("sme_id"));
        if (firm != known.end() && active(row, year) &&
            catalogue.admits(sme, Attribute::nace, firm->second.at("nace")) &&
            catalogue.admits(sme, Attribute::size, firm->second.at("size")) &&
            catalogue.admits(sme, Attribute::technology, row.at("technology_derived"))) {
          firms.insert(row.at("sme_id"));
        }
      }
      ++(firms.size() < 3 ? withheld : published);
    }
  }
  EXPECT_GE(published, 20);
  EXPECT_GE(withheld, 20);
}

TEST(Sample, KeepsTheDirtOfRealData) {
  std::map<std::string, int> seen;
  for (const Region& region : kRegions) {
    for (const Row& row : rows_of(file(kOwn, region.nuts))) {
      seen["undated"] += row.at("start") == "NA" || row.at("end") == "NA";
      seen["no amount"] += row.at("amount_eur").empty();
      seen["firm without place"] += row.at("sme_nuts").empty();
      seen["actor without place"] += row.at("actor_nuts").empty();
      seen["place too coarse"] += row.at("sme_nuts").size() == 3;
      seen["no technology"] += row.at("technology_derived").empty();
      seen["Namibia"] += row.at("actor_country") == "NA";
    }
    for (const Row& row : rows_of(file(kOrganisations, region.nuts))) {
      const std::string& name = row.at("name");
      seen["comma or quote"] += name.find_first_of(",\"") != std::string::npos;
      seen["not ASCII"] += std::any_of(name.begin(), name.end(), [](char c) { return c < 0; });
      seen["default code"] += row.at("nuts3_reported") == "DED21";
      seen["no NACE"] += row.at("nace").empty() && row.at("activity_type") == "PRC";
      seen["holding"] += !row.at("holding").empty();
    }
  }
  for (const auto& [what, count] : seen) EXPECT_GT(count, 0) << what;
}

}  // namespace
}  // namespace regions::sample
