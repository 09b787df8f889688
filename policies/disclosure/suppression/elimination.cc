#include "policies/disclosure/suppression/elimination.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/attack/open_moves.h"

namespace regions {
namespace {

using Sum = OpenMoves::Sum;

// A number from 0 to 1 for every cell and try (splitmix64): equal costs are ordered by it.
double shuffle(CellId cell, std::uint32_t attempt) {
  std::uint64_t x = (std::uint64_t{attempt} << 32 | cell) + 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return static_cast<double>((x ^ (x >> 31)) >> 11) / 9007199254740992.0;
}

// Which guards are kept, and by what.
struct Scope {
  std::vector<std::size_t> guards;  // of the problem, by index
  Pattern withheld;                 // besides primaries, at no cost
  std::int64_t room = 0;            // cells that can move less do not count
};

std::vector<std::size_t> against_outsider(const SuppressionProblem& problem) {
  std::vector<std::size_t> guards;
  for (std::size_t index = 0; index < problem.guards.size(); ++index) {
    if (problem.guards[index].observer == 0) guards.push_back(index);
  }
  return guards;
}

class Elimination {
 public:
  Elimination(const SuppressionProblem& problem, Scope scope, std::uint64_t touched)
      : problem_(problem),
        scope_(std::move(scope)),
        cells_(problem.role.size()),
        moves_(cells_),
        touched_(touched) {
    scope_.withheld.resize(cells_, 0);
    find_unsafe();
    for (CellId cell = 0; cell < cells_; ++cell) {
      if (problem.role[cell] != CellRole::published && has_room(cell)) moves_.free(cell);
    }
    add_sums();
  }

  Result<Pattern> run(std::uint32_t attempt) {
    for (const Equation& equation : problem_.system->equations) {
      LinearRow row;
      for (const EquationTerm& term : equation) row.push_back({term.cell, double(term.factor)});
      TRY_VOID(moves_.set_zero(row));
    }
    Pattern withheld(cells_, 0);
    for (CellId cell = 0; cell < cells_; ++cell) {
      const CellRole role = problem_.role[cell];
      withheld[cell] =
          role == CellRole::primary || (role == CellRole::eligible && scope_.withheld[cell]);
    }
    for (const CellId cell : order(attempt)) {
      const Sum sum = moves_.of(cell);
      if (sum.empty()) continue;
      if (tells(sum)) {
        withheld[cell] = 1;
      } else {
        TRY_VOID(moves_.set_zero(sum));
      }
    }
    return withheld;
  }

  std::uint64_t touched() const { return touched_ + moves_.touched(); }

  // After run(): pairs that move against each other alone.
  Result<std::vector<std::vector<CellId>>> opposite(std::size_t most) const {
    std::map<Sum, std::vector<CellId>, Before> cells;
    std::vector<std::vector<CellId>> pairs;
    for (CellId cell = 0; cell < cells_; ++cell) {
      const Sum& sum = moves_.of(cell);
      if (sum.empty()) continue;
      const auto known = cells.find(times(sum, OpenMoves::kPrime - 1));
      for (std::size_t at = 0; known != cells.end() && at < known->second.size(); ++at) {
        if (pairs.size() == most) {
          return fail(Errc::too_large, "the sums of more than " + std::to_string(most) +
                                           " pairs of cells are told; publish fewer or coarser "
                                           "tables");
        }
        pairs.push_back({known->second[at], cell});
      }
      cells[sum].push_back(cell);
    }
    return pairs;
  }

 private:
  struct Before {
    bool operator()(const Sum& a, const Sum& b) const {
      return std::lexicographical_compare(
          a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
            return std::pair(one.parameter, one.factor) < std::pair(other.parameter, other.factor);
          });
    }
  };

  bool has_room(CellId cell) const {
    const CellSystem& system = *problem_.system;
    return unsafe_[cell] || std::min(system.below[cell], system.above[cell]) >= scope_.room;
  }

  void find_unsafe() {
    unsafe_.resize(cells_);
    for (const std::size_t index : scope_.guards) {
      const Guard& guard = problem_.guards[index];
      if (guard.cells.size() == 1) unsafe_[guard.cells.front()] = true;
    }
  }

  // A sum that must not be known is a column like a cell's, which nobody publishes.
  void add_sums() {
    for (const std::size_t index : scope_.guards) {
      const Guard& guard = problem_.guards[index];
      if (guard.cells.size() == 1) continue;
      moves_.add_sum(guard.cells);
      unsafe_.push_back(true);
    }
  }

  // The dearest first. Costs are about 1 (task/assemble.cc); what differs by less is a tie.
  std::vector<CellId> order(std::uint32_t attempt) const {
    constexpr double kTie = 1e-5;
    std::vector<double> key = problem_.cost;
    std::vector<CellId> cells;
    for (CellId cell = 0; cell < cells_; ++cell) {
      if (problem_.role[cell] == CellRole::eligible && !scope_.withheld[cell])
        cells.push_back(cell);
      if (attempt > 0) key[cell] += kTie * shuffle(cell, attempt);
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [&](CellId a, CellId b) { return key[a] > key[b]; });
    return cells;
  }

  // Whether an unsafe cell is known once this sum is.
  bool tells(const Sum& sum) const {
    for (const std::uint32_t cell : moves_.users(sum.front().parameter)) {
      if (unsafe_[cell] && !moves_.of(cell).empty() && proportional(moves_.of(cell), sum)) {
        return true;
      }
    }
    return false;
  }

  const SuppressionProblem& problem_;
  Scope scope_;
  std::size_t cells_;
  OpenMoves moves_;           // of the cells, then of the guards of several
  std::vector<bool> unsafe_;  // the same columns
  std::uint64_t touched_;     // terms so far, over all tries
};

}  // namespace

Result<Pattern> eliminate(const SuppressionProblem& problem, std::uint32_t tries_max) {
  const Scope all{against_outsider(problem), {}};
  Elimination first(problem, all, 0);
  TRY(Pattern best, first.run(0));
  std::uint64_t touched = first.touched();
  for (std::uint32_t attempt = 1; attempt < tries_max; ++attempt) {
    if (touched > kEliminationTouchedMax) break;
    Elimination next(problem, all, touched);
    TRY(Pattern other, next.run(attempt));
    touched = next.touched();
    if (cost_of(problem, other) < cost_of(problem, best)) best = std::move(other);
  }
  return best;
}

Result<Pattern> eliminate_by_level(const SuppressionProblem& problem, Pattern withheld,
                                   std::vector<std::size_t> guards, std::int64_t parts) {
  std::erase_if(guards, [&](std::size_t index) { return problem.guards[index].observer != 0; });
  const auto level = [&](std::size_t index) { return farthest(problem.guards[index]); };
  std::stable_sort(guards.begin(), guards.end(),
                   [&](std::size_t a, std::size_t b) { return level(a) > level(b); });
  for (auto from = guards.begin(); from != guards.end();) {
    const std::int64_t most = level(*from);
    const auto to = std::find_if(from, guards.end(),
                                 [&](std::size_t index) { return level(index) <= most / 2; });
    Elimination one(problem, {{from, to}, std::move(withheld), most / parts}, 0);
    TRY(withheld, one.run(0));
    from = to;
  }
  return withheld;
}

Result<std::vector<std::vector<CellId>>> told_pairs(const CellSystem& system,
                                                    const Pattern& withheld, std::size_t most) {
  SuppressionProblem problem;
  problem.system = &system;
  for (const std::uint8_t mark : withheld) {
    problem.role.push_back(mark ? CellRole::primary : CellRole::published);
  }
  problem.cost.resize(withheld.size());
  Elimination all(problem, {}, 0);
  TRY_VOID(all.run(0));
  return all.opposite(most);
}

}  // namespace regions
