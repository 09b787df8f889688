#include "policies/disclosure/suppression/elimination.h"

#include <algorithm>
#include <map>

namespace regions {
namespace {

constexpr std::uint64_t kPrime = 2'147'483'647;  // 2^31 - 1

std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a * b % kPrime; }

std::uint64_t inverse(std::uint64_t a) {
  std::uint64_t result = 1;
  for (std::uint64_t power = kPrime - 2; power > 0; power /= 2) {
    if (power % 2 == 1) result = times(result, a);
    a = times(a, a);
  }
  return result;
}

// How far a cell may move, as a sum of free parameters: ascending by parameter.
struct Term {
  std::uint32_t parameter;
  std::uint32_t factor;  // modulo kPrime, not 0
};
using Sum = std::vector<Term>;

Sum plus(const Sum& a, std::uint64_t factor, const Sum& b) {
  Sum out;
  out.reserve(a.size() + b.size());
  for (std::size_t i = 0, k = 0; i < a.size() || k < b.size();) {
    if (k == b.size() || (i < a.size() && a[i].parameter < b[k].parameter)) {
      out.push_back(a[i++]);
      continue;
    }
    std::uint64_t value = times(factor, b[k].factor);
    const std::uint32_t parameter = b[k++].parameter;
    if (i < a.size() && a[i].parameter == parameter) value = (value + a[i++].factor) % kPrime;
    if (value != 0) out.push_back({parameter, static_cast<std::uint32_t>(value)});
  }
  return out;
}

using Key = std::vector<std::pair<std::uint32_t, std::uint64_t>>;
Key key_of(const Sum& sum, std::uint64_t factor) {
  Key key;
  for (const Term& term : sum) key.emplace_back(term.parameter, times(term.factor, factor));
  return key;
}

bool proportional(const Sum& a, const Sum& b) {
  if (a.size() != b.size()) return false;
  const std::uint64_t ratio = times(b.front().factor, inverse(a.front().factor));
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a[at].parameter != b[at].parameter || times(a[at].factor, ratio) != b[at].factor) {
      return false;
    }
  }
  return true;
}

// A number from 0 to 1 for every cell and try (splitmix64): equal costs are ordered by it.
double shuffle(CellId cell, std::uint32_t attempt) {
  std::uint64_t x = (std::uint64_t{attempt} << 32 | cell) + 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return static_cast<double>((x ^ (x >> 31)) >> 11) / 9007199254740992.0;
}

class Elimination {
 public:
  Elimination(const SuppressionProblem& problem, std::uint64_t touched)
      : problem_(problem), cells_(problem.role.size()), touched_(touched) {
    std::size_t columns = cells_;
    for (const Guard& guard : problem.guards) {
      if (guard.observer == 0 && guard.cells.size() > 1) ++columns;
    }
    sums_.resize(columns);
    users_.resize(cells_);
    unsafe_.resize(columns);
    for (CellId cell = 0; cell < cells_; ++cell) {
      if (problem.role[cell] == CellRole::published) continue;
      sums_[cell] = {{cell, 1}};
      users_[cell] = {cell};
    }
    terms_ = cells_;
    add_guards();
  }

  Result<Pattern> run(std::uint32_t attempt) {
    for (const Equation& equation : problem_.system->equations) {
      Sum known;
      for (const EquationTerm& term : equation) {
        const auto factor = static_cast<std::int64_t>(kPrime) + term.factor;
        known = plus(known, static_cast<std::uint64_t>(factor) % kPrime, sums_[term.cell]);
      }
      if (!known.empty()) TRY_VOID(set_zero(known));
    }
    Pattern withheld(cells_, 0);
    for (CellId cell = 0; cell < cells_; ++cell) {
      withheld[cell] = problem_.role[cell] == CellRole::primary;
    }
    for (const CellId cell : order(attempt)) {
      const Sum sum = sums_[cell];
      if (sum.empty()) continue;
      if (tells(sum)) {
        withheld[cell] = 1;
      } else {
        TRY_VOID(set_zero(sum));
      }
    }
    return withheld;
  }

  std::uint64_t touched() const { return touched_; }

  // After run(): pairs that move against each other alone.
  Result<std::vector<std::vector<CellId>>> opposite(std::size_t most) const {
    std::map<Key, std::vector<CellId>> cells;
    std::vector<std::vector<CellId>> pairs;
    for (CellId cell = 0; cell < cells_; ++cell) {
      if (sums_[cell].empty()) continue;
      const auto known = cells.find(key_of(sums_[cell], kPrime - 1));
      for (std::size_t at = 0; known != cells.end() && at < known->second.size(); ++at) {
        if (pairs.size() == most) {
          return fail(Errc::too_large, "the sums of more than " + std::to_string(most) +
                                           " pairs of cells are told; publish fewer or coarser "
                                           "tables");
        }
        pairs.push_back({known->second[at], cell});
      }
      cells[key_of(sums_[cell], 1)].push_back(cell);
    }
    return pairs;
  }

 private:
  // A sum that must not be known is a column like a cell's, which nobody publishes.
  void add_guards() {
    std::size_t column = cells_;
    for (const Guard& guard : problem_.guards) {
      if (guard.observer != 0) continue;
      if (guard.cells.size() == 1) {
        unsafe_[guard.cells.front()] = true;
        continue;
      }
      for (const CellId cell : guard.cells) {
        if (problem_.role[cell] == CellRole::published) continue;
        sums_[column].push_back({cell, 1});
        users_[cell].push_back(static_cast<CellId>(column));
      }
      terms_ += sums_[column].size();
      unsafe_[column++] = true;
    }
  }

  // The dearest first. Costs are about 1 (task/assemble.cc); what differs by less is a tie.
  std::vector<CellId> order(std::uint32_t attempt) const {
    constexpr double kTie = 1e-5;
    std::vector<double> key = problem_.cost;
    std::vector<CellId> cells;
    for (CellId cell = 0; cell < cells_; ++cell) {
      if (problem_.role[cell] == CellRole::eligible) cells.push_back(cell);
      if (attempt > 0) key[cell] += kTie * shuffle(cell, attempt);
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [&](CellId a, CellId b) { return key[a] > key[b]; });
    return cells;
  }

  // Whether an unsafe cell is known once this sum is.
  bool tells(const Sum& sum) const {
    for (const CellId cell : users_[sum.front().parameter]) {
      if (unsafe_[cell] && !sums_[cell].empty() && proportional(sums_[cell], sum)) return true;
    }
    return false;
  }

  // The sum is known: one of its parameters follows from the others.
  Result<void> set_zero(const Sum& sum) {
    const Term* pivot = &sum.front();
    for (const Term& term : sum) {
      if (users_[term.parameter].size() < users_[pivot->parameter].size()) pivot = &term;
    }
    const std::uint64_t scale = times(kPrime - 1, inverse(pivot->factor));
    const std::vector<CellId> users = std::move(users_[pivot->parameter]);
    users_[pivot->parameter].clear();
    for (const CellId cell : users) {
      Sum& mine = sums_[cell];
      const auto at = std::lower_bound(
          mine.begin(), mine.end(), pivot->parameter,
          [](const Term& term, std::uint32_t parameter) { return term.parameter < parameter; });
      if (at == mine.end() || at->parameter != pivot->parameter) continue;
      terms_ -= mine.size();
      touched_ += mine.size() + sum.size();
      Sum changed = plus(mine, times(scale, at->factor), sum);
      for (const Term& term : sum) {
        if (term.parameter != pivot->parameter) add_user(term.parameter, cell);
      }
      mine = std::move(changed);
      terms_ += mine.size();
    }
    if (terms_ > kEliminationTermsMax) {
      return fail(Errc::too_large,
                  "elimination: the sums of cells grow too long; publish fewer or coarser tables");
    }
    return {};
  }

  // A user that no longer has the parameter may stay: it is looked up before it counts.
  void add_user(std::uint32_t parameter, CellId cell) {
    auto& users = users_[parameter];
    const auto at = std::lower_bound(users.begin(), users.end(), cell);
    if (at == users.end() || *at != cell) users.insert(at, cell);
  }

  const SuppressionProblem& problem_;
  std::size_t cells_;
  std::vector<Sum> sums_;                   // of the cells, then of the guards of several
  std::vector<std::vector<CellId>> users_;  // of a parameter, ascending
  std::vector<bool> unsafe_;
  std::size_t terms_ = 0;
  std::uint64_t touched_;  // terms so far, over all tries
};

}  // namespace

Result<Pattern> eliminate(const SuppressionProblem& problem, std::uint32_t tries_max) {
  Elimination first(problem, 0);
  TRY(Pattern best, first.run(0));
  std::uint64_t touched = first.touched();
  for (std::uint32_t attempt = 1; attempt < tries_max; ++attempt) {
    if (touched > kEliminationTouchedMax) break;
    Elimination next(problem, touched);
    TRY(Pattern other, next.run(attempt));
    touched = next.touched();
    if (cost_of(problem, other) < cost_of(problem, best)) best = std::move(other);
  }
  return best;
}

Result<std::vector<std::vector<CellId>>> told_pairs(const CellSystem& system,
                                                    const Pattern& withheld, std::size_t most) {
  SuppressionProblem problem;
  problem.system = &system;
  for (const std::uint8_t mark : withheld) {
    problem.role.push_back(mark ? CellRole::primary : CellRole::published);
  }
  problem.cost.resize(withheld.size());
  Elimination all(problem, 0);
  TRY_VOID(all.run(0));
  return all.opposite(most);
}

}  // namespace regions
