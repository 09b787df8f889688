#include "policies/disclosure/amounts/contents.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/amounts/limits.h"
#include "policies/disclosure/rules/contributions.h"

namespace regions {
namespace {

using RowId = std::uint32_t;

bool is_whole(const LinkedAmounts& linked, const AmountRow& row) {
  if (row.cents < 0 || row.categories.size() != linked.dimensions().size()) return false;
  for (std::size_t d = 0; d < row.categories.size(); ++d) {
    if (row.categories[d] >= linked.dimensions()[d]->categories().size()) return false;
  }
  return true;
}

std::vector<HoldingPart> descending(const std::map<PartyId, std::int64_t>& by_holding) {
  std::vector<HoldingPart> parts;
  for (const auto& [holding, cents] : by_holding) parts.push_back({holding, cents});
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.cents > b.cents; });
  return parts;
}

Knower knower_of(const LinkedAmounts& linked, const std::vector<AmountRow>& rows,
                 std::vector<PartyId> parties, const std::vector<RowId>& known) {
  std::map<CellId, std::map<PartyId, std::int64_t>> cells;
  for (const RowId id : known) {
    const AmountRow& row = rows[id];
    for (const CellId cell : linked.cells_of(row.year, row.categories)) {
      cells[cell][row.holding] += row.cents;
    }
  }
  Knower knower{std::move(parties), {}};
  for (const auto& [cell, by_holding] : cells) {
    Knower::Cell one{cell, 0, {}};
    for (const auto& [holding, cents] : by_holding) {
      one.own += cents;
      one.parts.push_back({holding, cents});
    }
    knower.cells.push_back(std::move(one));
  }
  return knower;
}

// Who knows which rows, parties of the same rows together.
struct SameRows {
  std::vector<PartyId> parties;
  std::vector<RowId> rows;
};

std::vector<SameRows> known_rows(const LinkedAmounts& linked, const std::vector<AmountRow>& rows,
                                 std::size_t parties) {
  std::vector<std::vector<RowId>> known(parties);
  for (RowId id = 0; id < rows.size(); ++id) {
    const AmountRow& row = rows[id];
    if (row.is_public || row.cents == 0 || linked.cells_of(row.year, row.categories).empty()) {
      continue;
    }
    known[row.holding].push_back(id);
    for (const PartyId party : row.known_to) {
      if (known[party].empty() || known[party].back() != id) known[party].push_back(id);
    }
  }
  std::map<std::vector<RowId>, std::size_t> seen;
  std::vector<SameRows> all;
  for (PartyId party = 0; party < parties; ++party) {
    if (known[party].empty()) continue;
    const auto [at, is_new] = seen.emplace(known[party], all.size());
    if (is_new) all.push_back({{}, std::move(known[party])});
    all[at->second].parties.push_back(party);
  }
  return all;
}

class Coalitions {
 public:
  Coalitions(const LinkedAmounts& linked, const std::vector<AmountRow>& rows,
             const std::vector<SameRows>& members, std::uint32_t most)
      : linked_(linked), rows_(rows), members_(members), most_(most) {}

  Result<std::vector<Knower>> all() {
    TRY_VOID(extend(0, {}, {}, 0));
    return std::move(found_);
  }

 private:
  Result<void> extend(std::size_t from, const std::vector<PartyId>& parties,
                      const std::vector<RowId>& known, std::uint32_t size) {
    if (size == most_) return {};
    for (std::size_t at = from; at < members_.size(); ++at) {
      if (found_.size() == kKnowersMax) {
        return fail(Errc::too_large,
                    "more than " + std::to_string(kKnowersMax) +
                        " coalitions of observers; set a smaller coalition in the rules, or plan "
                        "fewer tables of amounts");
      }
      std::vector<PartyId> together = parties;
      together.insert(together.end(), members_[at].parties.begin(), members_[at].parties.end());
      std::sort(together.begin(), together.end());
      std::vector<RowId> rows;
      std::set_union(known.begin(), known.end(), members_[at].rows.begin(), members_[at].rows.end(),
                     std::back_inserter(rows));
      found_.push_back(knower_of(linked_, rows_, together, rows));
      TRY_VOID(extend(at + 1, together, rows, size + 1));
    }
    return {};
  }

  const LinkedAmounts& linked_;
  const std::vector<AmountRow>& rows_;
  const std::vector<SameRows>& members_;
  const std::uint32_t most_;
  std::vector<Knower> found_;
};

}  // namespace

Result<std::vector<CellContent>> fill_contents(const LinkedAmounts& linked,
                                               const std::vector<AmountRow>& rows) {
  std::vector<CellContent> contents(linked.size());
  std::vector<std::map<PartyId, std::int64_t>> open(linked.size()), all(linked.size());
  for (const AmountRow& row : rows) {
    if (!is_whole(linked, row)) {
      return fail(Errc::corrupt, "a row of amounts that no cell has a place for");
    }
    for (const CellId cell : linked.cells_of(row.year, row.categories)) {
      CellContent& content = contents[cell];
      content.anybody = true;
      if (row.cents == 0) continue;
      content.sum += row.cents;
      if (row.cents > Contributions::kAmountMax || content.sum > Contributions::kAmountMax) {
        return fail(Errc::too_large, "amounts of more than 2^52 cents in " + linked.name(cell));
      }
      all[cell][row.holding] += row.cents;
      if (row.is_public) continue;
      content.open += row.cents;
      open[cell][row.holding] += row.cents;
    }
  }
  for (CellId cell = 0; cell < contents.size(); ++cell) {
    contents[cell].contributors = static_cast<std::int64_t>(all[cell].size());
    contents[cell].parts = descending(open[cell]);
  }
  return contents;
}

const Knower::Cell* Knower::find(CellId cell) const {
  const auto at = std::lower_bound(cells.begin(), cells.end(), cell,
                                   [](const Cell& one, CellId id) { return one.cell < id; });
  return at != cells.end() && at->cell == cell ? &*at : nullptr;
}

Result<std::vector<Knower>> find_knowers(const LinkedAmounts& linked,
                                         const std::vector<AmountRow>& rows, std::size_t parties,
                                         std::uint32_t coalition) {
  const std::vector<SameRows> members = known_rows(linked, rows, parties);
  return Coalitions(linked, rows, members, coalition).all();
}

}  // namespace regions
