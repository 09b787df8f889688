#include "policies/disclosure/solver/linear_program.h"

#include <algorithm>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>

namespace regions {

// What stands in Clp is remembered: most questions change little, and whatever Clp is told, the
// same number too, costs it a new factorisation.
struct LinearProgram::Solver {
  ClpSimplex clp;
  std::vector<double> lower, upper, objective;
  std::vector<std::uint32_t> priced;  // columns with an objective
  std::uint64_t pivots = 0, effort = 0;
  // The factors of the last basis hold: one question after the other costs its pivots alone, and
  // not new factors besides.
  bool has_factors = false;
};

LinearProgram::LinearProgram(std::size_t columns, const std::vector<LinearRow>& rows)
    : solver_(std::make_unique<Solver>()) {
  ClpSimplex& clp = solver_->clp;
  clp.setLogLevel(0);
  std::vector<int> row_of, column_of;
  std::vector<double> factors;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const LinearTerm& term : rows[row]) {
      row_of.push_back(static_cast<int>(row));
      column_of.push_back(static_cast<int>(term.column));
      factors.push_back(term.factor);
    }
  }
  CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), factors.data(),
                          static_cast<CoinBigIndex>(factors.size()));
  matrix.setDimensions(static_cast<int>(rows.size()), static_cast<int>(columns));
  const std::vector<double> zero(std::max(columns, rows.size()), 0.0);
  solver_->lower = solver_->upper = solver_->objective = std::vector<double>(columns, 0.0);
  clp.loadProblem(matrix, zero.data(), zero.data(), zero.data(), zero.data(), zero.data());
}

LinearProgram::~LinearProgram() = default;
LinearProgram::LinearProgram(LinearProgram&&) noexcept = default;
LinearProgram& LinearProgram::operator=(LinearProgram&&) noexcept = default;

void LinearProgram::set_bounds(std::uint32_t column, double lower, double upper) {
  if (solver_->lower[column] == lower && solver_->upper[column] == upper) return;
  solver_->lower[column] = lower;
  solver_->upper[column] = upper;
  solver_->clp.setColumnBounds(static_cast<int>(column), lower, upper);
}

// Minimises the negative: the signs of the prices are then those of the usual textbooks.
void LinearProgram::set_objective(const LinearRow& objective) {
  std::vector<double> wanted(solver_->objective.size(), 0.0);
  for (const LinearTerm& term : objective) wanted[term.column] = -term.factor;
  const auto set = [&](std::uint32_t column) {
    if (solver_->objective[column] == wanted[column]) return;
    solver_->objective[column] = wanted[column];
    solver_->clp.setObjectiveCoefficient(static_cast<int>(column), wanted[column]);
  };
  for (const std::uint32_t column : solver_->priced) set(column);
  solver_->priced.clear();
  for (const LinearTerm& term : objective) {
    set(term.column);
    solver_->priced.push_back(term.column);
  }
}

void LinearProgram::set_cost(std::uint32_t column, double cost) {
  if (solver_->objective[column] == cost) return;
  solver_->objective[column] = cost;
  solver_->clp.setObjectiveCoefficient(static_cast<int>(column), cost);
}

void LinearProgram::set_factor(std::uint32_t row, std::uint32_t column, double factor) {
  solver_->has_factors = false;
  solver_->clp.modifyCoefficient(static_cast<int>(row), static_cast<int>(column), factor);
}

Result<Optimum> LinearProgram::maximise(std::uint64_t pivots_max, Start start) {
  ClpSimplex& clp = solver_->clp;
  constexpr std::uint64_t kMost = 1'000'000'000;  // what Clp counts to
  clp.setMaximumIterations(static_cast<int>(std::min(pivots_max, kMost)));
  // Clp's bits: 1 leaves work areas and factors behind, 2 begins with those it finds.
  const int keep = start == Start::afresh ? 0 : solver_->has_factors ? 1 | 2 : 1;
  const bool primal = start == Start::primal || start == Start::afresh;
  if (start == Start::from_zero) clp.allSlackBasis(true);
  primal ? clp.primal(0, keep) : clp.dual(0);
  auto pivots = static_cast<std::uint64_t>(clp.numberIterations());
  if (primal && clp.status() == 1) {
    // Bounds that changed since the factors were made may have misled it: once more from nothing.
    clp.allSlackBasis(true);
    clp.primal(0, 0);
    pivots += static_cast<std::uint64_t>(clp.numberIterations());
  }
  solver_->has_factors = start == Start::primal && clp.status() == 0;
  solver_->pivots += pivots;
  solver_->effort +=
      effort_of(pivots, static_cast<std::uint64_t>(clp.numberRows()),
                static_cast<std::uint64_t>(clp.numberColumns()), start == Start::afresh);
  if (clp.status() == 3) return fail(Errc::timed_out, "linear program: the pivots are used up");
  if (clp.status() == 1) return fail(Errc::refused, "linear program: nothing keeps the bounds");
  if (clp.status() != 0) {
    return fail(Errc::not_computable,
                "linear program: solver status " + std::to_string(clp.status()));
  }
  Optimum found;
  const double* point = clp.primalColumnSolution();
  const double* price = clp.dualRowSolution();
  found.point.assign(point, point + clp.numberColumns());
  found.price.assign(price, price + clp.numberRows());
  for (const std::uint32_t column : solver_->priced) {
    found.value -= solver_->objective[column] * point[column];
  }
  return found;
}

std::uint64_t LinearProgram::pivots() const { return solver_->pivots; }
std::uint64_t LinearProgram::effort() const { return solver_->effort; }

}  // namespace regions
