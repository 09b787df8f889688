#include "policies/disclosure/suppression/separation.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
// Below these a number is the solver's noise.
constexpr double kPriceNoise = 1e-7;
constexpr double kBroken = 1e-6;

// Prices of these equations are mostly simple fractions; the exact one makes clean cuts, and any
// price makes a valid one.
double clean(double price) {
  constexpr double kDenominator = 60;
  const double near = std::round(price * kDenominator) / kDenominator;
  return std::abs(price - near) < kPriceNoise ? near : price;
}

double side(const Guard& guard, bool up) {
  return static_cast<double>(up ? guard.level.upper : guard.level.lower);
}

}  // namespace

Result<Separation> Separation::make(const SuppressionProblem& problem) {
  Separation made(problem);
  Pattern open(problem.role.size(), 0);
  made.column_.assign(open.size(), kNone);
  made.home_.assign(open.size(), kNone);
  for (CellId cell = 0; cell < open.size(); ++cell) {
    open[cell] = problem.role[cell] != CellRole::published;
    if (problem.role[cell] != CellRole::eligible) continue;
    made.column_[cell] = static_cast<std::uint32_t>(made.eligible_.size());
    made.eligible_.push_back(cell);
  }
  for (const Component& component : components_of(*problem.system, open)) {
    for (const CellId cell : component.cells) {
      made.home_[cell] = static_cast<std::uint32_t>(made.programs_.size());
    }
    TRY(auto program, AttackProgram::make(*problem.system, component));
    made.programs_.push_back(std::move(program));
  }
  made.observing_.assign(made.programs_.size(), 0);
  return made;
}

Result<std::optional<LinearRow>> Separation::cut(const Guard& guard, bool up,
                                                 const std::vector<double>& choice, bool tight,
                                                 Work& work) {
  const double level = side(guard, up);
  if (level <= 0) return std::optional<LinearRow>();
  const std::uint32_t home = home_[guard.cells.front()];
  if (home == kNone) return std::optional(LinearRow());
  work.at = guard.cells.front();
  AttackProgram& program = programs_[home];
  if (observing_[home] != guard.observer) {
    observing_[home] = guard.observer;
    program.observe(problem_->observers[guard.observer]);
  }
  std::vector<CellId> goal;
  for (const CellId cell : guard.cells) {
    if (home_[cell] == home) goal.push_back(cell);
  }
  const std::vector<CellId>& cells = program.component().cells;
  std::vector<double> below(cells.size()), above(cells.size());
  // In units of the level; a million of them is no bound.
  const double most = tight ? 1.0 : 1e6;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    below[at] = std::min(double(program.below(at)) / level, most) * choice[cells[at]];
    above[at] = std::min(double(program.above(at)) / level, most) * choice[cells[at]];
  }
  TRY(const Optimum best, program.question(goal, up, below, above, work));
  if (best.value >= 1 - kBroken) return std::optional<LinearRow>();
  auto found = cut_of(program, goal, up, best.price, level);
  if (!found) return found;
  double sum = 0;
  for (const LinearTerm& term : *found) sum += term.factor * choice[eligible_[term.column]];
  if (sum >= 1 - kBroken) found.reset();
  return found;
}

// r = c + A'u for the prices u; then what every cell adds, less what primaries add already.
std::optional<LinearRow> Separation::cut_of(AttackProgram& program, const std::vector<CellId>& goal,
                                            bool up, const std::vector<double>& price,
                                            double level) const {
  const std::vector<CellId>& cells = program.component().cells;
  std::vector<double> r(cells.size(), 0.0);
  for (const CellId cell : goal) r[program.column_of(cell)] += up ? 1.0 : -1.0;
  for (std::size_t row = 0; row < price.size(); ++row) {
    const double u = clean(price[row]);
    if (u == 0) continue;
    for (const LinearTerm& term : program.independent_rows()[row])
      r[term.column] += term.factor * u;
  }
  double missing = level;
  std::vector<double> adds(cells.size(), 0.0);
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (std::abs(r[at]) < kPriceNoise) continue;
    adds[at] = r[at] > 0 ? r[at] * double(program.above(at)) : -r[at] * double(program.below(at));
    if (problem_->role[cells[at]] == CellRole::primary) missing -= adds[at];
  }
  if (missing <= level * kBroken) return std::nullopt;
  LinearRow cut;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::uint32_t column = column_[cells[at]];
    if (column == kNone || adds[at] <= 0) continue;
    cut.push_back({column, std::min(adds[at] / missing, 1.0)});
  }
  return cut;
}

}  // namespace regions
