#include "policies/disclosure/suppression/elimination.h"

#include <algorithm>

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

class Elimination {
 public:
  explicit Elimination(const SuppressionProblem& problem)
      : problem_(problem), sums_(problem.role.size()), users_(sums_.size()), unsafe_(sums_.size()) {
    for (CellId cell = 0; cell < sums_.size(); ++cell) {
      if (problem.role[cell] == CellRole::published) continue;
      sums_[cell] = {{cell, 1}};
      users_[cell] = {cell};
    }
    for (const Guard& guard : problem.guards) {
      if (guard.observer == 0 && guard.cells.size() == 1) unsafe_[guard.cells.front()] = true;
    }
    terms_ = sums_.size();
  }

  Result<Pattern> run() {
    for (const Equation& equation : problem_.system->equations) {
      Sum known;
      for (const EquationTerm& term : equation) {
        const auto factor = static_cast<std::int64_t>(kPrime) + term.factor;
        known = plus(known, static_cast<std::uint64_t>(factor) % kPrime, sums_[term.cell]);
      }
      if (!known.empty()) TRY_VOID(set_zero(known));
    }
    std::vector<CellId> order;
    for (CellId cell = 0; cell < sums_.size(); ++cell) {
      if (problem_.role[cell] == CellRole::eligible) order.push_back(cell);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](CellId a, CellId b) { return problem_.cost[a] > problem_.cost[b]; });
    Pattern withheld(sums_.size(), 0);
    for (CellId cell = 0; cell < sums_.size(); ++cell) {
      withheld[cell] = problem_.role[cell] == CellRole::primary;
    }
    for (const CellId cell : order) {
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

 private:
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
      Sum changed = plus(mine, times(scale, at->factor), sum);
      for (const Term& term : sum) {
        if (term.parameter != pivot->parameter) add_user(term.parameter, cell);
      }
      mine = std::move(changed);
      terms_ += mine.size();
    }
    if (terms_ > kEliminationTermsMax) {
      return fail(Errc::too_large, "elimination: the sums of cells grow too long");
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
  std::vector<Sum> sums_;
  std::vector<std::vector<CellId>> users_;  // of a parameter, ascending
  std::vector<bool> unsafe_;
  std::size_t terms_ = 0;
};

}  // namespace

Result<Pattern> eliminate(const SuppressionProblem& problem) { return Elimination(problem).run(); }

}  // namespace regions
