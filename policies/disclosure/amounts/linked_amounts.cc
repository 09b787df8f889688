#include "policies/disclosure/amounts/linked_amounts.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/amounts/limits.h"

namespace regions {
namespace {

bool is_within(const Years& part, const Years& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

Years without(const Years& whole, const Years& part) {
  Years rest;
  std::set_difference(whole.begin(), whole.end(), part.begin(), part.end(),
                      std::back_inserter(rest));
  return rest;
}

// The largest of `sets` that `whole` is made of, each year once; they hold its pieces, so that
// nothing is left over.
std::vector<Years> parts_of(const Years& whole, std::vector<Years> sets) {
  std::stable_sort(sets.begin(), sets.end(),
                   [](const Years& a, const Years& b) { return a.size() > b.size(); });
  std::vector<Years> parts;
  Years left = whole;
  for (const Years& one : sets) {
    if (one == whole || !is_within(one, left)) continue;
    left = without(left, one);
    parts.push_back(one);
  }
  return parts;
}

std::string text_of(const Years& years) {
  std::string text;
  for (std::size_t at = 0; at < years.size();) {
    std::size_t last = at;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    if (!text.empty()) text += '+';
    text += std::to_string(years[at]);
    if (last > at) text += '-' + std::to_string(years[last]);
    at = last + 1;
  }
  return text;
}

}  // namespace

std::vector<Years> pieces_of(const std::vector<Years>& sets) {
  std::map<int, std::vector<bool>> membership;
  for (std::size_t at = 0; at < sets.size(); ++at) {
    for (const int year : sets[at]) {
      auto& in = membership[year];
      in.resize(sets.size());
      in[at] = true;
    }
  }
  std::map<std::vector<bool>, Years> pieces;
  for (const auto& [year, in] : membership) pieces[in].push_back(year);
  std::vector<Years> all;
  for (auto& [in, years] : pieces) all.push_back(std::move(years));
  return all;
}

Years years_of(const Period& period) {
  Years years;
  for (int year = period.first_year(); year <= period.last_year(); ++year) years.push_back(year);
  return years;
}

// Every margin that the categories of `margin` add up to, itself too: a dimension is left out, or a
// code list gives way to one of its groupings.
std::vector<Margin> LinkedAmounts::totals_of(const Margin& margin) const {
  std::vector<Margin> all{{}};
  for (const std::size_t dimension : margin) {
    std::vector<std::size_t> coarser{dimension};
    for (std::size_t other = 0; other < dimensions_.size(); ++other) {
      const bool is_in = std::find(margin.begin(), margin.end(), other) != margin.end();
      if (!is_in && groups(other, dimension)) coarser.push_back(other);
    }
    const std::size_t before = all.size();
    for (std::size_t at = 0; at < before; ++at) {
      for (const std::size_t one : coarser) {
        all.push_back(all[at]);
        all.back().push_back(one);
      }
    }
  }
  for (Margin& one : all) std::sort(one.begin(), one.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool LinkedAmounts::groups(std::size_t coarse, std::size_t fine) const {
  const Dimension& list = *dimensions_[fine];
  return coarse != fine && list.id() == regions::name(list.attribute()) &&
         dimensions_[coarse]->attribute() == list.attribute();
}

Result<LinkedAmounts> LinkedAmounts::make(std::vector<const Dimension*> dimensions,
                                          const std::vector<MarginOfPeriod>& shown,
                                          const std::vector<std::pair<Margin, Years>>& hidden) {
  LinkedAmounts made;
  made.dimensions_ = std::move(dimensions);
  for (const auto& [of, years] : hidden) {
    for (Margin& margin : made.totals_of(of)) {
      TRY_VOID(made.add_block(std::move(margin), years, std::nullopt));
    }
  }
  for (const MarginOfPeriod& one : shown) {
    for (Margin& margin : made.totals_of(one.margin)) {
      const bool is_shown = margin == one.margin;
      TRY_VOID(made.add_block(std::move(margin), years_of(one.period),
                              is_shown ? std::optional(one.period) : std::nullopt));
    }
  }
  TRY_VOID(made.add_pieces());
  for (const Block& block : made.blocks_) {
    made.add_sums(block);
    made.add_nesting(block);
  }
  for (const auto& [margin, of] : made.at_) made.add_periods(margin);
  return made;
}

Result<void> LinkedAmounts::add_block(Margin margin, Years years, std::optional<Period> period) {
  auto& of = at_[margin];
  if (const auto known = of.find(years); known != of.end()) {
    if (period) blocks_[known->second].period = period;
    return {};
  }
  Block block{std::move(years), std::move(margin), static_cast<CellId>(size_), 1, period};
  std::size_t cells = 1;
  for (const std::size_t dimension : block.margin) {
    cells *= dimensions_[dimension]->categories().size();
    if (size_ + cells > kLinkedCellsMax) {
      return fail(Errc::too_large, "more than " + std::to_string(kLinkedCellsMax) +
                                       " linked cells; plan fewer or coarser tables of amounts");
    }
  }
  block.size = static_cast<CellId>(cells);
  size_ += cells;
  of.emplace(block.years, blocks_.size());
  for (const int year : block.years) of_year_[year].push_back(blocks_.size());
  blocks_.push_back(std::move(block));
  return {};
}

// The periods that cut a margin into pieces: its own and, of two and more dimensions, those of its
// totals too. A by B of a window, A by year and B by year run in a circle, in which the years of
// A by B say more than the window. Of one dimension they would say nothing more.
std::vector<Years> LinkedAmounts::periods_of(const Margin& margin) const {
  std::vector<Years> sets;
  for (const Margin& total : margin.size() > 1 ? totals_of(margin) : std::vector<Margin>{margin}) {
    const auto of = at_.find(total);
    if (of == at_.end()) continue;
    for (const auto& [years, block] : of->second) sets.push_back(years);
  }
  return sets;
}

// Of a margin, as far as it is in play.
Result<void> LinkedAmounts::add_pieces_of(const Margin& margin) {
  std::set<int> years;
  for (const auto& [of, block] : at_[margin]) years.insert(of.begin(), of.end());
  for (const Years& piece : pieces_of(periods_of(margin))) {
    if (!years.contains(piece.front())) continue;
    for (const Margin& total : totals_of(margin)) {
      TRY_VOID(add_block(total, piece, std::nullopt));
    }
  }
  return {};
}

// The pieces of one are periods in play for its totals, and those for others that are finer.
Result<void> LinkedAmounts::add_pieces() {
  std::vector<Margin> margins;
  for (const auto& [margin, of] : at_) margins.push_back(margin);
  std::stable_sort(margins.begin(), margins.end(),
                   [](const Margin& a, const Margin& b) { return a.size() > b.size(); });
  for (std::size_t before = 0; before != blocks_.size();) {
    before = blocks_.size();
    for (const Margin& margin : margins) TRY_VOID(add_pieces_of(margin));
  }
  return {};
}

void LinkedAmounts::add_sums(const Block& block) {
  CellId stride = block.size;
  for (std::size_t at = 0; at < block.margin.size(); ++at) {
    const auto size = static_cast<CellId>(dimensions_[block.margin[at]]->categories().size());
    stride /= size;
    Margin over = block.margin;
    over.erase(over.begin() + static_cast<std::ptrdiff_t>(at));
    const Block& total = *find(over, block.years);
    for (CellId cell = 0; cell < total.size; ++cell) {
      // The total's place with the dimension put in again.
      const CellId base = cell / stride * stride * size + cell % stride;
      Equation sum{{total.first + cell, -1}};
      for (CellId category = 0; category < size; ++category) {
        sum.push_back({block.first + base + category * stride, 1});
      }
      equations_.push_back(std::move(sum));
    }
  }
}

// A grouping of a code list beside the list itself: a group is the sum of its codes.
void LinkedAmounts::add_nesting(const Block& block) {
  for (std::size_t at = 0; at < block.margin.size(); ++at) {
    const Dimension& fine = *dimensions_[block.margin[at]];
    for (std::size_t other = 0; other < dimensions_.size(); ++other) {
      const Dimension& coarse = *dimensions_[other];
      if (!groups(other, block.margin[at])) continue;
      Margin grouped = block.margin;
      grouped.erase(grouped.begin() + static_cast<std::ptrdiff_t>(at));
      const auto to = std::lower_bound(grouped.begin(), grouped.end(), other) - grouped.begin();
      grouped.insert(grouped.begin() + to, other);
      const Block* whole = find(grouped, block.years);
      if (whole == nullptr) continue;
      std::vector<Equation> sums(whole->size);
      for (CellId cell = 0; cell < whole->size; ++cell) sums[cell] = {{whole->first + cell, -1}};
      for (CellId cell = 0; cell < block.size; ++cell) {
        std::vector<std::uint32_t> of = categories(block.first + cell);
        const std::string& code = fine.categories()[of[at]].code;
        const std::size_t group =
            of[at] == fine.unknown() ? coarse.unknown() : coarse.category_of(code);
        of.erase(of.begin() + static_cast<std::ptrdiff_t>(at));
        of.insert(of.begin() + to, static_cast<std::uint32_t>(group));
        CellId place = 0;
        for (std::size_t d = 0; d < of.size(); ++d) {
          place = place * static_cast<CellId>(dimensions_[grouped[d]]->categories().size()) + of[d];
        }
        sums[place].push_back({block.first + cell, 1});
      }
      std::move(sums.begin(), sums.end(), std::back_inserter(equations_));
    }
  }
}

void LinkedAmounts::add_periods(const Margin& margin) {
  std::vector<Years> sets;
  for (const auto& [years, block] : at_[margin]) sets.push_back(years);
  for (const Years& whole : sets) {
    const Block& total = *find(margin, whole);
    const std::vector<Years> parts = parts_of(whole, sets);
    for (CellId cell = 0; cell < total.size && !parts.empty(); ++cell) {
      Equation sum{{total.first + cell, -1}};
      for (const Years& part : parts) sum.push_back({find(margin, part)->first + cell, 1});
      equations_.push_back(std::move(sum));
    }
  }
}

const LinkedAmounts::Block* LinkedAmounts::find(const Margin& margin, const Years& years) const {
  const auto of = at_.find(margin);
  if (of == at_.end()) return nullptr;
  const auto found = of->second.find(years);
  return found == of->second.end() ? nullptr : &blocks_[found->second];
}

const LinkedAmounts::Block& LinkedAmounts::block_of(CellId cell) const {
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), cell,
                       [](CellId id, const Block& block) { return id < block.first; });
  return *(after - 1);
}

std::vector<std::uint32_t> LinkedAmounts::categories(CellId cell) const {
  const Block& block = block_of(cell);
  std::vector<std::uint32_t> of(block.margin.size());
  CellId place = cell - block.first;
  for (std::size_t at = of.size(); at-- > 0;) {
    const auto size = static_cast<CellId>(dimensions_[block.margin[at]]->categories().size());
    of[at] = place % size;
    place /= size;
  }
  return of;
}

std::vector<CellId> LinkedAmounts::cells_of(int year,
                                            const std::vector<std::uint32_t>& categories) const {
  std::vector<CellId> cells;
  const auto found = of_year_.find(year);
  if (found == of_year_.end()) return cells;
  for (const std::size_t at : found->second) {
    cells.push_back(cell_of(blocks_[at], categories));
  }
  return cells;
}

CellId LinkedAmounts::cell_of(const Block& block,
                              const std::vector<std::uint32_t>& categories) const {
  CellId place = 0;
  for (const std::size_t d : block.margin) {
    place = place * static_cast<CellId>(dimensions_[d]->categories().size()) + categories[d];
  }
  return block.first + place;
}

std::string LinkedAmounts::name(CellId cell) const {
  const Block& block = block_of(cell);
  std::string text = text_of(block.years);
  const std::vector<std::uint32_t> of = categories(cell);
  for (std::size_t at = 0; at < of.size(); ++at) {
    const Dimension& dimension = *dimensions_[block.margin[at]];
    text += ' ' + dimension.id() + '=' + dimension.categories()[of[at]].code;
  }
  return text;
}

}  // namespace regions
