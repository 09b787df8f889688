#include "policies/disclosure/attack/open_sums.h"

#include <algorithm>
#include <set>
#include <string>

namespace regions {
namespace {

// Cells that are withheld and follow from no equation alone.
Pattern unknowns(const CellSystem& system, const Pattern& withheld) {
  Pattern unknown = withheld;
  for (bool more = true; more;) {
    more = false;
    for (const Equation& equation : system.equations) {
      const EquationTerm* only = nullptr;
      std::size_t open = 0;
      for (const EquationTerm& term : equation) {
        if (!unknown[term.cell]) continue;
        only = &term;
        ++open;
      }
      if (open != 1) continue;
      unknown[only->cell] = 0;
      more = true;
    }
  }
  return unknown;
}

class OpenSums {
 public:
  OpenSums(const CellSystem& system, const Pattern& withheld, std::size_t most, int depth)
      : system_(system),
        unknown_(unknowns(system, withheld)),
        most_(most),
        depth_(depth),
        parts_(system.size()) {
    for (std::uint32_t at = 0; at < system.equations.size(); ++at) {
      parts_[system.equations[at].front().cell].push_back(at);
    }
    find_told();
  }

  Result<std::vector<std::vector<CellId>>> all() {
    for (const Equation& equation : system_.equations) {
      if (unknown_[equation.front().cell]) continue;
      std::vector<CellId> sum;
      for (const EquationTerm& term : equation) {
        if (unknown_[term.cell]) sum.push_back(term.cell);
      }
      add(std::move(sum), 0);
    }
    if (found_.size() > most_) {
      return fail(Errc::too_large, "more than " + std::to_string(most_) +
                                       " sums are left open; publish fewer or coarser tables");
    }
    return std::vector<std::vector<CellId>>(found_.begin(), found_.end());
  }

 private:
  // Wholes of which something is known, be it a part of a part.
  void find_told() {
    told_.assign(system_.size(), 0);
    for (bool more = true; more;) {
      more = false;
      for (const Equation& equation : system_.equations) {
        const CellId whole = equation.front().cell;
        if (told_[whole]) continue;
        for (const EquationTerm& term : equation) {
          if (term.cell == whole || (unknown_[term.cell] && !told_[term.cell])) continue;
          told_[whole] = 1;
          more = true;
        }
      }
    }
  }

  // A part of which some parts are known, directly or further down, leaves the sum of the others.
  void add(std::vector<CellId> sum, int depth) {
    std::sort(sum.begin(), sum.end());
    if (sum.size() < 2 || found_.size() > most_ || !found_.insert(sum).second) return;
    if (depth == depth_) return;
    for (const CellId whole : sum) {
      for (const std::uint32_t at : parts_[whole]) {
        std::vector<CellId> next;
        bool some_known = false;
        for (const EquationTerm& term : system_.equations[at]) {
          if (term.cell == whole) continue;
          if (unknown_[term.cell]) next.push_back(term.cell);
          some_known = some_known || !unknown_[term.cell] || told_[term.cell];
        }
        if (!some_known) continue;
        for (const CellId cell : sum) {
          if (cell != whole) next.push_back(cell);
        }
        std::sort(next.begin(), next.end());
        const bool twice = std::adjacent_find(next.begin(), next.end()) != next.end();
        if (!twice) add(std::move(next), depth + 1);
      }
    }
  }

  const CellSystem& system_;
  const Pattern unknown_;
  const std::size_t most_;
  const int depth_;
  std::vector<std::vector<std::uint32_t>> parts_;  // equations of which the cell is the total
  std::vector<std::uint8_t> told_;
  std::set<std::vector<CellId>> found_;
};

}  // namespace

Result<std::vector<std::vector<CellId>>> open_sums(const CellSystem& system,
                                                   const Pattern& withheld, std::size_t most,
                                                   int depth) {
  return OpenSums(system, withheld, most, depth).all();
}

}  // namespace regions
