// Sensitivity rules for one cell (SDC handbook 2nd ed., 4.2; tau-ARGUS manual 4.1, 4.4.4) and the
// protection levels that go with them (handbook table 4.x). Comparisons are strict: a cell exactly
// on the boundary is safe. Pure; a rule with meaningless parameters cannot be made.
//
// Notation: contributions x1 >= x2 >= ..., N of them, X their sum.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "policies/disclosure/rules/contributions.h"
#include "policies/disclosure/rules/percent.h"
#include "policies/disclosure/rules/wide.h"

namespace regions {

// Contributors that a rule may name, and coalitions: no office uses more than three.
inline constexpr std::size_t kRuleUnitsMax = 16;

// How far an attacker must stay from the cell's value, in units of the table: below it by `lower`,
// above it by `upper`, and both together by `sliding` (0: not asked for).
struct Level {
  std::int64_t lower = 0;
  std::int64_t upper = 0;
  std::int64_t sliding = 0;
  auto operator<=>(const Level&) const = default;
};

// Unsafe where 0 < N < minimum.
class FrequencyRule {
 public:
  // invalid_input: minimum below 1 or above 1,000.
  static Result<FrequencyRule> make(std::int64_t minimum);
  bool is_sensitive(const Contributions& cell) const {
    return cell.count() > 0 && cell.count() < minimum_;
  }
  std::int64_t minimum() const { return minimum_; }

 private:
  explicit FrequencyRule(std::int64_t minimum) : minimum_(minimum) {}
  std::int64_t minimum_;
};

// Unsafe where x1 + .. + xn > k/100 X; never where X = 0.
class DominanceRule {
 public:
  // invalid_input: n of 0 or above kRuleUnitsMax.
  static Result<DominanceRule> make(std::size_t n, Percent k);
  bool is_sensitive(const Contributions& cell) const;
  // 100/k (x1 + .. + xn) - X, rounded up.
  std::int64_t level(const Contributions& cell) const;
  std::size_t needs() const { return n_; }

 private:
  DominanceRule(std::size_t n, Percent k) : n_(n), k_(k) {}
  std::size_t n_;
  Percent k_;
};

// Unsafe where a coalition of n contributors, each knowing its own, could tell the largest other to
// within p (or p/q: everybody knows everybody to within q beforehand):
// X - (x1 + .. + x(n+1)) < p/100 x1, with p = 100 p/q for the pq rule.
class PriorPosteriorRule {
 public:
  // invalid_input: coalition of 0 or above kRuleUnitsMax.
  static Result<PriorPosteriorRule> p(Percent p, std::size_t coalition);
  // invalid_input: p < q does not hold, or q above 100 %.
  static Result<PriorPosteriorRule> pq(Percent p, std::int64_t q_parts, std::size_t coalition);
  bool is_sensitive(const Contributions& cell) const { return distance(cell, coalition_ + 1) > 0; }
  // p/q x1 - (X - x1 - .. - x(n+1)), rounded up; what an attacker must be kept above X.
  std::int64_t level(const Contributions& cell) const;
  // The same of a cell from which one member of the coalition has taken its own part already.
  std::int64_t level_without_one(const Contributions& rest) const;
  std::size_t needs() const { return coalition_ + 1; }
  std::size_t coalition() const { return coalition_; }

 private:
  PriorPosteriorRule(std::int64_t p, std::int64_t q, std::size_t coalition)
      : p_(p), q_(q), coalition_(coalition) {}
  // Times q_; `known` contributions are not in the rest: the largest, and the coalition's.
  Wide distance(const Contributions& cell, std::size_t known) const;
  std::int64_t p_, q_;  // in parts of Percent
  std::size_t coalition_;
};

// Foreign trade: protection only on request. Unsafe where the largest contributor asked for it and
// x1 > share/100 X, or where anybody asked and N < minimum.
class RequestRule {
 public:
  // invalid_input: minimum below 1 or above 1,000.
  static Result<RequestRule> make(Percent share, std::int64_t minimum);
  bool is_sensitive(const Contributions& cell) const;

 private:
  RequestRule(Percent share, std::int64_t minimum) : share_(share), minimum_(minimum) {}
  Percent share_;
  std::int64_t minimum_;
};

// The p% rule where contributors may waive protection: s is the largest without a waiver, r the
// largest besides s; unsafe where X - xs - xr < p/100 xs.
class WaiverRule {
 public:
  explicit WaiverRule(Percent p) : p_(p) {}
  bool is_sensitive(const Contributions& cell) const { return level(cell) > 0; }
  std::int64_t level(const Contributions& cell) const;

 private:
  Percent p_;
};

enum class Reason { dominance, concentration, request, frequency, zero, manual };
std::string_view name(Reason reason);

}  // namespace regions
