#include "policies/disclosure/attack/reduction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "policies/disclosure/attack/independent_rows.h"
#include "policies/disclosure/rules/wide.h"

namespace regions {
namespace {

bool less(const LinearRow& a, const LinearRow& b) {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(), [](const LinearTerm& x, const LinearTerm& y) {
        return std::pair(x.column, x.factor) < std::pair(y.column, y.factor);
      });
}

// Cells that move together: a root and a sign each.
class Together {
 public:
  explicit Together(std::size_t cells) : parent_(cells), sign_(cells, 1), still_(cells, 0) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  Reduction::Place root(std::uint32_t cell) {
    int sign = 1;
    while (parent_[cell] != cell) {
      const std::uint32_t up = parent_[cell];
      // Halves the path.
      sign_[cell] *= parent_[up] == up ? 1 : sign_[up];
      parent_[cell] = parent_[up];
      sign *= sign_[cell];
      cell = parent_[cell];
    }
    return {cell, sign};
  }
  bool is_still(std::uint32_t root) const { return still_[root] != 0; }
  void stop(std::uint32_t root) { still_[root] = 1; }
  // `other` moves as `root` does, times `sign`; both are roots.
  void join(std::uint32_t root, std::uint32_t other, int sign) {
    parent_[other] = root;
    sign_[other] = sign;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<int> sign_;
  std::vector<std::uint8_t> still_;
};

// The row over roots: each once, ascending; those that do not move are gone.
LinearRow over_roots(const LinearRow& row, Together& together) {
  LinearRow terms;
  for (const LinearTerm& term : row) {
    const Reduction::Place place = together.root(term.column);
    if (!together.is_still(place.column)) {
      terms.push_back({place.column, term.factor * place.sign});
    }
  }
  std::sort(terms.begin(), terms.end(),
            [](const LinearTerm& a, const LinearTerm& b) { return a.column < b.column; });
  LinearRow made;
  for (const LinearTerm& term : terms) {
    if (!made.empty() && made.back().column == term.column) {
      made.back().factor += term.factor;
    } else {
      made.push_back(term);
    }
    if (made.back().factor == 0) made.pop_back();
  }
  return made;
}

// Whether the row says that cells stand still or move together; it then says nothing more.
bool learn(const LinearRow& row, Together& together) {
  if (row.size() == 1) {
    together.stop(row[0].column);
    return true;
  }
  if (row.size() != 2 || std::abs(row[0].factor) != std::abs(row[1].factor)) return false;
  together.join(row[0].column, row[1].column, row[0].factor == row[1].factor ? -1 : 1);
  return true;
}

std::int64_t divided(Wide sum, std::int64_t factor, bool up) {
  const Wide down = sum / factor - (sum % factor != 0 && (sum < 0) != (factor < 0) ? 1 : 0);
  return static_cast<std::int64_t>(up && sum % factor != 0 ? down + 1 : down);
}

// One row says of each of its columns what the others leave it.
bool narrow_by(const LinearRow& row, std::vector<std::int64_t>& lower,
               std::vector<std::int64_t>& upper) {
  Wide least = 0, most = 0;
  const auto ends = [&](const LinearTerm& term) {
    const auto factor = static_cast<std::int64_t>(term.factor);
    const Wide a = Wide(factor) * lower[term.column], b = Wide(factor) * upper[term.column];
    return factor > 0 ? std::pair(a, b) : std::pair(b, a);
  };
  for (const LinearTerm& term : row) {
    const auto [low, high] = ends(term);
    least += low;
    most += high;
  }
  bool changed = false;
  for (const LinearTerm& term : row) {
    const auto [low, high] = ends(term);
    const auto factor = static_cast<std::int64_t>(term.factor);
    // The term lies between what the others can take away.
    const Wide from = -(most - high), to = -(least - low);
    if (from > low) {
      auto& bound = factor > 0 ? lower[term.column] : upper[term.column];
      bound = divided(from, factor, factor > 0);
      changed = true;
    }
    if (to < high) {
      auto& bound = factor > 0 ? upper[term.column] : lower[term.column];
      bound = divided(to, factor, factor < 0);
      changed = true;
    }
    const auto [new_low, new_high] = ends(term);
    least += new_low - low;
    most += new_high - high;
  }
  return changed;
}

}  // namespace

Reduction::Reduction(std::size_t cells, const std::vector<LinearRow>& rows) : places_(cells) {
  Together together(cells);
  rows_ = rows;
  for (bool more = true; more;) {
    more = false;
    std::vector<LinearRow> left;
    for (const LinearRow& row : rows_) {
      LinearRow now = over_roots(row, together);
      if (now.empty()) continue;
      if (learn(now, together)) {
        more = true;
        continue;
      }
      left.push_back(std::move(now));
    }
    rows_ = std::move(left);
  }
  std::vector<std::uint32_t> column(cells, kStill);
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    const Place place = together.root(cell);
    if (together.is_still(place.column)) {
      places_[cell] = {kStill, 1};
      continue;
    }
    if (column[place.column] == kStill)
      column[place.column] = static_cast<std::uint32_t>(columns_++);
    places_[cell] = {column[place.column], place.sign};
  }
  for (LinearRow& row : rows_) {
    for (LinearTerm& term : row) term.column = column[term.column];
  }
  tidy(rows_);
  independent_ = regions::independent(columns_, rows_);
}

void tidy(std::vector<LinearRow>& rows) {
  for (LinearRow& row : rows) {
    std::sort(row.begin(), row.end(),
              [](const LinearTerm& a, const LinearTerm& b) { return a.column < b.column; });
    if (row.empty() || row.front().factor > 0) continue;
    for (LinearTerm& term : row) term.factor = -term.factor;
  }
  std::sort(rows.begin(), rows.end(), less);
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [](const auto& a, const auto& b) { return !less(a, b) && !less(b, a); }),
             rows.end());
}

void narrow(const std::vector<LinearRow>& rows, std::vector<std::int64_t>& lower,
            std::vector<std::int64_t>& upper) {
  // Most is said in the first few; the rest would be for a cell or two.
  constexpr int kRoundsMax = 20;
  for (int round = 0; round < kRoundsMax; ++round) {
    bool changed = false;
    for (const LinearRow& row : rows) changed = narrow_by(row, lower, upper) || changed;
    if (!changed) return;
  }
}

}  // namespace regions
