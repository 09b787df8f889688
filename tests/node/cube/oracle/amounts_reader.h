// Reads rows of amounts before protection. Stands in for the disclosure control that this test
// program does not use.
#pragma once

#include <gtest/gtest.h>

#include <set>

#include "node/cube/cube.h"
#include "tests/node/cube/sql/sql_oracle.h"

namespace regions {

// A row with names for numbers.
struct ReadRow {
  std::string holding;
  std::set<std::string> known_to;  // "actor a", "holding h", "member DE24"
  bool is_public = false;
  int year = 0;
  std::int64_t cents = 0;
  std::vector<std::string> categories;

  auto operator<=>(const ReadRow&) const = default;
};

class AmountControl {
 public:
  static std::vector<ReadRow> rows(const RawAmounts& raw, const Catalogue& catalogue) {
    std::vector<ReadRow> out;
    for (const AmountRow& row : raw.rows_) {
      EXPECT_EQ(raw.parties_.at(row.holding).kind, PartyKind::holding);
      ReadRow read{raw.parties_[row.holding].name, {}, row.is_public, row.year, row.cents, {}};
      for (const PartyId party : row.known_to) read.known_to.insert(named(raw.parties_.at(party)));
      EXPECT_EQ(row.categories.size(), raw.dimensions_.size());
      for (std::size_t d = 0; d < row.categories.size(); ++d) {
        const auto& categories = catalogue.dimension(raw.dimensions_[d])->categories();
        read.categories.push_back(categories.at(row.categories[d]).code);
      }
      out.push_back(std::move(read));
    }
    return out;
  }
  static std::vector<std::string> dimensions(const RawAmounts& raw) { return raw.dimensions_; }
  static std::string indicator(const RawAmounts& raw) { return raw.indicator_; }
  static Digest definition(const RawAmounts& raw) { return raw.definition_; }

 private:
  static std::string named(const Party& party) {
    static constexpr std::string_view kKinds[] = {"holding ", "actor ", "member "};
    return std::string(kKinds[static_cast<std::size_t>(party.kind)]) + party.name;
  }
};

// The rows added up into the cells of one margin; `places`: of its dimensions among those of the
// rows. Cells without an amount are left out.
inline OracleCells added_up(const std::vector<ReadRow>& rows, PeriodKind kind,
                            const std::vector<std::size_t>& places) {
  std::map<std::vector<std::string>, std::map<std::string, std::int64_t>> parts;
  for (const ReadRow& row : rows) {
    if (row.cents == 0) continue;
    std::vector<std::string> at{Period::of(kind, row.year).text()};
    for (const std::size_t place : places) at.push_back(row.categories[place]);
    parts[at][row.holding] += row.cents;
  }
  OracleCells cells;
  for (const auto& [at, holdings] : parts) {
    OracleCell& cell = cells[at];
    for (const auto& [holding, cents] : holdings) {
      cell.cents += cents;
      ++cell.contributors;
      cell.second = std::max(cell.second, std::min(cell.largest, cents));
      cell.largest = std::max(cell.largest, cents);
    }
  }
  return cells;
}

}  // namespace regions
