#include "policies/disclosure/table/cell_table.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/table/limits.h"

namespace regions {
namespace {

// Calls `visit` with every choice of one code per list.
template <class Visit>
void for_each_choice(const std::vector<std::vector<CodeId>>& lists, Visit visit) {
  std::vector<std::size_t> at(lists.size(), 0);
  std::vector<CodeId> codes(lists.size());
  for (const auto& list : lists) {
    if (list.empty()) return;
  }
  for (;;) {
    for (std::size_t k = 0; k < lists.size(); ++k) codes[k] = lists[k][at[k]];
    visit(codes);
    std::size_t k = lists.size();
    while (k > 0 && ++at[k - 1] == lists[k - 1].size()) at[--k] = 0;
    if (k == 0) return;
  }
}

// Of one equation, whatever the order of its parts.
using Key = std::vector<std::pair<CellId, std::int32_t>>;
Key key_of(const Equation& equation) {
  Key key;
  for (const EquationTerm& term : equation) key.emplace_back(term.cell, term.factor);
  std::sort(key.begin(), key.end());
  return key;
}

}  // namespace

Result<CellTable> CellTable::make(std::vector<TableDimension> dimensions,
                                  const std::vector<TableLayout>& layouts) {
  CellTable made;
  made.dimensions_ = std::move(dimensions);
  made.rests_.resize(made.dimensions_.size());
  for (const TableLayout& layout : layouts) made.tables_.push_back(made.close(layout));
  made.own_tables_ = made.tables_.size();
  TRY_VOID(made.derive());
  for (std::size_t at = 0; at < made.tables_.size(); ++at) {
    TRY_VOID(made.add_cells(made.tables_[at]));
    if (at + 1 == made.own_tables_) made.own_cells_ = made.cells_.size();
  }
  for (std::size_t at = 0; at < made.tables_.size(); ++at) {
    made.add_equations(made.tables_[at]);
    if (at + 1 == made.own_tables_) made.own_equations_ = made.equations_.size();
  }
  for (std::size_t at = 0; at < made.own_equations_; ++at) {
    made.cells_[made.equations_[at].front().cell].total = true;
  }
  std::set<Key> seen;
  for (std::size_t at = 0; at < made.own_equations_; ++at) seen.insert(key_of(made.equations_[at]));
  made.keep_derived([&](const Equation& one) { return seen.insert(key_of(one)).second; });
  return made;
}

void CellTable::keep_derived(const std::function<bool(const Equation&)>& keep) {
  const auto begin = equations_.begin() + static_cast<std::ptrdiff_t>(own_equations_);
  equations_.erase(
      std::remove_if(begin, equations_.end(), [&](const Equation& one) { return !keep(one); }),
      equations_.end());
}

CodeId CellTable::rest_id(std::size_t dimension, Rest rest) {
  auto& known = rests_[dimension];
  const auto found = std::find(known.begin(), known.end(), rest);
  const auto id = dimensions_[dimension].size() + static_cast<std::size_t>(found - known.begin());
  if (found == known.end()) known.push_back(std::move(rest));
  return static_cast<CodeId>(id);
}

CellTable::Closed CellTable::close(const TableLayout& layout) {
  Closed table;
  table.shown = layout.codes;
  for (std::size_t k = 0; k < dimensions_.size(); ++k) {
    const TableDimension& dimension = dimensions_[k];
    std::vector<bool> needed(dimension.size(), false);
    for (CodeId code = 0; code < dimension.size(); ++code) {
      if (!layout.codes[k][code]) continue;
      for (const CodeId above : dimension.above(code)) needed[above] = true;
    }
    table.needed.push_back(needed);
    auto sums = dimension.sums_of(needed);
    std::vector<CodeId> codes;
    for (CodeId code = 0; code < dimension.size(); ++code) {
      if (needed[code]) codes.push_back(code);
    }
    for (TableDimension::Sum& sum : sums.sums) {
      if (sum.parts.back() < dimension.size()) continue;
      Rest rest{{sum.total}, {sum.parts.begin(), sum.parts.end() - 1}};
      std::sort(rest.parts.begin(), rest.parts.end());
      sum.parts.back() = rest_id(k, std::move(rest));
      if (std::find(codes.begin(), codes.end(), sum.parts.back()) == codes.end()) {
        codes.push_back(sum.parts.back());
      }
    }
    table.codes.push_back(std::move(codes));
    table.sums.push_back(std::move(sums.sums));
  }
  return table;
}

std::uint64_t CellTable::key(const std::vector<CodeId>& codes) const {
  std::uint64_t key = 0;
  for (std::size_t k = 0; k < codes.size(); ++k) {
    key = key * (dimensions_[k].size() + rests_[k].size()) + codes[k];
  }
  return key;
}

Result<void> CellTable::add_cells(const Closed& table) {
  double count = 1, all = 1;
  for (std::size_t k = 0; k < dimensions_.size(); ++k) {
    count *= static_cast<double>(table.codes[k].size());
    all *= static_cast<double>(dimensions_[k].size() + rests_[k].size());
  }
  // 2^63: the keys of cells.
  if (count + static_cast<double>(cells_.size()) > kTableCellsMax || all > 9.2e18) {
    return fail(Errc::too_large, "more than " + std::to_string(kTableCellsMax) +
                                     " cells with their totals; name the tables to publish with "
                                     "[[table]], or coarser hierarchies");
  }
  for_each_choice(table.codes, [&](const std::vector<CodeId>& codes) {
    const auto [found, fresh] = ids_.emplace(key(codes), static_cast<CellId>(cells_.size()));
    if (fresh) {
      cells_.emplace_back();
      cells_.back().codes = codes;
    }
    bool shown = true;
    for (std::size_t k = 0; k < codes.size(); ++k) {
      shown = shown && codes[k] < dimensions_[k].size() && table.shown[k][codes[k]];
    }
    if (shown) cells_[found->second].shown = true;
  });
  return {};
}

void CellTable::add_equations(const Closed& table) {
  for (std::size_t k = 0; k < dimensions_.size(); ++k) {
    for (const TableDimension::Sum& sum : table.sums[k]) {
      auto lists = table.codes;
      lists[k] = {sum.total};
      for_each_choice(lists, [&](std::vector<CodeId> codes) {
        Equation equation{{ids_.at(key(codes)), -1}};
        for (const CodeId part : sum.parts) {
          codes[k] = part;
          equation.push_back({ids_.at(key(codes)), 1});
        }
        equations_.push_back(std::move(equation));
      });
    }
  }
}

std::optional<CellId> CellTable::find(const std::vector<CodeId>& codes) const {
  const auto found = ids_.find(key(codes));
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

bool CellTable::counts_for(std::size_t dimension, CodeId record, CodeId code) const {
  const TableDimension& here = dimensions_[dimension];
  const auto& above = here.above(record);
  const auto holds = [&](CodeId whole) {
    return std::binary_search(above.begin(), above.end(), whole);
  };
  if (code < here.size()) return holds(code);
  const Rest& rest = rests_[dimension][code - here.size()];
  return std::all_of(rest.wholes.begin(), rest.wholes.end(), holds) &&
         std::none_of(rest.parts.begin(), rest.parts.end(), holds);
}

std::vector<CellId> CellTable::cells_of(const std::vector<CodeId>& codes) const {
  std::vector<CellId> found;
  for (const Closed& table : tables_) {
    std::vector<std::vector<CodeId>> lists(codes.size());
    for (std::size_t k = 0; k < codes.size(); ++k) {
      for (const CodeId code : table.codes[k]) {
        if (counts_for(k, codes[k], code)) lists[k].push_back(code);
      }
    }
    for_each_choice(
        lists, [&](const std::vector<CodeId>& choice) { found.push_back(ids_.at(key(choice))); });
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string CellTable::code(std::size_t dimension, CodeId code) const {
  const TableDimension& here = dimensions_[dimension];
  if (code < here.size()) return here.code(code);
  const Rest& rest = rests_[dimension][code - here.size()];
  std::string text = rest.wholes.size() == 1 ? "rest of " : "piece of ";
  for (const CodeId whole : rest.wholes) {
    text += (whole == rest.wholes.front() ? "" : " and ") + here.code(whole);
  }
  return text;
}

std::string CellTable::name(CellId cell) const {
  std::string text;
  for (std::size_t k = 0; k < dimensions_.size(); ++k) {
    text += (k == 0 ? "" : ", ") + dimensions_[k].name() + "=" + code(k, cells_[cell].codes[k]);
  }
  return text;
}

}  // namespace regions
