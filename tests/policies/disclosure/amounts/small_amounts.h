// Rows of amounts in few words, and the tables of a plan over them. Stands in for the cube, the
// only maker of raw amounts, which this test program does not link.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "policies/disclosure/amounts/amount_control.h"
#include "tests/support/seeded_random.h"

namespace regions {

class CubeBuilder {
 public:
  static RawAmounts amounts(std::vector<std::string> dimensions, std::vector<Party> parties,
                            std::vector<AmountRow> rows) {
    return RawAmounts("COOP-FUND-EUR", Digest{{1, 2, 3}}, std::move(dimensions), std::move(parties),
                      std::move(rows));
  }
};

// In EUR.
inline constexpr std::int64_t kEur = 100;

class SmallAmounts {
 public:
  explicit SmallAmounts(std::vector<std::string> dimensions = {}) : dimensions_(dimensions) {
    for (const std::string& id : dimensions_) by_.push_back(Catalogue::builtin().dimension(id));
  }

  // `codes`: one per dimension, "" is _U. `actor` and `member`: who else knows the row; "": nobody.
  SmallAmounts& row(const std::string& holding, int year, std::int64_t eur,
                    const std::vector<std::string>& codes = {}, const std::string& actor = "",
                    const std::string& member = "") {
    AmountRow row;
    row.holding = party(PartyKind::holding, holding);
    row.year = year;
    row.cents = eur * kEur;
    for (std::size_t d = 0; d < by_.size(); ++d) {
      row.categories.push_back(static_cast<std::uint32_t>(category(*by_[d], codes.at(d))));
    }
    if (!actor.empty()) row.known_to.push_back(party(PartyKind::actor, actor));
    if (!member.empty()) row.known_to.push_back(party(PartyKind::member, member));
    rows.push_back(row);
    return *this;
  }
  SmallAmounts& make_public() {
    rows.back().is_public = true;
    return *this;
  }
  // Holdings of equal amounts, named after `name`.
  SmallAmounts& many(const std::string& name, int count, int year, std::int64_t eur,
                     const std::vector<std::string>& codes = {}) {
    for (int at = 0; at < count; ++at) row(name + std::to_string(at), year, eur, codes);
    return *this;
  }

  RawAmounts raw() const { return CubeBuilder::amounts(dimensions_, parties, rows); }

  std::vector<AmountRow> rows;
  std::vector<Party> parties;

 private:
  PartyId party(PartyKind kind, const std::string& name) {
    for (PartyId at = 0; at < parties.size(); ++at) {
      if (parties[at] == Party{kind, name}) return at;
    }
    parties.push_back({kind, name});
    return static_cast<PartyId>(parties.size() - 1);
  }
  // A category's own code, or one of the list.
  static std::size_t category(const Dimension& dimension, const std::string& code) {
    for (std::size_t at = 0; at < dimension.categories().size(); ++at) {
      if (dimension.categories()[at].code == code) return at;
    }
    return dimension.category_of(code);
  }

  std::vector<std::string> dimensions_;
  std::vector<const Dimension*> by_;
};

inline PlannedTable amount_table(PeriodKind period, std::vector<std::string> by = {}) {
  PlannedTable table;
  table.id = by.empty() ? "total" : by.front();
  table.indicators = {"COOP-FUND-EUR"};
  table.period = period;
  table.by = std::move(by);
  table.method = Method::rounded;
  table.tiers = {Tier::L};
  return table;
}

// The tables that the plan has for a region of tier M, but for those of the S total.
struct SmallPlan {
  PlannedTable year = amount_table(PeriodKind::year);
  PlannedTable window = amount_table(PeriodKind::window);
  PlannedTable programme = amount_table(PeriodKind::programme);
  PlannedTable window_actor = amount_table(PeriodKind::window, {"actor_group"});
  PlannedTable window_technology = amount_table(PeriodKind::window, {"technology_group"});
  PlannedTable programme_technology = amount_table(PeriodKind::programme, {"technology_group"});
};
inline const SmallPlan kPlan;

inline AmountTable in(const PlannedTable& table, int year) {
  return {&table, Period::of(table.period, year)};
}

inline AmountRequest request(std::vector<AmountTable> tables) {
  static const Bytes key(32, 'k');
  AmountRequest made;
  made.catalogue = &Catalogue::builtin();
  made.tables = std::move(tables);
  made.region_key = key;
  return made;
}

// What comes out after `history`.
inline ProtectedAmounts protect(const SmallAmounts& amounts, std::vector<AmountTable> tables,
                                AmountHistory history = {}) {
  AmountRequest asked = request(std::move(tables));
  asked.history = std::move(history);
  auto made = AmountControl::protect(amounts.raw(), asked);
  EXPECT_TRUE(made) << (made ? "" : made.error().text());
  return std::move(*made);
}

// "2018-2020" or "2018-2020 actor_group=_U": value in EUR, or nothing where it is withheld.
using Figures = std::map<std::string, std::optional<std::int64_t>>;
inline std::string text_of(const AmountCell& cell) {
  std::string text = cell.period;
  for (const auto& [dimension, code] : cell.categories) text += ' ' + dimension + '=' + code;
  return text;
}
inline Figures figures(const ProtectedAmounts& made) {
  Figures all;
  for (const DecidedAmount& one : made.decided) {
    all[text_of(one.cell)] = one.value ? std::optional(*one.value / kEur) : std::nullopt;
  }
  return all;
}

// What the ledger does with an answer.
inline AmountHistory after(AmountHistory history, const ProtectedAmounts& made) {
  history.cells.insert(history.cells.end(), made.decided.begin(), made.decided.end());
  history.intervals = made.intervals;
  return history;
}

}  // namespace regions
